from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "lexweb.uploads"
    label = "uploads"

    def ready(self) -> None:
        from lexweb.uploads import acts, receivers  # noqa: F401 — connects the receivers

        acts.start()
