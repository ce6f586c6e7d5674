"""What is not kept longer than needed. `manage.py retention` and the nightly task run the same table; the result is an event."""

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from danvan.audit.choices import Kind
from danvan.audit.retention import expired_events, last_expired, may_remove
from danvan.audit.services import record_event
from danvan.common import clock
from danvan.jobs.models import Job
from danvan.jobs.outputs import EXPORTS
from danvan.registers.models import Draft
from dialogues.services import askers_past

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rule:
    name: str  # in the event's detail
    label: str
    due: Callable  # the rows whose time is over
    remove: Callable  # takes those rows, returns how many went
    allowed: Callable = lambda: True


def _before(days):
    return timezone.now() - datetime.timedelta(days=days)


def _deleted(rows):
    return rows.delete()[0]


def _drop_exports(jobs):
    """The file goes, the job's row stays: it says that there was an export, whose and when."""
    paths = [Path(settings.PRIVATE_ROOT) / job.output_path for job in jobs]
    transaction.on_commit(lambda: [path.unlink(missing_ok=True) for path in paths])
    return jobs.update(output_path="", output_sha256="")


RULES = [
    Rule("draft_count", "Bản nháp", lambda: Draft.objects.filter(saved_at__lt=_before(settings.DRAFT_KEEP_DAYS)), _deleted),
    Rule(
        "export_count",
        "Tệp xuất",
        lambda: Job.objects.filter(output_path__startswith=f"{EXPORTS}/", finished_at__lt=_before(settings.EXPORT_KEEP_DAYS)),
        _drop_exports,
    ),
    Rule("asker_count", "Người hỏi quá ngày xóa", lambda: askers_past(clock.today()), _deleted),
    Rule("event_count", "Sự kiện nhật ký", expired_events, _deleted, may_remove),
]


def due():
    """[(rule, how many rows, whether this database role may remove them)]"""
    return [(rule, rule.due().count(), rule.allowed()) for rule in RULES]


@transaction.atomic
def run():
    """{name: how many rows went}; what the role may not touch is left out and said in the log."""
    through = last_expired()
    done = {}
    for rule in RULES:
        if rule.allowed():
            done[rule.name] = rule.remove(rule.due())
        else:
            logger.warning("retention: %s is left to the owner of the tables", rule.name)
    if done.get("event_count"):
        done |= {"through": through, "months": settings.AUDIT_KEEP_MONTHS}
    record_event(Kind.RETENTION, detail=done)
    return done
