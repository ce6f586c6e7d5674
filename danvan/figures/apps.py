from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "danvan.figures"
    label = "figures"

    def ready(self):
        from danvan.figures import links  # noqa: F401  its narrowing enters itself
