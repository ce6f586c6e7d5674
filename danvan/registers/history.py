"""Who changed what, when and why, in words an officer understands."""

import datetime
from decimal import Decimal

from danvan.access.scoping import branch_filter
from danvan.attachments.services import all_attachments_of
from danvan.common import text
from danvan.registers.values import is_plain_number, shown_value
from danvan.workflow.services import changes_of
from danvan.workflow.services import label_of as status_label

SILENT = {"id", "version", "created_at", "updated_at", "search_text", "sort_key", "batch"}
VERBS = {"+": "thêm", "~": "sửa", "-": "xóa"}
SHORT = 90  # letters by which a row below the record is known
ONE_WRITE = datetime.timedelta(seconds=2)  # a move writes its dates and its line in the same transaction


def entries_of(register, obj, user=None, files=None):
    """Newest first: field changes of the record and of its rows that `user` may see, its files, and moves of its status."""
    entries = _field_changes(obj.history.select_related("history_user").order_by("history_date", "history_id"))
    entries = [{**entry, "text": f"{entry['text']} hồ sơ"} for entry in entries]
    if hasattr(obj, "TRANSITIONS"):
        entries = _with_moves(entries, [_move(obj, change) for change in changes_of(obj)])
    for child in register.children:
        manager = getattr(obj, child.relation)
        if hasattr(manager.model, "history"):
            rows = _in_sight(manager.model, user).filter(**{manager.field.name: obj}).select_related("history_user")
            entries += _field_changes_by_row(rows.order_by("history_date", "history_id"), child)
    if register.attachments:
        entries += [entry for file in (all_attachments_of(obj) if files is None else files) for entry in _file_entries(file)]
    return sorted(entries, key=lambda entry: entry["at"], reverse=True)


def _in_sight(model, user):
    """The history has the scope columns of its model: a row that is not shown below the record is not told of either."""
    scoped = user is not None and hasattr(model, "SCOPE")
    return model.history.filter(branch_filter(user, model.SCOPE)) if scoped else model.history.all()


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
    names = _names(records)
    return [
        {**entry, "text": f"{entry['text']} {versions[-1].instance_type._meta.verbose_name} “{_called(versions[-1], child)}”"}
        for versions in rows.values()
        for entry in _field_changes(versions, names)
    ]


def _called(record, child):
    row = record.instance_type(**{field.attname: getattr(record, field.attname) for field in record.tracked_fields})
    words = shown_value(row, child.columns[0].name)
    return words if len(words) <= SHORT else f"{words[:SHORT].rsplit(' ', 1)[0]}…"


def _names(records):
    """{foreign key: {key: what it points to}} for those that changed: one query each, however many changes."""
    found = {}
    for field in records[0].instance_type._meta.concrete_fields if records else []:
        keys = {getattr(record, field.attname, None) for record in records} if field.many_to_one else set()
        if len(keys) > 1:
            found[field] = field.related_model._default_manager.in_bulk(keys - {None})
    return found


def _field_changes(records, names=None):
    names = _names(records) if names is None else names
    entries, previous = [], None
    for record in records:
        changes = _differences(previous, record, names) if previous is not None else []
        if changes or record.history_type != "~":
            entries.append(
                {
                    "at": record.history_date,
                    "who": str(record.history_user or "Hệ thống"),
                    "text": VERBS[record.history_type],
                    "changes": changes,
                    "reason": record.history_change_reason or "",
                    "status": False,
                }
            )
        previous = record
    return entries


def _differences(old, new, names):
    silent = SILENT | ({"status"} if hasattr(new.instance_type, "TRANSITIONS") else set())  # a move has its own line
    tracked = [f for f in new.instance_type._meta.concrete_fields if f.name not in silent]
    return [
        {
            "label": field.verbose_name[:1].upper() + field.verbose_name[1:],
            "old": _words(field, old, names),
            "new": _words(field, new, names),
        }
        for field in tracked
        if getattr(old, field.attname, None) != getattr(new, field.attname, None)
    ]


def _words(field, record, names):
    value = getattr(record, field.attname)
    if value is None or value == "":
        return "(trống)"
    if field.flatchoices:
        return dict(field.flatchoices).get(value, value)
    if field.many_to_one:
        return str(names[field].get(value) or value)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if hasattr(value, "strftime"):
        return text.format_date(value)
    grouped = isinstance(value, int | Decimal) and not is_plain_number(field.name)
    return text.format_number(value) if grouped else str(value)
