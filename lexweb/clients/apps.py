from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "lexweb.clients"
    label = "clients"
