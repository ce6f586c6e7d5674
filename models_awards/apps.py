from django.apps import AppConfig


class ModelsAwardsConfig(AppConfig):
    name = "models_awards"
    verbose_name = "Dân vận khéo và khen thưởng"
