"""Signing in and out, the own account, the own password."""

from django.contrib import auth, messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from danvan.access.decorators import public, signed_in
from danvan.accounts import password_policy, resuming, second_factor, services, signing_in, throttling
from danvan.accounts.events import record
from danvan.accounts.forms import LoginForm, PasswordChangeForm
from danvan.common.forms import style
from danvan.common.http import client_address, safe_next


@public
@never_cache
@sensitive_post_parameters("password", "_typed")
def login(request):
    home = safe_next(request, reverse("home:home"))
    if request.user.is_authenticated:
        return redirect(home)
    form = LoginForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        signing_in.sign_in(request, user)
        response = redirect(resuming.next_page(request, home))
        throttling.remember_device(request, response, user.username)
        return response
    return show_login(request, request.POST.get("next") or request.GET.get("next") or "", typed=request.POST.get("_typed", ""), form=form)


def show_login(request, next_url, *, typed="", form=None, status=200):
    """`typed` is the text of a form that was sent when the session had ended: it travels along, hidden in the page."""
    ended = getattr(request, "session_ended", False) or "het-han" in request.GET
    context = {"form": form or LoginForm(request), "next": next_url, "typed": typed, "ended": ended}
    return render(request, "accounts/login.html", context, status=status)


@signed_in
@require_POST
def logout(request):
    record("logout", user=request.user, request=request)
    auth.logout(request)
    response = redirect("accounts:login")
    # not "cache": no page is in there, and styles and fonts need not come twice; not "cookies": a known device stays known
    response["Clear-Site-Data"] = '"storage"'
    return response


@signed_in
def account(request):
    user = request.user
    context = {
        "memberships": user.active_memberships(),
        "codes_left": second_factor.recovery_codes_left(user) if user.second_factor_at else 0,
        "required": second_factor.is_required(user, client_address(request)),
    }
    return render(request, "accounts/account.html", context)


@signed_in
@sensitive_post_parameters()
def password_change(request):
    user = request.user
    form = style(PasswordChangeForm(user, request.POST or None, request=request))
    if request.method == "POST" and form.is_valid():
        services.change_password(user, form.cleaned_data["new_password1"])
        auth.update_session_auth_hash(request, user)  # a new session for this browser; all others have ended
        messages.success(request, "Đã đổi mật khẩu. Các phiên đăng nhập ở máy khác đã kết thúc.")
        return redirect(resuming.next_page(request, safe_next(request, reverse("home:home"))))
    context = {"form": form, "too_old": password_policy.is_too_old(user)}
    return render(request, "accounts/password_change.html", context, status=422 if form.errors else 200)
