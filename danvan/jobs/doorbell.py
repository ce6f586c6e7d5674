"""The broker: it only rings. Without it nothing is lost, only later."""

import logging
import os

from django.conf import settings

from danvan.celery import app

logger = logging.getLogger(__name__)
RING_SECONDS = 1


def ring(job_id):
    """Best effort, never raises: what is not heard now, the sweeper rings for later. Returns whether the broker took it."""
    try:
        with short_connection(RING_SECONDS) as broker:
            app.send_task("danvan.jobs.tasks.run", args=[job_id], connection=broker, retry=False)
    except Exception as error:
        logger.warning("job %s: the broker does not answer (%s), the sweeper will ring", job_id, error)
        return False
    return True


def broker_answers(seconds):
    if not settings.BROKER_URL:
        return os.access(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"]), os.W_OK)
    try:
        with short_connection(seconds) as broker:
            return bool(broker.default_channel.client.ping())
    except Exception as error:
        logger.warning("the broker does not answer (%s)", error)
        return False


def short_connection(seconds):
    """Celery tries a dead broker for 6 to 8 s, too long inside a request: here once, for so many seconds."""
    once = {"max_retries": 1, "interval_start": 0, "connect_retries_timeout": seconds}
    sockets = {"socket_timeout": seconds, "socket_connect_timeout": seconds} if settings.BROKER_URL else {}
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, **once, **sockets}
    return app.connection_for_write(connect_timeout=seconds, transport_options=options)
