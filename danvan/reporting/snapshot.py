"""build(kind, unit, period) -> snapshot: plain JSON, ordered by business keys, without clock, job or user. Rendering reads nothing else."""

import hashlib
import json
from dataclasses import dataclass, replace
from functools import cached_property

from danvan.common.text import vi_key
from danvan.figures import registry
from danvan.figures.compute import Values, compute
from danvan.figures.declare import Figure, Rate, Typed
from danvan.figures.periods import span_of, words_of, year_before
from danvan.reporting.kinds import KINDS, OFFICE, Kind, appendices_of, chapters_of, numbered
from danvan.reporting.words import Words, words_of_levels
from danvan.submissions.choices import Status
from danvan.submissions.models import Period, Submission
from danvan.submissions.selectors import owing_units
from danvan.units.models import Unit
from danvan.units.selectors import lineage_on, names_on, places_on, version_on

SCHEMA = 1


@dataclass
class Context:
    """What a chapter may read: values, names and records of the report's units in its period."""

    kind: Kind
    unit: Unit
    period: str

    @cached_property
    def span(self):
        return span_of(self.period)

    @property
    def year(self):
        return self.span[1].year

    @cached_property
    def header(self):
        """The version of the unit on the period's last day."""
        return version_on(self.unit, self.span[1])

    @property
    def top(self):
        """The office reports over everything below its superior; a ward over itself."""
        return (self.header.parent or self.unit) if self.kind.issuer == OFFICE else self.unit

    @cached_property
    def places(self):
        """The versions of the report's units on the period's last day, by name; also of units that ended before it."""
        everywhere = places_on(self.span[1], self.top)
        return everywhere if self.kind.issuer == OFFICE else [place for place in everywhere if place.unit_id == self.unit.pk]

    @cached_property
    def words(self) -> Words:
        return words_of_levels(self.header, lineage_on(self.top, self.span[1]), self.places)

    @cached_property
    def units(self):
        return Unit.objects.filter(pk__in=[place.unit_id for place in self.places])

    @cached_property
    def position(self):
        """{unit id: its place in the order of names}"""
        return {place.unit_id: number for number, place in enumerate(self.places)}

    def by_unit(self, rows):
        """The rows in the order of their units; within one unit as they came."""
        return sorted(rows, key=lambda row: self.position[row.unit_id])

    @cached_property
    def values(self) -> Values:
        return compute(self.period, self.units)

    @cached_property
    def last(self) -> Values:
        return compute(year_before(self.period), self.units)

    @property
    def outline(self):
        return [replace(heading, text=told) for heading, told in numbered(self.headings)]

    @property
    def headings(self):
        """The headings of the kind in the words of the office; not yet numbered."""
        return [replace(heading, text=self.words.told(heading.text)) for heading in self.kind.outline(self.period)]

    @cached_property
    def codes(self):
        """{unit id: unit code} in the order of the units' names."""
        return {place.unit_id: place.unit.code for place in self.places}

    @cached_property
    def names(self):
        """{unit id: its name on the period's last day}, also of units beyond the report that a record names."""
        return names_on(Unit.objects.all(), self.span[1])

    def names_of(self, units):
        """Their names on the period's last day, in the order of those names, in one cell."""
        return ", ".join(sorted((self.names.get(unit.pk, unit.name) for unit in units), key=vi_key))

    def n(self, code):
        """The number as a sentence says it: one to nine with a leading nought, 07 tập thể. Columns of numbers print `values.text`."""
        told = self.values.text(code)
        return f"0{told}" if told in {*"123456789"} else told

    @cached_property
    def owed(self):
        """{Period: units that owe its report}: two duties to report may have periods of one code."""
        if self.kind.issuer != OFFICE:
            return {}
        opened = Period.objects.filter(code=self.period, unit__in=[self.unit, self.top]).select_related("regime", "unit")
        return {period: list(owing_units(period)) for period in opened}

    @cached_property
    def owing(self):
        """Units that owe a report of the period, by name; [] when the period was never opened."""
        return sorted({unit for units in self.owed.values() for unit in units}, key=lambda unit: (vi_key(self.names[unit.pk]), unit.pk))

    @cached_property
    def not_accepted(self):
        accepted = set(Submission.objects.filter(period__in=self.owed, status=Status.ACCEPTED).values_list("period_id", "unit_id"))
        waiting = {unit for period, units in self.owed.items() for unit in units if (period.pk, unit.pk) not in accepted}
        return [unit for unit in self.owing if unit in waiting]


def context_of(report):
    return Context(KINDS[report.kind], report.unit, report.period)


def of_report(report):
    """The snapshot of a draft, as the records and the words stand now."""
    return build(KINDS[report.kind], report.unit, report.period, narrative=report.narrative, override_reason=report.override_reason)


def build(kind, unit, period, *, narrative=None, override_reason="", number=None, issued_on=None):
    """The snapshot as a dict of plain JSON values. Equal records and words give an equal snapshot."""
    context = Context(kind, unit, period)
    starts_on, ends_on = context.span
    header = context.header
    issued = number is not None
    return {
        "schema": SCHEMA,
        "template": kind.template,
        "profile": header.profile,
        "kind": kind.code,
        "unit": {"code": unit.code, "name": header.name},
        "period": {"code": period, "label": words_of(period), "starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()},
        "header": {
            "superior": header.superior_name,
            "issuer": header.issuer_name,
            "symbol": header.symbol,
            "number": f"{number:02d}" if issued else "",
            "place": header.place,
            "issued_on": issued_on.isoformat() if issued_on else None,
            "right": "ĐẢNG CỘNG SẢN VIỆT NAM",
        },
        "title": {"type": "BÁO CÁO", "summary": kind.summary(context.period)},
        "draft": not issued,
        "sections": sections(context, narrative or {}),
        "signature": {"authority": header.signing_authority, "title": header.signer_title, "name": ""},
        "recipients": list(header.recipients),
        "appendices": appendices(context),
        "figures": figure_list(context),
        "live_units": [context.names[u.pk] for u in context.not_accepted],
        "override_reason": override_reason,
    }


def sections(context, narrative):
    """Headings with content, in the order of the outline; a heading stays when one below it has content."""
    outline = context.headings
    filled = {h.code: blocks_of(context, h.code, narrative) for h in outline}
    kept = [h for h in outline if filled[h.code] or any(filled[c] for c in filled if c.startswith(f"{h.code}."))]
    return [{"code": h.code, "level": h.level, "heading": told, "blocks": filled[h.code]} for h, told in numbered(kept)]


def left_out(context, narrative):
    """Headings that would stand empty: the check page lists them."""
    kept = {section["code"] for section in sections(context, narrative)}
    return [h for h in context.outline if h.code not in kept]


def blocks_of(context, code, narrative):
    computed = [block for function in chapters_of(context.kind, code) for block in function(context)]
    words = narrative.get(code, "").strip()
    written = [{"type": "paragraph", "text": part.strip()} for part in words.split("\n") if part.strip()]
    return [*written, *computed]


def appendices(context):
    found = [(code, function(context)) for code, function in appendices_of(context.kind)]
    reference = f"(Kèm theo Báo cáo {context.kind.summary(context.period)})"
    return [{"code": code, "reference": reference, **content} for code, content in found if content]


def figure_list(context):
    """Every figure with formula, count and units: the internal list, never part of the signed report."""
    return [_figure_line(context, item) for item in registry.all_figures().values()]


def _figure_line(context, item):
    values, told = context.values, context.words.told
    by_unit = values.units(item.code)
    lines = [
        {
            "code": code,
            "unit": context.names.get(pk, ""),
            "value": values.text(item.code, {pk}),
            "source": "chốt" if (item.code, pk) in values.frozen else "hiện tại",
        }
        for pk, code in context.codes.items()
        if by_unit.get(pk)
    ]
    kind = {Figure: "đếm từ hồ sơ", Typed: "đơn vị nhập", Rate: "tính từ hai số đếm"}.get(type(item), "tính từ số khác")
    return {
        "code": item.code, "label": told(item.label), "unit_of_measure": item.unit_of_measure, "formula": told(item.formula),
        "value": values.text(item.code), "by_unit": lines, "source": kind,
    }  # fmt: skip


def digest(snapshot):
    """SHA-256 over the canonical JSON text."""
    canonical = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
