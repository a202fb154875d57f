from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "lexweb.review"
    label = "review"
