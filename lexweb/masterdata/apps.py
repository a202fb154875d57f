from django.apps import AppConfig


class MasterDataConfig(AppConfig):
    name = "lexweb.masterdata"
    label = "masterdata"
