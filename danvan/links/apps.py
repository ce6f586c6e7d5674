from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "danvan.links"
    label = "links"
