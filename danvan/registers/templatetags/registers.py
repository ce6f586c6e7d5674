"""Addresses of a register, the cells of its tables, the choices of its filters and the fields of a form in rows."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from danvan.common.templatetags.ui import status

register = template.Library()

SHORT, SHORT_TEXT = {"select", "date", "number", "radioselect"}, 60
LASTING = ("muc", "sap-xep", "so_dong")


@register.simple_tag
def register_url(of, page, *args):
    return of.url(page, *args)


@register.simple_tag(takes_context=True)
def address(context, *pairs):
    """This page with some parameters changed: {% address "sap-xep" "-name" %}. An empty value takes one out.

    The page number goes too unless it is one of them, and so does the wish for totals.
    """
    params = context["request"].GET.copy()
    blank = [(name, "") for name, values in params.lists() if not any(values)]
    for name, value in [*blank, ("trang", ""), ("tong", ""), *zip(pairs[::2], pairs[1::2], strict=True)]:
        params.pop(name, None)
        if value not in ("", None):
            params[name] = str(value)
    return f"?{params.urlencode()}"


@register.simple_tag(takes_context=True)
def without(context, names):
    """This page without the named parameters: what a filter's word leads to."""
    return address(context, *(part for name in names for part in (name, "")))


@register.simple_tag(takes_context=True)
def cleared(context):
    """This page without any filter: tab, order and page size stay."""
    return without(context, [name for name in context["request"].GET if name not in LASTING])


@register.simple_tag
def td(cell):
    """A cell, which on a phone is a line of a card behind the column's name."""
    names = {"n": cell["numeric"], "nowrap": len(cell["text"]) < 11, "lo": not cell["phone"]}
    said = status(cell["text"], *cell["tone"]) if cell["tone"] else linebreaksbr(cell["text"])
    classes = " ".join(name for name, holds in names.items() if holds)
    return format_html('<td role="cell" class="{}" data-l="{}">{}</td>', classes, cell["label"], said)


@register.simple_tag
def row(line):
    """The cells of a row; the one that links to the record is its header."""
    head = '<th role="rowheader" scope="row"><a href="{}">{}</a></th>'
    cells = [format_html(head, line["url"], cell["text"]) if cell["link"] else td(cell) for cell in line["cells"]]
    return SafeString("".join(cells))


@register.simple_tag
def options(field):
    """The choices of a filter, the one in force selected. Rows are read in one go, not through a cursor as Django's iterator does."""
    rows = getattr(field.field, "queryset", None)
    choices = [(row.pk, row) for row in rows] if rows is not None else [each for each in field.field.choices if each[0]]
    chosen = str(field.value() or "")
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SafeString(" selected") if str(value) == chosen else "", words) for value, words in [("", "Tất cả"), *choices]),
    )


@register.filter
def in_words(cells):
    """A row in one line, without its name and its status: what a hit of the search says."""
    said = [cell for cell in cells if cell["phone"] and not cell["link"] and not cell["tone"] and cell["text"] != "—"]
    return " · ".join(f"{cell['label']}: {cell['text']}" if cell["numeric"] else str(cell["text"]) for cell in said)


@register.filter
def in_rows(fields):
    """[(short, fields)]: neighbouring short fields may stand side by side, a long one has its own row."""
    rows = []
    for field in fields:
        short = field.widget_type in SHORT or (field.widget_type == "text" and (getattr(field.field, "max_length", 0) or 0) <= SHORT_TEXT)
        if rows and short and rows[-1][0]:
            rows[-1][1].append(field)
        else:
            rows.append((short, [field]))
    return rows
