"""What a unit had to do by a day: the parts of completeness. An app's duties.py says them; the dashboard divides.

KINDS are duties that stand in a register, read for all apps in one query. `duties(starts_on, ends_on, units)` yields those
that stand nowhere until they are done.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import BooleanField, ExpressionWrapper, Q, TextField, Value
from django.db.models.functions import Cast
from django.utils.module_loading import module_has_submodule


@dataclass(frozen=True)
class Duty:
    """One duty of one unit: done (a record, or a nil return "không phát sinh") or still missing."""

    unit_id: int
    due_on: datetime.date
    done: bool
    label: str
    url: str
    asked_by: int | None = None  # the unit whose office waits for it, where it is one office's matter


@dataclass(frozen=True)
class DutyKind:
    """Each row of a register that falls due on a day: `unit` owes it, `label` says it with the words of the column `named`."""

    of: Any  # a Register
    unit: str
    due_on: str
    done: Q
    named: str
    label: Callable[[str], str]
    where: Q = field(default_factory=Q)

    def rows(self, place, span, units):
        rows = self.of.model._default_manager.filter(self.where, **{f"{self.unit}__in": units, f"{self.due_on}__range": span})
        done, named = ExpressionWrapper(self.done, BooleanField()), Cast(self.named, TextField())
        told = rows.order_by().annotate(duty_kind=Value(place), duty_done=done, duty_named=named)
        return told.values_list("duty_kind", f"{self.unit}_id", self.due_on, "duty_done", "duty_named", "pk")

    def duty(self, unit_id, due_on, done, named, pk):
        return Duty(unit_id, due_on, bool(done), self.label(named), self.of.url("detail", pk))


def duties_between(starts_on, ends_on, units):
    """Duties of the units falling due in the span."""
    kinds = [kind for module in _modules() for kind in getattr(module, "KINDS", [])]
    parts = [kind.rows(place, (starts_on, ends_on), units) for place, kind in enumerate(kinds)]
    recorded = parts[0].union(*parts[1:], all=True) if parts else []
    expected = [module.duties(starts_on, ends_on, units) for module in _modules() if hasattr(module, "duties")]
    return [*(kinds[place].duty(*row) for place, *row in recorded), *(duty for found in expected for duty in found)]


@cache
def _modules():
    configs = apps.get_app_configs()
    return [import_module(f"{app.name}.duties") for app in configs if module_has_submodule(app.module, "duties") and app.label != "figures"]
