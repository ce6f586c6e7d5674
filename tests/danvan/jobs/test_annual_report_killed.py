"""The real annual report while its worker is killed with -9, in both modes; and a page that waits without rendering."""

import os
import signal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from danvan.accounts.models import User
from danvan.jobs.models import Job, State
from danvan.reporting.models import Report, ReportVersion
from tests.danvan.jobs.test_worker_killed import SWEEPER, running, wait_until

pytestmark = [pytest.mark.embedded, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
WORKER = ["-m", "celery", "-A", "danvan", "worker", "-P", "solo", "-c", "1", "--without-gossip", "--without-mingle"]


@pytest.fixture
def demo(settings, monkeypatch):
    import datetime

    settings.DEMO, settings.TODAY = True, datetime.date(2020, 1, 8)
    monkeypatch.setenv("TODAY", "2020-01-08")
    call_command("demo_data", verbosity=0)
    return Job.objects.get(kind="report")


def pdf_files():
    private = Path(settings.PRIVATE_ROOT)
    return sorted(path.relative_to(private).as_posix() for path in (private / "reports").rglob("*.pdf"))


def test_a_killed_worker_loses_no_report_and_makes_it_once(demo):
    with running(*WORKER) as worker, running(*SWEEPER):
        wait_until(lambda: Job.objects.get(pk=demo.pk).progress >= 5, 120)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        left = Job.objects.get(pk=demo.pk)
        assert left.state == State.RUNNING and not ReportVersion.objects.exists() and pdf_files() == []
        with running(*WORKER):
            wait_until(lambda: Job.objects.get(pk=demo.pk).state == State.DONE, 180)
    done = Job.objects.get(pk=demo.pk)
    version = ReportVersion.objects.get()
    assert done.attempts == 2
    assert version.job_id == done.pk and version.sha256 == done.output_sha256
    assert pdf_files() == sorted([version.path, version.figures_path])


def test_without_a_worker_the_page_waits_and_the_web_process_renders_nothing(demo, monkeypatch):
    import danvan.reporting.production as production

    monkeypatch.setattr(production, "rendered", lambda *args, **kwargs: pytest.fail("the web process rendered a report"))
    client = Client()
    client.force_login(User.objects.get(username="chuyen-vien"))
    report = Report.objects.get(kind="annual")
    page = client.get(f"/bao-cao/{report.pk}/tai-ve/").content.decode()
    assert "Đang chờ máy xử lý nhận việc" in page
    assert client.get(f"/bao-cao/{report.pk}/tai/pdf").status_code == 404
    assert not ReportVersion.objects.exists() and Job.objects.get(pk=demo.pk).state == State.QUEUED
