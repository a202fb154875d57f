from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "lexweb.home"
    label = "home"
