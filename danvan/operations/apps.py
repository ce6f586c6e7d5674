from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "danvan.operations"
    label = "operations"

    def ready(self):
        from danvan.operations import checks  # noqa: F401
