from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "lexweb.console"
    label = "console"

    def ready(self) -> None:
        from lexweb.console import receivers  # noqa: F401 — connects the receivers
