"""docker-compose.yml read without Docker: what each service runs and with which variables."""

import os
import re
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
