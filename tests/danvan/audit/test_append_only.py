"""Nobody changes or removes an event: the database refuses it, whoever asks."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from danvan.access.rows import whole_office
from danvan.audit import append_only
from danvan.audit.chain import seal
from danvan.audit.choices import Kind
from danvan.audit.models import AuditEvent, AuditSeal
from danvan.audit.services import record_event
from tests.roles import as_application

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

OLD = datetime.timedelta(days=append_only.FLOOR_DAYS + 1)


def refused(statement):
    """True when the database refused; the words must be ours, not those of a broken statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return "append-only" in str(error) or "permission denied" in str(error)
    return False


CHANGES = [
    "UPDATE audit_auditevent SET reason = 'khác'",
    "DELETE FROM audit_auditevent",
    "UPDATE audit_auditseal SET hash = prev_hash",
    "DELETE FROM audit_auditseal",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_rows_are_neither_changed_nor_removed(statement):
    record_event(Kind.EXPORT, reason="Đúng")
    seal()
    assert refused(statement)
    assert AuditEvent.objects.get().reason == "Đúng" and AuditSeal.objects.count() == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", append_only.TABLES)
def test_tables_are_not_emptied_at_once(table):
    record_event(Kind.EXPORT)
    assert refused(f"TRUNCATE {table} CASCADE") and AuditEvent.objects.count() == 1


@pytest.mark.parametrize(("age", "sealed", "goes"), [(OLD, True, True), (OLD, False, False), (datetime.timedelta(days=29), True, False)])
def test_only_a_sealed_event_above_thirty_days_may_go(age, sealed, goes):
    event = AuditEvent.objects.create(kind=Kind.EXPORT, at=timezone.now() - age)
    if sealed:
        seal()
    assert refused(f"DELETE FROM audit_auditevent WHERE id = {event.pk}") is not goes
    assert AuditEvent.objects.exists() is not goes and AuditSeal.objects.count() == sealed


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no roles")
def test_the_role_of_the_application_inserts_and_selects_and_no_more():
    with as_application(), whole_office("the log as the nightly work reads it"):
        record_event(Kind.EXPORT, reason="Ghi được")
        assert seal() == 1
        assert AuditEvent.objects.get().reason == "Ghi được"
        assert all(refused(statement) for statement in [*CHANGES, "TRUNCATE audit_auditevent", "TRUNCATE audit_auditseal"])
        assert refused("DROP FUNCTION audit_append_only() CASCADE") or "must be owner" in told("DROP FUNCTION audit_append_only() CASCADE")


def told(statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return str(error)
    return ""


def test_the_guards_can_be_lifted_and_laid_again():
    """What the migration does, both ways."""
    assert append_only.missing(connection) == []
    record_event(Kind.EXPORT)
    with connection.cursor() as cursor:
        for statement in append_only.lift(connection.vendor):
            cursor.execute(statement)
        assert append_only.missing(connection) == append_only.names(connection.vendor)
        cursor.execute("UPDATE audit_auditevent SET reason = 'khác'")
        for statement in append_only.lay(connection.vendor):
            cursor.execute(statement)
    assert refused(CHANGES[0]) and append_only.missing(connection) == []
