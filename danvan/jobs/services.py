"""All writes to a job. Each one that a worker makes is fenced by the token of its run: who lost the lease changes nothing."""

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta
from itertools import takewhile
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from danvan.common.exceptions import Refused
from danvan.jobs.doorbell import ring
from danvan.jobs.models import OPEN, Job, State
from danvan.jobs.outputs import Output, publish, remove_stale

logger = logging.getLogger(__name__)
# One sweep rings only the oldest: a stale ring costs little, a flood of them would bury the broker.
RINGS_PER_SWEEP = 20
GAVE_UP = "Việc đã chạy {attempts} lần mà lần nào cũng bị ngắt giữa chừng. Hãy thử lại; nếu vẫn vậy, báo quản trị hệ thống."


class LostLease(Exception):
    """Another run holds the job by now, or somebody cancelled it."""


class Result(NamedTuple):
    """What a handler hands back: files, and rows to write in the same transaction that marks the job done."""

    outputs: tuple[Output, ...] = ()
    record: Callable[[], object] | None = None


# --- asking for work ------------------------------------------------------------


def enqueue(kind, *, key, unit, by, params):
    """The job of this key, new or the one already there, in the caller's transaction."""
    values = {"kind": kind, "unit": unit, "requested_by": by, "params": params}
    job, created = Job.objects.get_or_create(key=key, defaults=values)
    if created:
        ring_on_commit(job)
    return job


def ring_on_commit(job):
    transaction.on_commit(lambda: ring(job.pk))


def retry(job, *, by):
    again = {"state": State.QUEUED, "attempts": 0, "progress": 0, "step": "", "error": "", "started_at": None, "finished_at": None}
    with transaction.atomic():
        if not Job.objects.filter(pk=job.pk, state__in=[State.FAILED, State.CANCELLED]).update(**again):
            raise Refused("Chỉ chạy lại được việc không thành hoặc đã hủy.")
        logger.info("job %s: again, asked by user %s", job.pk, by.pk)
        ring_on_commit(job)


def cancel(job, *, by):
    """A run in progress finds out at its next report and writes nothing more."""
    if not _end(Job.objects.filter(pk=job.pk, state__in=OPEN), State.CANCELLED):
        raise Refused("Việc này đã kết thúc nên không hủy được nữa.")
    logger.info("job %s: cancelled by user %s", job.pk, by.pk)


# --- doing it ---------------------------------------------------------------------


def _lease():
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _expired():
    return Q(state=State.RUNNING, lease_until__lt=timezone.now())


def claim(job_id):
    """The job, now ours for a lease, or None: one UPDATE, so of many that try exactly one wins."""
    token = uuid.uuid4()
    free = Job.objects.filter(Q(state=State.QUEUED) | _expired(), attempts__lt=settings.JOB_MAX_ATTEMPTS)
    free.filter(pk=job_id).update(
        state=State.RUNNING,
        token=token,
        lease_until=_lease(),
        attempts=F("attempts") + 1,
        started_at=Coalesce("started_at", timezone.now()),
        progress=0,
        step="",
    )
    return Job.objects.filter(pk=job_id, token=token).first()


def _mine(job):
    return Job.objects.filter(pk=job.pk, token=job.token, state=State.RUNNING)


def extend_lease(job):
    if not _mine(job).update(lease_until=_lease()):
        raise LostLease(job.pk)


def report_progress(job, percent, step):
    """`percent` 0..100; `step` is what the screen says, in Vietnamese."""
    if not _mine(job).update(progress=percent, step=step, lease_until=_lease()):
        raise LostLease(job.pk)


def finish(job, result=None):
    """Marks the job done and publishes its files and rows, all of it or nothing, and only once."""
    outputs, record = result or Result()
    first = {"output_path": outputs[0].path, "output_sha256": outputs[0].sha256} if outputs else {}
    with transaction.atomic():
        # The row is locked from here on: nobody can claim the job between the fence and the files.
        if not _end(_mine(job), State.DONE, progress=100, step="", error="", **first):
            raise LostLease(job.pk)
        for output in outputs:
            publish(output)
        if record:
            record()


def fail(job, reason):
    if not _end(_mine(job), State.FAILED, error=reason):
        raise LostLease(job.pk)


def _end(jobs, state, **values):
    return jobs.update(state=state, token=None, lease_until=None, finished_at=timezone.now(), **values)


# --- losing none --------------------------------------------------------------------


def sweep():
    """Rings for jobs nobody works on, gives up those that kill every worker; returns how many it rang for."""
    exhausted = Job.objects.filter(_expired(), attempts__gte=settings.JOB_MAX_ATTEMPTS)
    given_up = _end(exhausted, State.FAILED, error=GAVE_UP.format(attempts=settings.JOB_MAX_ATTEMPTS))
    if given_up:
        logger.error("%s job(s) given up after %s attempts", given_up, settings.JOB_MAX_ATTEMPTS)
    unheard = Q(state=State.QUEUED, created_at__lt=timezone.now() - timedelta(seconds=settings.JOB_SWEEP_SECONDS))
    waiting = Job.objects.filter(unheard | _expired()).order_by("created_at", "pk").values_list("pk", flat=True)
    remove_stale()
    # The first one not heard ends the round: the others would wait for the same dead broker.
    return sum(1 for _ in takewhile(ring, waiting[:RINGS_PER_SWEEP]))
