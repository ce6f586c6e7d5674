"""Confirming the password, or a code, again before an act that hurts in wrong hands."""

from functools import partial, wraps

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from danvan.accounts import resuming, sessions
from danvan.common.exceptions import Unconfirmed
from danvan.common.http import away


def step_up_required(view):
    """Stands below @requires. Signing in counts as confirming; what was already sent is kept and sent on afterwards."""

    @wraps(view)
    def confirmed(request, *args, **kwargs):
        return view(request, *args, **kwargs) if is_fresh(request) else ask(request)

    return confirmed


def is_fresh(request):
    return sessions.now() - request.session.get(sessions.CONFIRMED, 0) <= settings.STEP_UP_MINUTES * 60


def ask(request):
    resuming.keep(request)
    return away(request, f"{reverse('accounts:step_up')}?{urlencode({'next': request.get_full_path()})}")


def confirm(request):
    request.session.cycle_key()
    request.session[sessions.CONFIRMED] = sessions.now()


class StepUp:
    """For the rooms below, which do not know this one: they ask `request.is_confirmed()` and raise Unconfirmed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.is_confirmed = partial(is_fresh, request)
        return self.get_response(request)

    def process_exception(self, request, exception):
        return ask(request) if isinstance(exception, Unconfirmed) else None
