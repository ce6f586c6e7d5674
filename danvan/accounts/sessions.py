"""Sessions: kept in our own table, ended when idle or too old, shown to their owner.

Times are whole seconds of the real clock. They stand in the session itself, so that a page costs no further query.
"""

import datetime
import hashlib
import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DBStore
from django.utils import timezone

from danvan.access.permissions import roles_of
from danvan.access.roles import ADMINISTRATOR
from danvan.common.http import client_address

BEGAN, SEEN, CONFIRMED = "began", "seen", "confirmed"
TOUCH_SECONDS = 30  # a busy user writes the session this often, not on every page


def now():
    return int(time.time())


class SessionStore(DBStore):
    @classmethod
    def get_model_class(cls):
        from danvan.accounts.models import Session

        return Session

    def save(self, must_create=False):
        """However somebody was signed in, the clock runs from the first moment."""
        data = self._get_session(no_load=must_create)
        if SESSION_KEY in data and BEGAN not in data:
            data.update(dict.fromkeys([BEGAN, SEEN, CONFIRMED], now()))
        super().save(must_create)

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        if SESSION_KEY in data:
            row.user_id, row.agent, row.address = int(data[SESSION_KEY]), data.get("agent", ""), data.get("address", "")
            row.started_at, row.seen_at = as_datetime(data[BEGAN]), as_datetime(data[SEEN])
        return row


def as_datetime(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


def begin(request):
    """After a password was right. Whoever signs in also sweeps: no timetable is needed for sessions past their time."""
    SessionStore.get_model_class().objects.filter(expire_date__lt=timezone.now()).delete()
    agent = request.headers.get("User-Agent", "").replace("\0", "")[:255]
    times = dict.fromkeys([BEGAN, SEEN, CONFIRMED], now())
    request.session.update({**times, "agent": agent, "address": client_address(request) or ""})


def is_administrator(user):
    return user.is_staff or user.is_superuser or ADMINISTRATOR in roles_of(user)


def idle_seconds(user):
    return 60 * (settings.SESSION_IDLE_MINUTES_ADMIN if is_administrator(user) else settings.SESSION_IDLE_MINUTES)


def is_over(request):
    session, at = request.session, now()
    return at - session[SEEN] > idle_seconds(request.user) or at - session[BEGAN] > settings.SESSION_HOURS * 3600


def touch(request):
    if now() - request.session[SEEN] >= TOUCH_SECONDS:
        request.session[SEEN] = now()


# --- the owner's list ------------------------------------------------------------------------

BROWSERS = [("Edg", "Edge"), ("coc_coc", "Cốc Cốc"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")]
SYSTEMS = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux")]


def device_words(agent):
    """ "Chrome trên Windows": enough to recognise one's own device."""
    browser = next((name for sign, name in BROWSERS if sign in agent), "Trình duyệt khác")
    system = next((name for sign, name in SYSTEMS if sign in agent), "")
    return f"{browser} trên {system}" if system else browser


def handle_of(row):
    """Names a session on a page. Its key does not: whoever reads that key is signed in."""
    return hashlib.sha256(row.session_key.encode()).hexdigest()[:16]


def sessions_of(user):
    """Open ones, the last used first."""
    rows = user.sessions.filter(expire_date__gt=timezone.now())
    return [row for row in rows if row.seen_at is None or timezone.now() - row.seen_at < datetime.timedelta(seconds=idle_seconds(user))]
