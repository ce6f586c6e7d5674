"""A pytest plugin: a PostgreSQL and a Redis of this session's own, up before Django reads its settings.

`--embedded` runs on SQLite and the filesystem broker instead. DATABASE_URL and CELERY_BROKER_URL together name running ones.
Everything lives in one temporary folder on unix sockets, so sessions side by side do not meet.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

# What a developer's shell may hold and a test must not feel.
FOREIGN = ["DANVAN_DEMO", "DANVAN_PRODUCTION", "DEMO_PASSWORD", "TODAY", "SECRET_KEY", "ALLOWED_HOSTS", "LOG_LEVEL"]
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
    if early_config.known_args_namespace.embedded:
        os.environ.update(DATABASE_URL="", CELERY_BROKER_URL="")
    elif not (os.environ.get("DATABASE_URL") and os.environ.get("CELERY_BROKER_URL")):
        start_services(folder, early_config.add_cleanup)
    return (yield)


def pytest_report_header(config):
    return "services: SQLite, filesystem broker" if config.option.embedded else "services: PostgreSQL, Redis"


def prepare_environment(folder):
    for name in FOREIGN:
        os.environ.pop(name, None)
    (folder / "var" / "static").mkdir(parents=True)
    os.environ["DANVAN_VAR"] = str(folder / "var")


def start_services(folder, at_end):
    folder.chmod(0o755)
    services = folder / "services"
    services.mkdir()
    if os.geteuid() == 0:
        shutil.chown(services, "postgres")
    at_end(start_redis(services))
    at_end(start_postgres(services))
    os.environ["DATABASE_URL"] = f"postgres://app@/postgres?host={services}"
    os.environ["CELERY_BROKER_URL"] = f"redis+socket://{services}/redis"


def start_redis(folder):
    command = [program("redis-server"), "--port", "0", "--unixsocket", folder / "redis", "--save", "", "--dir", folder]
    redis = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    wait_for(folder / "redis")
    return lambda: (redis.terminate(), redis.wait())


def start_postgres(folder):
    data = folder / "data"
    as_postgres("initdb", "-D", data, "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    with (data / "postgresql.conf").open("a") as conf:
        conf.writelines(f"{name} = {value}\n" for name, value in POSTGRES_OPTIONS.items())
        conf.write(f"unix_socket_directories = '{folder}'\n")
    as_postgres("pg_ctl", "-D", data, "-w", "-l", data / "log", "start")
    return lambda: stop_postgres(data)


def stop_postgres(data):
    pid = int((data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGQUIT)
    while (data / "postmaster.pid").exists():
        time.sleep(0.02)


def as_postgres(name, *arguments):
    # PostgreSQL refuses to run as root.
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    result = subprocess.run([*user, program(name), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/")
    if result.returncode:
        raise pytest.UsageError(f"{name} failed:\n{result.stderr}")


def program(name):
    """Debian keeps PostgreSQL's programs outside PATH; the newest version wins."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which(name)
    if not found:
        raise pytest.UsageError(f"{name} is not installed. `make test` installs it; `python -m pytest --embedded` does without it.")
    return found


def wait_for(path, seconds=10):
    end = time.monotonic() + seconds
    while not path.exists():
        if time.monotonic() > end:
            raise pytest.UsageError(f"{path} did not appear in {seconds} s")
        time.sleep(0.02)
