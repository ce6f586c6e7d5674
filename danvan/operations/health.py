"""For probes and monitors: plain text, no login, no session, no page around it."""

import tempfile

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from danvan.access.decorators import public
from danvan.jobs.doorbell import broker_answers

BROKER_SECONDS = 2


@public
@never_cache
@require_safe
def healthz(request):
    return text("ok")


@public
@never_cache
@require_safe
def readyz(request):
    checks = {"database": database_answers, "broker": lambda: broker_answers(BROKER_SECONDS), "storage": storage_writable}
    down = [name for name, check in checks.items() if not check()]
    return text(f"không sẵn sàng: {', '.join(down)}", 503) if down else text("ok")


def text(content, status=200):
    return HttpResponse(content + "\n", status=status, content_type="text/plain; charset=utf-8")


def database_answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def storage_writable():
    try:
        settings.PRIVATE_ROOT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.PRIVATE_ROOT) as probe:
            probe.write(b"ok")
    except OSError:
        return False
    return True
