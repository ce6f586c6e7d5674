"""Tables that leave the house: the file and its event in one call. No other module writes XLSX or CSV for download."""

import datetime
import decimal
import io
import secrets
import unicodedata

import tablib
import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone

from danvan.access.privacy import tells_of_persons
from danvan.audit.choices import Kind
from danvan.audit.services import record_event
from danvan.common.exceptions import Unconfirmed


def send_table(request, ending, *, title, name, headings, rows, columns, filters="tất cả", logged=None):
    """`rows` are typed cells; `filters` says in words what the table holds, `logged` what the log keeps of that. The download.

    `columns` are the (model, path) that the cells are read from: where one tells about persons, the password is asked for again.
    """
    if tells_of_persons(columns) and not request.is_confirmed():
        raise Unconfirmed
    copy = secrets.token_hex(4)  # printed on the sheet and kept in the event: a paper that turns up tells whose it is
    write, content_type = WRITERS[ending]
    body, count = write(f"{title}. Bộ lọc: {filters}", headings, rows, _mark(request.user, copy))
    detail = {"file": f"{name}.{ending}", "filters": filters if logged is None else logged, "rows": count, "copy": copy}
    record_event(Kind.EXPORT, request=request, detail=detail)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"', "Cache-Control": "private, no-store"}
    return HttpResponse(body, content_type=content_type, headers=headers)


def _mark(user, copy):
    unit = next((str(membership.unit) for membership in user.active_memberships()), "")
    now = timezone.localtime().strftime("%H:%M %d/%m/%Y")
    return " · ".join(part for part in (str(user), unit, now, f"bản xuất {copy}") if part)


def _xlsx(title, headings, rows, mark):
    buffer, count = io.BytesIO(), 0
    book = xlsxwriter.Workbook(
        buffer, {"constant_memory": True, "default_date_format": "dd/mm/yyyy", "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})
    sheet = book.add_worksheet("Danh sách")
    bold = book.add_format({"bold": True, "bg_color": "#EEEDEA", "text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, _clean(title))
    sheet.set_column(0, len(headings) - 1, 22)
    sheet.write_row(1, 0, headings, bold)
    sheet.freeze_panes(2, 0)
    sheet.set_footer(f"&L&8{_clean(mark).replace('&', '&&')[:200]}&R&8&P/&N")
    for count, row in enumerate(rows, start=1):
        sheet.write_row(count + 1, 0, [_clean(value) for value in row])
    book.close()
    return buffer.getvalue(), count


def _csv(title, headings, rows, mark):
    data = tablib.Dataset(*([_no_formula(value) for value in row] for row in rows), headers=headings)
    return ("\ufeff" + data.export("csv")).encode(), data.height  # the mark lets Excel on Windows read Vietnamese


WRITERS = {
    "xlsx": (_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (_csv, "text/csv; charset=utf-8"),
}


def _clean(value):
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
    plain = _clean(value)
    first = unicodedata.normalize("NFKC", plain.lstrip()[:1])
    return f"'{plain}" if first in {"=", "+", "-", "@", "|", "%"} else plain
