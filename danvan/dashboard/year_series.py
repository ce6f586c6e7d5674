"""One figure over the years: chosen, shown both ways, drawn, exported."""

from django import forms
from django.shortcuts import render

from danvan.access.decorators import requires
from danvan.audit.exports import send_table
from danvan.common import clock
from danvan.common.forms import style
from danvan.dashboard import charts, chosen
from danvan.dashboard.links import number
from danvan.dashboard.years import years_of
from danvan.figures import registry
from danvan.figures.declare import Figure, Rate
from danvan.figures.series import THEN, VIEWS, Series
from danvan.units.models import Unit

MOST_YEARS = 15
FEWEST_SHOWN = 8  # years before this one, where no period says since when the office works


class SeriesForm(forms.Form):
    chi_tieu = forms.ChoiceField(label="Chỉ tiêu")
    tu_nam = forms.TypedChoiceField(label="Từ năm", coerce=int)
    den_nam = forms.TypedChoiceField(label="Đến năm", coerce=int)
    cach_xem = forms.ChoiceField(label="Cách xem", choices=list(VIEWS.items()))

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        groups = {}
        for item in registry.all_figures().values():
            groups.setdefault(item.group or "Khác", []).append((item.code, item.label))
        self.fields["chi_tieu"].choices = list(groups.items())
        for name in ("tu_nam", "den_nam"):
            self.fields[name].choices = [(year, year) for year in years]
        style(self)

    def clean(self):
        data = super().clean()
        first, last = data.get("tu_nam"), data.get("den_nam")
        if first and last and first > last:
            self.add_error("den_nam", f"Năm cuối ({last}) trước năm đầu ({first}).")
        elif first and last and last - first >= MOST_YEARS:
            self.add_error("den_nam", f"Mỗi lần xem tối đa {MOST_YEARS} năm.")
        return data


def asked(request):
    """(form, series): what the address asks for; without anything asked the first figure over all years, as it was."""
    this = clock.today().year
    first = min([int(year) for year in years_of(request.user)], default=this - FEWEST_SHOWN)
    years = list(range(min(first, this), this + 1))
    start = {"chi_tieu": chosen.first_of_all(), "tu_nam": max(years[0], this + 1 - MOST_YEARS), "den_nam": this, "cach_xem": THEN}
    form = SeriesForm({**start, **request.GET.dict()}, years=years)
    if not form.is_valid():
        return form, None
    data = form.cleaned_data
    keys = [str(year) for year in range(data["tu_nam"], data["den_nam"] + 1)]
    return form, Series(data["chi_tieu"], keys, data["cach_xem"], request.user)


@requires("dashboard.view")
def series(request):
    form, found = asked(request)
    context = {"form": form, "series": found, "query": request.GET.urlencode()}
    if found:
        rows, totals = found.rows, found.totals
        words = VIEWS[found.view].lower()
        context |= {
            "rows": [{"row": row, "cells": [linked(found, cell) for cell in row.cells]} for row in rows],
            "totals": [linked(found, cell) for cell in totals],
            "drawn": drawings(found, totals),
            "view_words": words,
        }
    return render(request, "dashboard/series.html", context, status=422 if form.errors else 200)


def linked(series, cell):
    """The words of a cell with their links: a count opens its rows, a rate the rows of both its counts."""
    if cell is None:
        return {"number": "", "parts": []}
    if not cell.url:
        return {"number": cell.text, "parts": [number(part.value, part.url, mark="") for part in cell.parts if part.value is not None]}
    counts_rows = isinstance(series.item, Figure) and not series.item.sum_of
    said = "—" if cell.value is None else number(cell.value, cell.url, mark="figure" if counts_rows else "")
    return {"number": said, "parts": []}


def drawings(series, totals):
    """The totals as columns, for a wide page and for a phone."""
    values = [percent(cell) if isinstance(series.item, Rate) else cell.value for cell in totals]
    if not any(values):
        return []
    told = "; ".join(f"{year}: {cell.text}" for year, cell in zip(series.years, totals, strict=True))
    return [
        charts.columns(values, [cell.text for cell in totals], series.years, width=width, title=series.item.label, told=told, key=key)
        for width, key in ((720, "cs-rong"), (350, "cs-hep"))
    ]


def percent(cell):
    """A rate as a number from its two counts, worked out anew."""
    part, whole = (each.value or 0 for each in cell.parts)
    return float(part) * 100 / float(whole) if whole else None


@requires("dashboard.view")
def series_xlsx(request):
    """What the page shows, with typed cells; a rate is a number of per cent."""
    _, found = asked(request)
    if found is None:
        return series(request)
    rows = [[row.name, *(cell_value(found, cell) for cell in row.cells), words_of_row(row)] for row in found.rows]
    return send_table(
        request, "xlsx",
        title=f"{found.item.label} ({found.item.unit_of_measure})", name=f"chuoi-so-lieu-{found.code.replace('_', '-')}",
        headings=["Đơn vị", *map(int, found.years), "Ghi chú"],
        rows=[*rows, ["Cộng", *(cell_value(found, cell) for cell in found.totals)]],
        columns=[(Unit, "name")],
        filters=f"Cách xem: {VIEWS[found.view].lower()}",
    )  # fmt: skip


def cell_value(series, cell):
    if cell is None:
        return None
    return percent(cell) if isinstance(series.item, Rate) else cell.value


def words_of_row(row):
    return row.note or (f"Gồm {', '.join(row.gathers)}" if row.gathers else "")
