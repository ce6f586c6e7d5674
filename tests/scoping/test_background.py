"""Commands and periodic tasks by the application's role: nobody's request is around them, so they open their scope themselves."""

import datetime
import io

import pytest
from celery import current_app
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command, get_commands

from danvan.access.rows import seen_by
from danvan.attachments import antivirus
from danvan.attachments.checks import check_quota
from danvan.attachments.models import Attachment, Scan
from danvan.common.exceptions import Refused
from danvan.jobs.models import Job, State
from danvan.operations import integrity
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
    "purge_askers": "test_askers_of_every_unit_are_purged",
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


def test_askers_of_every_unit_are_purged(world, settings):
    with rolled_back():
        everybody = QuestionAsker.objects.count()
        settings.TODAY = datetime.date(2021, 1, 1)
        assert everybody > 4 and f"Đã xóa {everybody} người hỏi" in told("purge_askers")
        assert not QuestionAsker.objects.exists()


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
