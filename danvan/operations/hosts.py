"""Administration and public pages on host names of their own (ADMIN_HOST, PUBLIC_HOST); unset: one name for everything."""

from django.conf import settings
from django.http import Http404
from django.http.request import split_domain_port

ADMINISTRATION = ("/quan-tri/", "/don-vi/", "/admin/")  # accounts, the log, the tree of units and its decisions
PUBLIC = ("/cong-khai/", "/xac-minh/")
EVERYWHERE = ("/healthz", "/readyz", settings.STATIC_URL)


def separate(get_response):
    def middleware(request):
        host, path = split_domain_port(request.get_host())[0], request.path_info  # in small letters, without a last dot
        if not path.startswith(EVERYWHERE) and not belongs(host, path):
            raise Http404
        return get_response(request)

    return middleware


def belongs(host, path):
    """Whether a page answers under this name (small letters, no dot at its end). Logging in belongs to the administration's host too."""
    if settings.PUBLIC_HOST and (host == settings.PUBLIC_HOST.lower()) != path.startswith(PUBLIC):
        return False
    return not settings.ADMIN_HOST or host == settings.ADMIN_HOST.lower() or not path.startswith(ADMINISTRATION)
