"""Opening a reporting period for the units below, and moving its days."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from danvan.access.decorators import requires
from danvan.access.permissions import has_right
from danvan.common.exceptions import Refused
from danvan.common.forms import style
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
    if request.method == "POST" and form.is_valid():
        services.reschedule(period, by=request.user, **form.cleaned_data)
        messages.success(request, f"Đã đổi thời hạn của kỳ báo cáo {period}.")
        return _onward(request, period)
    return _page(request, form, {"title": "Đổi thời hạn của kỳ báo cáo", "button": "Lưu thời hạn", "period": period})


def _onward(request, period):
    """To the units of the period; an administrator sees no content and stays with its days."""
    return redirect("submissions:matrix" if has_right(request.user, "submission.view") else "submissions:reschedule", period.pk)


def _page(request, form, context):
    context["back"] = has_right(request.user, "submission.view")
    return render(request, "submissions/period.html", {**context, "form": style(form)}, status=422 if form.errors else 200)
