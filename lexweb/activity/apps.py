from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "lexweb.activity"
    label = "activity"
