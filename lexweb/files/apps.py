from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "lexweb.files"
    label = "files"

    def ready(self) -> None:
        from lexweb.files import receivers  # noqa: F401 — connects the receivers
