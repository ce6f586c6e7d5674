"""The embedded default has no Celery beat: the sweeper does by itself what settings.PERIODIC and NIGHTLY name."""

import time

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string


class Rounds:
    """Remembers when each task ran last. The nightly ones run at the start too: the machine of a small office sleeps at night."""

    def __init__(self):
        self.ran = {}
        self.night = None

    def run_due(self):
        for name, every in settings.PERIODIC.items():
            if time.monotonic() - self.ran.get(name, -every) >= every:
                self.ran[name] = time.monotonic()
                import_string(name)()
        if self.night != timezone.localdate():
            self.night = timezone.localdate()
            for name in settings.NIGHTLY:
                import_string(name)()
