"""Who changed what, when and why, in words an officer understands."""

import datetime
from decimal import Decimal
from functools import partial
from itertools import groupby, pairwise

from django.db.models import Q

from danvan.access.scoping import branch_filter
from danvan.attachments.services import all_attachments_of
from danvan.common import text
from danvan.registers.values import is_plain_number, shown_value
from danvan.workflow.services import changes_of
from danvan.workflow.services import label_of as status_label

SILENT = {"id", "version", "created_at", "updated_at", "search_text", "sort_key", "title_key", "batch"}
ADDED = "thêm"
VERBS = {"+": ADDED, "~": "sửa", "-": "xóa"}
SHORT = 90  # letters by which a row below the record is known
ONE_WRITE = datetime.timedelta(seconds=2)  # a move writes its dates and its line in the same transaction


def entries_of(register, obj, user=None, files=None, *, own=False):
    """Newest first: field changes of the record and, unless only its `own`, of its rows that `user` may see, its files, and moves."""
    heading = getattr(obj, "heading", str)
    entries = _field_changes(obj.history.select_related("history_user").order_by("history_date", "history_id"), heading)
    entries = [{**entry, "text": f"{entry['text']} hồ sơ"} for entry in entries]
    if hasattr(obj, "TRANSITIONS"):
        entries = _with_moves(entries, [_move(obj, change) for change in changes_of(obj)])
    for child in () if own else register.children:
        manager = getattr(obj, child.relation)
        if hasattr(manager.model, "history"):
            rows = _in_sight(manager.model, user).filter(**{manager.field.name: obj}).select_related("history_user")
            entries += _field_changes_by_row(rows.order_by("history_date", "history_id"), child)
    if register.attachments:
        entries += [entry for file in (all_attachments_of(obj) if files is None else files) for entry in _file_entries(file)]
    return _gathered(sorted(entries, key=lambda entry: entry["at"], reverse=True))


# --- what others changed while somebody was typing ------------------------------------------------


def changes_since(obj, base):
    """({field: the row of the history that changed it last}, the newest row or None) since version `base` of the record.

    A text under a heading of its own, as paragraphs are, is found as (field, heading).
    """
    base, rows = base or 0, obj.history.select_related("history_user")
    held = rows.filter(version__lte=base).order_by("-version", "-history_id").values("history_id")[:1]
    records = list(rows.filter(Q(version__gt=base) | Q(history_id__in=held)).order_by("version", "history_id"))
    return _last_changes(records), next((record for record in reversed(records) if record.version > base), None)


def part_changes_since(part, since):
    """As changes_since, of what has no version of its own: since the moment of the first save after `base` of its record."""
    rows = part.history.select_related("history_user")
    held = rows.filter(history_date__lt=since).order_by("-history_date", "-history_id").values("history_id")[:1]
    records = list(rows.filter(Q(history_date__gte=since) | Q(history_id__in=held)).order_by("history_id"))
    return _last_changes(records), next((record for record in reversed(records) if record.history_date >= since), None)


def _last_changes(records):
    """Each field's newest row; what the first record held is what the others are compared with."""
    known, found = _Known(records), {}
    for old, new in pairwise(records):
        for field in [*_tracked(new), *known.lists]:
            before, after = known.value(field, old), known.value(field, new)
            if before == after:
                continue
            found[field.name] = new
            if isinstance(after, dict):
                texts = [key for key in {**before, **after} if before.get(key, "") != after.get(key, "")]
                found |= {(field.name, key): new for key in texts}
    return found


def told_changes(row, changed):
    """The changed fields with what stands in them now, for a page that has no typed fields to compare with."""
    named = [(row._meta.get_field(name).verbose_name, name, record) for name, record in changed.items() if isinstance(name, str)]
    return [{"label": label[:1].upper() + label[1:], "now": shown_value(row, name), **saved_by(record)} for label, name, record in named]


def saved_by(record):
    """Who and when, as a conflict page says it; nothing where no other person touched the field."""
    return {"who": str(record.history_user or "Hệ thống"), "at": record.history_date} if record else {"who": "", "at": None}


def _in_sight(model, user):
    """The history has the scope columns of its model: a row that is not shown below the record is not told of either."""
    scoped = user is not None and hasattr(model, "SCOPE")
    return model.history.filter(branch_filter(user, model.SCOPE)) if scoped else model.history.all()


def _gathered(entries):
    """Twelve questions saved together are one line: "thêm 12 câu hỏi"."""
    told = []
    for kind, same in groupby(entries, key=_seen_as_one):
        first, *more = same
        told += [{**first, "text": f"{ADDED} {len(more) + 1} {first['noun']}"}] if kind and more else [first, *more]
    return told


def _seen_as_one(entry):
    """None for what stands by itself."""
    if "noun" not in entry or entry["changes"] or not entry["text"].startswith(ADDED):
        return None
    return entry["at"].replace(second=0, microsecond=0), entry["who"], entry["noun"], entry["reason"]


def _with_moves(entries, moves):
    """The dates written with a move stand in its entry, not in one of their own."""
    for move in moves:
        same = (e for e in entries if e["who"] == move["who"] and e["reason"] == move["reason"] and abs(e["at"] - move["at"]) < ONE_WRITE)
        if dates := next((e for e in same if e["changes"]), None):
            move["changes"] = dates["changes"]
            entries.remove(dates)
    return entries + moves


def _file_entries(file):
    added = {"at": file.uploaded_at, "who": str(file.uploaded_by), "text": f"thêm tệp “{file.name}”", "reason": ""}
    gone = {"at": file.withdrawn_at, "who": str(file.withdrawn_by), "text": f"rút tệp “{file.name}”", "reason": file.withdrawn_reason}
    return [{**entry, "changes": [], "status": False} for entry in (added, gone) if entry["at"]]


def _move(obj, change):
    words = f"chuyển từ “{status_label(obj, change.from_status)}” sang “{status_label(obj, change.to_status)}”"
    return {
        "at": change.changed_at,
        "who": str(change.changed_by or "Hệ thống"),
        "text": words,
        "changes": [],
        "reason": change.note,
        "status": True,
    }


def _field_changes_by_row(records, child):
    """Each row is called as the first cell of its line on the page calls it."""
    rows = {}
    for record in records:
        rows.setdefault(record.id, []).append(record)
    known = _Known(records)
    return [
        {**entry, "noun": noun, "text": f"{entry['text']} {noun} “{_called(versions[-1], child)}”"}
        for versions in rows.values()
        for noun in [str(versions[-1].instance_type._meta.verbose_name)]
        for entry in _field_changes(versions, known=known)
    ]


def _called(record, child):
    row = record.instance_type(**{field.attname: getattr(record, field.attname) for field in record.tracked_fields})
    words = shown_value(row, child.columns[0].name)
    return words if len(words) <= SHORT else f"{words[:SHORT].rsplit(' ', 1)[0]}…"


class _Known:
    """What the records held on their many-to-many fields, and the names of whatever they point to: a query for each field."""

    def __init__(self, records):
        self.records, self.lists, self.names = records, {}, {}
        for field in sorted(records[0]._history_m2m_fields if records else (), key=lambda field: field.name):
            rows = getattr(records[0], field.name).model.objects.filter(history__in=[record.pk for record in records])
            held = self.lists[field] = {}
            for key, other in rows.values_list("history_id", f"{field.m2m_reverse_field_name()}_id").order_by("pk"):
                held.setdefault(key, []).append(other)

    def name(self, field, key):
        if field not in self.names:
            keys = {key for value in map(partial(self.value, field), self.records) for key in (value if field in self.lists else [value])}
            self.names[field] = field.related_model._default_manager.in_bulk(keys - {None})
        return str(self.names[field].get(key) or key)

    def value(self, field, record):
        return self.lists[field].get(record.pk, []) if field in self.lists else getattr(record, field.attname, None)

    def words(self, field, value):
        if value is None or value == "" or value == []:
            return "(trống)"
        if field in self.lists:
            return ", ".join(self.name(field, key) for key in value)
        if field.flatchoices:
            return dict(field.flatchoices).get(value, value)
        if field.many_to_one:
            return self.name(field, value)
        if isinstance(value, bool):
            return "Có" if value else "Không"
        if hasattr(value, "strftime"):
            return text.format_date(value)
        grouped = isinstance(value, int | Decimal) and not is_plain_number(field.name)
        return text.format_number(value) if grouped else str(value)


def _field_changes(records, heading=str, known=None):
    known = known or _Known(records)
    entries, previous = [], None
    for _, saved in groupby(records, key=_act):
        first, *more = saved
        record = more[-1] if more else first
        changes = list(_differences(previous, record, heading, known)) if previous is not None else []
        kind = record.history_type if record.history_type == "-" else first.history_type
        if changes or kind != "~":
            entries.append(
                {
                    "at": record.history_date,
                    "who": str(record.history_user or "Hệ thống"),
                    "text": VERBS[kind],
                    "changes": changes,
                    "reason": record.history_change_reason or "",
                    "status": False,
                }
            )
        previous = record
    return entries


def _act(record):
    """Setting a many-to-many field leaves further rows of the same moment with the same columns: the last holds what was saved."""
    return record.history_date, [getattr(record, field.attname, None) for field in _tracked(record)]


def _tracked(record):
    """Also what no form edits: a deadline that only an extension moves. A move of the status has its own line."""
    silent = SILENT | ({"status"} if hasattr(record.instance_type, "TRANSITIONS") else set())
    return [field for field in record.instance_type._meta.concrete_fields if field.name not in silent]


def _differences(old, new, heading, known):
    for field in [*_tracked(new), *known.lists]:
        before, after = known.value(field, old), known.value(field, new)
        if before == after:
            continue
        if isinstance(after, dict):  # texts under headings
            for key in [key for key in {**before, **after} if before.get(key, "") != after.get(key, "")]:
                yield _change(heading(key), before.get(key, "") or "(trống)", after.get(key, "") or "(trống)")
        else:
            yield _change(field.verbose_name, known.words(field, before), known.words(field, after))


def _change(label, old, new):
    return {"label": label[:1].upper() + label[1:], "old": old, "new": new}
