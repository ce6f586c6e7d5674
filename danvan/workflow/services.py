"""The one way a status moves."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F

from danvan.common import clock
from danvan.common.exceptions import Conflict, Refused
from danvan.common.models import signed
from danvan.workflow.models import StatusChange


@transaction.atomic
def change_status(obj, to, *, by, check=None, note="", **fields):
    """Claims the row, checks, writes the status and the StatusChange. True when it moved, False when it was there already.

    `obj.TRANSITIONS` maps a status to the statuses it may move to. `check(by, obj)` raises Refused with the sentence for
    the screen. `fields` are columns written with the move. Two racing moves: one wins, the other meets Conflict.
    """
    model, before = type(obj), obj.status
    if before == to:
        return False
    if to not in obj.TRANSITIONS.get(before, ()):
        raise Refused(f"Không chuyển được từ “{obj.get_status_display()}” sang “{label_of(obj, to)}”.")
    if check:
        check(by, obj)
    claimed = model.objects.filter(pk=obj.pk, status=before).update(status=to, version=F("version") + 1, **fields)
    if not claimed:
        raise Conflict("Hồ sơ vừa được người khác chuyển trạng thái. Anh/chị xem lại bản mới rồi làm tiếp.")
    obj.refresh_from_db()
    _keep_history(obj, by, note)
    StatusChange.objects.create(
        content_type=ContentType.objects.get_for_model(model),
        object_id=obj.pk,
        from_status=before,
        to_status=to,
        changed_by=by,
        changed_at=clock.now(),
        note=note,
    )
    return True


def _keep_history(obj, by, note):
    """The dates written with the move belong to who moved, not to the next one who edits the record."""
    if hasattr(obj, "history"):
        signed(obj, by, note).save(update_fields=["version"])


def label_of(obj, status):
    return dict(obj._meta.get_field("status").flatchoices).get(status, status)


def changes_of(obj):
    kind = ContentType.objects.get_for_model(obj)
    return StatusChange.objects.filter(content_type=kind, object_id=obj.pk).select_related("changed_by")
