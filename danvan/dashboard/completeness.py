"""Duties done ÷ duties fallen due, by unit and month. A month without duties is "·" and never 100."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from danvan.dashboard.links import duties_url

STEPS = [(100, "v100"), (80, "v80"), (50, "v50"), (1, "v1"), (0, "v0")]


@dataclass
class Cell:
    done: int = 0
    total: int = 0

    def add(self, duty):
        self.total += 1
        self.done += duty.done

    @property
    def percent(self):
        """Whole percent, 100 only when all is done and 0 only when nothing is; None when nothing was due."""
        if not self.total:
            return None
        if self.done in (0, self.total):
            return 100 if self.done else 0
        return max(self.done * 100 // self.total, 1)

    @property
    def step(self):
        return next(name for least, name in STEPS if self.percent >= least)


def months_of(starts_on, ends_on):
    """The first day of every month in the span."""
    found, day = [], starts_on.replace(day=1)
    while day <= ends_on:
        found.append(day)
        day = (day + datetime.timedelta(days=32)).replace(day=1)
    return found


def cells_of(duties, today):
    """{(unit id, first day of the month): Cell}; what is not due yet is not counted."""
    cells = defaultdict(Cell)
    for duty in duties:
        if duty.due_on <= today:
            cells[duty.unit_id, duty.due_on.replace(day=1)].add(duty)
    return cells


def grid(duties, *, key, months, places, reports, today):
    """Rows of the units that owe a report or have duties, a row of totals, and who lacks most.

    `places` are the unit versions of the period in their order, `reports` the states of the reports by unit.
    """
    cells = cells_of(duties, today)
    busy = {unit_id for unit_id, _ in cells} | set(reports)
    first = [p for p in places if p.unit_id in reports]
    rows = [
        _row(place, cells, key, months, reports.get(place.unit_id, []))
        for place in [*first, *(p for p in places if p.unit_id in busy and p.unit_id not in reports)]
    ]
    totals = [_sum(cells.values(), [m for (_, m) in cells], month) for month in months]
    return {
        "months": [{"day": month, "url": duties_url(key, month=month)} for month in months],
        "rows": rows,
        "totals": [{"cell": cell, "url": duties_url(key, month=month), "month": month} for cell, month in zip(totals, months, strict=True)],
        "all": Cell(sum(c.done for c in cells.values()), sum(c.total for c in cells.values())),
        "worst": worst_words(rows),
    }


def _row(place, cells, key, months, reports):
    shown = [
        {"cell": cells.get((place.unit_id, month), Cell()), "url": duties_url(key, unit_id=place.unit_id, month=month), "month": month}
        for month in months
    ]
    return {
        "name": place.name.removeprefix(f"{place.get_kind_display()} "),
        "full_name": place.name,
        "url": duties_url(key, unit_id=place.unit_id),
        "cells": shown,
        "reports": reports,
        "missing": sum(each["cell"].total - each["cell"].done for each in shown),
    }


def _sum(cells, months, month):
    same = [cell for cell, its in zip(cells, months, strict=True) if its == month]
    return Cell(sum(c.done for c in same), sum(c.total for c in same))


def worst_words(rows):
    """The fewest units, at most three, that hold more than half of what is missing."""
    missing = sum(row["missing"] for row in rows)
    ranked = sorted((row for row in rows if row["missing"]), key=lambda row: -row["missing"])
    for count in (1, 2, 3):
        top = ranked[:count]
        if len(ranked) > count and sum(row["missing"] for row in top) * 2 > missing:
            names = [row["full_name"] for row in top]
            told = names[0] if count == 1 else f"{', '.join(names[:-1])} và {names[-1]}"
            return f"{told} chiếm hơn nửa số nhiệm vụ còn thiếu."
    return ""
