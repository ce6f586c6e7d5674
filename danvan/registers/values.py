"""What a column shows of a row, on screen and in an exported cell."""

import datetime
import decimal

from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone

from danvan.access.rows import whole_office
from danvan.common import text
from danvan.common.models import title_beside

# attributes of rows that are no fields; a model names its own in LABELS
LABELS = {
    "figure_label": "chỉ tiêu", "number_words": "số văn bản", "quarter_words": "quý", "posted_days_words": "số ngày công khai",
}  # fmt: skip


def model_field(model, name):
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def label_of(model, column):
    if column.label:
        return column.label
    field = model_field(model, column.name)
    label = field.verbose_name if field is not None else {**LABELS, **getattr(model, "LABELS", {})}.get(column.name, column.name)
    return label[:1].upper() + label[1:]


def raw_value(row, name):
    beside = title_beside(type(row), name)
    value = getattr(row, beside.name if beside else name)
    if hasattr(value, "all"):  # rows on the other side of a relation, in their names
        return ", ".join(str(other) for other in value.all())
    return value() if callable(value) else value


def renew_titles(row):
    """Writes the row's name wherever a record, maybe of another unit, keeps it."""
    for relation in row._meta.related_objects:
        if beside := title_beside(relation.related_model, relation.field.name):
            with whole_office(f"new title of {row._meta.label} {row.pk}"):
                relation.related_model._base_manager.filter(**{relation.field.name: row}).update(**{beside.name: str(row)})


def cell_value(row, name):
    """The typed value for an exported cell: a date stays a date, a number a number, a choice its words."""
    field = model_field(type(row), name)
    if field is not None and field.flatchoices:
        return getattr(row, f"get_{name}_display")()
    value = raw_value(row, name)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if value is None or isinstance(value, int | float | decimal.Decimal | datetime.date | str):
        return value
    return str(value)


def shown_value(row, name):
    """The words on screen."""
    value = cell_value(row, name)
    if value is None or value == "":
        return "—"
    if isinstance(value, datetime.datetime):
        return value.strftime("%H:%M, %d/%m/%Y")
    if isinstance(value, datetime.date):
        return text.format_date(value)
    if isinstance(value, int | float | decimal.Decimal):
        return text.format_number(value) if not is_plain_number(name) else str(value)
    return value


def is_plain_number(name):
    """A year is not grouped in thousands."""
    return name.endswith("year")


def is_number(model, name):
    field = model_field(model, name)
    return field is not None and not field.flatchoices and field.get_internal_type() in NUMBER_TYPES


def is_text(model, name):
    field = model_field(model, name)
    return field is not None and field.get_internal_type() in {"CharField", "TextField"}


NUMBER_TYPES = {"IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "SmallIntegerField", "BigIntegerField", "DecimalField"}
