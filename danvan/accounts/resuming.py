"""What was typed and sent when the session had ended, or when the password must be confirmed first: kept, shown, sent on by one click.

Before the login nobody is known, so the text travels inside the login page; afterwards it waits in the session of whoever signed in.
"""

from django.http import QueryDict
from django.urls import reverse

from danvan.common.http import safe_next

KEPT = "resume"
OWN = ("csrfmiddlewaretoken", "_typed")


def carries_text(request):
    """A form in which people write holds the uuid of its page (danvan.registers); a mere button holds nothing worth keeping."""
    return request.method == "POST" and "_key" in request.POST and request.headers.get("X-Requested-With") != "fetch"


def packed(request):
    """The fields of a form as one line of text; a password is typed again, so that it lies nowhere in clear."""
    fields = request.POST.copy()
    for name in [name for name in fields if name in OWN or "password" in name]:
        del fields[name]
    return fields.urlencode()


def keep_over_login(request):
    """The login form brought a text along."""
    typed, path = request.POST.get("_typed", ""), safe_next(request, "")
    if typed and path:
        request.session[KEPT] = {"path": path, "fields": typed, "files": False}


def keep(request):
    """The same for somebody who is signed in."""
    if request.method == "POST":
        request.session[KEPT] = {"path": request.get_full_path(), "fields": packed(request), "files": bool(request.FILES)}


def next_page(request, default):
    return reverse("accounts:resume") if KEPT in request.session else default


def settle(request):
    """The text is on its way to where it belongs."""
    kept = request.session.get(KEPT)
    if kept and request.method == "POST" and request.get_full_path() == kept["path"]:
        del request.session[KEPT]


def fields_of(kept):
    """[(name, value)] for the hidden fields of the page that sends it on."""
    return [(name, value) for name, values in QueryDict(kept["fields"]).lists() for value in values]
