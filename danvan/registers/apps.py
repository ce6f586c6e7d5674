from django.apps import AppConfig
from django.core.checks import Error, register
from django.utils.module_loading import autodiscover_modules


class RegistersConfig(AppConfig):
    name = "danvan.registers"
    label = "registers"

    def ready(self):
        autodiscover_modules("registers")
        register(personal_columns_stay_out)


def personal_columns_stay_out(app_configs, **kwargs):
    """Fails closed: what danvan.access.privacy marks personal or sensitive stands in no list, export, form, filter or search."""
    from danvan.registers.privacy import exposures

    return [Error(f"{place} shows {column}, which is marked personal", id="registers.E001") for place, column in exposures()]
