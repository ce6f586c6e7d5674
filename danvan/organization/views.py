"""The tree of units on any day, and one unit with everything it was."""

import datetime

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, render

from danvan.access.decorators import requires
from danvan.accounts.models import Membership
from danvan.audit.views import pager_of
from danvan.common import clock
from danvan.common.forms import CharField, DateField, style
from danvan.common.text import format_date
from danvan.organization import permissions
from danvan.organization.trees import tree_of
from danvan.reporting.rendering.profiles import PROFILES
from danvan.units.models import Described, Succession, UnitDecision, UnitVersion
from danvan.units.selectors import version_on

PER_PAGE = 200  # lines of the tree


class DayForm(forms.Form):
    q = CharField(label="Tìm đơn vị", required=False, max_length=200)
    ngay = DateField(label="Xem cơ cấu tại ngày", required=False)


@requires("unit.edit")
def tree(request):
    form = style(DayForm({"ngay": format_date(clock.today()), **request.GET.dict()}))
    form.is_valid()
    day, query = form.cleaned_data.get("ngay") or clock.today(), form.cleaned_data.get("q", "")
    ended = request.GET.get("ket-thuc") == "1"
    seen = permissions.manageable_units(request.user)
    versions = list(UnitVersion.objects.valid_on(day).filter(unit__in=seen).select_related("unit").order_by("sort_key", "unit_id"))
    decisions = UnitDecision.objects.visible_to(request.user, permissions.RIGHT)
    page = Paginator(tree_of(versions, ended, query), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "day": day, "is_today": day == clock.today(), "ended": ended, "query": query, "page": pager_of(page),
        "lines": page.object_list,
        "count": sum(not version.closed for version in versions), "ended_count": sum(version.closed for version in versions),
        "decisions": decisions[:5],
    }  # fmt: skip
    return render(request, "organization/tree.html", context)


@requires("unit.edit")
def unit(request, pk):
    found = get_object_or_404(permissions.manageable_units(request.user), pk=pk)
    versions = list(found.versions.select_related("parent").order_by("valid_from", "pk"))
    today = version_on(found, clock.today()) if versions[0].valid_from <= clock.today() else versions[-1]
    links = list(Succession.objects.filter(Q(successor=found) | Q(predecessor=found)).select_related("predecessor", "successor"))
    others = {today.parent_id, *(pk for link in links for pk in (link.predecessor_id, link.successor_id))} - {None}
    decisions = UnitDecision.objects.visible_to(request.user, permissions.RIGHT).in_bulk(
        {row.decision_id for row in [*versions, *links]} - {None}
    )
    spans = [{**span, "decision": decisions.get(span["version"].decision_id)} for span in spans_of(versions)]
    heirs = [{"link": link, "decision": decisions.get(link.decision_id)} for link in links]
    context = {
        "unit": found, "today": today, "spans": spans, "header": header_of(today),
        "seen": set(permissions.manageable_units(request.user).filter(pk__in=others).values_list("pk", flat=True)),
        "predecessors": [heir for heir in heirs if heir["link"].successor_id == found.pk],
        "successors": [heir for heir in heirs if heir["link"].predecessor_id == found.pk],
        "people": Membership.objects.in_force(clock.today()).filter(unit=found).select_related("user", "sees"),
    }  # fmt: skip
    return render(request, "organization/unit.html", context)


def spans_of(versions):
    """Newest first: the version, its last day, and what it changed."""
    spans = []
    for number, version in enumerate(versions):
        following = versions[number + 1] if number + 1 < len(versions) else None
        until = following.valid_from - datetime.timedelta(days=1) if following else None
        if until is None or until >= version.valid_from:
            spans.insert(0, {"version": version, "until": until, "changes": changes_of(spans[0]["version"] if spans else None, version)})
    return spans


def changes_of(old, new):
    """[{"label", "old", "new"}] between two versions of one unit."""
    if old is None:
        return []
    fields = [UnitVersion._meta.get_field(name) for name in ("parent", "closed", *Described.described_fields())]
    return [
        {"label": _label(field), "old": _words(old, field), "new": _words(new, field)}
        for field in fields
        if getattr(old, field.attname) != getattr(new, field.attname)
    ]


def header_of(version):
    fields = [UnitVersion._meta.get_field(name) for name in Described.described_fields() if name not in ("name", "kind", "level_name")]
    return [{"label": _label(field), "text": _words(version, field)} for field in fields]


def _label(field):
    return field.verbose_name[:1].upper() + field.verbose_name[1:]


def _words(version, field):
    value = getattr(version, field.name)
    if field.name == "profile":
        return PROFILES[value].name
    if field.flatchoices:
        return getattr(version, f"get_{field.name}_display")()
    if isinstance(value, bool):
        return "Có" if value else "Không"
    return ("; ".join(value) if isinstance(value, list) else str(value or "")) or "—"
