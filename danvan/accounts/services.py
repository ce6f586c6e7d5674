"""Acts on an account's secrets and sessions. Who may do them to somebody else is checked by the screen that calls."""

import datetime
import secrets

from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from danvan.accounts import second_factor, throttling
from danvan.accounts.events import record
from danvan.accounts.models import Authenticator, FormerPassword, RecoveryCodes

SECRET_GROUPS, SECRET_GROUP = 4, 4
PASSWORD_FIELDS = ["password", "password_changed_at", "must_change_password", "secret_expires_at"]


@transaction.atomic
def issue_secret(user, *, by):
    """A first password for somebody who has none or lost it: returned once, to be handed over, valid for a few days and for one change."""
    letters = ("".join(secrets.choice(second_factor.LETTERS) for _ in range(SECRET_GROUP)) for _ in range(SECRET_GROUPS))
    secret = "-".join(letters)
    _store_password(user, secret)
    hand_out(user, by=by)
    return secret


def hand_out(user, *, by):
    """The password just set is known to somebody else: it opens one page only, and that for a few days."""
    user.must_change_password = True
    user.secret_expires_at = timezone.now() + datetime.timedelta(hours=settings.FIRST_PASSWORD_HOURS)
    user.save(update_fields=PASSWORD_FIELDS)
    end_sessions(user)
    record("password.issued", user=user, by=by)


@transaction.atomic
def change_password(user, password):
    """By its owner. Every session ends; the view opens a new one for the browser in which it was changed."""
    _store_password(user, password)
    user.must_change_password, user.secret_expires_at = False, None
    user.save(update_fields=PASSWORD_FIELDS)
    end_sessions(user)
    record("password.changed", user=user)


def _store_password(user, password):
    if settings.PASSWORD_HISTORY and user.has_usable_password():
        FormerPassword.objects.create(user=user, password=user.password)
    user.set_password(password)
    user.password_changed_at = timezone.now()


def end_sessions(user, *, keep=None):
    """Signed out on the next request, wherever that is. Returns how many."""
    return user.sessions.exclude(session_key=keep).delete()[0]


@transaction.atomic
def reset_second_factor(user, *, by=None):
    """For a lost phone, after the person was recognised by other means: the next login enrolls anew where a code is required."""
    _without_second_factor(user)
    record("factor.reset", user=user, by=by)


@transaction.atomic
def turn_off_second_factor(user):
    """By its owner, where none is required."""
    _without_second_factor(user)
    record("factor.turned_off", user=user, by=user)


def _without_second_factor(user):
    Authenticator.objects.filter(user=user).delete()
    RecoveryCodes.objects.filter(user=user).delete()
    user.second_factor_at = None
    user.save(update_fields=["second_factor_at"])
    end_sessions(user)


def unlock(user, *, by=None):
    """Forgets failed tries of passwords and codes. Returns whether there were any."""
    released = reset(username=user.username) + throttling.release(user.username)
    for model in (Authenticator, RecoveryCodes):
        released += model.objects.filter(user=user, throttling_failure_count__gt=0).update(
            throttling_failure_count=0, throttling_failure_timestamp=None
        )
    record("login.unlocked", user=user, by=by)
    return bool(released)
