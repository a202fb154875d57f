from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "lexweb.contacts"
    label = "contacts"

    def ready(self) -> None:
        from lexweb.contacts import acts

        acts.start()
