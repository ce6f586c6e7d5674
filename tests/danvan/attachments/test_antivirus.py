"""The hook against a server that speaks clamd's INSTREAM, on a real socket; what it finds is the standard's own test text."""

import re
import socket
import struct
import threading
import zipfile

import pytest
from django.urls import reverse

from danvan.attachments import antivirus
from danvan.attachments.models import Attachment, Scan
from danvan.attachments.services import scan_pending
from danvan.common.exceptions import Refused
from tests.danvan.attachments import good, hostile

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


class Clamd:
    """Answers like clamd; `says` replaces the verdict."""

    def __init__(self, path):
        self.says, self.sizes = None, []
        self.door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.door.bind(str(path))
        self.door.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                wire, _ = self.door.accept()
            except OSError:
                return
            with wire, wire.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                data = b""
                while size := struct.unpack("!L", stream.read(4))[0]:
                    data += stream.read(size)
                self.sizes.append(len(data))
                verdict = b"stream: Eicar-Signature FOUND" if hostile.EICAR in data else b"stream: OK"
                wire.sendall((self.says or verdict) + b"\0")


@pytest.fixture
def clamd(settings, tmp_path):
    settings.ANTIVIRUS = str(tmp_path / "clamd")
    server = Clamd(settings.ANTIVIRUS)
    yield server
    server.door.close()


def test_a_clean_file_is_stored_as_clean(add, clamd):
    attachment = add(data=good.pdf())
    assert attachment.scan == Scan.CLEAN
    assert clamd.sizes == [attachment.size]


def test_more_than_one_piece_arrives_whole(clamd):
    assert antivirus.found_in(b"a" * 200_000) == ""
    assert clamd.sizes == [200_000]


def test_an_infected_file_is_refused_by_name_and_nothing_is_kept(add, clamd, private_root):
    clamd.says = b"stream: Eicar-Signature FOUND"
    with pytest.raises(Refused, match="Tệp “kế hoạch.pdf” có vi rút .Eicar-Signature."):
        add()
    assert not Attachment.objects.exists()
    assert not list(private_root.rglob("*.pdf"))


def test_the_test_text_of_the_trade_is_found(clamd):
    assert antivirus.found_in(hostile.EICAR) == "Eicar-Signature"


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("báo cáo.docx", lambda: good.package({**good.parts(), "word/eicar.xml": hostile.EICAR}, zipfile.ZIP_STORED)),
        ("kế hoạch.pdf", lambda: good.pdf() + b"\n" + hostile.EICAR),
    ],
)
def test_a_file_of_the_right_kind_that_carries_it_is_refused_and_not_kept(client, officer, add, clamd, private_root, name, make):
    with pytest.raises(Refused, match=re.escape(f"Tệp “{name}” có vi rút (Eicar-Signature)")):
        add(name, make())
    assert len(clamd.sizes) == 1
    assert not Attachment.objects.exists() and not [path for path in private_root.rglob("*") if path.is_file()]


def test_a_picture_is_scanned_as_it_is_stored(add, clamd):
    attachment = add("ảnh.jpg", good.picture() + hostile.EICAR)
    assert attachment.scan == Scan.CLEAN
    with attachment.file.open("rb") as file:
        assert hostile.EICAR not in file.read()


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"PONG"])
def test_what_is_no_verdict_is_no_clean_bill(add, clamd, answer):
    clamd.says = answer
    assert add().scan == Scan.PENDING


def test_a_waiting_file_is_held_until_the_antivirus_is_back(client, officer, add, settings, tmp_path, private_root):
    settings.ANTIVIRUS = str(tmp_path / "nobody")
    waiting = add()
    assert waiting.scan == Scan.PENDING and "đang chờ quét vi rút" in waiting.meta
    client.force_login(officer)
    held = client.get(waiting.url)
    assert held.status_code == 403 and "đang chờ quét vi rút" in held.text
    assert scan_pending() == 0
    settings.ANTIVIRUS = str(tmp_path / "clamd")
    server = Clamd(settings.ANTIVIRUS)
    assert scan_pending() == 1
    assert b"".join(client.get(waiting.url).streaming_content) == good.pdf()
    server.door.close()


def test_a_late_finding_locks_the_file_for_everybody(client, officer, reviewer, add, settings, clamd):
    clamd.says = b"ERROR"
    late = add()
    clamd.says = b"stream: Eicar-Signature FOUND"
    assert scan_pending() == 1
    for user in (officer, reviewer):
        client.force_login(user)
        answer = client.get(reverse("attachments:download", args=[late.pk]))
        assert answer.status_code == 403 and "đã bị khóa" in answer.text


def test_without_an_antivirus_a_file_is_unscanned_and_handed_out(client, officer, add):
    attachment = add()
    assert attachment.scan == Scan.UNSCANNED
    client.force_login(officer)
    assert b"".join(client.get(attachment.url).streaming_content) == good.pdf()


def test_a_unit_cannot_fill_the_disk_of_all(add, ward, other_ward, settings):
    first = add(data=good.pdf())
    settings.UNIT_QUOTA_BYTES = 2 * first.size - 1
    with pytest.raises(Refused, match="đơn vị đã dùng .* được cấp"):
        add("tệp khác.pdf")
    assert add("tệp khác.pdf", unit_id=other_ward.pk).unit_id == other_ward.pk
    settings.UNIT_QUOTA_BYTES += 1
    assert add("tệp nữa.pdf").unit_id == ward.pk


def test_a_record_takes_so_many_files(add, settings):
    settings.UPLOAD_MAX_PER_RECORD = 2
    add("một.pdf"), add("hai.pdf")
    with pytest.raises(Refused, match="đã có 2 tệp"):
        add("ba.pdf")
    assert add("hai.pdf").name == "hai.pdf"  # the same once more is no third
