"""Output files of jobs: written aside first, moved into place only by the run that still holds the job."""

import hashlib
import os
import time
import uuid
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

STALE_SECONDS = 24 * 3600
EXPORTS = "exports"  # files below this folder are asked for again, not kept: danvan.operations.retention removes them


class Output(NamedTuple):
    path: str  # below PRIVATE_ROOT, where it will stand
    sha256: str
    staged: Path


def staging_folder():
    folder = Path(settings.PRIVATE_ROOT) / "staged"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def stage(path, data):
    """Writes the bytes to disk for good, but not yet to where anybody looks."""
    staged = staging_folder() / uuid.uuid4().hex
    with staged.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return Output(path, hashlib.sha256(data).hexdigest(), staged)


def publish(output):
    target = Path(settings.PRIVATE_ROOT) / output.path
    target.parent.mkdir(parents=True, exist_ok=True)
    os.replace(output.staged, target)


def remove_stale():
    """Files of killed runs. A day is longer than any run."""
    limit = time.time() - STALE_SECONDS
    for staged in staging_folder().iterdir():
        if staged.stat().st_mtime < limit:
            staged.unlink(missing_ok=True)
