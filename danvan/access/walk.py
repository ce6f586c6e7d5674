"""The addresses of this site, from the resolver: the start-up check and the generated tests walk the same list."""

from django.urls import URLPattern, get_resolver

FOREIGN = ("django.contrib.admin", "django.views.static")


def patterns(resolver=None, prefix="", namespace=""):
    """Yields (route, full name, pattern) for every address."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, f"{namespace}{entry.name}", entry
        elif entry.app_name != "admin":
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, route, inner)


def own_views():
    for route, _, pattern in patterns():
        if not pattern.callback.__module__.startswith(FOREIGN):
            yield route, pattern.callback
