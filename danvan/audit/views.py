"""The log for administrators: the events of the units that they administer, newest first."""

import datetime

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from danvan.access.decorators import requires
from danvan.audit.choices import Kind
from danvan.audit.exports import send_table
from danvan.audit.forms import LogFilter
from danvan.audit.models import AuditEvent
from danvan.common import text
from danvan.common.exceptions import Refused
from danvan.common.forms import style

RIGHT = "audit.view"
PER_PAGE = 50
EXPORT_LIMIT = 20_000
REACH = 10_000  # pages go no further: the dates narrow it
# column -> its heading in the file
COLUMNS = {
    "at": "Lúc", "kind": "Loại việc", "username": "Tên đăng nhập", "display_name": "Tên hiển thị", "unit_name": "Đơn vị",
    "object_model": "Loại hồ sơ", "object_id": "Số hồ sơ", "object_title": "Hồ sơ", "detail": "Chi tiết", "reason": "Lý do",
    "address": "Địa chỉ mạng", "session": "Phiên",
}  # fmt: skip


@requires(RIGHT)
@require_safe
def log(request):
    form = style(LogFilter(request.GET))
    rows = chosen(request.user, form)
    paginator = Paginator(rows[:REACH], PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {"form": form, "events": page.object_list, "page": pager_of(page), "cut": paginator.count == REACH}
    return render(request, "audit/log.html", context)


def chosen(user, form):
    """The events in sight that the filters keep; a filter that cannot be read is passed over and says so beside its field."""
    form.is_valid()
    asked = form.cleaned_data
    rows = AuditEvent.objects.visible_to(user, RIGHT)
    conditions = {
        "kind": asked.get("loai"),
        "who_key__contains": text.fold(asked.get("nguoi", "")),
        "unit_key__contains": text.fold(asked.get("don_vi", "")),
        "at__gte": midnight(asked.get("tu_ngay")),
        "at__lt": midnight(asked.get("den_ngay"), days=1),
    }
    return rows.filter(**{name: value for name, value in conditions.items() if value})


def midnight(day, days=0):
    moment = day and datetime.datetime.combine(day + datetime.timedelta(days=days), datetime.time())
    return timezone.make_aware(moment) if moment else None


def pager_of(page):
    """What components/pager.html shows."""
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "count": page.paginator.count, "number": page.number, "start": page.start_index(), "end": page.end_index(),
        "has_prev": page.has_previous(), "has_next": page.has_next(), "prev": page.number - 1, "next": page.number + 1,
        "pages": [number if isinstance(number, int) else None for number in pages],
    }  # fmt: skip


@requires(RIGHT)
@require_safe
def log_file(request, ending):
    form = LogFilter(request.GET)
    rows = chosen(request.user, form)
    if rows[EXPORT_LIMIT:].exists():
        raise Refused(f"Nhật ký có hơn {text.format_number(EXPORT_LIMIT)} dòng. Anh/chị thu hẹp bộ lọc rồi tải lại.")
    told = [f"{form.fields[name].label}: {words_of(name, value)}" for name, value in form.cleaned_data.items() if value]
    filters = " · ".join(told) or "tất cả"
    table = (line_of(event) for event in rows.iterator(chunk_size=1000))
    return send_table(
        request, ending, title="Nhật ký hệ thống", name="nhat-ky", headings=list(COLUMNS.values()), rows=table,
        columns=[(AuditEvent, name) for name in COLUMNS], filters=filters,
    )  # fmt: skip


def words_of(name, value):
    return Kind(value).label if name == "loai" else text.format_date(value) if isinstance(value, datetime.date) else value


WORDS = {
    "at": lambda event: timezone.localtime(event.at).strftime("%d/%m/%Y %H:%M:%S"),
    "kind": AuditEvent.get_kind_display,
    "detail": lambda event: event.detail_words,
}


def line_of(event):
    return [WORDS[name](event) if name in WORDS else getattr(event, name) for name in COLUMNS]
