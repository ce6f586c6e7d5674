"""Addresses of a register, and the fields of a form in rows."""

from django import template

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
