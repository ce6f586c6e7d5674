"""docker-compose.yml without Docker: what each service runs, with which variables, and how to run it on the test's own servers."""

import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import yaml
from django.conf import settings

VARIABLE = re.compile(r"\$\$|\$\{(\w+)(?::([-?])([^}]*))?\}")
GIVEN = {"PORTAL_HOST": "localhost"}


def services():
    return document()["services"]


def document():
    return yaml.safe_load((Path(settings.BASE_DIR) / "docker-compose.yml").read_text())


def filled_in(text):
    """Compose's own rules for ${NAME}, ${NAME:-default} and $$."""

    def value(match):
        name, _, default = match.groups()
        return "$" if name is None else GIVEN.get(name) or default or ""

    return VARIABLE.sub(value, str(text))


def command(service):
    """As written in the file; `python`, `gunicorn` and `celery` are found on PATH."""
    return [filled_in(part) for part in services()[service]["command"]]


def variables(service):
    return {name: filled_in(value) for name, value in services()[service]["environment"].items()}


def environment(service, *, path, **replaced):
    """Nothing of the test session but what the file says, with database, broker, secrets and folders of the test."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    given = {**kept, **variables(service), **replaced, "PATH": f"{path}:{os.environ['PATH']}", "PYTHONPATH": str(settings.BASE_DIR)}
    return {name: value for name, value in given.items() if value is not None}


# --- running it --------------------------------------------------------------------------------------


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def stand_ins(folder, database_url):
    """What replaces the variables of the file: addresses of the test's servers, secrets and folders of its own."""
    (folder / "secret_key").write_text(secrets.token_urlsafe(50))
    (folder / "database_url").write_text(database_url)
    (folder / "var" / "static").mkdir(parents=True)
    return {
        "path": Path(sys.executable).parent,
        "SECRET_KEY_FILE": str(folder / "secret_key"),
        "DATABASE_URL_FILE": str(folder / "database_url"),
        "CELERY_BROKER_URL": settings.BROKER_URL,
        "DANVAN_VAR": str(folder / "var"),
        "PORT": str(free_port()),
        "JOB_SWEEP_SECONDS": "1",
        "WEB_CONCURRENCY": "1",
        "MFA_OFFICE_NETWORKS": "none",
    }


@contextmanager
def running(service, folder, replaced):
    """The service as its command stands in the file, in its working folder."""
    with (folder / f"{service}.log").open("w") as log:
        process = subprocess.Popen(
            command(service), cwd=folder, env=environment(service, **replaced), stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def wait_until(condition, folder, seconds=180):
    end = time.monotonic() + seconds
    while not condition():
        logs = {path.name: path.read_text()[-2000:] for path in folder.glob("*.log")}
        assert time.monotonic() < end, f"not within {seconds} s\n{logs}"
        time.sleep(0.1)


def once(service, arguments, replaced):
    """A command that ends, with the variables of a service."""
    subprocess.run(arguments, cwd=settings.BASE_DIR, env=environment(service, **replaced), check=True)


def collect(replaced):
    """What the image holds ready."""
    once("web", ["python", "manage.py", "collectstatic", "--noinput", "-v0", "--ignore", "pdf"], replaced)
