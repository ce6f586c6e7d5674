"""The pages that are no plain register: recording a step, withdrawing and restoring."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from danvan.access.decorators import requires
from danvan.common.exceptions import Refused
from danvan.common.forms import style
from models_awards import services
from models_awards.forms import ReasonForm, StageForm
from models_awards.models import Registration
from models_awards.permissions import check_can_move_stage, check_can_restore, check_can_withdraw


def _registration(request, pk):
    return get_object_or_404(Registration.objects.visible_to(request.user), pk=pk)


def _ask(request, registration, form, do, title, button, done):
    """One small form about a registration: shows it, runs the service, shows the refusal at its field."""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
            messages.success(request, done)
            return redirect("registers:registration_detail", registration.pk)
        except Refused as refusal:
            registration.refresh_from_db()
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    context = {"form": style(form), "object": registration, "title": title, "button": button}
    return render(request, "models_awards/ask.html", context, status=422 if form.errors else 200)


@requires("registration.move_stage")
def stage_record(request, pk):
    registration = _registration(request, pk)
    check_can_move_stage(request.user, registration)
    form = StageForm(request.POST or None, registration=registration)
    return _ask(
        request, registration, form, lambda data: services.record_stage(registration, by=request.user, **data),
        "Ghi bước tiếp theo", "Ghi bước", "Đã ghi bước mới.",
    )  # fmt: skip


@requires("registration.view")
def registration_withdraw(request, pk):
    registration = _registration(request, pk)
    check_can_withdraw(request.user, registration)
    form = ReasonForm(request.POST or None)
    return _ask(
        request, registration, form, lambda data: services.withdraw_registration(registration, by=request.user, **data),
        "Rút đăng ký", "Rút đăng ký", "Đã rút đăng ký. Anh/chị khôi phục được ở trang này.",
    )  # fmt: skip


@requires("registration.view")
def registration_restore(request, pk):
    registration = _registration(request, pk)
    check_can_restore(request.user, registration)
    if request.method == "POST":
        services.restore_registration(registration, by=request.user)
        messages.success(request, "Đã khôi phục đăng ký.")
        return redirect("registers:registration_detail", pk)
    return render(request, "models_awards/restore.html", {"object": registration})
