"""The form page: one save path for every register. Claims the version, saves, writes the receipt, in one transaction."""

import uuid

from django import forms as django_forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from danvan.common import clock, text
from danvan.common.exceptions import Conflict, Refused
from danvan.common.forms import style
from danvan.common.models import signed
from danvan.registers import drafts
from danvan.registers.filters import fill_choices, is_open
from danvan.registers.guards import guarded
from danvan.registers.history import changes_since, saved_by
from danvan.registers.values import renew_titles, shown_value
from danvan.units.selectors import check_living

DASHES = "---------"


def build_form(register, user, data=None, instance=None, initial=None):
    """The app's form with choices this user may pick: visible rows, and for the unit only units to write for."""
    first = {**(register.initial(user) if register.initial and instance is None else {}), **(initial or {})}
    form = register.form(data, instance=instance, initial=first)
    for name, field in form.fields.items():
        fill_choices(field, user, is_open(register.model, name))
        _name_blank(field)
    unit_field = form.fields.get(register.unit)
    allowed = register.writable_unit_ids(user)
    if unit_field is not None and instance is not None:
        unit_field.queryset = unit_field.queryset.filter(pk=register.unit_id_of(instance))  # a record's unit never changes
    elif unit_field is not None:
        units = unit_field.queryset.model
        unit_field.queryset = units.objects.filter(pk__in=allowed) if allowed is not None else register.writable_rows(user, units)
    if unit_field is not None and unit_field.queryset.count() == 1:
        unit_field.initial, unit_field.empty_label = unit_field.queryset.first(), None
    return style(form)


def _name_blank(field):
    """The empty choice of a select says what to do."""
    words = "Chọn trong danh sách" if field.required else "Không chọn"
    if getattr(field, "empty_label", None) == DASHES:
        field.empty_label = words
    elif isinstance(field, django_forms.ChoiceField) and not hasattr(field, "queryset"):
        field.choices = [(value, words if label == DASHES else label) for value, label in field.choices]


def form_view(request, register, pk=None):
    obj = get_object_or_404(register.model._default_manager.visible_to(request.user), pk=pk) if pk else None
    try:
        register.check_can_edit(request.user, obj) if obj else register.check_can_add(request.user)
    except Refused as refusal:
        if request.method != "POST" or obj is None:
            raise
        return drafts.refused(request, refusal, register.form.base_fields)
    if request.method == "POST":
        return _post(request, register, obj)
    draft = drafts.draft_of(request.user, request.GET, register.code, pk)
    form = build_form(register, request.user, None, obj, initial=_typed(draft.payload) if draft else _asked(register, request, obj))
    key = draft.key if draft else uuid.uuid4()
    return _page(request, register, form, obj, key, draft.base_version if draft else None)


def _asked(register, request, obj):
    """An address may name first values of an empty form: ?unit=5&subject=2, as a cell of a matrix does."""
    return None if obj else {name: value for name, value in request.GET.items() if name in register.form.base_fields}


def _typed(payload):
    """A draft is shown as it was typed; what is wrong with it is said on saving."""
    return {name: values[0] if len(values) == 1 else values for name, values in payload.items()}


def _post(request, register, obj):
    """A form is saved once: the same key again, also in the same moment, is led to what it saved."""
    key = drafts.key_of(request.POST)
    reply = None if drafts.receipt_of(request.user, key) else _attempt(request, register, obj, key)
    receipt = drafts.receipt_of(request.user, key)
    return redirect(receipt.url) if receipt else reply


def _attempt(request, register, obj, key):
    """Saves, or gives the page that says why not."""
    if "_draft" in request.POST:
        return _keep_draft(request, register, obj)
    base = drafts.whole_number(request.POST.get("_version"))
    form = build_form(register, request.user, request.POST, obj)
    if not form.is_valid():
        return _page(request, register, form, obj, key, base, status=422)
    try:
        saved = save(register, form, by=request.user, key=key, base=base)
    except Conflict:
        return None if drafts.receipt_of(request.user, key) else _conflict(request, register, form, obj)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, register, form, obj, key, base, status=422)
    except IntegrityError:
        # a row came between check and save: an equal submit's, or one that the form can name by now
        form = build_form(register, request.user, request.POST, obj)
        if form.is_valid() and not drafts.receipt_of(request.user, key):
            raise
        return _page(request, register, form, obj, key, base, status=422)
    messages.success(request, f"Đã lưu {register.noun} “{saved}”.")
    return None


def _keep_draft(request, register, obj):
    try:
        draft = drafts.save_draft(request.user, register.code, request.POST, obj.pk if obj else None)
    except Refused as refusal:
        messages.error(request, refusal.message)
        form, base = build_form(register, request.user, request.POST, obj), drafts.whole_number(request.POST.get("_version"))
        return _page(request, register, form, obj, drafts.key_of(request.POST), base, status=422)
    messages.success(request, "Đã lưu nháp. Anh/chị mở lại ở mục Việc cần làm.")
    page = register.url("edit", obj.pk) if obj else register.url("add")
    return redirect(f"{page}?ban-nhap={draft.key}")


@transaction.atomic
def save(register, form, *, by, key, base=None):
    """Saves a valid form. Raises Conflict when the row is no longer at version `base`, Refused when a rule says no."""
    instance = form.instance
    if instance.pk:
        claimed = register.model._default_manager.filter(pk=instance.pk, version=base).update(version=F("version") + 1)
        # the instance writes every column, so it must have been read at that version too
        if not claimed or instance.version != base:
            raise Conflict("Hồ sơ vừa được người khác sửa.")
        instance.version = base + 1
    signed(instance, by, text.plain(form.data.get("_reason", ""), 1000))
    stored = register.model._default_manager.filter(pk=instance.pk).first() if instance.pk else instance
    stood_on = register.day_of(stored) if instance.pk else None
    with guarded(register, stored):
        saved = register.save(form, by=by) if register.save else form.save()
        if stored is instance or register.day_of(saved) != stood_on:
            check_living(register.unit_of(saved), register.day_of(saved) or clock.today())
        stored.pk = saved.pk
    if str(stored) != str(saved):
        renew_titles(saved)
    drafts.settle(by, key, register.url("detail", saved.pk))
    return saved


def _page(request, register, form, obj, key, base_version=None, status=200):
    context = {
        "register": register,
        "form": form,
        "object": obj,
        "key": key,
        "version": base_version or (obj.version if obj else ""),
        "groups": grouped(register, form),
        "draft_url": register.url("edit_draft", obj.pk) if obj else register.url("add_draft"),
        "other_drafts": drafts.drafts_of(request.user, register.code, obj.pk if obj else None).exclude(key=key)[:3],
    }
    return render(request, "registers/form.html", context, status=status)


def grouped(register, form):
    """The form's fields under the register's sections; what no section names comes last."""
    named = {name for section in register.sections for name in section.fields}
    groups = [{"title": s.title, "hint": s.hint, "fields": [form[n] for n in s.fields if n in form.fields]} for s in register.sections]
    rest = [form[name] for name in form.fields if name not in named]
    groups.append({"title": "Thông tin khác", "hint": "", "fields": rest})
    return [{**group, **_state_of(group["fields"])} for group in groups if group["fields"]]


def _state_of(fields):
    """What the list of sections says of one: something wrong, or everything required filled in."""
    return {"wrong": any(f.errors for f in fields), "done": all(f.value() not in ("", None) for f in fields if f.field.required)}


@require_http_methods(["POST"])
def draft_view(request, register, pk=None):
    """Autosave: keeps the typed text, answers with the time. Never touches the record; for those who may write it."""
    obj = get_object_or_404(register.model._default_manager.visible_to(request.user), pk=pk) if pk else None
    register.check_can_edit(request.user, obj) if obj else register.check_can_add(request.user)
    return drafts.autosaved(request.user, register.code, request.POST, pk)


def _conflict(request, register, form, obj):
    """Yours and theirs, field by field; saving mine over carries the new version and needs its own click.

    What was typed is kept as a draft under the page's key, so that saving it over also clears the draft.
    """
    draft = drafts.keep(request.user, register.code, request.POST, obj.pk)
    theirs = register.model._default_manager.get(pk=obj.pk)
    changed, newest = changes_since(theirs, drafts.whole_number(request.POST.get("_version"))) if hasattr(theirs, "history") else ({}, None)
    context = {
        "register": register,
        "object": theirs,
        "differing": differing(form, theirs, changed),
        "typed": drafts.typed_again(request.POST),
        "newest": newest,
        "key": draft.key,
        "reason": request.POST.get("_reason", ""),
    }
    return render(request, "registers/conflict.html", context, status=409)


def differing(form, theirs, changed):
    """The fields in which the valid form and the stored row `theirs` say different things; who changed which, from `changed`."""
    told = []
    for name, field in form.fields.items():
        yours, stored = _typed_words(form, name), shown_value(theirs, name)
        if yours != stored:
            told.append({"label": field.label, "yours": yours, "theirs": stored, **saved_by(changed.get(name))})
    return told


def _typed_words(form, name):
    """What the form would store; rows of a many-to-many field are not on the instance yet."""
    value = form.cleaned_data.get(name)
    return (", ".join(str(row) for row in value) or "—") if hasattr(value, "all") else shown_value(form.instance, name)
