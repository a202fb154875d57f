from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "lexweb.outbox"
    label = "outbox"

    def ready(self) -> None:
        from lexweb.outbox import receivers  # noqa: F401 — connects the receivers
