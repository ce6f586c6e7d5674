"""The pages that are no plain register: coverage, quarters without records, ending and dropping a regulation."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from danvan.access.decorators import requires
from danvan.access.permissions import own_unit_ids
from danvan.common import clock
from danvan.common.exceptions import Refused
from danvan.common.forms import ReasonForm
from danvan.figures.periods import words_of
from danvan.registers.asking import ask
from danvan.registers.drafts import whole_number
from danvan.registers.registry import register_of
from danvan.units.models import Kind, Unit
from regulations import permissions, selectors, services
from regulations.choices import Scope
from regulations.forms import AbolishForm
from regulations.models import NilReturn, Regulation

COVERED = [scope for scope in Scope.values if scope != Scope.DISTRICT]  # the district's own are shown by how wards carry them out
NIL_RETURNS = "regulations:nil_returns"


# --- coverage ------------------------------------------------------------------------------


@requires("regulation.view")
def coverage(request):
    tables = [table for scope in COVERED if (table := selectors.coverage(request.user, scope))["lines"]]
    writable = register_of(Regulation).writable_unit_ids(request.user)
    for table in tables:
        for line in table["lines"]:
            may_add = writable is None or line["unit"].pk in writable
            line["cells"] = [{"cell": cell, "url": url_of(cell, may_add)} for cell in line["cells"]]
    context = {
        "tables": tables,
        "issued": sum(table["issued"] for table in tables),
        "must": sum(table["must"] for table in tables),
        "district": selectors.implementation(request.user),
        "today": clock.today(),
    }
    return render(request, "regulations/coverage.html", context)


def url_of(cell, may_add):
    """The regulation that stands in the cell, else the empty form for it, else nothing to open."""
    if cell.regulation:
        return reverse("registers:regulation_detail", args=[cell.regulation.pk])
    query = urlencode({"unit": cell.unit.pk, "subject": cell.subject.pk})
    return f"{reverse('registers:regulation_add')}?{query}" if may_add else ""


# --- ending and dropping ---------------------------------------------------------------------


def _regulation(request, pk):
    return get_object_or_404(Regulation.objects.visible_to(request.user), pk=pk)


@requires("regulation.view")
def regulation_abolish(request, pk):
    regulation = _regulation(request, pk)
    permissions.check_can_abolish(request.user, regulation)
    form = AbolishForm(request.POST or None)
    return ask(
        request, regulation, form, lambda data: services.abolish_regulation(regulation, by=request.user, **data),
        title="Bãi bỏ quy chế", button="Bãi bỏ quy chế", done="Đã ghi bãi bỏ quy chế.",
    )  # fmt: skip


@requires("regulation.view")
def regulation_drop(request, pk):
    regulation = _regulation(request, pk)
    permissions.check_can_drop_draft(request.user, regulation)
    if request.method == "POST":
        services.drop_draft(regulation, by=request.user, base=whole_number(request.POST.get("_version")))
        messages.success(request, f"Đã xóa dự thảo “{regulation}”.")
        return redirect("registers:regulation_list")
    return render(request, "regulations/drop.html", {"object": regulation})


# --- quarters without records ------------------------------------------------------------------


@requires("disclosure.view")
def nil_returns(request):
    """Quarters of the own units (of all seen units for the office): records, a nil return, or nothing yet."""
    own = own_unit_ids(request.user, "disclosure.edit_own")
    if request.method == "POST":
        return _declare(request)
    today = clock.today()
    seen = Unit.objects.visible_to(request.user)
    lines = selectors.quarter_lines(seen.filter(pk__in=own), today) if own else selectors.quarter_lines(seen, today, [Kind.WARD])
    for line in lines:
        line["may_declare"] = line["open"] and line["unit"].pk in own
    return render(
        request, "regulations/nil_returns.html", {"lines": lines, "one_unit": len({line["unit"].pk for line in lines}) == 1, "today": today}
    )


def _declare(request):
    pk, period = request.POST.get("unit", ""), request.POST.get("period", "")
    if not pk.isascii() or not pk.isdigit() or len(pk) > 18:
        raise Http404
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=int(pk))
    if period not in selectors.quarters_until(clock.today()):
        raise Http404
    try:
        services.declare_nil(unit, period, by=request.user)
        messages.success(request, f"Đã ghi: {unit} không phát sinh nội dung công khai {words_of(period)}.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(NIL_RETURNS)


@requires("disclosure.view")
def nil_return_withdraw(request, pk):
    nil = get_object_or_404(NilReturn.objects.visible_to(request.user).select_related("unit"), pk=pk)
    permissions.check_can_withdraw_nil(request.user, nil)
    form = ReasonForm(request.POST or None)
    return ask(
        request, nil, form, lambda data: services.withdraw_nil(nil, by=request.user, **data), title="Rút báo không phát sinh",
        button="Rút", done="Đã rút báo không phát sinh.", back=(reverse(NIL_RETURNS), "Quý không phát sinh"),
    )  # fmt: skip
