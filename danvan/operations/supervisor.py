"""The demo on one machine: prepares the data, starts web, worker and sweeper, and starts again whichever dies."""

import ctypes
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from danvan.access.rows import enforced
from danvan.operations import row_security
from danvan.operations.static_files import collected
from danvan.operations.welcome import announce_report, print_welcome, say

DEFAULT_PASSWORD = "DanVan@2019"  # noqa: S105 - printed on start; demo accounts exist in demo mode only
# Celery's advice for production; a demo in a container runs as root as a matter of course.
QUIET = "ignore:You're running the worker with superuser privileges"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WEB_OPTIONS = ["--workers=2", "--worker-class=gthread", "--threads=4", "--preload", "--no-control-socket"]
WEB_OPTIONS += ["--log-level=warning", "--graceful-timeout=5"]
WORKER_OPTIONS = ["--pool=solo", "--concurrency=1", "--loglevel=WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
STOP_SECONDS = 8
STEADY_SECONDS = 30
LONGEST_PAUSE = 10
HOPELESS_DEATHS = 3


class Refusal(Exception):
    """The demo cannot start; the sentence says what to do."""


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C or SIGTERM. Like KeyboardInterrupt, no `except Exception` may swallow it."""


@dataclass
class Child:
    name: str
    command: list[str]  # a Python module and its arguments
    process: subprocess.Popen | None = None
    started: float = 0
    deaths: int = 0
    pause_until: float = 0


def serve():
    if not settings.DEMO:
        raise Refusal("Chỉ chạy thử với DANVAN_DEMO=1, tức là bằng lệnh make demo.")
    port = chosen_port()
    os.environ.setdefault("DEMO_PASSWORD", DEFAULT_PASSWORD)
    for number in STOP_SIGNALS:
        signal.signal(number, stop_on_signal)
    children = children_for(port)
    check_accounts()
    try:
        with only_demo():
            check_port_free(port)
            prepare()
            run(children, port)
    except Stopped:
        say("Đang dừng…")
    finally:
        stop_all(children)
    say("Đã dừng. Dữ liệu được giữ cho lần sau.")


def stop_on_signal(number, frame):
    for other in STOP_SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    raise Stopped


# --- before anything starts ------------------------------------------------------


def chosen_port():
    text = os.environ.get("PORT") or "8000"
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise Refusal(f"PORT={text}: hãy cho một số cổng từ 1 đến 65535, ví dụ PORT=8001 make demo.")
    return int(text)


def check_port_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Refusal(f"Không được phép mở cổng {port}. Chọn cổng khác: PORT=8001 make demo.") from None
        except OSError:
            other = port + 1 if port < 65535 else 8001
            raise Refusal(f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác: PORT={other} make demo.") from None


def check_accounts():
    """On PostgreSQL only the preparation runs as owner, whom no policy binds."""
    if enforced() and not settings.APP_DATABASE_URL:
        raise Refusal(
            "Chạy thử trên PostgreSQL cần hai tài khoản cơ sở dữ liệu: đặt DATABASE_URL là tài khoản chủ và APP_DATABASE_URL là tài khoản "
            "của ứng dụng (docs/operations.md, mục Hai tài khoản cơ sở dữ liệu), hoặc bỏ DATABASE_URL để chạy bản nhúng."
        )


@contextmanager
def only_demo():
    """Two demos on one database would fight over it; demo-reset takes the same lock."""
    with (settings.VAR_DIR / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal("Cổng chạy thử đã chạy từ thư mục này. Dừng nó bằng Ctrl-C trước.") from None
        yield


def prepare():
    with collected():
        say("Chuẩn bị cơ sở dữ liệu")
        call_command("migrate", interactive=False, verbosity=0)
        if enforced():
            row_security.apply()
        say("Chuẩn bị dữ liệu mẫu")
        call_command("demo_data")
        connections.close_all()


# --- while it runs ---------------------------------------------------------------------


def children_for(port):
    return [
        Child("web", ["gunicorn", "danvan.wsgi", "--bind", f"127.0.0.1:{port}", *WEB_OPTIONS]),
        Child("worker", ["celery", "--quiet", "-A", "danvan", "worker", *WORKER_OPTIONS]),
        Child("sweeper", ["django", "sweep_jobs", "--loop"]),
    ]


def run(children, port):
    for child in children:
        start(child)
    wait_until_ready(children, port)
    print_welcome(port)
    tell = announce_report()
    while True:
        keep_alive(children)
        next(tell, None)
        time.sleep(0.5)


def start(child):
    # A session of its own: Ctrl-C in the terminal reaches only this process, which then stops the others in order.
    child.process = subprocess.Popen(
        [sys.executable, "-m", *child.command],
        cwd=settings.BASE_DIR,
        env={**os.environ, **account_of_children(), "PYTHONWARNINGS": QUIET},
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    child.started = time.monotonic()


def account_of_children():
    """Web, worker and sweeper connect as the application."""
    return {"DATABASE_URL": settings.APP_DATABASE_URL, "APP_DATABASE_URL": ""} if settings.APP_DATABASE_URL else {}


def die_with_parent():
    """Even a supervisor killed with -9 leaves nothing running behind (Linux only)."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def keep_alive(children):
    for child in children:
        if child.process and child.process.poll() is not None:
            note_death(child)
        if child.process is None and time.monotonic() >= child.pause_until:
            start(child)


def note_death(child):
    steady = time.monotonic() - child.started > STEADY_SECONDS
    child.deaths = 1 if steady else child.deaths + 1
    pause = min(0.5 * 2 ** (child.deaths - 1), LONGEST_PAUSE)
    say(f"{child.name} đã dừng (mã {child.process.returncode}), chạy lại sau {pause:g} giây")
    child.process, child.pause_until = None, time.monotonic() + pause


def wait_until_ready(children, port):
    while not answers(port):
        keep_alive(children)
        if any(child.deaths >= HOPELESS_DEATHS for child in children):
            raise Refusal("Cổng không khởi động được; lỗi ở ngay phía trên.")
        time.sleep(0.05)


def answers(port):
    # Not urllib: it would ask a proxy of the environment.
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


# --- the end -----------------------------------------------------------------------------


def stop_all(children):
    alive = [child.process for child in children if child.process and child.process.poll() is None]
    for process in alive:
        process.terminate()
    end = time.monotonic() + STOP_SECONDS
    for process in alive:
        try:
            process.wait(max(0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
