"""Plain pages for what stands below a record: items of a plan, findings of a round. One at a time: add, edit, delete."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from danvan.access.decorators import requires
from danvan.common.exceptions import Refused
from danvan.common.forms import style
from danvan.registers.filters import fill_choices, is_open
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
    part = _part(kind, owner, part_pk) if part_pk else kind.model(**{kind.field: owner})
    form = _form_of(request, kind, owner, part)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_part(form, owner, by=request.user)
            messages.success(request, f"Đã lưu {kind.noun}.")
            return redirect(f"supervision:{kind.list_name}", owner.pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    title = f"{'Sửa' if part_pk else 'Thêm'} {kind.noun}"
    return _render(request, "part_form", kind, owner, {"form": form, "title": title}, status=422 if form.errors else 200)


def _delete(request, kind, pk, part_pk):
    owner = _owner(request, kind, pk)
    part = _part(kind, owner, part_pk)
    if request.method == "POST":
        try:
            services.delete_part(part, owner, by=request.user)
            messages.success(request, f"Đã xóa {kind.noun}.")
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect(f"supervision:{kind.list_name}", owner.pk)
    return _render(request, "part_delete", kind, owner, {"part": part})


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
