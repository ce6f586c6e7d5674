"""Nothing is kept longer than needed, and the result is an event."""

import datetime
import uuid

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.utils import timezone

from danvan import celery
from danvan.accounts.models import User
from danvan.audit import chain
from danvan.audit.choices import Kind
from danvan.audit.models import AuditEvent, AuditSeal
from danvan.audit.services import record_event
from danvan.jobs.models import Job, State
from danvan.operations import periodic, retention
from danvan.registers.models import Draft
from dialogues.models import Question, QuestionAsker
from tests.factories import dialogues

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


@pytest.fixture
def kept(cast, settings, django_capture_on_commit_callbacks):
    """Two of each kind: one whose time is over, one that stays."""
    for days in (31, 29):
        draft = Draft.objects.create(key=uuid.uuid4(), user=cast.officer, form="registration")
        Draft.objects.filter(pk=draft.pk).update(saved_at=ago(days))
    for number, days in enumerate((8, 6)):
        path = f"exports/{number}.xlsx"
        (settings.PRIVATE_ROOT / "exports").mkdir(exist_ok=True)
        (settings.PRIVATE_ROOT / path).write_bytes(b"x")
        Job.objects.create(
            kind="x", key=path, unit=cast.a, requested_by=cast.officer, state=State.DONE, finished_at=ago(days), output_path=path,
            output_sha256="0" * 64,
        )  # fmt: skip
    report = "reports/1.pdf"
    Job.objects.create(
        kind="x", key=report, unit=cast.a, requested_by=cast.officer, state=State.DONE, finished_at=ago(900), output_path=report
    )
    dialogue = dialogues.new_dialogue(cast.a, words="x")
    for position, day in enumerate((7, 8), start=1):
        question = dialogues.new_question(dialogue, words="x", position=position)
        QuestionAsker.objects.create(question=question, name="Người hỏi", purge_on=datetime.date(2020, 1, day))
    for days in (400, 300):
        AuditEvent.objects.create(kind=Kind.LOGIN, at=ago(days))
    chain.seal()
    return cast


def remaining(settings):
    return {
        "drafts": Draft.objects.count(),
        "exports": sorted(path.name for path in (settings.PRIVATE_ROOT / "exports").iterdir()),
        "askers": QuestionAsker.objects.count(),
        "events": AuditEvent.objects.filter(kind=Kind.LOGIN).count(),
    }


def test_a_dry_run_lists_and_keeps(kept, settings, capsys):
    before = remaining(settings)
    call_command("retention", dry_run=True)
    assert capsys.readouterr().out.splitlines() == [
        "Bản nháp: 1 sẽ xóa", "Tệp xuất: 1 sẽ xóa", "Người hỏi quá ngày xóa: 1 sẽ xóa", "Sự kiện nhật ký: 1 sẽ xóa",
    ]  # fmt: skip
    assert remaining(settings) == before and not AuditEvent.objects.filter(kind=Kind.RETENTION).exists()


def test_what_is_over_goes_and_the_rest_stays(kept, settings, django_capture_on_commit_callbacks, capsys):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("retention")
    assert "Bản nháp: đã xóa 1" in capsys.readouterr().out
    assert remaining(settings) == {"drafts": 1, "exports": ["1.xlsx"], "askers": 1, "events": 1}
    assert Question.objects.count() == 2, "the question outlives who asked it"
    gone, stays = Job.objects.filter(key__startswith="exports/").order_by("key")
    assert (gone.output_path, gone.state, stays.output_path) == ("", State.DONE, "exports/1.xlsx")
    assert Job.objects.get(key="reports/1.pdf").output_path == "reports/1.pdf"
    event = AuditEvent.objects.get(kind=Kind.RETENTION)
    assert event.detail == {
        "draft_count": 1, "export_count": 1, "asker_count": 1, "event_count": 1, "through": 1, "months": 12,
    }  # fmt: skip
    assert AuditSeal.objects.count() == 2


def test_the_days_are_settings(kept, settings):
    settings.DRAFT_KEEP_DAYS, settings.EXPORT_KEEP_DAYS, settings.AUDIT_KEEP_MONTHS = 28, 5, 9
    assert retention.run() == {
        "draft_count": 2, "export_count": 2, "asker_count": 1, "event_count": 2, "through": 2, "months": 9,
    }  # fmt: skip


@pytest.mark.skipif("django_settings.EMBEDDED", reason="SQLite has no roles")
def test_the_role_of_the_application_leaves_the_log_to_the_owner(kept, capsys):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE app_alone NOLOGIN NOSUPERUSER")
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app_alone")
        cursor.execute("REVOKE UPDATE, DELETE ON audit_auditevent, audit_auditseal FROM app_alone")
        cursor.execute("SET LOCAL ROLE app_alone")
    call_command("retention")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    assert "Sự kiện nhật ký: cần chạy bằng vai trò chủ của cơ sở dữ liệu" in capsys.readouterr().out
    assert AuditEvent.objects.filter(kind=Kind.LOGIN).count() == 2 and Draft.objects.count() == 1
    assert AuditEvent.objects.get(kind=Kind.RETENTION).detail == {"draft_count": 1, "export_count": 1, "asker_count": 1}


# --- who starts it ------------------------------------------------------------------------------------


def test_beat_knows_every_task_of_the_settings():
    celery.app.finalize()
    celery.app.loader.import_default_modules()
    entries = {entry["task"]: entry["schedule"] for entry in celery.app.conf.beat_schedule.values()}
    for task, every in django_settings.PERIODIC.items():
        assert entries[task] == every and task in celery.app.tasks
    for task in django_settings.NIGHTLY:
        assert (entries[task].hour, entries[task].minute) == ({1}, {40}) and task in celery.app.tasks


def unused(account):
    long_ago = timezone.now() - datetime.timedelta(days=django_settings.ACCOUNT_IDLE_DAYS + 1)
    User.objects.filter(pk=account.pk).update(last_login=long_ago, date_joined=long_ago)


def locked():
    return set(User.objects.filter(is_active=False).values_list("username", flat=True))


def test_the_sweeper_of_the_embedded_default_seals_each_minute_and_tidies_and_locks_each_day(cast, settings, monkeypatch):
    clock = {"monotonic": 0.0, "day": datetime.date(2026, 5, 5)}
    monkeypatch.setattr(periodic.time, "monotonic", lambda: clock["monotonic"])
    monkeypatch.setattr(periodic.timezone, "localdate", lambda: clock["day"])
    rounds = periodic.Rounds()
    record_event(Kind.LOGIN, user=cast.officer)
    unused(cast.officer)
    rounds.run_due()
    assert locked() == {"phuong-a"}, "the nightly work runs at the start too"
    unused(cast.officer_b)
    assert AuditSeal.objects.count() == 1 and AuditEvent.objects.filter(kind=Kind.RETENTION).count() == 1
    clock["monotonic"] = 59
    rounds.run_due()
    assert AuditSeal.objects.count() == 1
    clock["monotonic"] = 60
    rounds.run_due()
    assert AuditSeal.objects.count() == 3 and AuditEvent.objects.filter(kind=Kind.RETENTION).count() == 1
    assert locked() == {"phuong-a"}, "once a day"
    clock["day"] += datetime.timedelta(days=1)
    rounds.run_due()
    assert AuditEvent.objects.filter(kind=Kind.RETENTION).count() == 2
    assert locked() == {"phuong-a", "phuong-b"}
