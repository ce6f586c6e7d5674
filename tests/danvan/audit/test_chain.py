"""Sealing and proving: whatever is edited, removed or moved by SQL is named by verify_audit."""

import datetime
import logging

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from danvan.audit import append_only, chain
from danvan.audit.choices import Kind
from danvan.audit.models import AuditEvent, AuditSeal
from danvan.audit.services import record_event
from danvan.operations import retention

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def behind_the_guards(*statements):
    """As a superuser with the triggers out of the way; they stand again afterwards, as a careful hand would leave them."""
    with connection.cursor() as cursor:
        for statement in [*append_only.lift(connection.vendor), *statements, *append_only.lay(connection.vendor)]:
            cursor.execute(statement)


@pytest.fixture
def events(cast):
    rows = [record_event(Kind.EXPORT, user=cast.officer, obj=cast.a, detail={"rows": n}, reason=f"Lần {n}") for n in range(1, 6)]
    assert chain.seal() == 5
    return rows


def test_an_untouched_log_is_whole(events):
    assert list(chain.problems()) == []
    assert [link.event_id for link in AuditSeal.objects.all()] == [event.pk for event in events]
    assert chain.seal() == 0, "nothing waits, nothing is sealed"


EDITS = {
    "reason": "UPDATE audit_auditevent SET reason = 'khác' WHERE id = {}",
    "who": "UPDATE audit_auditevent SET username = 'phuong-b', display_name = 'Người phuong-b' WHERE id = {}",
    "when": "UPDATE audit_auditevent SET at = '2020-01-01 00:00:00+00' WHERE id = {}",
    "detail": "UPDATE audit_auditevent SET detail = '{{\"rows\": 1000}}' WHERE id = {}",
    "emptied": "UPDATE audit_auditevent SET reason = '' WHERE id = {}",
}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_row_is_found(events, edit):
    middle = events[2]
    behind_the_guards(EDITS[edit].format(middle.pk))
    [problem] = chain.problems()
    assert problem == f"sự kiện {middle.pk} (mắt xích 3) đã bị sửa"
    with pytest.raises(CommandError, match="1 chỗ sai"):
        call_command("verify_audit")


def test_a_removed_row_is_found(events):
    behind_the_guards(f"DELETE FROM audit_auditevent WHERE id = {events[2].pk}")
    assert list(chain.problems()) == [f"mất sự kiện {events[2].pk} (mắt xích 3)"]


def test_a_row_removed_with_its_seal_is_found(events):
    behind_the_guards(f"DELETE FROM audit_auditevent WHERE id = {events[2].pk}", "DELETE FROM audit_auditseal WHERE seq = 3")
    assert list(chain.problems()) == ["mất các mắt xích từ 3 đến 3"]


def test_a_row_removed_and_the_rest_numbered_anew_is_found(events):
    shift = [f"UPDATE audit_auditseal SET seq = {n - 1} WHERE seq = {n}" for n in (4, 5)]
    behind_the_guards(f"DELETE FROM audit_auditevent WHERE id = {events[2].pk}", "DELETE FROM audit_auditseal WHERE seq = 3", *shift)
    assert list(chain.problems()) == ["mắt xích 3 không nối với mắt xích trước", "mắt xích 3 đã bị sửa", "mắt xích 4 đã bị sửa"]


def test_two_rows_in_each_others_place_are_found(events):
    first, second = events[1], events[2]
    swap = [
        f"UPDATE audit_auditseal SET event_id = 0 WHERE event_id = {first.pk}",
        f"UPDATE audit_auditseal SET event_id = {first.pk} WHERE event_id = {second.pk}",
        f"UPDATE audit_auditseal SET event_id = {second.pk} WHERE event_id = 0",
    ]
    behind_the_guards(*swap)
    found = " ".join(chain.problems())
    assert all(f"mắt xích {n} đã bị sửa" in found and f"(mắt xích {n}) đã bị sửa" in found for n in (2, 3))


def test_an_end_cut_off_is_found_with_the_printed_anchor_only(events, capsys):
    call_command("verify_audit")
    anchor = capsys.readouterr().out.strip().split("Mắt xích cuối: ")[1]
    assert anchor == str(AuditSeal.objects.last()) and anchor.startswith("5:")
    call_command("verify_audit", anchor=anchor)
    behind_the_guards(f"DELETE FROM audit_auditevent WHERE id = {events[4].pk}", "DELETE FROM audit_auditseal WHERE seq = 5")
    assert list(chain.problems()) == []
    assert list(chain.problems(anchor)) == ["không có mắt xích 5: phần cuối của nhật ký đã mất"]


def test_a_log_written_anew_is_found_with_the_anchor(events):
    anchor = str(AuditSeal.objects.last())
    behind_the_guards(f"UPDATE audit_auditevent SET reason = 'khác' WHERE id = {events[0].pk}", "DELETE FROM audit_auditseal")
    assert chain.seal() == 5 and list(chain.problems()) == []
    assert list(chain.problems(anchor)) == ["mắt xích 5 khác mã băm đã in: nhật ký đã được viết lại"]


def test_lifted_guards_are_found(events):
    with connection.cursor() as cursor:
        for statement in append_only.lift(connection.vendor):
            cursor.execute(statement)
    assert len(list(chain.problems())) == len(append_only.names(connection.vendor))


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL switches triggers off")
def test_a_guard_switched_off_is_found(events):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER audit_auditevent_update_refused")
    assert list(chain.problems()) == ["cơ sở dữ liệu thiếu chốt chặn audit_auditevent_update_refused"]


def test_an_event_that_nobody_sealed_is_told(events):
    AuditEvent.objects.create(kind=Kind.EXPORT, at=timezone.now() - datetime.timedelta(hours=1))
    record_event(Kind.EXPORT)  # still has its minute
    assert list(chain.problems()) == ["1 sự kiện chưa được niêm phong sau 10 phút"]


def test_events_are_sealed_in_order_and_a_late_one_follows(events):
    late = AuditEvent.objects.create(kind=Kind.LOGIN, at=timezone.now() - datetime.timedelta(hours=2))
    newer = record_event(Kind.LOGOUT)
    assert chain.seal() == 2
    assert [link.event_id for link in AuditSeal.objects.filter(seq__gt=5)] == [late.pk, newer.pk]
    assert list(chain.problems()) == []


def test_of_two_who_seal_at_once_one_gives_way(events, monkeypatch):
    """The second read the same end of the chain: its number is taken, it writes nothing."""
    record_event(Kind.LOGIN)
    stale = list(AuditSeal.objects.all())[-1]
    chain.seal()
    record_event(Kind.LOGOUT)
    monkeypatch.setattr(type(AuditSeal.objects.all()), "last", lambda self: stale)
    assert chain.seal() == 0
    monkeypatch.undo()
    assert chain.seal() == 1 and list(chain.problems()) == []


def test_the_newest_hash_is_written_outside_the_database(events, caplog):
    record_event(Kind.LOGIN)
    with caplog.at_level(logging.INFO, "danvan.audit.chain"):
        chain.seal()
    assert str(AuditSeal.objects.last()) in caplog.text


# --- when an event's time is over -----------------------------------------------------------------


def old_events(count, months=13):
    moment = timezone.now() - datetime.timedelta(days=31 * months)
    rows = [AuditEvent.objects.create(kind=Kind.LOGIN, at=moment + datetime.timedelta(hours=n)) for n in range(count)]
    chain.seal()
    return rows


def test_after_its_months_an_event_goes_and_the_chain_still_proves_the_rest(cast, capsys):
    old_events(3)
    young = record_event(Kind.EXPORT, user=cast.officer)
    chain.seal()
    anchor = str(AuditSeal.objects.last())
    assert retention.run()["event_count"] == 3
    chain.seal()
    assert set(AuditEvent.objects.exclude(kind=Kind.RETENTION)) == {young}
    assert AuditSeal.objects.count() == 5, "the seals stay"
    assert list(chain.problems(anchor)) == []
    call_command("verify_audit")
    assert "Sự kiện đến mắt xích 3 đã hết hạn lưu" in capsys.readouterr().out
    behind_the_guards("UPDATE audit_auditseal SET event_hash = prev_hash WHERE seq = 2")
    assert "mắt xích 2 đã bị sửa" in list(chain.problems())


def test_the_months_are_a_setting(settings):
    old_events(2, months=4)
    assert retention.run()["event_count"] == 0
    settings.AUDIT_KEEP_MONTHS = 3
    assert retention.run()["event_count"] == 2
    event = AuditEvent.objects.filter(kind=Kind.RETENTION).first()
    assert event.detail["months"] == 3 and event.detail["through"] == 2


def test_a_young_event_cannot_be_excused_as_expired(events):
    behind_the_guards(f"DELETE FROM audit_auditevent WHERE id = {events[1].pk}")
    record_event(Kind.RETENTION, detail={"event_count": 2, "through": 2, "months": 12})
    chain.seal()
    assert list(chain.problems()) == [f"mất sự kiện {events[1].pk} (mắt xích 2)"]


def test_an_undone_transaction_leaves_no_hole(cast):
    with pytest.raises(ValueError), transaction.atomic():
        record_event(Kind.EXPORT, user=cast.officer)
        raise ValueError
    record_event(Kind.EXPORT, user=cast.officer)
    assert chain.seal() == 1 and list(chain.problems()) == []


# --- a clock that ran ahead -----------------------------------------------------------------------

AHEAD = datetime.timedelta(days=400)


def test_an_event_of_the_future_excuses_nothing_and_is_told(events):
    behind_the_guards(f"DELETE FROM audit_auditevent WHERE id = {events[1].pk}")
    forged = AuditEvent.objects.create(
        kind=Kind.RETENTION, at=timezone.now() + AHEAD, detail={"event_count": 2, "through": 2, "months": 12}
    )
    chain.seal()
    found = list(chain.problems())
    assert f"mất sự kiện {events[1].pk} (mắt xích 2)" in found
    assert f"1 sự kiện ghi thời điểm ở tương lai, sớm nhất là sự kiện {forged.pk}" in found and len(found) == 2


def test_one_event_of_the_future_does_not_stop_the_sealing(events):
    AuditEvent.objects.create(kind=Kind.LOGIN, at=timezone.now() + AHEAD)
    chain.seal()
    record_event(Kind.LOGOUT)
    assert chain.seal() == 1 and not chain.unsealed().exists()


def test_a_clock_ahead_by_seconds_is_no_problem(events):
    AuditEvent.objects.create(kind=Kind.LOGIN, at=timezone.now() + datetime.timedelta(seconds=30))
    chain.seal()
    assert list(chain.problems()) == []
