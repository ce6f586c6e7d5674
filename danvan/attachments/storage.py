"""Where private files stand: below PRIVATE_ROOT, out of reach of the web server, complete or not at all."""

import os
import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class PrivateStorage(FileSystemStorage):
    """The folder is asked for at each use, so that a test may move it. `url` refuses: a file is reached by its view only."""

    @property
    def base_location(self):
        return settings.PRIVATE_ROOT

    @property
    def location(self):
        return os.path.abspath(self.base_location)

    def url(self, name):
        raise ValueError("A private file has no address of its own: link to attachments:download.")

    def _save(self, name, content):
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = self.staging_path()
        try:
            write_for_good(staged, content)
            staged.chmod(self.file_permissions_mode or 0o640)
            os.replace(staged, target)
        finally:
            staged.unlink(missing_ok=True)
        return name

    def staging_path(self):
        """In the folder that the sweep of background jobs keeps clean of leftovers."""
        folder = Path(self.path("staged"))
        folder.mkdir(parents=True, exist_ok=True)
        return folder / uuid.uuid4().hex


def write_for_good(path, content):
    with path.open("xb") as file:
        for chunk in content.chunks():
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def private_storage():
    return PrivateStorage()
