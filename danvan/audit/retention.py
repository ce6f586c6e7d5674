"""When an event's time is over: whole from the oldest on, its seal stays, so that the chain goes on proving the rest."""

import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from danvan.audit.models import AuditEvent, AuditSeal


def last_expired():
    """The last link of the run of old events, or 0. A month counts 31 days: kept longer than promised, never shorter."""
    limit = timezone.now() - datetime.timedelta(days=31 * settings.AUDIT_KEEP_MONTHS)
    kept = AuditSeal.objects.filter(event_at__gte=limit).order_by("seq").first()
    return kept.seq - 1 if kept else getattr(AuditSeal.objects.last(), "seq", 0)


def expired_events():
    return AuditEvent.objects.filter(pk__in=AuditSeal.objects.filter(seq__lte=last_expired()).values("event_id"))


def may_remove():
    """The role of web and worker may not: then the owner of the tables does it (docs/an-toan.md)."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'DELETE')", [AuditEvent._meta.db_table])
        return cursor.fetchone()[0]
