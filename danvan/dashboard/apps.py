from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "danvan.dashboard"
    label = "dashboard"

    def ready(self):
        from danvan.dashboard import links  # noqa: F401  its narrowing enters itself
