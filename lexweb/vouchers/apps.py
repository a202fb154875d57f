from django.apps import AppConfig


class VouchersConfig(AppConfig):
    name = "lexweb.vouchers"
    label = "vouchers"

    def ready(self) -> None:
        from lexweb.vouchers import receivers  # noqa: F401 — connects the receivers
        from lexweb.vouchers.writing import acts

        acts.start()
