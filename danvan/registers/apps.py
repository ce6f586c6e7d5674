from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "danvan.registers"
    label = "registers"
