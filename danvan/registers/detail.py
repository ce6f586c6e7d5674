"""The detail page and the history page: what is recorded, who did what, and what can be done next."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from danvan.access.permissions import has_right
from danvan.attachments.permissions import can_withdraw
from danvan.attachments.services import attach, attachments_of
from danvan.common.exceptions import Refused
from danvan.links.services import RIGHT as LINK
from danvan.links.stories import thread_of
from danvan.registers.history import entries_of
from danvan.registers.list import cells_of
from danvan.registers.registry import all_registers
from danvan.registers.values import label_of, shown_value


def detail_view(request, register, pk):
    obj = get_object_or_404(register.rows(request.user), pk=pk)
    return render(request, "registers/detail.html", detail_context(request, register, obj))


def detail_context(request, register, obj):
    return {
        "register": register,
        "object": obj,
        "sections": [{"title": s.title, "items": [item_of(register, obj, name) for name in s.fields]} for s in register.sections],
        "status_cells": cells_of(register.model, [c for c in register.columns if c.tones], [obj])[0],
        "children": [child_of(request.user, obj, child) for child in register.children],
        "actions": [action_of(request.user, obj, action) for action in register.actions],
        "edit": edit_of(request.user, register, obj),
        "files": files_of(request.user, register, obj),
        "entries": entries_of(register, obj)[:6],
        "story": thread_of(obj, request.user),
        "link_url": link_url_of(request.user, register, obj),
    }


def link_url_of(user, register, obj):
    """The page that ties this record to another; "" for who may not, or when the record was only published down to the user."""
    mine = has_right(user, LINK) and type(obj)._default_manager.visible_to(user).filter(pk=obj.pk).exists()
    return f"{reverse('links:link_add')}?tu={register.code}:{obj.pk}" if mine else ""


def files_of(user, register, obj):
    """The record's files, with the way to withdraw one's own."""
    files = list(attachments_of(obj)) if register.attachments else []
    for file in files:
        if can_withdraw(user, file):
            file.delete_url = f"{reverse('attachments:withdraw', args=[file.pk])}?next={register.url('detail', obj.pk)}"
    return files


def item_of(register, obj, name):
    from danvan.registers.declare import Column

    return {"label": label_of(register.model, Column(name)), "text": shown_value(obj, name), "name": name}


def child_of(user, obj, child):
    related = getattr(obj, child.relation)
    model = related.model
    rows = (related.visible_to(user) if hasattr(model, "SCOPE") else related).order_by(child.date, "pk")
    page = next((r for r in all_registers() if r.model is model and has_right(user, r.rights.view)), None)
    lines = cells_of(model, child.columns, rows)
    for row, line in zip(rows, lines, strict=True):
        line[0]["url"] = page.url("detail", row.pk) if page else ""
    return {"label": child.label, "heads": [label_of(model, column) for column in child.columns], "lines": lines}


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


def history_view(request, register, pk):
    obj = get_object_or_404(register.rows(request.user), pk=pk)
    only_status = bool(request.GET.get("trang-thai"))
    entries = [entry for entry in entries_of(register, obj) if entry["status"] or not only_status]
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
