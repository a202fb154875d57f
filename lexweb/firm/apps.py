from django.apps import AppConfig


class FirmConfig(AppConfig):
    name = "lexweb.firm"
    label = "firm"
