"""build(kind, unit, period) -> snapshot: plain JSON, ordered by business keys, without clock, job or user. Rendering reads nothing else."""

import hashlib
import json
from dataclasses import dataclass, replace
from functools import cached_property

from danvan.figures import registry
from danvan.figures.compute import Values, compute
from danvan.figures.declare import Figure, Rate, Typed
from danvan.figures.periods import span_of, words_of, year_before
from danvan.reporting.kinds import KINDS, OFFICE, Kind, appendices_of, chapters_of, numbered
from danvan.submissions.choices import Status
from danvan.submissions.models import Period, Submission
from danvan.submissions.selectors import owing_units
from danvan.units.models import Unit
from danvan.units.selectors import names_on, parent_of, version_on

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
    def units(self):
        """The office reports over everything its superior sees; a ward over itself."""
        if self.kind.issuer == OFFICE:
            return Unit.objects.below(parent_of(self.unit) or self.unit)
        return Unit.objects.filter(pk=self.unit.pk)

    @cached_property
    def values(self) -> Values:
        return compute(self.period, self.units)

    @cached_property
    def last(self) -> Values:
        return compute(year_before(self.period), self.units)

    @property
    def outline(self):
        return [replace(heading, text=told) for heading, told in numbered(self.kind.outline(self.period))]

    @cached_property
    def codes(self):
        """{unit id: unit code} in the order of the units' names today."""
        return dict(self.units.order_by("sort_key", "pk").values_list("pk", "code"))

    @cached_property
    def names(self):
        return names_on(self.units.values_list("pk", flat=True), self.span[1])

    def n(self, code):
        """The number as a sentence says it: one to nine with a leading nought, 07 tập thể. Columns of numbers print `values.text`."""
        told = self.values.text(code)
        return f"0{told}" if told in {*"123456789"} else told

    @cached_property
    def owed(self):
        """{Period: units that owe its report}: two duties to report may have periods of one code."""
        if self.kind.issuer != OFFICE:
            return {}
        opened = Period.objects.filter(code=self.period, unit__in=[self.unit, parent_of(self.unit)]).select_related("regime", "unit")
        return {period: list(owing_units(period)) for period in opened}

    @cached_property
    def owing(self):
        """Units that owe a report of the period, by name; [] when the period was never opened."""
        return sorted({unit for units in self.owed.values() for unit in units}, key=lambda unit: (unit.sort_key, unit.pk))

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
    header = version_on(unit, ends_on)
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
    outline = context.kind.outline(context.period)
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
    values = context.values
    by_unit = values.units(item.code)
    told = [
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
        "code": item.code, "label": item.label, "unit_of_measure": item.unit_of_measure, "formula": item.formula,
        "value": values.text(item.code), "by_unit": told, "source": kind,
    }  # fmt: skip


def digest(snapshot):
    """SHA-256 over the canonical JSON text."""
    canonical = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
