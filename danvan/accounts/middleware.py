from django.conf import settings
from django.shortcuts import redirect
from django.urls import resolve


def must_change_password(get_response):
    """An initial password opens one page only: the one that changes it."""
    allowed = {"accounts:password_change", "accounts:logout", "operations:healthz", "operations:readyz"}

    def middleware(request):
        user = request.user
        bound = settings.FORCE_PASSWORD_CHANGE and user.is_authenticated and user.must_change_password
        if bound and not request.path.startswith("/static/") and resolve(request.path).view_name not in allowed:
            return redirect("accounts:password_change")
        return get_response(request)

    return middleware
