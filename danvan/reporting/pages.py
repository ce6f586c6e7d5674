"""What the pages of the studio share: the report of the address and the frame with its five steps."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from danvan.figures.periods import words_of
from danvan.reporting import permissions
from danvan.reporting.choices import TONES
from danvan.reporting.kinds import KINDS
from danvan.reporting.models import Report

STEPS = [("choose", "Kỳ"), ("figures", "Số liệu"), ("narrative", "Lời văn"), ("produce", "Lập"), ("download", "Tải về")]


def report_or_404(request, pk):
    return get_object_or_404(Report.objects.visible_to(request.user).select_related("unit", "approved_by"), pk=pk)


def line_of(report):
    """What a page says of a report beside its title."""
    tone, icon = TONES[report.status]
    return {"report": report, "kind": KINDS[report.kind].label, "period": words_of(report.period), "tone": tone, "icon": icon}


def page(request, report, step, context, status=200):
    common = {"steps": steps_of(report, step)}
    if report:
        common |= {**line_of(report), "composable": permissions.can_compose(request.user, report)}
    return render(request, f"reporting/{step}.html", {**common, **context}, status=status)


def steps_of(report, current):
    here = [name for name, _ in STEPS].index(current)
    return [
        {"label": label, "url": url_of(report, name), "done": number < here, "current": number == here}
        for number, (name, label) in enumerate(STEPS)
    ]


def url_of(report, step):
    if report is None:
        return ""
    return reverse("reporting:index") if step == "choose" else reverse(f"reporting:{step}", args=[report.pk])
