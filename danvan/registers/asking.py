"""The page of one act on a record: a small form, the service behind it, its refusal at the field that it is about."""

from django.contrib import messages
from django.shortcuts import redirect, render

from danvan.common.exceptions import Conflict, Refused
from danvan.common.forms import style
from danvan.registers import drafts
from danvan.registers.history import changes_since, told_changes
from danvan.registers.registry import register_of

AGAIN_FILE = " Tệp đính kèm thì anh/chị chọn lại."


def ask(request, record, form, do, *, title, button, done, about="", back=None):
    """`do(cleaned_data)` runs the service and may return where to go; else the way leads back to the record, or to `back`.

    `back` is (address, words) for a record that has no register of its own.
    """
    status, stale, seen = 200, None, drafts.whole_number(request.POST.get("_version"))
    register = register_of(type(record))
    url, words = back or (register.url("detail", record.pk), str(record))
    if request.method == "POST" and form.is_valid():
        try:
            _check_seen(request, record, seen)
            found = do(form.cleaned_data)
            messages.success(request, done)
            return redirect(found if isinstance(found, str) else url)
        except Conflict as conflict:
            record.refresh_from_db()
            status, stale = 409, _stale(record, seen)
            form.add_error(None, f"{conflict.message}{AGAIN_FILE if request.FILES else ''}")
        except Refused as refusal:
            record.refresh_from_db()
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    context = {
        "form": style(form), "object": record, "register": register, "url": url, "words": words, "title": title, "button": button,
        "about": about, "version": _version(record, seen, stale), "stale": stale,
    }  # fmt: skip
    return render(request, "registers/ask.html", context, status=422 if form.errors and status == 200 else status)


def _check_seen(request, record, seen):
    """Whoever acts has seen what others made of the record. The service claims it again in its own statement."""
    if "_version" not in request.POST or not hasattr(record, "version") or seen == record.version:
        return
    later = record.history.filter(version__gt=seen or 0).values_list("history_user", flat=True)
    if not later or set(later) != {request.user.pk}:  # a double click is no other person
        raise Conflict("Hồ sơ vừa được người khác sửa. Anh/chị xem thay đổi ở trang này rồi quyết định.")


def _version(record, seen, stale):
    """A form shown again because of a mistake carries the version that was seen; after a conflict the newest has been."""
    return getattr(record, "version", None) if seen is None or stale else seen


def _stale(record, seen):
    changed, newest = changes_since(record, seen) if hasattr(record, "history") and hasattr(record, "version") else ({}, None)
    return {"told": told_changes(record, changed), "newest": newest}
