import hashlib

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from danvan.attachments.models import Attachment, Purpose
from danvan.attachments.services import attachments_of, withdraw
from danvan.common.exceptions import Refused
from tests.danvan.attachments import good, hostile

pytestmark = [pytest.mark.embedded, pytest.mark.django_db]


def files_below(root):
    return [path for path in root.rglob("*") if path.is_file()]


def test_a_file_is_stored_under_a_name_of_our_own(add, ward, officer, private_root):
    data = good.pdf()
    attachment = add("../kế hoạch.pdf", data)
    path = private_root / attachment.file.name
    assert path.read_bytes() == data
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.parent == private_root / "attachments" / f"{timezone.localdate():%Y}"
    assert "ho" not in path.stem and path.suffix == ".pdf"
    assert (attachment.name, attachment.kind, attachment.size) == ("kế hoạch.pdf", "pdf", len(data))
    assert attachment.sha256 == hashlib.sha256(data).hexdigest()
    assert (attachment.owner, attachment.unit, attachment.uploaded_by) == (ward, ward, officer)
    assert attachment.purpose == Purpose.EVIDENCE


def test_the_hash_is_of_what_is_stored(add, private_root):
    attachment = add("ảnh.jpg", hostile.located_photo())
    stored = (private_root / attachment.file.name).read_bytes()
    assert (attachment.sha256, attachment.size) == (hashlib.sha256(stored).hexdigest(), len(stored))


def test_a_refused_file_leaves_nothing(add, private_root):
    with pytest.raises(Refused):
        add("văn bản.pdf", b"xin chao")
    assert not Attachment.objects.exists() and not files_below(private_root)


def test_a_row_that_fails_takes_its_file_along(add, private_root):
    with pytest.raises(IntegrityError), transaction.atomic():
        add(purpose="khac")
    assert not files_below(private_root)


def test_a_write_that_breaks_off_leaves_nothing(add, private_root, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("danvan.attachments.storage.os.fsync", full)
    with pytest.raises(OSError):
        add()
    assert not Attachment.objects.exists() and not files_below(private_root)


def test_the_same_file_twice_is_one_attachment(add):
    data = good.pdf()
    first = add(data=data)
    assert add(data=data) == first
    assert add(data=data, purpose=Purpose.SIGNED) != first
    assert add("tên khác.pdf", data) != first


def test_a_record_shows_its_own_files_newest_first(add, ward, other_ward):
    first, second = add("a.docx", good.docx()), add("b.xlsx", good.xlsx())
    assert list(attachments_of(ward)) == [second, first]
    assert not attachments_of(other_ward)
    assert [file.icon for file in attachments_of(ward)] == ["file-spreadsheet", "file-text"]


# --- withdrawing ---------------------------------------------------------------------


def test_a_withdrawn_file_leaves_the_list_but_row_and_bytes_stay(add, ward, officer, private_root):
    attachment = add()
    withdraw(attachment, by=officer, reason=" Gửi nhầm tệp ")
    assert not attachments_of(ward)
    row = Attachment.objects.get()
    assert (row.withdrawn_by, row.withdrawn_reason) == (officer, "Gửi nhầm tệp")
    assert row.withdrawn_at is not None
    assert (private_root / row.file.name).read_bytes()


def test_a_withdrawn_file_may_be_sent_again(add, officer):
    data = good.pdf()
    first = withdraw(add(data=data), by=officer, reason="Gửi nhầm")
    assert add(data=data) != first


def test_only_the_sender_withdraws(add, reviewer, ward):
    with pytest.raises(Refused, match="Chỉ người đã gửi tệp “kế hoạch.pdf” mới rút được"):
        withdraw(add(), by=reviewer, reason="Không cần")
    assert attachments_of(ward)


@pytest.mark.parametrize("reason", ["", "  \n", None])
def test_withdrawing_needs_a_reason(add, officer, reason):
    with pytest.raises(Refused, match="lý do") as caught:
        withdraw(add(), by=officer, reason=reason)
    assert caught.value.field == "reason"


def test_the_second_of_two_withdrawals_is_told(add, officer):
    attachment = add()
    stale = Attachment.objects.get()
    withdraw(attachment, by=officer, reason="Gửi nhầm")
    with pytest.raises(Refused, match="đã được rút trước đó"):
        withdraw(stale, by=officer, reason="Lần hai")
    assert Attachment.objects.get().withdrawn_reason == "Gửi nhầm"


@pytest.mark.parametrize(
    "change",
    [{"size": 0}, {"kind": "exe"}, {"purpose": "khac"}, {"withdrawn_reason": "x"}, {"withdrawn_at": timezone.now()}],
)
def test_the_database_holds_the_facts(add, change):
    attachment = add()
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk).update(**change)
