from django.apps import AppConfig


class SalesConfig(AppConfig):
    name = "lexweb.sales"
    label = "sales"
