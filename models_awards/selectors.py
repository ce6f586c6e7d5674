"""Reads that join: what the report's appendices list."""

from collections import defaultdict

from danvan.common.text import format_rate
from models_awards.choices import Level, ModelKind, Stage
from models_awards.models import Registration, StageRecord

COUNTS = ["mo_hinh", "dien_hinh", "khao_sat", "tham_dinh", Level.WARD, Level.DISTRICT, Level.CITY]


def registered(context):
    """Registrations of the report's units in its period, in the order of the appendix: unit, field, name."""
    rows = Registration.objects.filter(unit__in=context.units, registered_on__range=context.span, withdrawn_on=None)
    return context.by_unit(rows.select_related("unit", "field").order_by("field__position", "kind", "sort_key", "pk"))


def recognised_records(context):
    """Steps of recognition in the period, whatever the level."""
    rows = StageRecord.objects.filter(
        stage=Stage.RECOGNISED, held_on__range=context.span, registration__unit__in=context.units, registration__withdrawn_on=None
    )
    return list(rows.select_related("registration__unit").order_by("level", "registration__kind", "registration__sort_key", "pk"))


def summary_by_unit_and_field(context):
    """(lines, total line) of appendix D2; rates are recomputed from the counts of each line."""
    cells = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    order = {}
    for row in registered(context):
        key = (row.unit_id, row.field_id)
        order.setdefault(key, (context.names[row.unit_id], row.field.name))
        _count(cells[key], row, context)
    lines = [[*order[key], *_cells(cells[key])] for key in order]
    whole = {name: sum(cell[name] for cell in cells.values()) for name in COUNTS}
    return lines, ["Cộng", "", *_cells(whole)]


def _count(cell, row, context):
    starts_on, ends_on = context.span
    within = lambda day: day is not None and starts_on <= day <= ends_on  # noqa: E731
    cell["mo_hinh" if row.kind == ModelKind.MODEL else "dien_hinh"] += 1
    cell["khao_sat"] += within(row.surveyed_on)
    cell["tham_dinh"] += within(row.appraised_on)
    if within(row.recognised_on):
        cell[row.recognised_level] += 1


def _cells(cell):
    recognised = cell[Level.WARD] + cell[Level.DISTRICT] + cell[Level.CITY]
    return [*(str(cell[name]) for name in COUNTS), format_rate(recognised, cell["mo_hinh"] + cell["dien_hinh"])]
