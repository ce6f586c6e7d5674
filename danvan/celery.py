import gc
import os
import resource
from pathlib import Path

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_init, worker_process_init
from kombu.transport import TRANSPORT_ALIASES

ROOT = Path(__file__).resolve().parent.parent
# Reports must look the same on every machine: fontconfig sees our fonts only, and must know before WeasyPrint is imported.
os.environ.setdefault("FONTCONFIG_FILE", str(ROOT / "static" / "fonts" / "pdf" / "fonts.conf"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danvan.settings")
MEMORY_LIMIT = 2 * 1024**3
TRANSPORT_ALIASES["folder"] = "danvan.jobs.filesystem:Transport"  # the broker of the embedded default

app = Celery("danvan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_finalize.connect
def schedule(sender, **kwargs):
    """For Celery beat; the embedded default runs `manage.py sweep_jobs --loop` instead."""
    from django.conf import settings

    for task, every in settings.PERIODIC.items():
        sender.add_periodic_task(every, sender.signature(task), name=task, expires=every)
    hour, minute = settings.NIGHTLY_AT
    for task in settings.NIGHTLY:
        sender.add_periodic_task(crontab(hour=hour, minute=minute), sender.signature(task), name=task)


@worker_init.connect
@beat_init.connect
def refuse_owner(**kwargs):
    from django.core.exceptions import ImproperlyConfigured

    from danvan.access import startup

    try:
        startup.refuse_owner()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from None  # Celery would log any other exception and go on


@worker_process_init.connect
def prepare_process(**kwargs):
    # A render makes millions of small objects that stay: the default thresholds cost it a quarter of its time.
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)
    # A hostile or endless table ends in MemoryError, hence in a failed job, before it takes the machine's memory.
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if soft == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, hard))
