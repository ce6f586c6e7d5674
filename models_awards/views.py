"""The pages that are no plain register: recording a step, withdrawing and restoring."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from danvan.access.decorators import requires
from danvan.common.forms import ReasonForm
from danvan.registers.asking import ask
from models_awards import services
from models_awards.forms import StageForm
from models_awards.models import Registration
from models_awards.permissions import check_can_move_stage, check_can_restore, check_can_withdraw


def _registration(request, pk):
    return get_object_or_404(Registration.objects.visible_to(request.user), pk=pk)


@requires("registration.move_stage")
def stage_record(request, pk):
    registration = _registration(request, pk)
    check_can_move_stage(request.user, registration)
    form = StageForm(request.POST or None, registration=registration)
    return ask(
        request, registration, form, lambda data: services.record_stage(registration, by=request.user, **data),
        title="Ghi bước tiếp theo", button="Ghi bước", done="Đã ghi bước mới.",
    )  # fmt: skip


@requires("registration.view")
def registration_withdraw(request, pk):
    registration = _registration(request, pk)
    check_can_withdraw(request.user, registration)
    form = ReasonForm(request.POST or None)
    return ask(
        request, registration, form, lambda data: services.withdraw_registration(registration, by=request.user, **data),
        title="Rút đăng ký", button="Rút đăng ký", done="Đã rút đăng ký. Anh/chị khôi phục được ở trang này.",
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
