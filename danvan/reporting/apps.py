from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "danvan.reporting"
    label = "reporting"

    def ready(self):
        from danvan.reporting import freezing  # noqa: F401  its guard enters itself
