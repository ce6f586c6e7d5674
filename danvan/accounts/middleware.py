"""What stands before every view: the limits of a session, the login, and the pages that come before all others."""

from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.utils.http import urlencode

from danvan.accounts import password_policy, resuming, second_factor, sessions
from danvan.accounts.events import record
from danvan.accounts.views import show_login
from danvan.common.http import away


def session_limits(get_response):
    """Ends a session that is idle or too old. A page that asks by itself does not keep it alive."""

    def middleware(request):
        request.session_ended = request.user.is_authenticated and sessions.is_over(request)
        if request.session_ended:
            record("session.expired", user=request.user, request=request)
            logout(request)
        if request.user.is_authenticated:
            resuming.settle(request)
        response = get_response(request)
        match = request.resolver_match
        if request.user.is_authenticated and match and not getattr(match.func, "polling", False):
            sessions.touch(request)
        return response

    return middleware


class LoginRequired(LoginRequiredMiddleware):
    """Leads to the login. What was typed into a form goes along, so that an ended session costs no text."""

    def handle_no_permission(self, request, view_func):
        if resuming.carries_text(request):
            return show_login(request, request.get_full_path(), typed=resuming.packed(request), status=401)
        url = reverse("accounts:login") + ("?het-han=1" if request.session_ended else "")
        # a fragment leads back to the page that it is part of
        target = request.htmx.current_url_abs_path or request.get_full_path()
        return away(request, redirect_to_login(target, url).url)


# (is it due?, the page to go to, pages open until then). The first that is due counts; everything else is closed.
GATES = [
    (second_factor.code_is_due, "accounts:code", ()),
    (password_policy.change_is_due, "accounts:password_change", ()),
    (second_factor.enrolment_is_due, "accounts:enrol", ("accounts:qr",)),
]
ALWAYS_OPEN = ("accounts:logout", "operations:healthz", "operations:readyz")


def gates(get_response):
    """With a password alone, or with one that somebody else knows, no address answers but the page that puts this right."""

    def middleware(request):
        request.due_page, others = due_page(request) if request.user.is_authenticated else (None, ())
        open_pages = (request.due_page, *others, *ALWAYS_OPEN)
        if request.due_page and request.path not in map(reverse, open_pages):
            back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
            return away(request, f"{reverse(request.due_page)}?{back}")
        return get_response(request)

    return middleware


def due_page(request):
    return next(((page, others) for is_due, page, others in GATES if is_due(request)), (None, ()))
