"""The Celery app of the worker processes that tests start: ours, with two handlers that exist only here."""

import json
import time
from pathlib import Path

import django

from danvan.celery import app

django.setup()

from danvan.jobs.outputs import stage  # noqa: E402 - models need a set-up Django
from danvan.jobs.registry import handler  # noqa: E402
from danvan.jobs.services import Result  # noqa: E402

__all__ = ["app"]


@handler("test_slow")
def slow(job, progress):
    """The first run hangs, so that a test can kill it; the next one writes its file."""
    with Path(job.params["log"]).open("a") as log:
        log.write(f"{job.attempts}\n")
    progress(10, "Đang chờ bị dừng")
    if job.attempts == 1:
        time.sleep(300)
    return Result((stage("jobs/test.json", json.dumps({"job": job.pk}).encode()),))


@handler("test_broken")
def broken(job, progress):
    raise ZeroDivisionError("secret of the machine")
