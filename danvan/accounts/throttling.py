"""Slows down guessing at one account from many addresses, and at ever new names from one, without shutting an owner out.

Each try takes one place of a row of places that becomes free again at an even pace. A device on which the account was signed in before
carries a signed cookie and has a row of its own, so that strangers who use up the common one do not stop the owner. Nor do neighbours
who use up the places of the common address: it counts for devices that nobody knows, before anything is hashed or written per name.
"""

import datetime
import ipaddress
import secrets

from django.conf import settings
from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from danvan.accounts.models import GuessPace
from danvan.common.http import client_address

DEVICE_DAYS = 180


def seconds_to_wait(request, username):
    """Takes a place of the account and returns 0, or tells how long until one is free."""
    return _take(username, device_of(request, username), settings.LOGIN_TRIES_PER_HOUR)


def _take(username, device, per_hour):
    """One statement claims the place, so races take no more than there are."""
    pace = datetime.timedelta(hours=1) / per_hour
    now, most = timezone.now(), datetime.timedelta(hours=1) - pace
    row, is_new = GuessPace.objects.get_or_create(username=username, device=device, defaults={"free_at": now})
    if is_new:
        GuessPace.objects.filter(free_at__lt=now - datetime.timedelta(days=1)).delete()  # all their places are long free
    after = ExpressionWrapper(Greatest(F("free_at"), Value(now)) + Value(pace), output_field=DateTimeField())
    if GuessPace.objects.filter(pk=row.pk, free_at__lte=now + most).update(free_at=after):
        return 0
    return max((row.free_at - most - now).total_seconds(), 1)


def forget(request, username):
    """After a right password all places are free again."""
    GuessPace.objects.filter(username=username, device=device_of(request, username)).delete()


def release(username):
    return GuessPace.objects.filter(username=username).delete()[0]


# --- the address, for whatever name -------------------------------------------------------------


def seconds_to_wait_here(request, username):
    """The same for the address, where nobody is signed in and the device is not known to the account."""
    address = _place_of(request, username)
    return _take("", address, settings.LOGIN_FAILURES_PER_ADDRESS) if address else 0


def give_back(request, username):
    """The password was right: the place of the address is free again."""
    if address := _place_of(request, username):
        pace = datetime.timedelta(hours=1) / settings.LOGIN_FAILURES_PER_ADDRESS
        earlier = ExpressionWrapper(F("free_at") - Value(pace), output_field=DateTimeField())
        GuessPace.objects.filter(username="", device=address).update(free_at=earlier)


def _place_of(request, username):
    """The address, of IPv6 the part that one subscriber holds; "" where it does not count. No account has an empty name."""
    address = client_address(request)
    if address is None or request.user.is_authenticated or device_of(request, username):
        return ""
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if ":" in address else address


# --- the device -------------------------------------------------------------------------------


def cookie_of(username):
    prefix = "__Host-" if settings.SESSION_COOKIE_SECURE else ""
    return f"{prefix}may-quen-{salted_hmac('accounts.device', username, algorithm='sha256').hexdigest()[:12]}"


def device_of(request, username):
    """What the cookie of this account says, or "" for a device that nobody knows."""
    return request.get_signed_cookie(cookie_of(username), default="", salt=username, max_age=DEVICE_DAYS * 86400)


def remember_device(request, response, username):
    device = device_of(request, username) or secrets.token_hex(16)
    response.set_signed_cookie(
        cookie_of(username), device, salt=username, max_age=DEVICE_DAYS * 86400,
        httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
