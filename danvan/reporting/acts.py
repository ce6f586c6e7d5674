"""The buttons of the last step: approve, send back, issue, archive, run again, cancel. One POST each."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from danvan.access.decorators import requires
from danvan.common.exceptions import Conflict, Refused
from danvan.common.forms import style
from danvan.registers.drafts import whole_number
from danvan.reporting import permissions, services
from danvan.reporting.forms import IssueForm, NoteForm
from danvan.reporting.pages import report_or_404
from danvan.reporting.versions import download_page


@requires("report.view")
@require_POST
def act(request, pk):
    """A report that moved on meanwhile is told on its page; a missing right is a refusal."""
    report = report_or_404(request, pk)
    wanted = ACTS.get(request.POST.get("viec"))
    if wanted is None:
        raise Refused("Không rõ việc cần làm.")
    try:
        return wanted(request, report)
    except Conflict as conflict:
        messages.error(request, conflict.message)
        return redirect("reporting:download", pk)


def _done(request, report, words):
    messages.success(request, words)
    return redirect("reporting:download", report.pk)


def _approve(request, report):
    services.approve(report, by=request.user, seen=whole_number(request.POST.get("ban")))
    return _done(request, report, "Đã phê duyệt. Tiếp theo: ghi số và ngày ban hành.")


def _archive(request, report):
    services.archive(report, by=request.user)
    return _done(request, report, "Đã lưu trữ báo cáo.")


def _send_back(request, report):
    permissions.check_can_sign(request.user, report)
    form = style(NoteForm(request.POST))
    if not form.is_valid():
        return download_page(request, report, note_form=form, status=422)
    services.send_back(report, by=request.user, note=form.cleaned_data["note"])
    return _done(request, report, "Đã chuyển lại để soạn tiếp.")


def _issue(request, report):
    permissions.check_can_sign(request.user, report)
    form = style(IssueForm(request.POST))
    if form.is_valid():
        try:
            services.issue(report, by=request.user, **form.cleaned_data)
            return _done(request, report, "Đã phát hành. Bản có số và ngày đang được lập.")
        except Conflict:
            raise
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return download_page(request, report, issue_form=form, status=422)


def _retry(request, report):
    services.retry(report, by=request.user)
    return redirect("reporting:download", report.pk)


def _cancel(request, report):
    services.cancel(report, by=request.user)
    return _done(request, report, "Đã hủy việc lập báo cáo.")


ACTS = {"duyet": _approve, "tra_lai": _send_back, "phat_hanh": _issue, "luu_tru": _archive, "lap_lai": _retry, "huy": _cancel}
