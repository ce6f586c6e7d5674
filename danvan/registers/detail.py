"""The detail page and the history page: what is recorded, who did what, and what can be done next."""

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods

from danvan.access.permissions import has_right
from danvan.attachments.permissions import can_withdraw
from danvan.attachments.services import all_attachments_of, attach
from danvan.common.exceptions import Refused
from danvan.links import known
from danvan.links.services import RIGHT as LINK
from danvan.links.stories import thread_of
from danvan.registers.declare import Column, with_columns
from danvan.registers.history import entries_of
from danvan.registers.list import cells_of, named
from danvan.registers.values import label_of, model_field, shown_value

HISTORY_LETTERS = 160


def detail_view(request, register, pk):
    pages = pages_named(request.user, register)
    rows = register.rows(request.user).annotate(**seen_with(request.user, register, pages))
    obj = get_object_or_404(rows, pk=pk)
    named(register, [obj])
    return render(request, "registers/detail.html", detail_context(request, register, obj, pages))


def detail_context(request, register, obj, pages):
    """`obj` was read with what `seen_with` asks."""
    files = list(all_attachments_of(obj)) if register.attachments else []
    urls = {f.name: page.url("detail", getattr(obj, f.attname)) for f, page in pages.items() if getattr(obj, f"sees_{f.name}")}
    edit, link_url = edit_of(request.user, register, obj), link_url_of(request.user, register, obj)
    return {
        "register": register,
        "object": obj,
        "sections": sections_of(register, obj, urls),
        "status_cells": cells_of(register.model, [c for c in register.columns if c.tones], [obj])[0],
        "children": [child_of(request.user, obj, child) for child in register.children],
        "acts": acts_of(request.user, register, obj, edit, link_url),
        "edit": edit,
        "files": files_of(request.user, register, obj, files),
        "entries": [_shortened(entry) for entry in entries_of(register, obj, request.user, files, own=True)[:6]],
        "story": thread_of(obj, request.user),
        "link_url": link_url,
    }


def link_url_of(user, register, obj):
    """The page that ties this record to another; "" for who may not, or when the record was only published down to the user."""
    return f"{reverse('links:link_add')}?tu={register.code}:{obj.pk}" if has_right(user, LINK) and obj.sees_it else ""


def files_of(user, register, obj, attached):
    """The record's files that nobody withdrew, with the way to withdraw one's own."""
    files = [file for file in attached if file.withdrawn_at is None]
    for file in files:
        file.owner = obj  # known: not to be read again for each file
        if can_withdraw(user, file):
            file.delete_url = f"{reverse('attachments:withdraw', args=[file.pk])}?next={register.url('detail', obj.pk)}"
    return files


def sections_of(register, obj, urls):
    made = [(section.title, [item_of(obj, name, urls.get(name, "")) for name in section.fields]) for section in register.sections]
    return [{"title": title, "items": items, "empty": all(item["text"] == "—" for item in items)} for title, items in made]


def item_of(obj, name, url):
    return {"label": label_of(type(obj), Column(name)), "text": shown_value(obj, name), "url": url}


def pages_named(user, register):
    """{foreign key among the sections: the register in which the user reads what it names}"""
    fields = [model_field(register.model, name) for section in register.sections for name in section.fields]
    found = {field: known.page_for(user, field.related_model) for field in fields if field is not None and field.many_to_one}
    return {field: page for field, page in found.items() if page}


def seen_with(user, register, pages):
    """Read with the record: whether it is the user's to see, not only published down to him, and whether what it names is."""
    named = {f"sees_{field.name}": Exists(page.rows(user).filter(pk=OuterRef(field.attname))) for field, page in pages.items()}
    return {"sees_it": Exists(register.model._default_manager.visible_to(user).filter(pk=OuterRef("pk"))), **named}


def child_of(user, obj, child):
    related = getattr(obj, child.relation)
    model = related.model
    rows = (related.readable_by(user) if hasattr(model, "SCOPE") else related.all()).order_by(child.date, "pk")
    page = known.page_for(user, model)
    rows = with_columns(rows, child.columns)
    lines = cells_of(model, child.columns, rows)
    for row, line in zip(rows, lines, strict=True):
        line[0]["url"] = page.url("detail", row.pk) if page else ""
    return {"label": child.label, "heads": [label_of(model, column) for column in child.columns], "lines": lines}


def acts_of(user, register, obj, edit, link_url):
    """What can be done now and, apart, what cannot and why; None when the record knows no action at all."""
    acts = [action_of(user, obj, action) for action in register.actions]
    acts += [{"label": "Liên kết hồ sơ", "icon": "link", "url": link_url, "refusal": ""}] if link_url else []
    acts += [{"label": "Sửa", **edit}] if edit and edit["refusal"] else []
    return {"open": [act for act in acts if act["url"]], "refused": [act for act in acts if act["refusal"]]} if acts else None


def action_of(user, obj, action):
    try:
        action.check(user, obj)
    except Refused as refusal:
        return {"label": action.label, "icon": action.icon, "url": "", "refusal": refusal.message}
    return {"label": action.label, "icon": action.icon, "url": reverse(action.url_name, args=[obj.pk]), "refusal": ""}


def edit_of(user, register, obj):
    """The edit button, or the sentence that says why there is none."""
    if register.form is None:
        return None
    try:
        register.check_can_edit(user, obj)
    except Refused as refusal:
        return {"url": "", "refusal": refusal.message}
    return {"url": register.url("edit", obj.pk), "refusal": ""}


def _shortened(entry):
    """For the side of the page: long texts stand whole on the history page."""
    changes = [{name: Truncator(words).chars(HISTORY_LETTERS) for name, words in change.items()} for change in entry["changes"]]
    return {**entry, "changes": changes}


def history_view(request, register, pk):
    obj = get_object_or_404(register.rows(request.user), pk=pk)
    only_status = bool(request.GET.get("trang-thai"))
    entries = [entry for entry in entries_of(register, obj, request.user) if entry["status"] or not only_status]
    context = {"register": register, "object": obj, "entries": entries, "only_status": only_status}
    return render(request, "registers/history.html", {**context, "has_status": hasattr(obj, "TRANSITIONS")})


@require_http_methods(["POST"])
def attach_view(request, register, pk):
    obj = get_object_or_404(register.model._default_manager.visible_to(request.user), pk=pk)
    register.check_can_edit(request.user, obj)
    upload = request.FILES.get("tep")
    try:
        if upload is None:
            raise Refused("Anh/chị chưa chọn tệp.")
        attach(obj, upload, unit_id=register.unit_id_of(obj), by=request.user, addressed_to_id=getattr(obj, "addressed_to_id", None))
        messages.success(request, f"Đã thêm tệp “{upload.name}”.")
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(register.url("detail", pk))
    return redirect(f"{register.url('detail', pk)}#tep")
