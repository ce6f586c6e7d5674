"""Commands and periodic tasks by the application's role: nobody's request is around them, so they open their scope themselves."""

import datetime
import io
from contextlib import nullcontext, suppress

import pytest
from axes.models import AccessAttempt
from celery import current_app
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command, get_commands
from django.db import connection
from django.utils import timezone

from danvan.access.rows import seen_by
from danvan.accounts.models import AccountAct, User
from danvan.attachments import antivirus
from danvan.attachments.checks import check_quota
from danvan.attachments.models import Attachment, Scan
from danvan.audit import chain
from danvan.audit.choices import Kind as Event
from danvan.audit.models import AuditEvent, AuditSeal
from danvan.audit.services import record_event
from danvan.audit.subjects import subjects_of
from danvan.common.exceptions import Refused
from danvan.jobs.models import Job, State
from danvan.operations import integrity
from danvan.registers.models import Draft
from danvan.reporting.management.commands import issue_report
from dialogues.models import Commitment, QuestionAsker
from supervision.models import Recommendation
from tests import roles
from tests.roles import as_application
from tests.world import rolled_back, rows_of

pytestmark = [pytest.mark.django_db, pytest.mark.skipif("config.option.embedded", reason="SQLite has no row-level security")]

OWNER = "chạy bằng tài khoản chủ: dựng, chép hoặc thay cả cơ sở dữ liệu"
NO_ROWS = "không đọc dòng nào của hồ sơ"
# Of each command and task of ours: the test below, or why there is none. A new one is red until it stands here.
COMMANDS = {
    "check_data": "test_check_data_reads_every_unit",
    "issue_report": "test_issue_report_says_what_the_owner_would_read",
    "rebuild_report": "test_rebuild_report_says_what_the_owner_would_read",
    "retention": "test_what_is_past_its_time_goes_in_every_unit",
    "erase_subject": "test_a_person_is_found_in_every_unit",
    "who_saw": "test_who_saw_somebody_in_every_unit",
    "verify_audit": "test_events_of_every_unit_are_sealed_and_proved",
    "disable_idle_accounts": "test_accounts_of_every_unit_are_disabled",
    "unlock_account": "test_what_an_operator_does_to_an_account_is_done_and_recorded",
    "reset_second_factor": "test_what_an_operator_does_to_an_account_is_done_and_recorded",
    "new_office": "tests/danvan/operations/test_new_office.py",
    "sweep_jobs": "test_the_sweeper_rings_for_every_unit",
    "demo_data": "tests/danvan/operations/test_demo.py, tests/e2e/test_production_story.py",
    "demo_report_path": "tests/danvan/operations/test_demo.py",
    **dict.fromkeys(("apply_row_security", "backup", "restore", "demo_serve", "load_scale"), OWNER),
    **dict.fromkeys(("check_db", "rights_doc", "states_doc"), NO_ROWS),
}
TASKS = {
    "danvan.jobs.tasks.run": "test_jobs.py",
    "danvan.jobs.tasks.sweep": "test_the_sweeper_rings_for_every_unit",
    "danvan.attachments.tasks.scan": "test_waiting_files_of_every_unit_are_scanned",
    "danvan.audit.tasks.seal": "test_events_of_every_unit_are_sealed_and_proved",
    "danvan.operations.tasks.retention": "test_what_is_past_its_time_goes_in_every_unit",
    "danvan.accounts.tasks.disable_idle_accounts": "test_accounts_of_every_unit_are_disabled",
}
OURS = ("danvan", "dialogues", "supervision", "regulations", "models_awards")


@pytest.fixture(autouse=True)
def by_the_role(monkeypatch):
    monkeypatch.setattr(roles, "taken", True)


def test_every_command_and_task_is_accounted_for():
    current_app.loader.import_default_modules()
    commands = {name for name, app in get_commands().items() if app.split(".")[0] in OURS}
    tasks = {name for name in current_app.tasks if name.split(".")[0] in OURS}
    assert commands == set(COMMANDS)
    assert tasks == set(TASKS)
    named = {test for test in (*COMMANDS.values(), *TASKS.values()) if test.startswith("test_") and not test.endswith(".py")}
    assert named <= set(globals())


def told(*arguments):
    output = io.StringIO()
    with as_application():
        call_command(*arguments, stdout=output)
    return output.getvalue()


def test_check_data_reads_every_unit(world, monkeypatch):
    """Without a scope there is no row, and nothing is wrong with no row."""
    monkeypatch.setattr(integrity, "CHECKS", [check for check in integrity.CHECKS if check.problems is integrity.copied_titles])
    promised = [rows_of(world.parties[key], "Commitment")[0] for key in ("a", "b", "other_ward")]
    with rolled_back():
        Commitment.objects.filter(pk__in=[row.pk for row in promised]).update(dialogue_title="Tên cũ")
        output = io.StringIO()
        with as_application(), pytest.raises(CommandError):
            call_command("check_data", stdout=output)
    assert all(f"cam kết {row.pk}:" in output.getvalue() for row in promised)


@pytest.mark.parametrize("code", ["U5002", "U50022"])
def test_issue_report_says_what_the_owner_would_read(world, monkeypatch, tmp_path, code):
    snapshots = []
    monkeypatch.setattr(issue_report, "write_files", lambda snapshot, *args: snapshots.append(snapshot) or [])
    with rolled_back():
        told("issue_report", "unit", code, "2019", "--out", str(tmp_path))
        call_command("issue_report", "unit", code, "2019", "--out", str(tmp_path), stdout=io.StringIO())
    assert snapshots[0] == snapshots[1]
    assert world.parties["a" if code == "U5002" else "other_ward"].texts["registration"] in str(snapshots[0])


def run_task(name):
    with as_application():
        current_app.tasks[name]()


@pytest.mark.parametrize("by_task", [False, True])
def test_what_is_past_its_time_goes_in_every_unit(world, settings, by_task):
    """But for the log, which only the owner of the tables may shorten."""
    with rolled_back():
        askers, drafts, events = (model.objects.count() for model in (QuestionAsker, Draft, AuditEvent))
        settings.TODAY, settings.DRAFT_KEEP_DAYS = datetime.date(2021, 1, 1), -1
        assert askers > 4 and drafts > 4 and events > 4
        if by_task:
            run_task("danvan.operations.tasks.retention")
        else:
            words = told("retention")
            assert f"Người hỏi quá ngày xóa: đã xóa {askers}" in words and f"Bản nháp: đã xóa {drafts}" in words
            assert "Sự kiện nhật ký: cần chạy bằng vai trò chủ" in words
        assert not QuestionAsker.objects.exists() and not Draft.objects.exists()
        assert AuditEvent.objects.count() == events + 1
        assert AuditEvent.objects.get(kind=Event.RETENTION).detail == {"draft_count": drafts, "asker_count": askers, "export_count": 0}


def test_events_of_every_unit_are_sealed_and_proved(world):
    with rolled_back():
        run_task("danvan.audit.tasks.seal")
        sealed = AuditSeal.objects.count()
        assert sealed == AuditEvent.objects.count() > 4
        assert f"Nhật ký nguyên vẹn, {sealed} mắt xích." in told("verify_audit")


def test_an_event_behind_the_seal_is_missed_in_whatever_unit(world):
    """Without a scope every event would be missing, or none."""
    with rolled_back():
        chain.seal()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
        changed = rows_of(world.other_ward, "AuditEvent")[0]
        AuditEvent.objects.filter(pk=changed.pk).update(reason="Lời khác")
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_auditevent ENABLE TRIGGER USER")
        output = io.StringIO()
        with as_application(), pytest.raises(CommandError, match="1 chỗ sai"):
            call_command("verify_audit", stdout=output)
        assert f"sự kiện {changed.pk} " in output.getvalue()


def test_who_saw_somebody_in_every_unit(world):
    name = "Nguyễn Thị Được Xem"
    with rolled_back():
        for key in ("a", "b", "other_ward"):
            officer = world.parties[key].people["can_bo"]
            record_event(Event.PERSONAL_READ, user=officer, subjects=subjects_of(rows_of(world.parties[key], "QuestionAsker")[0], name))
        words = told("who_saw", "--subject", name)
    assert "3 lần." in words and all(world.parties[key].people["can_bo"].username in words for key in ("a", "b", "other_ward"))


def test_a_person_is_found_in_every_unit(world):
    """Asked for at once: the numbers, the rows and their histories are those that the owner finds."""
    name, wards = "Nguyễn Văn Cần Xóa", ("a", "b", "other_ward")
    with rolled_back():
        for key in wards:
            row = rows_of(world.parties[key], "Question")[0]
            row.content = f"Câu hỏi của ông {name}"
            row.save()
        before = io.StringIO()
        call_command("erase_subject", name, dry_run=True, stdout=before)
        assert told("erase_subject", name, "--dry-run") == before.getvalue()
        told("erase_subject", name, "--reason", "Yêu cầu số 5")
        for key in wards:
            row = rows_of(world.parties[key], "Question")[0]
            row.refresh_from_db()
            assert row.content.startswith("Câu hỏi của ông [đã xóa ")
            assert not row.history.filter(content__contains=name).exists()


@pytest.mark.parametrize("code", ["U5002", "U50022"])
def test_rebuild_report_says_what_the_owner_would_read(world, code):
    """Read without a scope the new content would be another: its digest would differ."""
    said = []
    with rolled_back():
        for role in (as_application, nullcontext):
            output = io.StringIO()
            with role(), suppress(CommandError):
                call_command("rebuild_report", "unit", code, "2019", stdout=output)
            said.append(output.getvalue())
    assert said[0] == said[1] and "lập lại từ hồ sơ" in said[0]


@pytest.mark.parametrize("by_task", [False, True])
def test_accounts_of_every_unit_are_disabled(world, settings, by_task):
    names = [world.parties[key].people["can_bo"].username for key in ("a", "b", "other_ward")]
    with rolled_back():
        User.objects.filter(username__in=names).update(date_joined=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC), last_login=None)
        if by_task:
            run_task("danvan.accounts.tasks.disable_idle_accounts")
        else:
            assert "Đã khóa 3 tài khoản" in told("disable_idle_accounts")
        assert set(User.objects.filter(is_active=False).values_list("username", flat=True)) == set(names)
        assert AccountAct.objects.filter(kind=AccountAct.Kind.DEACTIVATED, by=None).count() == 3


@pytest.mark.parametrize(
    ("command", "said", "kind"),
    [
        ("unlock_account", "Đã mở khóa phuong-a.", Event.LOCKOUT),
        ("reset_second_factor", "Đã đặt lại xác thực hai bước của phuong-a.", Event.CREDENTIAL),
    ],
)
def test_what_an_operator_does_to_an_account_is_done_and_recorded(world, command, said, kind):
    officer = world.a.people["can_bo"]
    with rolled_back():
        User.objects.filter(pk=officer.pk).update(second_factor_at=timezone.now())
        AccessAttempt.objects.create(username=officer.username, ip_address="127.0.0.1", failures_since_start=5)
        assert said in told(command, officer.username)
        event = AuditEvent.objects.filter(kind=kind, object_id=officer.pk).get()
        assert (event.object_model, event.user_id in (None, officer.pk)) == ("accounts.User", True)


def test_the_sweeper_rings_for_every_unit(world, monkeypatch):
    rung = []
    monkeypatch.setattr("danvan.jobs.services.ring", lambda pk: rung.append(pk) or True)
    keys = [rows_of(world.parties[key], "Job")[0].pk for key in ("a", "other_ward")]
    with rolled_back():
        Job.objects.filter(pk__in=keys).update(
            state=State.QUEUED, finished_at=None, created_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
        )
        told("sweep_jobs")
        assert set(rung) == set(keys)


def test_waiting_files_of_every_unit_are_scanned(world, settings, monkeypatch):
    settings.ANTIVIRUS = "/nowhere"
    monkeypatch.setattr(antivirus, "found_in", lambda data: "")
    waiting = Attachment.objects.filter(pk__in=[rows_of(world.parties[key], "Attachment")[0].pk for key in ("a", "b", "other_ward")])
    with rolled_back():
        waiting.update(scan=Scan.PENDING)
        with as_application():
            current_app.tasks["danvan.attachments.tasks.scan"]()
        assert set(waiting.values_list("scan", flat=True)) == {Scan.CLEAN}


def test_who_answers_another_unit_does_not_go_past_its_quota(world, settings):
    """Ward A sees one of the files of the Front: those that it may not see take room too."""
    officer = type(world.a.people["can_bo"]).objects.get(pk=world.a.people["can_bo"].pk)
    row = world.front_and_a.rows[Recommendation][0]
    stored = sum(Attachment.objects.filter(unit=row.unit_id).values_list("size", flat=True))
    new = Attachment(content_type=ContentType.objects.get_for_model(row), object_id=row.pk, unit=row.unit, name="trả lời.docx", size=100)
    with as_application(), seen_by(officer):
        assert sum(Attachment.objects.filter(unit=row.unit_id).values_list("size", flat=True)) < stored
        settings.UNIT_QUOTA_BYTES = stored + 100
        check_quota(new)
        settings.UNIT_QUOTA_BYTES -= 1
        with pytest.raises(Refused, match="đơn vị đã dùng"):
            check_quota(new)
