"""The report studio: choose, preview the figures, produce, download. Writing stands in writing.py, the buttons in acts.py."""

from django.http import Http404
from django.shortcuts import redirect, render

from danvan.access.decorators import polling, requires
from danvan.access.permissions import own_unit_ids
from danvan.common.exceptions import Refused
from danvan.figures import registry
from danvan.figures.declare import Balance, Rate
from danvan.figures.links import url_of
from danvan.reporting import services, snapshot
from danvan.reporting.choices import Status
from danvan.reporting.forms import ChooseForm, ProduceForm
from danvan.reporting.kinds import KINDS, OFFICE
from danvan.reporting.models import Report
from danvan.reporting.pages import line_of, page, report_or_404
from danvan.reporting.versions import download_page, progress_of

SHOWN = 20  # reports in each list of the first step; the rest stands in the archive


@requires("report.view")
def index(request):
    """What can be composed, what is being composed, what was issued."""
    form = _choose_form(request)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            data = form.cleaned_data
            report = services.open_report(KINDS[data["kind"]], data["unit"], data["period"], by=request.user)
            return redirect("reporting:figures", report.pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    rows = Report.objects.visible_to(request.user).select_related("unit")
    ended = [Status.ISSUED, Status.ARCHIVED]
    context = {
        "form": form,
        "open_reports": [line_of(report) for report in rows.exclude(status__in=ended)[:SHOWN]],
        "issued": [line_of(report) for report in rows.filter(status__in=ended)[:SHOWN]],
    }
    return page(request, None, "choose", context, 422 if form is not None and form.errors else 200)


def _choose_form(request):
    """None for those who compose nothing."""
    kinds = _kinds_for(request.user)
    units = [unit for ids in kinds.values() for unit in ids]
    return ChooseForm(request.POST or None, user=request.user, kinds=list(kinds), unit_ids=units) if kinds else None


def _kinds_for(user):
    """{kind code: units the user may compose it for}"""
    rights = {kind.code: "report.compose" if kind.issuer == OFFICE else "report.compose_own" for kind in KINDS.values()}
    found = {code: own_unit_ids(user, right) for code, right in rights.items()}
    return {code: units for code, units in found.items() if units}


@requires("report.view")
def open_report(request, pk):
    """Leads to the step where the report stands."""
    report = report_or_404(request, pk)
    step = "figures" if report.status == Status.COMPOSING and not services.jobs_of(report).exists() else "download"
    return redirect(f"reporting:{step}", pk)


@requires("report.view")
def figures(request, pk):
    report = report_or_404(request, pk)
    context = snapshot.context_of(report)
    groups = {}
    for item in registry.all_figures().values():
        groups.setdefault(item.group, []).append(_figure_line(context, item))
    told = {"groups": groups.items(), "owing": context.owing, "not_accepted": context.not_accepted}
    return page(request, report, "figures", told)


def _figure_line(context, item):
    """A count links to its list; a rate or a balance shows what it is made of, each with its own list."""
    unit_id = None if context.kind.issuer == OFFICE else context.unit.pk
    parts = [item.numerator, item.denominator] if isinstance(item, Rate) else [*item.plus, *item.minus] if isinstance(item, Balance) else []
    return {
        "label": item.label, "measure": item.unit_of_measure, "text": context.values.text(item.code), "last": context.last.text(item.code),
        "formula": item.formula, "url": "" if parts else url_of(item.code, context.period, unit_id),
        "parts": [
            {"label": registry.figure(code).label, "text": context.values.text(code), "url": url_of(code, context.period, unit_id)}
            for code in parts
        ],
    }  # fmt: skip


@requires("report.view")
def produce(request, pk):
    report = report_or_404(request, pk)
    context = snapshot.context_of(report)
    form = ProduceForm(request.POST or None, lacking=context.not_accepted, initial={"override_reason": report.override_reason})
    if request.method == "POST" and form.is_valid():
        try:
            services.produce(report, by=request.user, **form.cleaned_data)
            return redirect("reporting:download", pk)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    told = {
        "form": form,
        "not_accepted": context.not_accepted,
        "empty": snapshot.left_out(context, report.narrative),
        "job": services.job_under_way(report),
        "newest": report.versions.first(),
    }
    return page(request, report, "produce", told, 422 if form.errors else 200)


@requires("report.view")
def download(request, pk):
    """Progress while a worker is at it; the versions with their files; approving and issuing."""
    return download_page(request, report_or_404(request, pk))


@requires("report.view")
@polling
def progress(request, pk):
    """The fragment that the page asks for every two seconds; when the job has ended the whole page is asked for again."""
    report = report_or_404(request, pk)
    job = services.jobs_of(report).first()
    if job is None:
        raise Http404
    response = render(request, "reporting/_progress.html", {"job": progress_of(job), "report": report})
    if not job.is_open:
        response["HX-Refresh"] = "true"
    return response
