"""The cast that everybody walks through is good enough to betray a leak: rows of every model, canaries in every text."""

import pytest
from django.db import models

from tests.scoping.database import tables_written
from tests.world import scoped_models

pytestmark = pytest.mark.django_db

CODE = "mã chọn từ danh sách hoặc do chương trình đặt, không ai gõ lời vào"
MADE = "tính ra từ cột khác hoặc từ tệp"
# Columns of text without a canary of their own.
WITHOUT = {
    **dict.fromkeys(
        (
            "Unit.code", "Job.kind", "FigureValue.code", "FigureValue.period", "Period.code", "TypedValue.code", "TypedValue.period_code",
            "Round.code", "ReturnItem.figure", "Report.kind", "Report.period", "NilReturn.register_code", "NilReturn.period",
            "AuditEvent.object_model", "AuditEvent.address", "AuditEvent.session",
        ),
        CODE,
    ),
    **dict.fromkeys(
        (
            "Unit.scope_path", "Attachment.sha256", "Job.key", "Job.output_path", "Job.output_sha256", "ReportVersion.snapshot_sha256",
            "ReportVersion.path", "ReportVersion.sha256", "ReportVersion.figures_path", "ReportVersion.figures_sha256",
            "Replication.title_key", "AuditEvent.scope_path",
        ),
        MADE,
    ),
}  # fmt: skip


def texts_of(model):
    kinds = (models.CharField, models.TextField, models.JSONField)
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, kinds) and not field.flatchoices and field.name not in ("sort_key", "search_text")
    ]


def has_canary(model, column, canaries):
    stored = [str(value) for value in model._base_manager.values_list(column, flat=True)]
    return any(text in value for text in canaries for value in stored)


def test_a_canary_stands_in_every_text(world):
    """A new column of text is red until tests/world.py writes a canary into it: what it shows too much would not be seen."""
    fields = {f"{model.__name__}.{field.name}": (model, field.name) for model in scoped_models() for field in texts_of(model)}
    canaries = world.canaries(world.parties)
    bare = {label for label, (model, column) in fields.items() if not has_canary(model, column, canaries)}
    assert bare == set(WITHOUT)
    print(f"counted: canaries: {len(fields) - len(bare)} columns of text, {len(bare)} without words")


@pytest.mark.parametrize("model", scoped_models(), ids=lambda model: model.__name__)
def test_the_cast_keeps_every_scoped_model(world, model):
    for key in ("a", "b", "school", "other_ward"):
        wanted = key != "school" or model.__name__ not in ("ReturnSlip", "ReturnItem")
        assert not wanted or world.parties[key].rows.get(model), f"tests/world.py gives {key} no {model.__name__}"


def test_paths_are_prefix_twins(world):
    a, b = world.a.unit, world.b.unit
    assert b.scope_path.startswith(a.scope_path.rstrip(".")) and not b.scope_path.startswith(a.scope_path)
    assert world.other_district.unit.scope_path.startswith(world.district.unit.scope_path.rstrip("."))
    assert world.school.unit.scope_path.startswith(a.scope_path)


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ('SELECT "a"."update" FROM "a" FOR UPDATE', set()),
        ('UPDATE "a" SET x = 1', {"a"}),
        ("  insert into a (x) VALUES (1)", {"a"}),
        ('DELETE FROM ONLY "a"', {"a"}),
        ("TRUNCATE a", {"a"}),
        ("COPY a FROM STDIN", {"a"}),
        ("WITH gone AS (DELETE FROM a RETURNING x), kept AS (UPDATE b SET x = 1 RETURNING x) SELECT * FROM gone", {"a", "b"}),
        ("WITH found AS (SELECT 1) SELECT * FROM found", set()),
    ],
)
def test_a_write_is_told_from_a_question(statement, tables):
    assert tables_written(statement) == tables
