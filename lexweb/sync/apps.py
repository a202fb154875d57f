from django.apps import AppConfig


class SyncConfig(AppConfig):
    name = "lexweb.sync"
    label = "sync"

    def ready(self) -> None:
        from lexweb.sync import receivers  # noqa: F401 — connects the receivers
