"""XLSX and CSV of exactly what the list shows: same filter, same order, typed cells, Vietnamese headings."""

import datetime
import decimal
import io
import unicodedata

import tablib
import xlsxwriter
from django.http import HttpResponse
from import_export import fields, resources, widgets

from danvan.common import text
from danvan.common.exceptions import Refused
from danvan.registers.list import Listing, chips_of
from danvan.registers.values import cell_value, label_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
    return [field.column_name for field in shown], ([field.get_value(row) for field in shown] for row in rows.iterator(chunk_size=500))


def _file_name(register, ending):
    return f"{register.slug.replace('/', '-')}.{ending}"


def xlsx_view(request, register):
    listing = Listing(register, request.user, request.GET)
    headings, rows = table_of(listing)
    chosen = " · ".join(str(chip["words"]) for chip in chips_of(listing)) or "tất cả"
    return xlsx_file(_file_name(register, "xlsx"), f"{register.label}. Bộ lọc: {chosen}", headings, rows)


def xlsx_file(name, title, headings, rows):
    """One sheet as a download: a title, the headings, typed cells."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"constant_memory": True, "default_date_format": "dd/mm/yyyy", "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})
    sheet = book.add_worksheet("Danh sách")
    bold = book.add_format({"bold": True, "bg_color": "#EEEDEA", "text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, title)
    sheet.set_column(0, len(headings) - 1, 22)
    sheet.write_row(1, 0, headings, bold)
    sheet.freeze_panes(2, 0)
    for number, row in enumerate(rows, start=2):
        sheet.write_row(number, 0, [_safe(value) for value in row])
    book.close()
    return download(buffer.getvalue(), XLSX, name)


def csv_view(request, register):
    headings, rows = table_of(Listing(register, request.user, request.GET))
    data = tablib.Dataset(*([_no_formula(value) for value in row] for row in rows), headers=headings)
    # the mark lets Excel on Windows read Vietnamese
    return download(("\ufeff" + data.export("csv")).encode(), "text/csv; charset=utf-8", _file_name(register, "csv"))


def _safe(value):
    """No control characters nor the two that are none, which the file format cannot hold."""
    if not isinstance(value, str):
        return value
    return "".join(c for c in value if c == "\n" or (unicodedata.category(c) != "Cc" and c not in "\ufffe\uffff"))


def _no_formula(value):
    """A cell that a spreadsheet would run gets a leading apostrophe, full-width signs included."""
    if isinstance(value, decimal.Decimal):
        return format(value.normalize(), "f").replace(".", ",")
    if not isinstance(value, str):
        return value.strftime("%d/%m/%Y") if isinstance(value, datetime.date) else value
    plain = _safe(value)
    first = unicodedata.normalize("NFKC", plain.lstrip()[:1])
    return f"'{plain}" if first in {"=", "+", "-", "@", "|", "%"} else plain


def download(body, content_type, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(body, content_type=content_type, headers=headers)
