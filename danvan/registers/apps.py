from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RegistersConfig(AppConfig):
    name = "danvan.registers"
    label = "registers"

    def ready(self):
        autodiscover_modules("registers")
