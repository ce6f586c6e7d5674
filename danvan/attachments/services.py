"""All writes to attachments."""

import hashlib
import logging

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction

from danvan.access.rows import whole_office
from danvan.attachments import antivirus
from danvan.attachments.checks import check_quota, check_upload
from danvan.attachments.models import Attachment, Purpose, Scan
from danvan.attachments.permissions import check_can_withdraw
from danvan.common import clock, text
from danvan.common.exceptions import Refused

log = logging.getLogger(__name__)


def attachments_of(obj):
    """What the record shows: not withdrawn, newest first."""
    return all_attachments_of(obj).filter(withdrawn_at=None)


def all_attachments_of(obj):
    """Also those withdrawn: its history tells of them."""
    of_owner = {"content_type": ContentType.objects.get_for_model(obj), "object_id": obj.pk}
    return Attachment.objects.filter(**of_owner).select_related("uploaded_by", "withdrawn_by")


def attach(obj, upload, *, unit_id, by, purpose=Purpose.EVIDENCE, addressed_to_id=None):
    """The stored file. Sending the same one again, as a double click does, hands back the first.

    `addressed_to_id` is the other unit of a record between two: it reads the file too.
    """
    checked = check_upload(upload)
    digest = hashlib.sha256(checked.data).hexdigest()
    same = attachments_of(obj).filter(sha256=digest, name=checked.name, purpose=purpose).first()
    attachment = Attachment(
        owner=obj,
        unit_id=unit_id,
        addressed_to_id=addressed_to_id,
        uploaded_by=by,
        purpose=purpose,
        name=checked.name,
        kind=checked.kind,
        size=len(checked.data),
        sha256=digest,
    )
    if same:
        return same
    check_quota(attachment)
    attachment.scan = _verdict(checked)
    return _stored(attachment, checked.data)


def _verdict(checked):
    """The antivirus speaks before the file is stored; one that is silent is asked again each minute (`scan_pending`)."""
    if not settings.ANTIVIRUS:
        return Scan.UNSCANNED
    try:
        found = antivirus.found_in(checked.data)
    except antivirus.NoAnswer as reason:
        log.warning("antivirus gives no answer: %s", reason)
        return Scan.PENDING
    if found:
        raise Refused(f"Tệp “{checked.name}” có vi rút ({found}) nên không được nhận. Anh/chị quét lại máy đang dùng rồi gửi tệp sạch.")
    return Scan.CLEAN


def scan_pending():
    """Asks for every file that waits, oldest first, until the antivirus is silent again. How many got a verdict."""
    told = 0
    with whole_office("files of every unit wait for the antivirus"):
        waiting = list(Attachment.objects.filter(scan=Scan.PENDING).order_by("pk")) if settings.ANTIVIRUS else []
    for attachment in waiting:
        try:
            with attachment.file.open("rb") as file:
                found = antivirus.found_in(file.read())
        except antivirus.NoAnswer:
            break
        verdict = Scan.INFECTED if found else Scan.CLEAN
        with whole_office("what the antivirus said of a file"):
            told += Attachment.objects.filter(pk=attachment.pk, scan=Scan.PENDING).update(scan=verdict)
        if found:
            log.error("attachment %s is infected: %s", attachment.pk, found)
    return told


def _stored(attachment, data):
    """Bytes first: a row without its file would be worse than a file without its row."""
    attachment.file.save(attachment.name, ContentFile(data), save=False)
    try:
        with transaction.atomic():
            attachment.save(force_insert=True)
    except BaseException:
        attachment.file.storage.delete(attachment.file.name)
        raise
    return attachment


@transaction.atomic
def withdraw(attachment, *, by, reason):
    """Takes the file out of the list for good; of two who try at once, one is told."""
    check_can_withdraw(by, attachment)
    reason = text.nfc(reason or "").strip()
    if not reason:
        raise Refused("Anh/chị ghi lý do rút tệp.", field="reason")
    standing = Attachment.objects.filter(pk=attachment.pk, withdrawn_at=None)
    if not standing.update(withdrawn_at=clock.now(), withdrawn_by=by, withdrawn_reason=reason):
        raise Refused(f"Tệp “{attachment.name}” đã được rút trước đó.")
    attachment.refresh_from_db()
    return attachment
