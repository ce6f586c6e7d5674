"""The list page: tabs, filters, search, sort, paging, totals. The same rows feed the export."""

import re
from dataclasses import dataclass
from functools import cached_property

from django import forms as django_forms
from django.db.models import Case, Count, F, IntegerField, Q, Sum, Value, When
from django.shortcuts import render

from danvan.common import text
from danvan.common.forms import SearchForm
from danvan.registers.filters import bind, filterset_of
from danvan.registers.narrowing import narrowings_of
from danvan.registers.values import is_number, is_text, label_of, model_field, shown_value

COUNT_LIMIT = 10_000
PAGE_SIZES = (25, 50, 100)
FILTERS_IN_SIGHT = 3  # the rest waits behind “Thêm bộ lọc”


class PageForm(django_forms.Form):
    trang = django_forms.IntegerField(min_value=1, required=False)
    so_dong = django_forms.TypedChoiceField(choices=[(n, n) for n in PAGE_SIZES], coerce=int, required=False)


@dataclass
class Listing:
    """One reading of a register by one user with one address."""

    register: object
    user: object
    params: object  # QueryDict

    @cached_property
    def filterset(self):
        found = filterset_of(self.register)(self.params, queryset=self.register.rows(self.user))
        bind(found, self.user)
        return found

    @cached_property
    def query(self):
        """The words looked for; none where the rows have no search column."""
        form = SearchForm(self.params)
        return form.cleaned_data["q"].strip() if self.register.searchable and form.is_valid() else ""

    @cached_property
    def tab(self):
        return next((t for t in self.register.tabs if t.slug == self.params.get("muc")), None)

    @cached_property
    def narrowed(self):
        return narrowings_of(self.register, self.params, self.user)

    @property
    def rows(self):
        """The rows in their order."""
        return self.found.order_by(*self.ordering)

    @cached_property
    def found(self):
        """The rows, in no order. A filter whose value is not understood is passed over and says so beside its field."""
        rows = self.filterset.qs
        if hasattr(self.register.model, "published_on"):
            own = Q(pk__in=self.register.model._default_manager.visible_to(self.user).values("pk"))
            rows = rows.filter(~own if self.params.get("muc") == "cap-tren" else own)
        for found in self.narrowed:
            rows = rows.filter(found.where)
        if self.tab:
            rows = rows.filter(self.tab.condition(self.user))
        return self._search(rows) if self.query else rows

    def _search(self, rows):
        for word in text.fold(self.query).split():
            rows = rows.filter(search_text__contains=word)
        main = next((c.name for c in self.register.columns if c.link and is_text(self.register.model, c.name)), None)
        if main is None:
            return rows.annotate(match_rank=Value(0))
        # a pattern, because SQLite compares only a–z without regard to case in LIKE
        exact = Case(When(Q(**{f"{main}__iregex": re.escape(self.query)}), then=Value(0)), default=Value(1), output_field=IntegerField())
        return rows.annotate(match_rank=exact)

    def page(self, start, stop):
        """The rows of one page. Only keys are sorted; the wide rows, with what their columns join, are read for these few."""
        rows = self.register.rows(self.user).filter(pk__in=self.rows.values("pk")[start:stop])
        return list((self._search(rows) if self.query else rows).order_by(*self.ordering))

    @cached_property
    def sort(self):
        """(column name, descending) asked for in the address, or None."""
        asked = self.params.get("sap-xep", "")
        name = asked.removeprefix("-")
        known = {c.name for c in self.register.columns if sort_expression(self.register, c)}
        return (name, asked.startswith("-")) if name in known else None

    @cached_property
    def ordering(self):
        # where more match than can be looked through, putting literal ones first would cost the reading of all
        first = ["match_rank"] if self.query and not self.sort and self.count <= COUNT_LIMIT else []
        if self.sort:
            name, descending = self.sort
            column = next(c for c in self.register.columns if c.name == name)
            expression = F(sort_expression(self.register, column))
            ordered = expression.desc(nulls_last=True) if descending else expression.asc(nulls_last=True)
            return [ordered, "pk"]
        return [*first, *self.register.order] + ([] if {"pk", "-pk"} & set(self.register.order) else ["pk"])

    @cached_property
    def count(self):
        """Never above COUNT_LIMIT + 1: the page then says "hơn 10.000"."""
        return self.found.order_by()[: COUNT_LIMIT + 1].values("pk").count()

    @cached_property
    def totals(self):
        summed = {c.name: Sum(c.name) for c in self.register.columns if c.total}
        return self.found.order_by().aggregate(**summed) if summed else {}

    def unread_filters(self):
        return {name: errors for name, errors in self.filterset.form.errors.items()}


def sort_expression(register, column):
    if column.sort:
        return "" if column.sort == "-" else column.sort
    field = model_field(register.model, column.name)
    if field is None:
        return ""
    if field.many_to_one:
        related = field.related_model
        return f"{column.name}__{'sort_key' if model_field(related, 'sort_key') else 'pk'}"
    return "sort_key" if column.link and model_field(register.model, "sort_key") else column.name


def list_view(request, register):
    listing = Listing(register, request.user, request.GET)
    if request.GET.get("tong") and request.htmx:
        return render(request, "registers/_totals.html", {"cells": total_cells(listing)})
    return render(request, "registers/list.html", list_context(request, listing))


def list_context(request, listing):
    register = listing.register
    page = page_of(listing)
    filters = list(listing.filterset.form)
    can_add = register.form is not None and register.writable_unit_ids(request.user) != []
    return {
        "register": register,
        "listing": listing,
        "heads": [head_of(listing, column) for column in register.columns],
        "lines": lines_of(register, page["rows"]),
        "page": page,
        "tabs": tabs_of(listing),
        "chips": chips_of(listing),
        "count_words": f"hơn {text.format_number(COUNT_LIMIT)}" if listing.count > COUNT_LIMIT else text.format_number(listing.count),
        "filters": filters[:FILTERS_IN_SIGHT],
        "more_filters": filters[FILTERS_IN_SIGHT:],
        "more_open": any(f.value() or f.errors for f in filters[FILTERS_IN_SIGHT:]),
        "add_url": register.url("add") if can_add else "",
        "has_totals": any(c.total for c in register.columns),
        "totals": total_cells(listing) if request.GET.get("tong") else None,
        "kept": [(k, v) for k in ("muc", "chi-tieu", "ky", "sap-xep", "so_dong") for v in request.GET.getlist(k)],
    }


def page_of(listing):
    form = PageForm(listing.params)
    form.is_valid()
    size = form.cleaned_data.get("so_dong") or 25
    last = max(-(-min(listing.count, COUNT_LIMIT) // size), 1)
    number = min(form.cleaned_data.get("trang") or 1, last)
    start = (number - 1) * size
    near = sorted({1, last, *range(max(number - 2, 1), min(number + 2, last) + 1)})
    return {
        "rows": listing.page(start, start + size),
        "number": number,
        "pages": near,
        "last": last,
        "size": size,
        "sizes": PAGE_SIZES,
        "first_row": start + 1,
        "last_row": min(start + size, listing.count),
        "has_prev": number > 1,
        "has_next": number < last,
        "too_many": listing.count > COUNT_LIMIT and number == last,
    }


def head_of(listing, column):
    sortable = bool(sort_expression(listing.register, column))
    current = listing.sort if listing.sort and listing.sort[0] == column.name else None
    return {
        "name": column.name,
        "label": label_of(listing.register.model, column),
        "numeric": is_number(listing.register.model, column.name),
        "phone": column.phone,
        "sort": f"-{column.name}" if sortable and current and not current[1] else column.name if sortable else "",
        "order": ("descending" if current[1] else "ascending") if current else "",
    }


def lines_of(register, rows):
    cells = cells_of(register.model, register.columns, rows)
    return [{"url": register.url("detail", row.pk), "cells": line} for row, line in zip(rows, cells, strict=True)]


def cells_of(model, columns, rows):
    """The cells of each row; what is the same down a column is looked up once."""
    heads = [(column, label_of(model, column), is_number(model, column.name)) for column in columns]
    return [[_cell(row, *head) for head in heads] for row in rows]


def _cell(row, column, label, numeric):
    return {
        "label": label,
        "text": shown_value(row, column.name),
        "link": column.link,
        "numeric": numeric,
        "phone": column.phone,
        "tone": column.tones.get(getattr(row, column.name)) if column.tones else None,
    }


def tabs_of(listing):
    current = listing.tab
    every = [{"slug": "", "label": "Tất cả", "current": current is None and listing.params.get("muc") != "cap-tren", "count": None}]
    deadlines = [tab for tab in listing.register.tabs if tab.count]
    counted = {tab.slug.replace("-", "_"): Count("pk", filter=tab.condition(listing.user), distinct=True) for tab in deadlines}
    counts = listing.register.rows(listing.user).order_by().aggregate(**counted) if counted else {}
    for tab in listing.register.tabs:
        count = counts.get(tab.slug.replace("-", "_"))
        every.append({"slug": tab.slug, "label": tab.label, "current": tab is current, "count": count})
    if hasattr(listing.register.model, "published_on"):
        every.append({"slug": "cap-tren", "label": "Cấp trên ban hành", "current": listing.params.get("muc") == "cap-tren", "count": None})
    return every if len(every) > 1 else []


def chips_of(listing):
    """The filters in force as removable words: [(words, the parameters that go)]."""
    chips = [{"words": found.words, "params": found.params} for found in listing.narrowed]
    form = listing.filterset.form
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name) if form.is_bound and name not in form.errors else None
        if value not in (None, ""):
            words = dict(getattr(field, "choices", None) or []).get(value) if isinstance(value, str) else value
            chips.append({"words": f"{field.label}: {_words(words or value)}", "params": (name,)})
    if listing.query:
        chips.append({"words": f"“{listing.query}”", "params": ("q",)})
    return chips


def _words(value):
    return text.format_date(value) if hasattr(value, "strftime") else str(value)


def total_cells(listing):
    model = listing.register.model
    return [
        {"text": text.format_number(listing.totals[c.name] or 0) if c.total else "", "label": label_of(model, c), "phone": c.phone}
        for c in listing.register.columns
    ]
