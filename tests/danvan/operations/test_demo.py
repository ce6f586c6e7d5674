"""`make demo` as its user meets it: one process to start, one signal to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from danvan.operations import supervisor
from tests.danvan.operations.databases import new_database, url_of
from tests.roles import ROLE

pytestmark = pytest.mark.embedded


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def accounts(django_db_setup):
    """The two accounts of a database of its own; on SQLite there is neither."""
    with new_database("danvan_demo") as owner:
        yield {} if settings.EMBEDDED else {"DATABASE_URL": owner, "APP_DATABASE_URL": url_of("danvan_demo", user=ROLE)}


@pytest.fixture
def start_demo(tmp_path, port):
    given = {"DANVAN_DEMO": "1", "DANVAN_VAR": str(tmp_path), "PORT": str(port), "TODAY": "", "DEMO_PASSWORD": ""}
    started = []

    def start(**accounts):
        command = [sys.executable, "manage.py", "demo_serve"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        environment = {**os.environ, **given, **accounts}
        started.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True, **pipes))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.stdout.close()
        process.wait()


@pytest.fixture
def demo(start_demo, accounts):
    return start_demo(**accounts)


def children(pid):
    """Process ids by what they run."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            command = (stat.parent / "cmdline").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid:
            found[next(name for name in ("gunicorn", "celery", "sweep_jobs", "") if name in command)] = int(stat.parent.name)
    return found


def wait_until(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.1)


def account_of(pid):
    """Whom a running process connects as."""
    given = dict(entry.partition("=")[::2] for entry in Path(f"/proc/{pid}/environ").read_text().split("\0"))
    return given.get("DATABASE_URL"), given.get("APP_DATABASE_URL")


@pytest.mark.django_db
def test_on_postgresql_the_demo_asks_for_both_accounts(start_demo):
    if settings.EMBEDDED:
        pytest.skip("SQLite has no accounts")
    refused = start_demo(DATABASE_URL=url_of(), APP_DATABASE_URL="")
    output, _ = refused.communicate(timeout=60)
    assert refused.returncode == 1 and "hai tài khoản cơ sở dữ liệu" in output


def test_the_demo_starts_survives_a_dead_worker_and_stops_cleanly(demo, port, accounts):
    wait_until(lambda: demo.poll() is not None or supervisor.answers(port), 120)
    assert demo.poll() is None, "the demo ended by itself; its error is above"
    before = children(demo.pid)
    assert set(before) == {"gunicorn", "celery", "sweep_jobs"}
    if not settings.EMBEDDED:
        assert {account_of(pid) for pid in before.values()} == {(accounts["APP_DATABASE_URL"], "")}, "who serves is bound by the policies"

    os.kill(before["celery"], signal.SIGKILL)
    wait_until(lambda: children(demo.pid).get("celery", before["celery"]) != before["celery"], 60)

    demo.send_signal(signal.SIGINT)
    output, _ = demo.communicate(timeout=60)
    assert demo.returncode == 0
    assert f"http://127.0.0.1:{port}/" in output
    assert "DanVan@2019" in output
    assert "phuong-a" in output
    assert not any(Path(f"/proc/{pid}").exists() for pid in before.values())
