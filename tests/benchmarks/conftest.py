"""One office of city size on the session's PostgreSQL, behind a real gunicorn on a local socket.

DANVAN_BENCH_UNITS, _YEARS and _REGISTRATIONS change the size.
"""

import datetime
import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.benchmarks.measure import Line
from tests.danvan.operations.databases import environment, manage, new_database, url_of
from tests.roles import ROLE

TODAY = datetime.date(2026, 12, 15)
SIZE = {name: int(os.environ.get(f"DANVAN_BENCH_{name.upper()}") or default) for name, default in
        {"units": 126, "years": 10, "registrations": 50_000}.items()}  # fmt: skip
lines: list[Line] = []


@pytest.fixture(scope="session")
def table():
    """`table(name, value, unit, ratio_to, ratio)` adds a line and gives it as it will be printed."""

    def add(*values):
        lines.append(Line(*values))
        return str(lines[-1])

    return add


def pytest_terminal_summary(terminalreporter):
    if lines:
        size = ", ".join(f"{name} {value}" for name, value in SIZE.items())
        terminalreporter.section(f"name  value  unit  ratio_to  ratio   ({size}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores)")
        for line in lines:
            terminalreporter.write_line(str(line))


@pytest.fixture(scope="session")
def scale(django_db_setup, django_db_blocker):
    """The data, committed for the server's own connections; planner statistics as autovacuum would leave them."""
    if settings.EMBEDDED:
        pytest.skip("speed is measured on PostgreSQL")
    with django_db_blocker.unblock():
        settings.TODAY = TODAY
        call_command("load_scale", **SIZE, seed=1, verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        yield
        settings.TODAY = None


# Accounts of load_scale have no password: this process makes their sessions.
SESSION = """
from django.conf import settings
from django.test import Client
from danvan.accounts.models import User
settings.ALLOWED_HOSTS.append("testserver")
for user in User.objects.all():
    client = Client()
    client.force_login(user)
    print(user.username, client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


class Server:
    """gunicorn with one worker process, asked over a unix socket on a connection that stays open."""

    def __init__(self, path):
        self.path, self.cookies = path, {}

    def log_in(self, database):
        told = manage("shell", "-v0", "-c", SESSION, DATABASE_URL=database).stdout.split()
        self.cookies = {name: f"{settings.SESSION_COOKIE_NAME}={key}" for name, key in zip(told[::2], told[1::2], strict=True)}

    def connect(self):
        self.connection = http.client.HTTPConnection("localhost")
        self.connection.sock = socket.socket(socket.AF_UNIX)
        self.connection.sock.connect(str(self.path))

    def get(self, username, address):
        self.connection.request("GET", address, headers={"Cookie": self.cookies[username]})
        answer = self.connection.getresponse()
        content = answer.read()
        assert answer.status == 200, (address, answer.status, content[:300])
        return content.decode()


@pytest.fixture(scope="session")
def server(scale, tmp_path_factory):
    with serving(None, tmp_path_factory.mktemp("web")) as web:
        yield web


@pytest.fixture(scope="session")
def small_server(server, tmp_path_factory, django_db_blocker):
    """The same office with a hundredth of P3's records, on a database beside."""
    with django_db_blocker.unblock(), new_database("small") as url:
        variables = {"DATABASE_URL": url, "TODAY": TODAY.isoformat()}
        for command in (["migrate", "-v0"], ["apply_row_security"], ["load_scale", "--registrations", "5000", "--seed", "1"]):
            done = manage(*command, **variables)
            assert done.returncode == 0, done.stderr
        with closing(psycopg.connect(url, autocommit=True)) as owner:
            owner.execute("VACUUM ANALYZE")
        with serving("small", tmp_path_factory.mktemp("web")) as web:
            server.connection.close()
            server.connect()  # building took longer than an idle connection is kept
            yield web


@contextmanager
def serving(database, folder):
    """Behind the application's own role: what is measured is measured with row-level security on."""
    options = ["--worker-class=gthread", "--threads=2", "--workers=1", "--keep-alive=120", "--no-control-socket", "--log-level=warning"]
    command = [sys.executable, "-m", "gunicorn", "danvan.wsgi", f"--bind=unix:{folder / 'web'}", *options]
    variables = environment(
        DATABASE_URL=url_of(database, ROLE), DJANGO_SETTINGS_MODULE="tests.benchmarks.settings", TODAY=TODAY.isoformat()
    )
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=variables, start_new_session=True)
    web = Server(folder / "web")
    end = time.monotonic() + 60
    while not web.path.exists():
        assert process.poll() is None and time.monotonic() < end, "gunicorn did not start"
        time.sleep(0.1)
    web.connect()
    web.log_in(url_of(database))
    yield web
    web.connection.close()
    process.terminate()
    process.wait(20)
