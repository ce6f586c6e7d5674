"""Acts on one account that take a reason: lock, reopen, new secret, new factor, unlock; and the handover of a leaver."""

import uuid
from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from danvan.access.decorators import requires
from danvan.accounts import managing, managing_lists, managing_review, step_up
from danvan.accounts.handover import belongings_of, hand_over
from danvan.accounts.managing_forms import HandoverForm, ReasonForm, ReviewForm, attempt
from danvan.accounts.managing_pages import account_to_change, ask, slips
from danvan.accounts.models import MANAGE, Handover
from danvan.accounts.step_up import step_up_required


class Deed(NamedTuple):
    """`run(account, by=, reason=)` is the service; `fits` says for which accounts the button stands there."""

    label: str
    icon: str
    about: str
    button: str
    done: str
    run: Callable
    fits: Callable


def is_open(account):
    return account.is_active


DEEDS = {
    "cap-mat-khau": Deed(
        "Cấp mật khẩu mới", "key-round",
        "Mật khẩu đang dùng mất hiệu lực, mọi phiên làm việc kết thúc. Mật khẩu mới chỉ hiện một lần và phải đổi khi đăng nhập.",
        "Cấp mật khẩu và in phiếu", "", managing.new_secret, is_open,
    ),
    "mo-dang-nhap": Deed(
        "Mở khóa đăng nhập", "undo-2",
        "Dùng khi nhập sai mật khẩu hoặc mã quá số lần. Mật khẩu không đổi.",
        "Mở khóa đăng nhập", "Đã mở khóa đăng nhập.", managing.unlock, is_open,
    ),
    "dat-lai-xac-thuc": Deed(
        "Đặt lại xác thực hai bước", "shield-check",
        "Dùng khi mất điện thoại, sau khi đã nhận đúng người. Mã dự phòng cũ mất hiệu lực, mọi phiên làm việc kết thúc.",
        "Đặt lại xác thực", "Đã đặt lại xác thực hai bước.", managing.reset_factor, lambda account: account.second_factor_at is not None,
    ),
    "khoa": Deed(
        "Khóa tài khoản", "lock",
        "Mọi phiên làm việc kết thúc ngay và không đăng nhập được nữa. Hồ sơ đã nhập, lịch sử và bản nháp còn nguyên.",
        "Khóa tài khoản", "Đã khóa tài khoản.", managing.deactivate, is_open,
    ),
    "mo-lai": Deed(
        "Mở lại tài khoản", "rotate-ccw",
        "Tài khoản đăng nhập lại được bằng mật khẩu cũ, với những phân công còn hiệu lực.",
        "Mở lại tài khoản", "Đã mở lại tài khoản.", managing.reactivate, lambda account: not account.is_active,
    ),
}  # fmt: skip


def deeds_for(account):
    return [{"slug": slug, "label": deed.label, "icon": deed.icon} for slug, deed in DEEDS.items() if deed.fits(account)]


@requires(MANAGE)
@step_up_required
def manage_act(request, pk, act):
    account = account_to_change(request, pk)
    if act not in DEEDS:
        raise Http404
    deed, form = DEEDS[act], ReasonForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda values: deed.run(account, by=request.user, **values)):
        if deed.run is managing.new_secret:
            return slips(request, [(account, form.made)])
        messages.success(request, deed.done)
        return redirect("accounts:manage_detail", pk)
    return ask(request, form, title=deed.label, account=account, about=[deed.about], button=deed.button)


# --- handover -----------------------------------------------------------------------------


@requires(MANAGE)
@step_up_required
def manage_handover(request, pk):
    leaver = account_to_change(request, pk)
    form = HandoverForm(request.POST or None, by=request.user, leaver=leaver)
    key = key_of(request)
    if done := Handover.objects.filter(key=key, leaver=leaver).first():
        return redirect("accounts:manage_minutes", done.pk)
    if request.method == "POST" and attempt(form, lambda values: hand_over(leaver, by=request.user, key=key, **values)):
        messages.success(request, f"Đã bàn giao công việc của {leaver} cho {form.made.successor}.")
        return redirect("accounts:manage_minutes", form.made.pk)
    context = {"form": form, "account": leaver, "key": key, "parts": belongings_of(leaver)}
    return render(request, "accounts/manage_handover.html", context, status=422 if form.errors else 200)


def key_of(request):
    try:
        return uuid.UUID(request.POST.get("_key", ""))
    except ValueError:
        return uuid.uuid4()


@requires(MANAGE)
@require_safe
def manage_minutes(request, pk):
    handover = get_object_or_404(managing_lists.handovers_for(request.user), pk=pk)
    return render(request, "accounts/manage_minutes.html", {"account": handover.leaver, "handover": handover, "minutes": handover.minutes})


# --- review -------------------------------------------------------------------------------


@requires(MANAGE)
def manage_review(request):
    """Reading asks nothing; that it was reviewed is said with the password fresh."""
    if request.method == "POST" and not step_up.is_fresh(request):
        return step_up.ask(request)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        managing_review.record_review(by=request.user, conclusion=form.cleaned_data["conclusion"])
        messages.success(request, "Đã ghi nhận lần rà soát.")
        return redirect("accounts:manage_review")
    context = {"form": form, "key": uuid.uuid4(), **managing_review.overview(request.user)}
    return render(request, "accounts/manage_review.html", context, status=422 if form.errors else 200)
