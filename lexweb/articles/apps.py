from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "lexweb.articles"
    label = "articles"
