"""The page of one act on a record: a small form, the service behind it, its refusal at the field that it is about."""

from django.contrib import messages
from django.shortcuts import redirect, render

from danvan.common.exceptions import Refused
from danvan.common.forms import style
from danvan.registers.registry import register_of


def ask(request, record, form, do, *, title, button, done, about="", back=None):
    """`do(cleaned_data)` runs the service and may return where to go; else the way leads back to the record, or to `back`.

    `back` is (address, words) for a record that has no register of its own.
    """
    register = register_of(type(record))
    url, words = back or (register.url("detail", record.pk), str(record))
    if request.method == "POST" and form.is_valid():
        try:
            found = do(form.cleaned_data)
            messages.success(request, done)
            return redirect(found if isinstance(found, str) else url)
        except Refused as refusal:
            record.refresh_from_db()
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    context = {
        "form": style(form), "object": record, "register": register, "url": url, "words": words, "title": title, "button": button,
        "about": about,
    }  # fmt: skip
    return render(request, "registers/ask.html", context, status=422 if form.errors else 200)
