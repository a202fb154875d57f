from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "lexweb.uploads"
    label = "uploads"
