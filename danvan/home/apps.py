from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "danvan.home"
    label = "home"

    def ready(self):
        from danvan.home import belongings  # noqa: F401  it enters itself
