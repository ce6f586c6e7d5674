"""XLSX and CSV of exactly what the list shows: same filter, same order, typed cells, Vietnamese headings."""

import itertools

from import_export import fields, resources, widgets

from danvan.audit.exports import send_table
from danvan.common import text
from danvan.common.exceptions import Refused
from danvan.registers.list import Listing, chips_of, named
from danvan.registers.values import cell_value, label_of

EXPORT_LIMIT = 20_000


class _Typed(widgets.Widget):
    """Leaves the value as it is: a date cell is a date, a number a number."""

    def render(self, value, obj=None, **kwargs):
        return value


class _Cell(fields.Field):
    def get_value(self, instance):
        return cell_value(instance, self.attribute)


def exported_columns(register):
    """The list's columns, then the boxes of the detail page that the list has no room for."""
    from danvan.registers.declare import Column

    shown = {column.name for column in register.columns}
    boxes = [Column(name) for section in register.sections for name in section.fields if name not in shown]
    return [*register.columns, *dict.fromkeys(boxes)]


def resource_of(register):
    """A django-import-export Resource with one field per exported column."""
    columns = exported_columns(register)
    declared = {c.name: _Cell(attribute=c.name, column_name=label_of(register.model, c), widget=_Typed()) for c in columns}
    meta = type("Meta", (), {"model": register.model, "fields": list(declared), "export_order": list(declared)})
    return type(f"{register.model.__name__}Resource", (resources.ModelResource,), {**declared, "Meta": meta})()


def table_of(listing):
    """(headings, iterator of typed rows)"""
    if listing.rows[EXPORT_LIMIT:].exists():
        limit = text.format_number(EXPORT_LIMIT)
        raise Refused(f"Danh sách có hơn {limit} dòng, quá mức của một tệp. Anh/chị thu hẹp bộ lọc rồi xuất lại.")
    resource = resource_of(listing.register)
    shown = resource.get_export_fields()
    many = [field.name for field in listing.register.model._meta.many_to_many if field.name in resource.fields]
    rows = listing.rows.prefetch_related(*many)[:EXPORT_LIMIT]
    return [field.column_name for field in shown], ([field.get_value(row) for field in shown] for row in in_parts(listing.register, rows))


def in_parts(register, rows, size=500):
    """The rows, some at a time in memory."""
    found = rows.iterator(chunk_size=size)
    while part := list(itertools.islice(found, size)):
        yield from named(register, part)


def xlsx_view(request, register):
    return _send(request, register, "xlsx")


def csv_view(request, register):
    return _send(request, register, "csv")


def _send(request, register, ending):
    listing = Listing(register, request.user, request.GET)
    headings, rows = table_of(listing)
    chips = chips_of(listing)
    # The log does not repeat what was searched for: it may be a person's name.
    logged = ["có từ khóa tìm" if chip["params"] == ("q",) else str(chip["words"]) for chip in chips]
    return send_table(
        request, ending, title=register.label, name=register.slug.replace("/", "-"), headings=headings, rows=rows,
        columns=[(register.model, column.name) for column in exported_columns(register)],
        filters=_joined(str(chip["words"]) for chip in chips), logged=_joined(logged),
    )  # fmt: skip


def _joined(words):
    return " · ".join(words) or "tất cả"
