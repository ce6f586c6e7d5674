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

pytestmark = pytest.mark.embedded


@pytest.fixture
def port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def demo(tmp_path, port):
    if not settings.EMBEDDED:
        pytest.skip("the demo is the embedded default")
    environment = {**os.environ, "DANVAN_DEMO": "1", "DANVAN_VAR": str(tmp_path), "PORT": str(port), "TODAY": "", "DEMO_PASSWORD": ""}
    command = [sys.executable, "manage.py", "demo_serve"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)
    yield process
    process.kill()
    process.stdout.close()
    process.wait()


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


def test_the_demo_starts_survives_a_dead_worker_and_stops_cleanly(demo, port):
    wait_until(lambda: demo.poll() is not None or supervisor.answers(port), 120)
    assert demo.poll() is None, "the demo ended by itself; its error is above"
    before = children(demo.pid)
    assert set(before) == {"gunicorn", "celery", "sweep_jobs"}

    os.kill(before["celery"], signal.SIGKILL)
    wait_until(lambda: children(demo.pid).get("celery", before["celery"]) != before["celery"], 60)

    demo.send_signal(signal.SIGINT)
    output, _ = demo.communicate(timeout=60)
    assert demo.returncode == 0
    assert f"http://127.0.0.1:{port}/" in output
    assert "DanVan@2019" in output
    assert "phuong-a" in output
    assert not any(Path(f"/proc/{pid}").exists() for pid in before.values())
