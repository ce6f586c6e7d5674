"""Messages of the embedded broker appear whole, whoever writes at the same time."""

import json
import subprocess
import sys

import pytest
from kombu import Connection

WRITER = """
import sys
from tests.danvan.jobs.test_filesystem import connection
from pathlib import Path
with connection(Path(sys.argv[1])) as link:
    queue = link.SimpleQueue("rings")
    for number in range(int(sys.argv[2]), int(sys.argv[2]) + 50):
        queue.put({"job": number})
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "messages").mkdir()
    (tmp_path / "control").mkdir()
    return tmp_path


def connection(folder):
    messages = str(folder / "messages")
    import danvan.celery  # noqa: F401  it names the transport

    options = {"data_folder_in": messages, "data_folder_out": messages, "control_folder": str(folder / "control"), "store_processed": False}
    return Connection("folder://localhost/", transport_options=options)


@pytest.mark.embedded
def test_many_writers_and_a_reader_lose_nothing(folder):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(start)]) for start in range(0, 200, 50)]
    heard = set()
    with connection(folder) as link:
        queue = link.SimpleQueue("rings")
        while len(heard) < 200:
            message = queue.get(timeout=20)
            heard.add(message.payload["job"])
            message.ack()
    assert [writer.wait() for writer in writers] == [0] * 4
    assert heard == set(range(200))
    tables = [json.loads(file.read_text()) for file in (folder / "control").glob("*.exchange")]
    assert tables == [[["rings", "", "rings"]]]
