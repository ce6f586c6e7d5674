"""Adding and removing a link from the page of a record."""

from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from danvan.access.decorators import requires
from danvan.common import text
from danvan.common.exceptions import Refused
from danvan.common.forms import CharField, style
from danvan.links import known, services
from danvan.links.models import Link, LinkKind

SHOWN = 20


class SearchForm(forms.Form):
    """Where to look and for what; read from the address."""

    so = forms.ChoiceField(label="Sổ hồ sơ")
    q = CharField(label="Tìm trong sổ", required=False, max_length=200)

    def __init__(self, *args, registers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["so"].choices = [(r.code, r.label) for r in registers]


def _record(user, address):
    """The (register, record) that "register code:pk" names, if the user may open it."""
    code, _, pk = address.partition(":")
    register, record = known.opened(user, code, int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < 19 else (None, None)
    if record is None:
        raise Http404
    return register, record


@requires("link.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def link_add(request):
    address = request.GET.get("tu", "")
    register, record = _record(request.user, address)
    services.check_can_link(request.user, record)
    if request.method == "POST":
        _, other = _record(request.user, request.POST.get("den", ""))
        return _linked(request, register, record, other)
    registers = known.readable_registers(request.user)
    form = SearchForm(request.GET if "so" in request.GET else None, registers=registers)
    chosen = next((r for r in registers if r.code == form.cleaned_data["so"]), None) if form.is_valid() else None
    context = {
        "register": register,
        "object": record,
        "back": register.url("detail", record.pk),
        "address": address,
        "form": style(form),
        "chosen": chosen,
        "kinds": LinkKind.choices,
        "found": _found(chosen, request.user, form.cleaned_data["q"], record) if chosen else [],
        "limit": SHOWN,
    }
    return render(request, "links/add.html", context)


def _found(register, user, query, record):
    """Visible rows whose search text (or words) hold every word looked for, newest first."""
    rows = register.rows(user).order_by(*register.order)
    if register.model is type(record):
        rows = rows.exclude(pk=record.pk)
    words = text.fold(query).split()
    for word in words if register.searchable else []:
        rows = rows.filter(search_text__contains=word)
    if words and not register.searchable:
        rows = [row for row in rows[:500] if all(word in text.fold(str(row)) for word in words)]
    return [{"value": f"{register.code}:{row.pk}", "title": str(row), "unit": _unit_of(register, row)} for row in rows[:SHOWN]]


def _unit_of(register, row):
    for part in register.unit.split("__"):
        row = getattr(row, part)
    return str(row)


def _linked(request, register, record, other):
    kind = request.POST.get("kieu")
    try:
        services.check_can_link(request.user, record, other)
        services.link(record, other, by=request.user, kind=kind if kind in LinkKind.values else LinkKind.LEADS_TO)
        messages.success(request, f"Đã liên kết với “{other}”.")
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(f"{reverse('links:link_add')}?tu={quote(request.GET.get('tu', ''))}")
    return redirect(register.url("detail", record.pk))


@requires("link.edit")
@require_http_methods(["POST"])
def link_remove(request, pk):
    register, record = _record(request.user, request.GET.get("tu", ""))
    # nosemgrep: object-without-scope - of a record that the user may open
    found = get_object_or_404(Link.objects.touching(*known.key_of(record)), pk=pk)
    services.unlink(found, by=request.user)
    messages.success(request, "Đã bỏ liên kết.")
    return redirect(register.url("detail", record.pk))
