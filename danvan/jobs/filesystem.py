"""kombu's filesystem transport, with files that appear whole.

The library opens a message (or the table of queues) and then writes it; a second process, or a kill in between, meets an
empty file and stops. Here both are written aside and renamed. Several processes on one machine may share the folder.
"""

import fcntl
import json
import os
import uuid
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from kombu.transport import filesystem


class Channel(filesystem.Channel):
    def _put(self, queue, payload, **kwargs):
        name = f"{round(monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        write_whole(Path(self.data_folder_out) / name, json.dumps(payload))

    def _queue_bind(self, exchange, routing_key, pattern, queue):
        file = self._exchange_file(exchange)
        with alone(self.control_folder):
            bound = json.loads(file.read_text()) if file.exists() else []
            entry = [routing_key or "", pattern or "", queue or ""]
            if entry not in bound:
                write_whole(file, json.dumps([entry, *bound]))


class Transport(filesystem.Transport):
    Channel = Channel


def write_whole(path, text):
    aside = path.with_name(f".{uuid.uuid4().hex}")
    aside.write_text(text)
    os.replace(aside, path)


@contextmanager
def alone(folder):
    with (Path(folder) / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
