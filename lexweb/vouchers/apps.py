from django.apps import AppConfig


class VouchersConfig(AppConfig):
    name = "lexweb.vouchers"
    label = "vouchers"
