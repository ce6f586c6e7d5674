"""What the tables of the apps say about statuses: whose turn it is, and whether anybody's."""

from importlib import import_module

from django.apps import apps

NOBODY = "—"


def owners_of(model):
    """{status: who has to act}, from the choices.py beside the model."""
    return import_module(f"{apps.get_app_config(model._meta.app_label).name}.choices").OWNERS


def open_statuses(model):
    """The statuses in which a record waits for somebody."""
    owners = owners_of(model)
    return [status for status in model.TRANSITIONS if owners[status] != NOBODY]
