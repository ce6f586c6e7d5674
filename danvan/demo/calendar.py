"""The demo office worked for two years before its clock stopped: each step of the sample data happens on its own day."""

import datetime
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone


@contextmanager
def on(day, hour=9, minute=0):
    """Inside, it is `day`: the business date, and the moment that `auto_now`, histories and status changes write."""
    today, now = settings.TODAY, timezone.now
    moment = datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone.get_default_timezone())
    settings.TODAY, timezone.now = day, lambda: moment.astimezone(datetime.UTC)
    try:
        yield moment
    finally:
        settings.TODAY, timezone.now = today, now


def moment_of(day, hour=9, minute=0):
    return datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone.get_default_timezone())
