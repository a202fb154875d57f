from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "lexweb.ui"
    label = "ui"
