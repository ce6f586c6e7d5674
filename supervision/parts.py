"""Plain pages for what stands below a record: items of a plan, findings of a round. One at a time: add, edit, delete."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from danvan.access.decorators import requires
from danvan.common.exceptions import Conflict, Refused
from danvan.common.forms import style
from danvan.common.templatetags.vn import vn_datetime
from danvan.registers import drafts
from danvan.registers.filters import fill_choices, is_open
from danvan.registers.form import differing
from danvan.registers.history import part_changes_since, saved_by, told_changes
from danvan.registers.registry import register_of
from regulations.selectors import in_force_on
from supervision import permissions, services
from supervision.forms import FindingForm, PlanItemForm
from supervision.models import Finding, JointPlan, PlanItem, SupervisionRound


@dataclass(frozen=True)
class Part:
    """A child model as its pages know it; names of addresses are <name>_add, <name>_edit, <name>_delete, and the list's."""

    model: type
    owner: type
    field: str  # the foreign key to the owner
    form: type
    name: str
    list_name: str
    noun: str
    label: str


ITEMS = Part(PlanItem, JointPlan, "plan", PlanItemForm, "plan_item", "plan_items", "nội dung giám sát", "Nội dung giám sát")
FINDINGS = Part(Finding, SupervisionRound, "round", FindingForm, "finding", "round_findings", "phát hiện", "Phát hiện")


def _owner(request, kind, pk):
    owner = get_object_or_404(kind.owner.objects.visible_to(request.user).select_related("unit"), pk=pk)
    permissions.check_leads(request.user, owner)
    return owner


def _part(kind, owner, pk):
    return get_object_or_404(kind.model.objects.filter(**{kind.field: owner}), pk=pk)


def _address(kind, page, *args):
    return reverse(f"supervision:{kind.name}_{page}", args=args)


def _render(request, template, kind, owner, context, status=200):
    register = register_of(kind.owner)
    common = {"kind": kind, "object": owner, "register": register, "page": register.url("detail", owner.pk)}
    listed = reverse(f"supervision:{kind.list_name}", args=[owner.pk])
    return render(request, f"supervision/{template}.html", {**common, "list_url": listed, **context}, status=status)


def _list(request, kind, pk):
    owner = _owner(request, kind, pk)
    rows = kind.model.objects.filter(**{kind.field: owner}).order_by(*kind.model._meta.ordering)
    lines = [
        {"row": row, "edit": _address(kind, "edit", owner.pk, row.pk), "delete": _address(kind, "delete", owner.pk, row.pk)}
        for row in (rows.select_related("unit", "regulation") if kind is FINDINGS else rows)
    ]
    return _render(request, "parts", kind, owner, {"lines": lines, "add_url": _address(kind, "add", owner.pk)})


def _form_of(request, kind, owner, part):
    """Choices as the register's own form gives them; a finding is about a unit that the round looked at, and a regulation of its day."""
    form = kind.form(request.POST or None, instance=part)
    for name, field in form.fields.items():
        fill_choices(field, request.user, is_open(kind.model, name))
    if kind is FINDINGS:
        form.fields["unit"].queryset = owner.target_units.all()
        cited = form.fields["regulation"]
        cited.queryset = cited.queryset.filter(Q(pk__in=in_force_on(owner.held_on)) | Q(pk=part.regulation_id))
    return style(form)


def _edit(request, kind, pk, part_pk=None):
    owner = _owner(request, kind, pk)
    part = _part_or_gone(request, kind, owner, part_pk) if part_pk else kind.model(**{kind.field: owner})
    if part is None:
        return _gone(request, kind, owner, part_pk)
    form, base = _form_of(request, kind, owner, part), _base(request, owner)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_part(form, owner, by=request.user, base=base)
            messages.success(request, f"Đã lưu {kind.noun}.")
            return redirect(f"supervision:{kind.list_name}", owner.pk)
        except Conflict:
            return _conflict(request, kind, owner, form, base)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    title = f"{'Sửa' if part_pk else 'Thêm'} {kind.noun}"
    context = {"form": form, "title": title, "version": base}
    return _render(request, "part_form", kind, owner, context, status=422 if form.errors else 200)


def _base(request, owner):
    """The owner's version when the form was first shown; a form shown again because of a mistake carries it on."""
    return drafts.whole_number(request.POST.get("_version")) if request.method == "POST" else owner.version


def _conflict(request, kind, owner, form, base):
    """Yours and theirs, as for every record. The owner's version also moves for its other parts: then nothing here was changed."""
    theirs = kind.model.objects.get(pk=form.instance.pk)
    fresh, changed, newest = _changes(kind, owner, theirs, base)
    context = {
        "action": request.path, "keep": reverse(f"supervision:{kind.list_name}", args=[owner.pk]), "version": fresh.version,
        "typed": drafts.typed_again(request.POST), "differing": differing(form, theirs, changed), "newest": newest,
        "noun": kind.noun if changed else kind.owner._meta.verbose_name,
    }  # fmt: skip
    return _render(request, "part_conflict", kind, owner, context, status=409)


def _changes(kind, owner, part, base):
    """(the owner as it is now, who changed which field of the part since `base`, the newest save of the part, else of the owner)"""
    fresh = kind.owner.objects.get(pk=owner.pk)
    saves = owner.history.filter(version__gt=base or 0).select_related("history_user").order_by("version", "history_id")
    first, last = saves.first(), saves.last()
    changed, newest = part_changes_since(part, first.history_date) if first else ({}, None)
    return fresh, changed, newest or last


def _part_or_gone(request, kind, owner, pk):
    """The part; None when it was deleted while somebody was typing into its form."""
    gone = kind.model.history.filter(**{"id": pk, kind.field: owner, "history_type": "-"})
    if request.method == "POST" and not kind.model.objects.filter(pk=pk).exists() and gone.exists():
        return None
    return _part(kind, owner, pk)


def _gone(request, kind, owner, pk):
    """What was typed is shown again, as something to add."""
    last = kind.model.history.filter(id=pk, history_type="-").select_related("history_user").first()
    form = _form_of(request, kind, owner, kind.model(**{kind.field: owner}))
    form.is_valid()
    form.add_error(None, f"{saved_by(last)['who']} đã xóa {kind.noun} này lúc {vn_datetime(last.history_date)}. Lưu thì thêm lại từ đầu.")
    context = {"form": form, "title": f"Thêm {kind.noun}", "version": owner.version, "action": _address(kind, "add", owner.pk)}
    return _render(request, "part_form", kind, owner, context, status=409)


def _delete(request, kind, pk, part_pk):
    owner = _owner(request, kind, pk)
    part = _part(kind, owner, part_pk)
    base = _base(request, owner)
    if request.method == "POST":
        try:
            services.delete_part(part, owner, by=request.user, base=base)
            messages.success(request, f"Đã xóa {kind.noun}.")
        except Conflict:
            fresh, changed, newest = _changes(kind, owner, part, base)
            context = {"part": part, "version": fresh.version, "stale": True, "told": told_changes(part, changed), "newest": newest}
            return _render(request, "part_delete", kind, owner, context, status=409)
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect(f"supervision:{kind.list_name}", owner.pk)
    return _render(request, "part_delete", kind, owner, {"part": part, "version": base})


@requires("supervision.view")
def plan_items(request, pk):
    return _list(request, ITEMS, pk)


@requires("supervision.view")
def plan_item_add(request, pk):
    return _edit(request, ITEMS, pk)


@requires("supervision.view")
def plan_item_edit(request, pk, part):
    return _edit(request, ITEMS, pk, part)


@requires("supervision.view")
def plan_item_delete(request, pk, part):
    return _delete(request, ITEMS, pk, part)


@requires("supervision.view")
def round_findings(request, pk):
    return _list(request, FINDINGS, pk)


@requires("supervision.view")
def finding_add(request, pk):
    return _edit(request, FINDINGS, pk)


@requires("supervision.view")
def finding_edit(request, pk, part):
    return _edit(request, FINDINGS, pk, part)


@requires("supervision.view")
def finding_delete(request, pk, part):
    return _delete(request, FINDINGS, pk, part)
