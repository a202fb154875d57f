from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "lexweb.contacts"
    label = "contacts"
