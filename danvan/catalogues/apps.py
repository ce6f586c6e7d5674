from django.apps import AppConfig


class CataloguesConfig(AppConfig):
    name = "danvan.catalogues"
    label = "catalogues"
