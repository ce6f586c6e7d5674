"""The one way an event is written."""

import hashlib

from danvan.access.rows import whole_office
from danvan.audit.choices import DETAILS, SURVIVING
from danvan.audit.models import AuditEvent
from danvan.common import text
from danvan.common.http import client_address

PENDING = "_audit_pending"


def record_event(kind, *, request=None, user=None, obj=None, subjects=(), detail=None, reason=""):
    """Writes that `user` (default: the request's) did this to `obj`, in the caller's transaction: undone with it, kept with it.

    The kinds of SURVIVING are kept even when the request is undone. `detail` takes the names of DETAILS only.
    """
    detail = {name: detail[name] for name in detail or {} if DETAILS[name]}
    event = AuditEvent(
        kind=kind,
        subjects=f" {' '.join(subjects)} " if subjects else "",
        detail=detail,
        reason=text.plain(reason, 1000),
        **_who(user if user is not None else getattr(request, "user", None)),
        **_whence(request),
        **_what(obj),
    )
    if request is not None and kind in SURVIVING:
        request.__dict__.setdefault(PENDING, []).append(event)
    else:
        _write(event)
    return event


def _write(event):
    with whole_office("an event is written, whoever may read it"):
        event.save(force_insert=True)


def keep_pending(request):
    """Called by the middleware when the request's own transaction has ended, one way or the other."""
    for event in request.__dict__.pop(PENDING, []):
        _write(event)


def _who(user):
    if user is None or not user.is_authenticated:
        return {}
    unit = next((membership.unit for membership in user.active_memberships()), None)
    place = {"unit_id": unit.pk, "unit_name": str(unit), "scope_path": unit.scope_path} if unit else {}
    return {"user_id": user.pk, "username": user.get_username(), "display_name": str(user), **place}


def _whence(request):
    """The address, and a digest by which the events of one session are known without giving the session away."""
    if request is None:
        return {}
    key = getattr(getattr(request, "session", None), "session_key", None)
    return {"address": client_address(request) or "", "session": hashlib.sha256(key.encode()).hexdigest()[:16] if key else ""}


def _what(obj):
    return {"object_model": obj._meta.label, "object_id": obj.pk, "object_title": text.plain(str(obj), 300)} if obj is not None else {}
