"""A real worker, really killed: no job lost, none done twice."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from danvan.jobs.models import Job, State

pytestmark = [pytest.mark.embedded, pytest.mark.django_db(transaction=True)]
WORKER = ["-m", "celery", "-A", "tests.worker_app", "worker", "-P", "solo", "-c", "1", "--without-gossip", "--without-mingle"]
SWEEPER = ["manage.py", "sweep_jobs", "--loop"]


def environment():
    """The test database and broker, as a process of its own finds them; short leases, so that the test does not wait long."""
    database = ""
    if not settings.EMBEDDED:
        values = connection.settings_dict
        database = f"postgres://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"
        if values["HOST"].startswith("/") or not values["HOST"]:
            folder = values["HOST"] or values["OPTIONS"]["host"]
            database = f"postgres://{values['USER']}@/{values['NAME']}?host={folder}"
    return {**os.environ, "DATABASE_URL": database, "JOB_LEASE_SECONDS": "2", "JOB_SWEEP_SECONDS": "1"}


@contextmanager
def running(*arguments):
    process = subprocess.Popen([sys.executable, *arguments], env=environment(), cwd=settings.BASE_DIR, start_new_session=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s; jobs: {list(Job.objects.values('state', 'attempts', 'error'))}"
        time.sleep(0.1)


def test_a_job_outlives_its_killed_worker(new_job, tmp_path):
    log = tmp_path / "runs"
    job = new_job("test_slow", log=str(log))
    with running(*WORKER) as worker:
        wait_until(lambda: Job.objects.filter(pk=job.pk, progress=10).exists(), 120)
        os.killpg(worker.pid, signal.SIGKILL)
    assert Job.objects.get().state == State.RUNNING

    with running(*SWEEPER), running(*WORKER):
        wait_until(lambda: Job.objects.filter(pk=job.pk, state=State.DONE).exists(), 180)
    done = Job.objects.get()
    private = Path(settings.PRIVATE_ROOT)
    assert done.attempts == 2
    assert log.read_text().split() == ["1", "2"]
    assert [path.relative_to(private).as_posix() for path in private.rglob("*.json")] == [done.output_path]
    assert list((private / "staged").iterdir()) == []


def test_a_broken_handler_fails_once_and_leaves_the_worker_alive(new_job):
    broken, after = new_job("test_broken", key="broken"), new_job("test_unknown", key="after")
    with running(*WORKER) as worker:
        wait_until(lambda: Job.objects.filter(state=State.FAILED).count() == 2, 120)
        assert worker.poll() is None
    assert {job.attempts for job in Job.objects.filter(pk__in=[broken.pk, after.pk])} == {1}
