from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "danvan.common"
    label = "common"
