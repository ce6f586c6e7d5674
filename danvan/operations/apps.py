from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "danvan.operations"
    label = "operations"
