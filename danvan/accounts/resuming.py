"""What was typed and sent when the session had ended, or when the password must be confirmed first: kept, shown, sent on by one click.

Before the login nobody is known, so the text travels inside the login page; afterwards it waits in the session of whoever signed in.
"""

import json

from django.urls import reverse

from danvan.common.http import safe_next

KEPT = "resume"
OWN = {"csrfmiddlewaretoken", "_typed"}


def carries_text(request):
    """A form in which people write holds the uuid of its page (danvan.registers); a mere button holds nothing worth keeping."""
    return request.method == "POST" and "_key" in request.POST and request.headers.get("X-Requested-With") != "fetch"


def typed_in(request):
    return {name: request.POST.getlist(name) for name in request.POST if name not in OWN}


def packed(request):
    return json.dumps(typed_in(request), ensure_ascii=False)


def keep_over_login(request):
    """The login form brought a text along."""
    typed, path = _read(request.POST.get("_typed", "")), safe_next(request, "")
    if typed and path:
        request.session[KEPT] = {"path": path, "data": typed, "files": False}


def keep(request):
    """The same for somebody who is signed in."""
    if request.method == "POST":
        request.session[KEPT] = {"path": request.get_full_path(), "data": typed_in(request), "files": bool(request.FILES)}


def _read(text):
    """{name: [values]}, or {} for anything else that somebody may have put there."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    fields = found.items() if isinstance(found, dict) else ()
    return {name: values for name, values in fields if isinstance(values, list) and all(isinstance(value, str) for value in values)}


def next_page(request, default):
    return reverse("accounts:resume") if KEPT in request.session else default


def settle(request):
    """The text was sent on to where it belongs."""
    kept = request.session.get(KEPT)
    if kept and request.method == "POST" and request.get_full_path() == kept["path"]:
        del request.session[KEPT]


def fields_of(kept):
    """[(name, value)] for the hidden fields of the page that sends it on."""
    return [(name, value) for name, values in kept["data"].items() for value in values]
