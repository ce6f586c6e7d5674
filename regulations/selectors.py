"""Reads that join: coverage of regulations, how the district's are carried out, quarters without records."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Q
from django.utils.text import capfirst

from danvan.catalogues.models import RegulationSubject
from danvan.common import clock
from danvan.figures.periods import span_of, words_of
from danvan.submissions.duties import on_day, versions_of
from danvan.units.models import Kind, Unit, UnitVersion
from danvan.units.selectors import call_as_of
from danvan.units.words import called
from regulations.choices import ENDED, ISSUERS, Applies, Scope, Status
from regulations.models import Disclosure, NilReturn, Regulation, RegulationDuty

DISCLOSURES = "disclosure"  # code of the register that a nil return is about
QUARTERS_SHOWN = 8


# --- regulations in force ------------------------------------------------------------------


def in_force_on(day):
    """Rows that were in force on a day, whatever became of them later."""
    began = Q(in_force_from__lte=day) & ~Q(status=Status.DRAFT)
    return Regulation.objects.filter(began & (Q(ended_on=None) | Q(ended_on__gte=day)))


# --- coverage ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One unit and subject: whether it has to be, and the regulation that stands there (in force before draft) or None."""

    unit: Unit
    subject: RegulationSubject
    applies: str
    regulation: Regulation | None

    @property
    def issued(self):
        return self.regulation is not None and self.regulation.status == Status.IN_FORCE

    @property
    def missing(self):
        return self.applies == Applies.MUST and not self.issued

    @property
    def applies_words(self):
        return Applies(self.applies).label


def coverage(user, scope):
    """{"subjects", "lines": [{"unit", "cells", "issued", "must"}], "issued", "must"} of the units that the user sees."""
    today = clock.today()
    subjects = list(RegulationSubject.objects.in_force(today).filter(scope=scope))
    places = _places(user, ISSUERS[scope], today)
    units = [place.unit for place in places]
    duties = {(d.unit_id, d.subject_id): d.applies for d in RegulationDuty.objects.visible_to(user).filter(unit__in=units)}
    standing = _standing(user, units)
    lines = []
    for unit in units:
        cells = [Cell(unit, s, duties.get((unit.pk, s.pk), Applies.MUST), standing.get((unit.pk, s.pk))) for s in subjects]
        lines.append({"unit": unit, "cells": cells, **_counts(cells)})
    every = [cell for line in lines for cell in line["cells"]]
    label = capfirst(called(places)) if places and scope == Scope.WARD else Scope(scope).label
    return {"scope": scope, "label": label, "subjects": subjects, "lines": lines, **_counts(every)}


def _places(user, kinds, day):
    """Versions of the day of the living units of these kinds that the user sees."""
    living = UnitVersion.objects.valid_on(day).filter(kind__in=kinds, closed=False, unit__in=Unit.objects.visible_to(user))
    return list(living.select_related("unit").order_by("sort_key", "unit_id"))


def _standing(user, units):
    """{(unit, subject): regulation}: the one in force, else the newest draft."""
    rows = Regulation.objects.visible_to(user).filter(unit__in=units).exclude(status__in=ENDED).order_by("pk")
    found = {}
    for row in sorted(rows, key=lambda row: row.status == Status.IN_FORCE):
        found[row.unit_id, row.subject_id] = row
    return found


def _counts(cells):
    must = [cell for cell in cells if cell.applies == Applies.MUST]
    return {
        "must": len(must),
        "issued": sum(cell.issued for cell in must),
        "missing": sum(cell.missing for cell in cells),
        "more": sum(cell.issued for cell in cells if cell.applies != Applies.MUST),
    }


# --- how the district's regulations are carried out ------------------------------------------


@dataclass(frozen=True)
class Done:
    """What one unit did for one district regulation, for example Done("cuộc giám sát", 3, "/giam-sat/…")."""

    label: str
    number: int
    url: str = ""


_sources = []


def implementation_source(function):
    """A room above enters what it knows: function(user, regulation_ids, units) -> {(regulation id, unit id): [Done, …]}."""
    _sources.append(function)
    return function


def implementation_counts(user, regulation_ids, units):
    """{(regulation id, unit id): [Done, …]} from every source, in the order in which they entered."""
    found = {}
    for source in _sources:
        for key, told in source(user, regulation_ids, units).items():
            found.setdefault(key, []).extend(told)
    return found


def implementation(user):
    """Per subject of the district the regulation in force (or None), and what each ward that the user sees did for it.

    {"columns": [{"subject", "regulation"}], "lines": [{"unit", "cells", "disclosed"}], "since", "known", "called"}
    """
    today = clock.today()
    rows = in_force_on(today) & Regulation.objects.readable_by(user)
    found = {r.subject_id: r for r in rows.filter(subject__scope=Scope.DISTRICT).order_by("pk")}
    columns = [
        {"subject": s, "regulation": found.get(s.pk)} for s in RegulationSubject.objects.in_force(today).filter(scope=Scope.DISTRICT)
    ]
    places = _places(user, [Kind.WARD], today)
    wards = [place.unit for place in places]
    counts = implementation_counts(user, [r.pk for r in found.values()], wards)
    since = today - datetime.timedelta(days=365)
    recent = Disclosure.objects.visible_to(user).filter(unit__in=wards, disclosed_on__gte=since, disclosed_on__lte=today)
    disclosed = Counter(recent.values_list("unit", flat=True))
    told = [(column, column["regulation"].pk if column["regulation"] else None) for column in columns]
    lines = [
        {"unit": ward, "cells": [(column, counts.get((key, ward.pk), [])) for column, key in told], "disclosed": disclosed[ward.pk]}
        for ward in wards
    ]
    return {"columns": columns, "lines": lines, "since": since, "known": bool(counts), "called": called(places)}


# --- quarters without records ----------------------------------------------------------------


def quarter_of(day):
    return f"{day.year}-Q{(day.month + 2) // 3}"


def quarters_until(day, count=QUARTERS_SHOWN):
    """Period keys of the newest quarters, the one of `day` first."""
    found, last = [], day
    for _ in range(count):
        found.append(quarter_of(last))
        last = span_of(found[-1])[0] - datetime.timedelta(days=1)
    return found


def nil_opens_on(period):
    """A quarter may be declared empty from its last month on."""
    return span_of(period)[1].replace(day=1)


def nil_return_of(unit_id, period):
    """The standing nil return of a quarter, or None."""
    return NilReturn.objects.filter(unit=unit_id, register_code=DISCLOSURES, period=period, withdrawn_on=None).first()


def quarter_lines(units, today, kinds=Kind.values):
    """One line per quarter and unit that was of one of the kinds on its last day: records counted, the nil return, or nothing yet."""
    keys = quarters_until(today)
    versions = versions_of(units)
    there = [(key, v.unit) for key in keys for v in on_day(versions, span_of(key)[1]) if v.kind in kinds and not v.closed]
    call_as_of([(unit, span_of(key)[1]) for key, unit in there])
    span = (span_of(keys[-1])[0], span_of(keys[0])[1])
    records = Disclosure.objects.filter(unit__in=units, disclosed_on__range=span).values_list("unit", "disclosed_on")
    counts = Counter((unit, quarter_of(day)) for unit, day in records)
    nils = NilReturn.objects.filter(unit__in=units, register_code=DISCLOSURES, period__in=keys, withdrawn_on=None)
    declared = {(n.unit_id, n.period): n for n in nils.select_related("declared_by", "unit")}
    return [
        {
            "unit": unit, "period": key, "words": words_of(key), "due_on": span_of(key)[1], "count": counts[unit.pk, key],
            "nil": declared.get((unit.pk, key)), "opens_on": nil_opens_on(key), "open": nil_opens_on(key) <= today,
        }
        for key, unit in there
    ]  # fmt: skip
