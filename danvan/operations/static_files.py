"""collectstatic takes seconds; the demo runs it only when a file has changed, beside the preparation of the data."""

import hashlib
import subprocess
import sys
from contextlib import contextmanager

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

from danvan.operations.welcome import say

# fonts/pdf is for WeasyPrint, which reads it from the source tree: large, and no page asks for it.
COLLECT = [sys.executable, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0", "--ignore", "pdf"]


@contextmanager
def collected():
    """Static files are up to date when the block has ended."""
    stamp, now = settings.VAR_DIR / "static.stamp", fingerprint()
    if stamp.exists() and stamp.read_text() == now and settings.STATIC_ROOT.exists():
        yield
        return
    say("Chuẩn bị tệp tĩnh")
    with subprocess.Popen(COLLECT, cwd=settings.BASE_DIR, start_new_session=True) as process:
        try:
            yield
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "collectstatic")
    stamp.write_text(now)


def fingerprint():
    """Changes with the name, size or time of any static file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(["pdf"]):
            stat = (settings.BASE_DIR / storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
