"""What a unit had to do by a day: the parts of completeness. An app's duties.py yields them; the dashboard divides."""

import datetime
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@dataclass(frozen=True)
class Duty:
    """One duty of one unit: done (a record, or a nil return "không phát sinh") or still missing."""

    unit_id: int
    due_on: datetime.date
    done: bool
    label: str
    url: str


def duties_between(starts_on, ends_on, units):
    """Duties of the units falling due in the span, from every app's `duties(starts_on, ends_on, units)`."""
    return [duty for module in _modules() for duty in module.duties(starts_on, ends_on, units)]


def _modules():
    configs = apps.get_app_configs()
    return [import_module(f"{app.name}.duties") for app in configs if module_has_submodule(app.module, "duties") and app.label != "figures"]
