"""The story of a record: what it came from and what it led to, across rooms, as far as the reader may see."""

import datetime

from django.contrib.contenttypes.models import ContentType

from danvan.common import clock
from danvan.links import known
from danvan.links.models import Link

LONGEST = 30  # records of one story


def thread_of(obj, user):
    """[{label, title, url, date, status, late, current, link_id}] in the order of the dates; [] without any link.

    A record that the user cannot see is left out entirely, and nothing behind it is reached through it. A model may name
    with STORY_BEGINS the record in which its stories begin (a question's dialogue).
    """
    found, waiting, link_ids = {known.key_of(obj): obj}, [obj], {}
    while waiting and len(found) < LONGEST:
        record = waiting.pop(0)
        for near, link_id in _neighbours(record, user):
            if known.key_of(near) not in found:
                found[known.key_of(near)] = near
                link_ids[known.key_of(near)] = link_id if record is obj else None
                waiting.append(near)
    for record in list(found.values()):
        if name := getattr(record, "STORY_BEGINS", ""):
            began = record._meta.get_field(name)
            for begin in _seen(began.related_model, [getattr(record, began.attname)], user):
                found.setdefault(known.key_of(begin), begin)
    steps = [_step(record, obj, link_ids.get(key)) for key, record in found.items() if known.register_for(record)]
    return sorted(steps, key=lambda step: (step["date"] or datetime.date.max, step["label"])) if len(steps) > 1 else []


def _neighbours(record, user):
    """(record, link id) at the other end of each link, visible ones only."""
    type_id, pk = known.key_of(record)
    others = {}
    for row in Link.objects.touching(type_id, pk):
        other = (row.to_type_id, row.to_id) if (row.from_type_id, row.from_id) == (type_id, pk) else (row.from_type_id, row.from_id)
        others.setdefault(other[0], {})[other[1]] = row.pk
    for kind, ids in others.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        for near in _seen(model, ids, user):
            yield near, ids[near.pk]


def _seen(model, pks, user):
    """Those the user may open: visible to the branch, and through a register that the role reads."""
    register = known.page_for(user, model)
    return list(register.rows(user).filter(pk__in=list(pks))) if register else []


def _step(record, current, link_id):
    register = known.register_for(record)
    return {
        "label": register.noun[:1].upper() + register.noun[1:],
        "title": str(record),
        "url": register.url("detail", record.pk),
        "date": getattr(record, register.date) if register.date else None,
        "status": record.get_status_display() if hasattr(record, "get_status_display") else "",
        "late": _is_late(record),
        "current": known.key_of(record) == known.key_of(current),
        "link_id": link_id,
    }


def _is_late(record):
    """A record with a deadline says itself whether it is open and late."""
    deadline = getattr(record, "deadline_on", None)
    return bool(deadline and getattr(record, "is_open", False) and deadline < clock.today())
