"""Databases and processes beside those of the test session: a new office next to the old one."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection


def url_of(name=None, user=None):
    """The address of a database on the session's PostgreSQL, as a process of its own finds it; "" on SQLite."""
    if settings.EMBEDDED:
        return ""
    values = connection.settings_dict
    name = name or values["NAME"]
    user = user or values["USER"]
    folder = values["HOST"] or values["OPTIONS"].get("host", "")
    if folder.startswith("/"):
        return f"postgres://{user}@/{name}?host={folder}"
    return f"postgres://{user}:{values['PASSWORD']}@{values['HOST']}:{values['PORT']}/{name}"


@contextmanager
def new_database(name):
    """Its address; on SQLite a database belongs to its DANVAN_VAR, so there is nothing to create."""
    if settings.EMBEDDED:
        yield ""
        return
    execute(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    try:
        yield url_of(name)
    finally:
        execute(f"DROP DATABASE {name} WITH (FORCE)")


def execute(*statements):
    """On a connection of its own: neither in a test's transaction nor through Django, which a browser test may not ask."""
    with psycopg.connect(url_of(), autocommit=True) as connected:
        for statement in statements:
            connected.execute(statement)


def environment(**changes):
    """Of a process that knows nothing of the test session but what is given."""
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", **changes}


def manage(*arguments, **changes):
    return run(["manage.py", *map(str, arguments)], **changes)


def run(arguments, **changes):
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment(**changes), capture_output=True, text=True, timeout=300)
