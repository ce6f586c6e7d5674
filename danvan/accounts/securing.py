"""The pages around the second factor, the confirmation of the password, and the list of own sessions."""

import io

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from danvan.access.decorators import signed_in
from danvan.accounts import resuming, second_factor, services, sessions, step_up
from danvan.accounts.events import record
from danvan.accounts.forms import CodeForm, EnrolForm, StepUpForm
from danvan.accounts.step_up import step_up_required
from danvan.common.exceptions import Refused
from danvan.common.forms import style
from danvan.common.http import client_address, safe_next


@signed_in
@never_cache
def code(request):
    """Between the password and the portal."""
    after = safe_next(request, reverse("home:home"))
    if not second_factor.code_is_due(request):
        return redirect(after)
    form = CodeForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        request.session[second_factor.VERIFIED] = True
        request.session.cycle_key()
        return redirect(resuming.next_page(request, after))
    return render(request, "accounts/code.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@never_cache
def enrol(request):
    """The first app where one is required, or a new phone. Unasked, even the first one ties the account to a phone."""
    if not (second_factor.enrolment_is_due(request) or step_up.is_fresh(request)):
        return step_up.ask(request)
    form = style(EnrolForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            codes = second_factor.enrol(request, form.cleaned_data["code"])
            services.end_sessions(request.user, keep=request.session.session_key)
            return _show_codes(request, codes)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
    key = second_factor.key_words(second_factor.new_device(request))
    context = {"form": form, "key": key, "required": second_factor.is_required(request.user, client_address(request))}
    return render(request, "accounts/enrol.html", context, status=422 if form.errors else 200)


@signed_in
@never_cache
@require_safe
def qr(request):
    """The picture that the app reads; only for the key of an enrolment under way."""
    if second_factor.NEW_KEY not in request.session:
        raise Http404
    picture = io.BytesIO()
    segno.make(second_factor.new_device(request).config_url, error="m").save(picture, kind="svg", scale=5, border=4, light="white")
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml; charset=utf-8")


@signed_in
@never_cache
@require_POST
@step_up_required
def recovery_codes(request):
    if request.user.second_factor_at is None:
        raise Http404
    return _show_codes(request, second_factor.renew_recovery_codes(request.user))


def _show_codes(request, codes):
    """Answered to the POST itself, so that the codes are stored nowhere in clear."""
    after = resuming.next_page(request, safe_next(request, reverse("accounts:account")))
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "after": after})


@signed_in
@require_POST
@step_up_required
def turn_off(request):
    if second_factor.is_required(request.user, client_address(request)):
        raise Refused("Vai trò hoặc nơi đăng nhập của anh/chị bắt buộc xác thực hai bước nên không tắt được.")
    services.turn_off_second_factor(request.user)
    request.session.cycle_key()
    messages.success(request, "Đã tắt xác thực hai bước.")
    return redirect("accounts:account")


# --- confirming again, sending on ---------------------------------------------------------------


@signed_in
@never_cache
@sensitive_post_parameters()
def confirm(request):
    form = style(StepUpForm(request.POST or None, request=request))
    next_url = safe_next(request, reverse("home:home"))
    if request.method == "POST" and form.is_valid():
        step_up.confirm(request)
        record("step_up.accepted", user=request.user, request=request)
        return redirect(resuming.next_page(request, next_url))
    context = {"form": form, "next": next_url, "minutes": settings.STEP_UP_MINUTES}
    return render(request, "accounts/step_up.html", context, status=422 if form.errors else 200)


@signed_in
@never_cache
@require_safe
def resume(request):
    """What was sent too late, ready to be sent on."""
    kept = request.session.get(resuming.KEPT)
    if kept is None:
        return redirect("home:home")
    return render(request, "accounts/resume.html", {"kept": kept, "fields": resuming.fields_of(kept)})


# --- own sessions ----------------------------------------------------------------------------------


@signed_in
@never_cache
@step_up_required
def own_sessions(request):
    """Where am I signed in? One click ends one of them, or all but this."""
    if request.method == "POST":
        return _end(request, request.POST.get("phien", ""))
    here = request.session.session_key
    rows = [
        {
            "handle": sessions.handle_of(row), "device": sessions.device_words(row.agent), "address": row.address,
            "started_at": row.started_at, "seen_at": row.seen_at, "here": row.session_key == here,
        }
        for row in sessions.sessions_of(request.user)
    ]  # fmt: skip
    return render(request, "accounts/sessions.html", {"rows": sorted(rows, key=lambda row: not row["here"])})


def _end(request, handle):
    rows = [row for row in sessions.sessions_of(request.user) if handle in ("khac", sessions.handle_of(row))]
    ended = [row.delete() for row in rows if row.session_key != request.session.session_key]
    record("session.ended", user=request.user, request=request, count=len(ended))
    messages.success(request, f"Đã kết thúc {len(ended)} phiên làm việc." if ended else "Không còn phiên nào khác để kết thúc.")
    return redirect("accounts:own_sessions")
