"""Who changed what, when and why, in words an officer understands."""

from decimal import Decimal

from danvan.common import text
from danvan.registers.values import is_plain_number
from danvan.workflow.services import changes_of
from danvan.workflow.services import label_of as status_label

SILENT = {"id", "version", "created_at", "updated_at", "search_text", "sort_key", "batch"}
VERBS = {"+": "thêm hồ sơ", "~": "sửa", "-": "xóa"}


def entries_of(register, obj):
    """Newest first: field changes of the record and of its children, and moves of its status."""
    entries = _field_changes(obj.history.select_related("history_user").order_by("history_date", "history_id"))
    for child in register.children:
        manager = getattr(obj, child.relation)
        if hasattr(manager.model, "history"):
            rows = manager.model.history.filter(**{manager.field.name: obj}).select_related("history_user")
            entries += _field_changes_by_row(rows.order_by("history_date", "history_id"), child.label)
    if hasattr(obj, "TRANSITIONS"):
        entries += [_move(obj, change) for change in changes_of(obj)]
    return sorted(entries, key=lambda entry: entry["at"], reverse=True)


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


def _field_changes_by_row(records, label):
    rows = {}
    for record in records:
        rows.setdefault(record.id, []).append(record)
    names = _names(records)
    entries = [entry for versions in rows.values() for entry in _field_changes(versions, names)]
    return [{**entry, "text": f"{entry['text']} ({label.lower()})"} for entry in entries]


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
    tracked = [f for f in new.instance_type._meta.concrete_fields if f.editable and f.name not in SILENT]
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
