from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "lexweb.ops"
    label = "ops"
