import socket
import subprocess
import sys
import time

import pytest

from danvan.operations import supervisor
from danvan.operations.supervisor import Child, Refusal

SLEEPER = ["timeit", "-n1", "-r1", "-s", "import time", "time.sleep(60)"]
STUBBORN = ["timeit", "-n1", "-r1", "-s", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)", "time.sleep(60)"]


@pytest.fixture
def child():
    child = Child("sleeper", SLEEPER)
    yield child
    supervisor.stop_all([child])


@pytest.mark.parametrize("text", ["abc", "0", "70000", "-1", "80 80", "٨"])
def test_a_bad_port_is_refused_with_advice(monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Refusal, match="PORT=8001"):
        supervisor.chosen_port()


def test_an_empty_port_counts_as_unset(monkeypatch):
    monkeypatch.setenv("PORT", "")
    assert supervisor.chosen_port() == 8000


def test_a_port_in_use_is_refused_with_another_one():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(Refusal, match=f"PORT={port + 1} make demo"):
            supervisor.check_port_free(port)


def test_a_dead_child_starts_again_after_a_pause_that_grows(child, monkeypatch, capsys):
    clock = [1000.0]
    monkeypatch.setattr("danvan.operations.supervisor.time.monotonic", lambda: clock[0])
    supervisor.start(child)
    pauses = []
    for _ in range(7):
        child.process.kill()
        child.process.wait()
        supervisor.keep_alive([child])
        assert child.process is None
        pauses.append(child.pause_until - clock[0])
        clock[0] = child.pause_until
        supervisor.keep_alive([child])
        assert child.process.poll() is None
    assert pauses == [0.5, 1, 2, 4, 8, 10, 10]
    assert "sleeper đã dừng (mã -9)" in capsys.readouterr().out


def test_a_child_that_ran_long_is_forgiven(child, monkeypatch):
    child.deaths, child.started = 5, time.monotonic() - 60
    child.process = subprocess.Popen([sys.executable, "-c", "pass"])
    child.process.wait()
    supervisor.keep_alive([child])
    assert child.deaths == 1


def test_a_child_that_does_not_stop_is_killed(monkeypatch):
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 0.5)
    stubborn = Child("stubborn", STUBBORN)
    supervisor.start(stubborn)
    time.sleep(0.5)
    supervisor.stop_all([stubborn])
    assert stubborn.process.returncode == -9


def test_a_web_server_that_cannot_start_ends_the_demo(monkeypatch):
    monkeypatch.setattr(supervisor, "answers", lambda port: False)
    monkeypatch.setattr(supervisor, "LONGEST_PAUSE", 0.01)
    with pytest.raises(Refusal, match="không khởi động được"):
        supervisor.wait_until_ready([Child("web", ["no_such_module"])], 8000)


def test_without_demo_mode_nothing_starts(settings):
    settings.DEMO = False
    with pytest.raises(Refusal, match="DANVAN_DEMO=1"):
        supervisor.serve()
