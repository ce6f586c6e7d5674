from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "danvan.submissions"
    label = "submissions"

    def ready(self):
        from danvan.submissions import freezing, typed  # noqa: F401  they enter themselves
