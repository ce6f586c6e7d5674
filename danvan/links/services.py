from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from danvan.access.permissions import check_right
from danvan.common import clock
from danvan.common.exceptions import Refused
from danvan.links import known
from danvan.links.models import Link, LinkKind

RIGHT = "link.edit"


def link(first, then, *, by, kind=LinkKind.LEADS_TO):
    """The link between two saved records; one that stands already is handed back, whichever way round it goes."""
    if known.key_of(first) == known.key_of(then):
        raise Refused("Không liên kết một hồ sơ với chính nó.")
    found = Link.objects.filter(**ends(first, then)).first() or Link.objects.filter(**ends(then, first)).first()
    if found:
        return found
    try:
        with transaction.atomic():
            return Link.objects.create(**ends(first, then), kind=kind, created_by=by, created_at=clock.now())
    except IntegrityError:  # the same link came in the same moment
        return Link.objects.get(**ends(first, then))


def ends(first, then):
    types = ContentType.objects.get_for_model
    return {"from_type": types(first), "from_id": first.pk, "to_type": types(then), "to_id": then.pk}


def check_can_link(user, *records):
    """Who may link holds the right and may open every record of it; one that the database does not hand out is None."""
    check_right(user, RIGHT, "Tài khoản của anh/chị không có quyền liên kết hồ sơ.")
    for record in records:
        if record is None or not type(record)._default_manager.visible_to(user).filter(pk=record.pk).exists():
            raise Refused("Chỉ liên kết được hồ sơ thuộc phạm vi của anh/chị.")


def unlink(found, *, by):
    check_can_link(by, found.from_record, found.to_record)
    Link.objects.filter(pk=found.pk).delete()
