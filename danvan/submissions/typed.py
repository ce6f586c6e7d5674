"""Hands the typed values to the figures floor."""

from django.db.models import Q

from danvan.figures import registry
from danvan.figures.compute import typed_source
from danvan.figures.declare import Typed
from danvan.figures.links import RIGHT, owned, typed_register
from danvan.figures.periods import words_of
from danvan.registers.narrowing import Narrowed, narrowing
from danvan.submissions.models import TypedValue


@typed_source
def typed_values(periods, units):
    rows = TypedValue.objects.filter(period_code__in=periods, unit__in=units)
    return rows.values_list("period_code", "unit_id", "code", "value")


@typed_register
def typed_list():
    from danvan.submissions.registers import typed_values as register

    return register


@narrowing
def by_typed_figure(register, params, user):
    """`?chi-tieu=CODE&ky=KEY` on the list of typed values."""
    code, period = params.get("chi-tieu", ""), params.get("ky", "")
    if register.model is not TypedValue or not isinstance(registry.all_figures().get(code), Typed):
        return None
    try:
        words = f"{registry.figure(code).label}, {words_of(period)}"
    except (TypeError, AttributeError):
        return None
    return Narrowed(Q(code=code, period_code=period) & owned(register, params, user), words, ("chi-tieu", "ky", RIGHT))
