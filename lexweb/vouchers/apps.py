from django.apps import AppConfig


class VouchersConfig(AppConfig):
    name = "lexweb.vouchers"
    label = "vouchers"

    def ready(self) -> None:
        from lexweb.vouchers import (
            acts,
            receivers,  # noqa: F401 — connects the receivers
        )

        acts.start()
