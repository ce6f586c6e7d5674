"""A pytest plugin: a PostgreSQL and a Redis of this session's own, up before Django reads its settings.

Each process of a parallel run (`-n`) has services of its own; the one that only hands out the tests needs none.
`--embedded` runs on SQLite and the filesystem broker instead. DATABASE_URL and CELERY_BROKER_URL together name running ones.
Everything lives in one temporary folder on unix sockets, so sessions side by side do not meet.
"""

import ctypes
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

# What a developer's shell may hold and a test must not feel.
FOREIGN = ["DANVAN_DEMO", "DANVAN_PRODUCTION", "DEMO_PASSWORD", "TODAY", "SECRET_KEY", "ALLOWED_HOSTS", "LOG_LEVEL"]
# PostgreSQL refuses to run as root.
AS_POSTGRES = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
POSTGRES_OPTIONS = {
    "listen_addresses": "''",
    "max_connections": "60",
    # The data dies with the session: no need to survive a power cut.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def pytest_addoption(parser):
    parser.addoption("--embedded", action="store_true", help="run on SQLite and the filesystem broker, without PostgreSQL and Redis")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    folder = Path(tempfile.mkdtemp(prefix="danvan-"))
    early_config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    prepare_environment(folder)
    options = early_config.known_args_namespace
    hands_out = options.numprocesses and "PYTEST_XDIST_WORKER" not in os.environ
    if options.embedded or hands_out:
        os.environ.update(DATABASE_URL="", CELERY_BROKER_URL="")
    elif not (os.environ.get("DATABASE_URL") and os.environ.get("CELERY_BROKER_URL")):
        start_services(folder, early_config.add_cleanup)
    return (yield)


def pytest_report_header(config):
    services = "SQLite, filesystem broker" if config.option.embedded else "PostgreSQL, Redis"
    return f"services: {services}; TEST_SEED={os.environ['TEST_SEED']} repeats the random choices"


def prepare_environment(folder):
    for name in FOREIGN:
        os.environ.pop(name, None)
    (folder / "var" / "static").mkdir(parents=True)
    os.environ["DANVAN_VAR"] = str(folder / "var")
    os.environ.setdefault("TEST_SEED", str(random.randrange(10**6)))  # the processes of one run inherit it


def start_services(folder, at_end):
    folder.chmod(0o755)
    services = folder / "services"
    services.mkdir()
    if AS_POSTGRES:
        shutil.chown(services, "postgres")
    at_end(start_redis(services))
    at_end(start_postgres(services))
    os.environ["DATABASE_URL"] = f"postgres://app@/postgres?host={services}"
    os.environ["CELERY_BROKER_URL"] = f"redis+socket://{services}/redis"


def start_redis(folder):
    server = start("redis-server", "--port", "0", "--unixsocket", folder / "redis", "--save", "", "--dir", folder)
    wait_until((folder / "redis").exists, "redis-server")
    return lambda: stop(server, signal.SIGTERM)


def start_postgres(folder):
    data = folder / "data"
    initdb = [program("initdb"), "-D", data, "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(initdb, stdout=subprocess.DEVNULL, check=True, cwd="/", **AS_POSTGRES)
    with (data / "postgresql.conf").open("a") as conf:
        conf.writelines(f"{name} = {value}\n" for name, value in POSTGRES_OPTIONS.items())
    server = start("postgres", "-D", data, "-k", folder, **AS_POSTGRES)
    ask = [program("pg_isready"), "-q", "-h", folder]
    wait_until(lambda: subprocess.run(ask).returncode == 0, "postgres")
    return lambda: stop(server, signal.SIGINT)


def start(name, *arguments, **options):
    log = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([program(name), *arguments], cwd="/", start_new_session=True, preexec_fn=die_with_parent, **log, **options)


def die_with_parent():
    """A test run that is itself killed leaves no server behind (Linux only)."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


def stop(server, number):
    server.send_signal(number)
    server.wait()


def program(name):
    """Debian keeps PostgreSQL's programs outside PATH; the newest version wins."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which(name)
    if not found:
        raise pytest.UsageError(f"{name} is not installed. `make test` installs it; `python -m pytest --embedded` does without it.")
    return found


def wait_until(ready, name, seconds=20):
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise pytest.UsageError(f"{name} did not answer within {seconds} s")
        time.sleep(0.02)
