"""One run of one job inside a worker: a thread keeps the lease while the handler works."""

import logging
import os
import signal
import threading
import time
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, connection

from danvan.access.rows import seen_by
from danvan.common.exceptions import Refused
from danvan.jobs import services
from danvan.jobs.registry import find_handler

logger = logging.getLogger(__name__)
# No honest job comes near; without an end a render that never returns would keep its lease and its worker for ever.
MAX_SECONDS = 15 * 60
TOO_LONG = f"Việc chạy quá {MAX_SECONDS // 60} phút nên bị dừng. Hãy thu hẹp phạm vi rồi thử lại, hoặc báo quản trị hệ thống."
BROKEN = "Có lỗi trong chương trình ({error}). Quản trị hệ thống xem nhật ký của việc số {job_id}."


def work(job):
    """Runs a claimed job to its end. A lost lease is somebody else's job by now; a lost database leaves it to the sweeper."""
    try:
        with kept_lease(job):
            result = handle(job)
            with seen_by(job.requested_by):
                services.finish(job, result)
    except services.LostLease:
        logger.warning("job %s: another run took over, this one stops", job.pk)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        fail(job, error)


def handle(job):
    handler = find_handler(job.kind)
    if handler is None:
        raise Refused(f"Không có chương trình nào làm loại việc “{job.kind}”.")
    return handler(job, lambda percent, step="": services.report_progress(job, percent, step))


def fail(job, error):
    if not isinstance(error, Refused):
        logger.exception("job %s failed", job.pk)
    reason = str(error) if isinstance(error, Refused) else BROKEN.format(error=type(error).__name__, job_id=job.pk)
    try:
        services.fail(job, reason)
    except services.LostLease:
        logger.warning("job %s: another run took over, its failure is not recorded", job.pk)


@contextmanager
def kept_lease(job):
    stop = threading.Event()
    thread = threading.Thread(target=keep_lease, args=(job, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def keep_lease(job, stop):
    end = time.monotonic() + MAX_SECONDS
    try:
        while not stop.wait(settings.JOB_LEASE_SECONDS / 4):
            if time.monotonic() > end:
                give_up(job)
            if not extended(job):
                return
    finally:
        connection.close()


def extended(job):
    """False when the lease is lost; a database that does not answer now may answer at the next beat."""
    try:
        services.extend_lease(job)
    except services.LostLease:
        return False
    except (OperationalError, InterfaceError) as error:
        logger.warning("job %s: lease not extended (%s)", job.pk, error)
        close_old_connections()
    return True


def give_up(job):
    """A thread cannot stop the handler, so the process ends; its master or supervisor starts a new one."""
    with suppress(services.LostLease, OperationalError, InterfaceError):
        services.fail(job, TOO_LONG)
    logger.error("job %s ran longer than %s s, its worker ends", job.pk, MAX_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
