"""Reads figures: one query with filtered aggregates, grouped by unit; frozen values where a period is closed."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Value

from danvan.common import text
from danvan.figures import registry
from danvan.figures.declare import Balance, Figure, Rate, Typed
from danvan.figures.models import FigureValue
from danvan.figures.periods import span_of


@dataclass
class Values:
    """Counts by figure and unit; rates and balances are worked out when read. `frozen` holds (code, unit id)."""

    counts: dict = field(default_factory=lambda: defaultdict(dict))  # code -> {unit id: int or Decimal}
    frozen: set = field(default_factory=set)

    def value(self, code, unit_ids=None):
        """The sum over the units (all of them without `unit_ids`); None when nothing was typed."""
        item = registry.figure(code)
        if isinstance(item, Balance):
            return self._balance(item, unit_ids)
        by_unit = self.counts.get(code, {})
        known = [v for unit, v in by_unit.items() if v is not None and (unit_ids is None or unit in unit_ids)]
        if not known:
            return None if isinstance(item, Typed) else 0
        return sum(known)

    def _balance(self, item, unit_ids):
        parts = [(1, self.value(c, unit_ids)) for c in item.plus] + [(-1, self.value(c, unit_ids)) for c in item.minus]
        return None if all(v is None for _, v in parts) else sum(sign * (v or 0) for sign, v in parts)

    def text(self, code, unit_ids=None):
        """The number as it is printed everywhere."""
        item = registry.figure(code)
        if isinstance(item, Rate):
            part, whole = self.value(item.numerator, unit_ids), self.value(item.denominator, unit_ids)
            return "—" if part is None else text.format_rate(part, whole)
        return text.format_number(self.value(code, unit_ids))

    def units(self, code):
        return self.counts.get(code, {})


def compute(period, units, *, codes=None, live_only=False):
    """Values of one period for units, as a queryset or by their keys.

    Figures owned by a unit are taken frozen where its period is closed. `codes` limits the counted figures.
    """
    wanted = [item for item in registry.counted() if codes is None or item.code in codes]
    values = Values()
    _count(units, [(values, item, span_of(period)) for item in wanted])
    for source in _typed_sources:
        for unit_id, code, number in source(period, units):
            values.counts[code][unit_id] = _tidy(number)
    if not live_only:
        _overlay_frozen({period: values}, FigureValue.objects.filter(period=period, unit__in=units))
    return values


def compute_periods(wanted, units):
    """Counted figures of several periods, {period: figures} -> {period: Values}: one query, however many periods."""
    found = {period: Values() for period in wanted}
    _count(units, [(found[period], item, span_of(period)) for period, figures in wanted.items() for item in figures])
    codes = {item.code for figures in wanted.values() for item in figures}
    _overlay_frozen(found, FigureValue.objects.filter(period__in=wanted, unit__in=units, code__in=codes))
    return found


def _count(units, cells):
    for values, item, (unit_id,), number in tally(units, cells):
        values.counts[item.code][unit_id] = number


def tally(units, cells, by=()):
    """`cells` are (mark, Figure, span); yields (mark, Figure, key, number) grouped by columns, by default the unit alone.

    One query: a part for each register and date that is counted by, which reads the rows of its spans only.
    """
    groups = defaultdict(list)
    for cell in cells:
        groups[cell[1].of, cell[1].on].append(cell)
    groups, width = list(groups.values()), max(map(len, groups.values()), default=0)
    parts = [_part(place, units, group, by, width) for place, group in enumerate(groups)]
    for place, *row in parts[0].union(*parts[1:], all=True) if parts else []:
        key, numbers = tuple(row[:-width]), row[-width:]
        for (mark, item, _), number in zip(groups[place], numbers, strict=False):
            yield mark, item, key, _tidy(number or 0)


def _part(place, units, group, by, width):
    """Rows of (place, *by, numbers of the group): `width` numbers, since all parts of a query are equally wide."""
    register, on = group[0][1].of, group[0][1].on
    spans = [span for _, _, span in group]
    rows = register.model._default_manager.filter(
        **{f"{register.unit}__in": units, f"{on}__gte": min(first for first, _ in spans), f"{on}__lte": max(last for _, last in spans)}
    )
    numbers = {f"figure_{n}": Value(0) for n in range(width)} | {f"figure_{n}": i.aggregate(*span) for n, (_, i, span) in enumerate(group)}
    columns = by or [register.unit]
    return rows.order_by().values(*columns).annotate(place=Value(place), **numbers).values_list("place", *columns, *numbers)


def _overlay_frozen(found, rows):
    for period, code, unit_id, value in rows.values_list("period", "code", "unit", "value"):
        if code in registry.all_figures():
            found[period].counts[code][unit_id] = _tidy(value)
            found[period].frozen.add((code, unit_id))


def _tidy(number):
    """Whole numbers as int, so that 12 never prints as 12,00."""
    if isinstance(number, Decimal) and number == number.to_integral_value():
        return int(number)
    return number


_typed_sources = []


def typed_source(rule):
    """`rule(period, units)` yields (unit id, code, number): the floor that stores typed figures enters itself."""
    _typed_sources.append(rule)
    return rule


def contribution(item: Figure, pk, starts_on, ends_on):
    """What one record adds to a figure, 0 when it is not counted."""
    row = item.of.model._default_manager.filter(pk=pk).aggregate(found=item.aggregate(starts_on, ends_on))
    return row["found"] or 0
