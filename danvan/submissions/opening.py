"""Opening a reporting period for the units below, and moving its days."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from danvan.access.decorators import requires
from danvan.access.permissions import has_right
from danvan.common.exceptions import Conflict, Refused
from danvan.common.forms import style
from danvan.common.text import format_date
from danvan.registers import drafts
from danvan.registers.history import saved_by
from danvan.submissions import services
from danvan.submissions.forms import PeriodDaysForm, PeriodForm
from danvan.submissions.models import Period


@requires("period.open")
def open_(request):
    form = PeriodForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            period = services.open_period(by=request.user, **form.cleaned_data)
            messages.success(request, f"Đã mở kỳ báo cáo {period}. Kỳ này hiện trong danh sách việc cần làm của các đơn vị.")
            return _onward(request, period)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return _page(request, form, {"title": "Mở kỳ báo cáo", "button": "Mở kỳ báo cáo"})


@requires("period.open")
def reschedule(request, pk):
    period = get_object_or_404(Period.objects.visible_to(request.user, "period.open").select_related("regime", "unit"), pk=pk)
    form = PeriodDaysForm(request.POST or None, initial={name: getattr(period, name) for name in PeriodDaysForm.base_fields})
    page = {"title": "Đổi thời hạn của kỳ báo cáo", "button": "Lưu thời hạn", "period": period}
    posted = request.method == "POST"
    version = drafts.whole_number(request.POST.get("_version")) if posted else services.version_of(period)
    if posted and form.is_valid():
        try:
            services.reschedule(period, by=request.user, base=version, **form.cleaned_data)
            messages.success(request, f"Đã đổi thời hạn của kỳ báo cáo {period}.")
            return _onward(request, period)
        except Conflict as conflict:
            period.refresh_from_db()
            newest = period.history.select_related("history_user").order_by("-history_id").first()
            told = [
                {"label": field.label, "now": format_date(getattr(period, name)), **saved_by(newest)}
                for name, field in form.fields.items()
                if getattr(period, name) != form.cleaned_data[name]
            ]
            form.add_error(None, conflict.message)
            return _page(request, form, {**page, "version": services.version_of(period), "told": told, "newest": newest}, 409)
    return _page(request, form, {**page, "version": version})


def _onward(request, period):
    """To the units of the period; an administrator sees no content and stays with its days."""
    return redirect("submissions:matrix" if has_right(request.user, "submission.view") else "submissions:reschedule", period.pk)


def _page(request, form, context, status=None):
    context["back"] = has_right(request.user, "submission.view")
    found = {**context, "form": style(form)}
    return render(request, "submissions/period.html", found, status=status or (422 if form.errors else 200))
