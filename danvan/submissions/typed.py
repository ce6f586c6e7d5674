"""Hands the typed values to the figures floor."""

from urllib.parse import urlencode

from danvan.figures import registry
from danvan.figures.compute import typed_source
from danvan.figures.declare import Typed
from danvan.figures.links import typed_url
from danvan.figures.periods import words_of
from danvan.registers.narrowing import Narrowed, narrowing
from danvan.submissions.models import TypedValue


@typed_source
def typed_values(period, units):
    return TypedValue.objects.filter(period_code=period, unit__in=units).values_list("unit_id", "code", "value")


@typed_url
def list_of(code, period, unit_id=None):
    from danvan.submissions.registers import typed_values as register

    query = {"chi-tieu": code, "ky": period, **({"don_vi": unit_id} if unit_id else {})}
    return f"{register.url('list')}?{urlencode(query)}"


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
    return Narrowed(_where(code, period), words, ("chi-tieu", "ky"))


def _where(code, period):
    from django.db.models import Q

    return Q(code=code, period_code=period)
