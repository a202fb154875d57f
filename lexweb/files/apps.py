from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "lexweb.files"
    label = "files"
