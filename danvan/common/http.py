"""How a refusal, a conflict and an unreadable address reach the screen."""

import ipaddress

from django.conf import settings
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from danvan.common.exceptions import Conflict, Refused


class RefusalMiddleware:
    """Turns `Refused` into a page with its sentence, and a NUL byte anywhere in the address or form into a 400 page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path or _has_nul(request.GET):
            return bad_request(request, "Địa chỉ có ký tự không hợp lệ (ký tự rỗng). Anh/chị kiểm tra lại nội dung vừa gõ.")
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Conflict):
            heading = "Có người vừa làm trước anh/chị"
            return render(request, "403.html", {"heading": heading, "reason": exception.message}, status=409)
        if isinstance(exception, Refused):
            return render(request, "403.html", {"reason": exception.message}, status=403)
        return None


def _has_nul(query):
    return any("\0" in text for key, values in query.lists() for text in (key, *values))


def bad_request(request, reason):
    return HttpResponseBadRequest(render_to_string("400.html", {"reason": reason}, request))


def not_kept(get_response):
    """What a view does not hand to a cache itself is kept by none, neither in the browser nor on the way."""

    def middleware(request):
        response = get_response(request)
        response.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def safe_next(request, default):
    """The `next` address of this site only; anything else falls back to `default`."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed else default


def client_address(request):
    """Where the request came from, or None. Behind a proxy only the header counts that it overwrites, and only when a setting names it."""
    header = settings.CLIENT_ADDRESS_HEADER
    text = request.headers.get(header, "") if header else request.META.get("REMOTE_ADDR", "")
    try:
        found = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return str(getattr(found, "ipv4_mapped", None) or found)


def away(request, url):
    """Leads the whole page elsewhere, also when only a fragment was asked for."""
    return HttpResponseClientRedirect(url) if request.headers.get("HX-Request") else redirect(url)
