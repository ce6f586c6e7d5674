"""The office's side: reading one unit's report, returning it with reasons, accepting it, opening it again."""

import datetime

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from danvan.access.decorators import requires
from danvan.accounts.step_up import step_up_required
from danvan.attachments.services import attachments_of
from danvan.common import clock, text
from danvan.common.exceptions import Conflict, Refused
from danvan.common.forms import style
from danvan.submissions import permissions, selectors, services
from danvan.submissions.choices import Status
from danvan.submissions.forms import REMARK, ReopenForm, ReviewForm
from danvan.submissions.models import Submission
from danvan.units.selectors import call_as_of
from danvan.workflow.services import changes_of


def _submission(request, pk):
    rows = Submission.objects.visible_to(request.user).select_related("period__regime", "period__unit", "unit")
    submission = get_object_or_404(rows, pk=pk)
    call_as_of([(submission.unit, submission.period.ends_on)])
    return submission


@requires("submission.review")
def review(request, pk):
    submission = _submission(request, pk)
    remarks = {name.removeprefix(REMARK): text.plain(request.POST[name], 2000) for name in request.POST if name.startswith(REMARK)}
    status = 200
    form = style(ReviewForm(request.POST or None, initial={"due_on": clock.today() + datetime.timedelta(days=3)}))
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, submission, form.cleaned_data, remarks)
        except Conflict as conflict:
            submission.refresh_from_db()
            form.add_error(None, conflict.message)
            status = 409
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    status = 422 if form.errors and status == 200 else status
    return render(request, "submissions/review.html", _context(request, submission, form, remarks), status=status)


def _decide(request, submission, data, remarks):
    services.check_round_is_newest(submission, data["round"])
    if data["verdict"] == "duyet":
        services.accept(submission, by=request.user)
        messages.success(request, f"Đã duyệt báo cáo của {submission.unit}.")
    else:
        known = set(selectors.sheet_codes(submission.period.regime)) | {p["name"] for p in selectors.paragraphs(submission)}
        asked = {code: reason for code, reason in remarks.items() if code in known}
        services.return_submission(submission, by=request.user, remarks=asked, due_on=data["due_on"])
        messages.success(request, f"Đã trả lại báo cáo của {submission.unit} kèm ý kiến.")
    return redirect("submissions:matrix", submission.period_id)


def _context(request, submission, form, remarks):
    groups, changed = selectors.sheet(submission), selectors.differences(submission)
    only_changes = changed is not None and request.GET.get("dong") != "tat-ca"
    former = _former_reasons(submission)
    for group in groups:
        for line in group["lines"]:
            line["remark"] = remarks.get(line["code"], "")
            line["changed"] = (changed or {}).get(line["code"])
            line["asked"] = former.get(line["code"], "")
        if only_changes:
            group["lines"] = [line for line in group["lines"] if line["changed"] or line["asked"] or line["remark"]]
    parts = [
        {
            **part,
            "remark": remarks.get(part["name"], ""),
            "changed": (changed or {}).get(part["name"]),
            "asked": former.get(part["name"], ""),
        }
        for part in selectors.paragraphs(submission)
    ]
    lines = [line for group in groups for line in group["lines"]]
    shown = [part for part in parts if part["changed"] or part["asked"] or part["remark"]] if only_changes else parts
    return {
        "submission": submission,
        "form": form,
        "groups": [group for group in groups if group["lines"]],
        "parts": shown,
        "only_changes": only_changes,
        "has_rounds": changed is not None,
        "line_count": len(lines),
        "change_count": len(lines) + len(shown),
        "flag_count": sum(bool(line["hard"] or line["soft"]) for line in lines),
        "reviewable": permissions.can_review(request.user, submission),
        "reopenable": permissions.can_reopen(request.user, submission),
        "last_round": submission.rounds.select_related("sent_by").order_by("-number").first(),
        "changes": changes_of(submission)[:8],
        "files": attachments_of(submission),
        "corrections": submission.corrections.filter(answered_at=None),
        **_neighbours(request.user, submission),
    }


def _former_reasons(submission):
    """What the slip of the round before asked: {figure: reason}."""
    return selectors.asked_on(submission.rounds.order_by("-number")[1:].first())


def _neighbours(user, submission):
    """The previous and next report waiting for review, and where this one stands among them."""
    waiting = Submission.objects.visible_to(user).filter(period=submission.period_id, status=Status.SUBMITTED)
    queue = list(waiting.select_related("unit").order_by("unit__sort_key", "pk"))
    here = next((i for i, row in enumerate(queue) if row.pk == submission.pk), None)
    if here is None:
        return {"queue_size": len(queue), "queue_place": None, "previous": None, "next": queue[0] if queue else None}
    after = queue[here + 1] if here + 1 < len(queue) else None
    return {"queue_size": len(queue), "queue_place": here + 1, "previous": queue[here - 1] if here else None, "next": after}


@requires("submission.reopen")
@step_up_required
def reopen(request, pk):
    submission = _submission(request, pk)
    permissions.check_can_reopen(request.user, submission)
    asked = submission.corrections.filter(answered_at=None).exists()
    form = style(ReopenForm(request.POST or None, initial={"until": clock.today() + datetime.timedelta(days=3)}))
    if request.method == "POST" and form.is_valid():
        try:
            if "tu_choi" in request.POST:
                services.refuse_correction(submission, by=request.user, reason=form.cleaned_data["reason"])
                messages.success(request, "Đã trả lời không mở lại.")
            else:
                services.reopen(submission, by=request.user, **form.cleaned_data)
                messages.success(request, "Đã mở lại báo cáo.")
            return redirect("submissions:sheet", pk)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    context = {"submission": submission, "form": form, "title": "Mở lại báo cáo đã duyệt", "button": "Mở lại", "asked": asked}
    return render(request, "submissions/ask.html", context, status=422 if form.errors else 200)
