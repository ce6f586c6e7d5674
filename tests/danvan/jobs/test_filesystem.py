"""Messages of the embedded broker appear whole, whoever writes at the same time."""

import json
import threading

import pytest
from kombu import Connection


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "messages").mkdir()
    (tmp_path / "control").mkdir()
    return tmp_path


def connection(folder):
    messages = str(folder / "messages")
    options = {"data_folder_in": messages, "data_folder_out": messages, "control_folder": str(folder / "control"), "store_processed": False}
    return Connection("folder://localhost/", transport_options=options)


@pytest.mark.embedded
def test_many_writers_and_a_reader_lose_nothing(folder):
    def write(start):
        with connection(folder) as link:
            queue = link.SimpleQueue("rings")
            for number in range(start, start + 50):
                queue.put({"job": number})

    writers = [threading.Thread(target=write, args=(start,)) for start in range(0, 200, 50)]
    for writer in writers:
        writer.start()
    heard = set()
    with connection(folder) as link:
        queue = link.SimpleQueue("rings")
        while len(heard) < 200:
            message = queue.get(timeout=10)
            heard.add(message.payload["job"])
            message.ack()
    for writer in writers:
        writer.join()
    assert heard == set(range(200))
    tables = [json.loads(file.read_text()) for file in (folder / "control").glob("*.exchange")]
    assert tables == [[["rings", "", "rings"]]]
