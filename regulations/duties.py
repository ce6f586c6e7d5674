"""What a ward owes each quarter: a disclosure on record, or "không phát sinh"."""

import datetime

from danvan.figures.duties import Duty
from danvan.figures.links import url_of
from danvan.figures.periods import span_of, words_of
from danvan.units.models import Kind, UnitVersion
from regulations.models import Disclosure, NilReturn
from regulations.selectors import DISCLOSURES, quarter_of


def duties(starts_on, ends_on, units):
    """One duty per ward and quarter whose last day lies in the span."""
    unit_ids = [unit.pk for unit in units]
    for key in quarters_ending_in(starts_on, ends_on):
        span = span_of(key)
        done = set(Disclosure.objects.filter(unit__in=unit_ids, disclosed_on__range=span).values_list("unit", flat=True))
        nils = NilReturn.objects.filter(unit__in=unit_ids, register_code=DISCLOSURES, period=key, withdrawn_on=None)
        done.update(nils.values_list("unit", flat=True))
        for ward in wards_on(unit_ids, span[1]):
            yield Duty(ward, span[1], ward in done, f"Công khai {words_of(key)}", url_of("cong_khai_total", key, ward))


def quarters_ending_in(starts_on, ends_on):
    day = starts_on
    while span_of(quarter_of(day))[1] <= ends_on:
        yield quarter_of(day)
        day = span_of(quarter_of(day))[1] + datetime.timedelta(days=1)


def wards_on(unit_ids, day):
    """The wards among the units as they stood on that day."""
    wards = UnitVersion.objects.valid_on(day).filter(unit__in=unit_ids, kind=Kind.WARD, closed=False)
    return list(wards.order_by("unit__sort_key", "unit").values_list("unit", flat=True))
