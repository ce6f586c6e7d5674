"""How a refusal, a conflict and an unreadable address reach the screen."""

from django.conf import settings
from django.http import HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from danvan.common.exceptions import Refused


class RefusalMiddleware:
    """Turns `Refused` into a page with its sentence, and a NUL byte anywhere in the address or form into a 400 page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path or _has_nul(request.GET):
            return bad_request(request, "Địa chỉ có ký tự không hợp lệ (ký tự rỗng). Anh/chị kiểm tra lại nội dung vừa gõ.")
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Refused):
            return render(request, "403.html", {"reason": exception.message}, status=403)
        return None


def _has_nul(query):
    return any("\0" in text for key, values in query.lists() for text in (key, *values))


def bad_request(request, reason):
    return HttpResponseBadRequest(render_to_string("400.html", {"reason": reason}, request))


def safe_next(request, default):
    """The `next` address of this site only; anything else falls back to `default`."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed else default


def client_address(request):
    """Whom the proxy saw. Its header is believed in production only, where nginx writes it over whatever the client sent."""
    told = request.META.get("HTTP_X_REAL_IP", "") if settings.PRODUCTION else ""
    return told or request.META.get("REMOTE_ADDR", "")
