from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "supervision"
    verbose_name = "Giám sát"

    def ready(self):
        from supervision import selectors  # noqa: F401 - enters what it knows of the regulations
