"""What a ward owes each quarter: a disclosure on record, or "không phát sinh"."""

import datetime

from django.utils.functional import lazy

from danvan.figures.duties import Duty
from danvan.figures.links import url_of
from danvan.figures.periods import span_of, words_of
from danvan.submissions.duties import on_day, versions_of
from danvan.units.models import Kind
from regulations.models import Disclosure, NilReturn
from regulations.selectors import DISCLOSURES, quarter_of

link = lazy(url_of, str)  # for the few that are shown


def duties(starts_on, ends_on, units):
    """One duty per ward and quarter whose last day lies in the span; two queries for the whole span."""
    keys = list(quarters_ending_in(starts_on, ends_on))
    if not keys:
        return
    done = recorded(keys, units)
    versions = versions_of(units)
    for key in keys:
        due_on, label = span_of(key)[1], f"Công khai {words_of(key)}"
        for ward in on_day(versions, due_on):
            if ward.kind == Kind.WARD and not ward.closed:
                yield Duty(ward.unit_id, due_on, (ward.unit_id, key) in done, label, link("cong_khai_total", key, ward.unit_id))


def recorded(keys, units):
    """{(unit, quarter)} with a disclosure or a standing nil return."""
    span = span_of(keys[0])[0], span_of(keys[-1])[1]
    days = Disclosure.objects.filter(unit__in=units, disclosed_on__range=span).values_list("unit", "disclosed_on")
    nils = NilReturn.objects.filter(unit__in=units, register_code=DISCLOSURES, period__in=keys, withdrawn_on=None)
    return {(unit, quarter_of(day)) for unit, day in days.order_by().distinct()} | set(nils.values_list("unit", "period"))


def quarters_ending_in(starts_on, ends_on):
    day = starts_on
    while span_of(quarter_of(day))[1] <= ends_on:
        yield quarter_of(day)
        day = span_of(quarter_of(day))[1] + datetime.timedelta(days=1)
