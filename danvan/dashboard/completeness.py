"""Duties done ÷ duties fallen due, by unit and month. A month without duties is "·" and never 100."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from danvan.dashboard.links import duties_url
from danvan.units.words import short_name

NOTHING_DUE = SafeString(
    '<td role="cell" class="c"><span class="nil"><span aria-hidden="true">·</span>'
    '<span class="vh">không có nhiệm vụ đến hạn</span></span></td>'
)
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
        return next(name for least, name in STEPS if self.percent >= least) if self.total else ""


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
    everybody = {month: _sum(cells, month) for month in months}
    return {
        "months": months,
        "rows": rows,
        "totals": _line(_td(everybody[month], duties_url(key, month=month), "tất cả đơn vị", month) for month in months),
        "worst": worst_words(rows),
    }


def _row(place, cells, key, months, reports):
    own = {month: cells.get((place.unit_id, month), Cell()) for month in months}
    urls = {month: duties_url(key, unit_id=place.unit_id, month=month) for month in months}
    return {
        "name": short_name(place),
        "full_name": place.name,
        "url": duties_url(key, unit_id=place.unit_id),
        "cells": _line(_td(cell, urls[month], place.name, month, step=cell.step) for month, cell in own.items()),
        "reports": reports,
        "missing": sum(cell.total - cell.done for cell in own.values()),
    }


def _line(cells):
    return SafeString("".join(cells))  # each was made by _td


def _td(cell, url, who, month, step=""):
    """A cell of the table, made in Python: a city has 1,500 of them. The Tab key passes over what is done."""
    if not cell.total:
        return NOTHING_DUE
    return format_html(
        '<td role="cell" class="c"><a class="{}" href="{}" data-figure="{}" data-done="{}" aria-label="{}"{}>{}</a></td>',
        step,
        url,
        cell.total,
        cell.done,
        f"{cell.percent}%, {who}, tháng {month.month}",
        SafeString(' tabindex="-1"') if step and cell.percent == 100 else "",
        cell.percent,
    )


def _sum(cells, month):
    same = [cell for (_, its), cell in cells.items() if its == month]
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
