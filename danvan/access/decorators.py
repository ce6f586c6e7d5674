"""Every view declares its rule. One without a rule stops the start (see apps.py)."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import ImproperlyConfigured

from danvan.access.permissions import check_right
from danvan.access.roles import RIGHTS


def requires(right):
    """The view is open to roles that hold `right`; which rows they meet there is `visible_to`'s matter."""
    if right not in RIGHTS:
        raise ImproperlyConfigured(f"unknown right {right!r}: declare it in access/roles.py")

    def decorate(view):
        @wraps(view)
        def checked(request, *args, **kwargs):
            check_right(request.user, right)
            return view(request, *args, **kwargs)

        checked.access_rule = right
        return login_required(checked)

    return decorate


def public(view):
    """Anybody may open it, without an account."""
    view = login_not_required(view)
    view.access_rule = "public"
    return view


def signed_in(view):
    """Any account, whatever its role: the own account, log-out."""
    view.access_rule = "signed_in"
    return view


def polling(view):
    """The page asks by itself: being asked is no sign that somebody is at the keyboard, so it keeps no idle session alive."""
    view.polling = True
    return view
