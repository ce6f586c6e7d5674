"""A part has the unit of its record: filled when it is made, held by a key of two columns."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from danvan.common.constraints import SameUnit, UnitKey
from danvan.common.models import CopiedTitle, UnitOf
from danvan.units.models import Unit

pytestmark = pytest.mark.django_db
KEYS = [(model, key) for model in apps.get_models() for key in model._meta.constraints if isinstance(key, SameUnit)]


def with_parent(model, key):
    return model._base_manager.exclude(**{key.parent: None}).order_by("pk")


@pytest.mark.parametrize(("model", "key"), KEYS, ids=lambda found: getattr(found, "name", ""))
def test_another_unit_than_the_records_is_refused(world, model, key):
    row = with_parent(model, key).first()
    assert row is not None, f"tests/world.py makes no {model.__name__} with a {key.parent}"
    other = Unit.objects.exclude(pk=getattr(row, f"{key.unit}_id")).order_by("pk").first()
    name = connection.ops.quote_name(key.name)
    with pytest.raises(IntegrityError, match=f"constraint {name}"), transaction.atomic():
        model._base_manager.filter(pk=row.pk).update(**{key.unit: other})
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS {name} IMMEDIATE")  # this key alone: the rows below it have theirs


def test_every_part_is_held_and_filled(world):
    """A field that takes the unit from its parent has its key beside it, and the parent the key it refers to."""
    for model in apps.get_models():
        for field in (found for found in model._meta.fields if isinstance(found, UnitOf) and not hasattr(model, "instance_type")):
            assert any(kind is model and key.parent == field.parent and key.unit == field.name for kind, key in KEYS), field
            for row in model._base_manager.select_related(field.parent):
                assert getattr(row, field.attname) == getattr(row, field.parent).unit_id
    for model, key in KEYS:
        parent = model._meta.get_field(key.parent).related_model
        assert any(isinstance(found, UnitKey) for found in parent._meta.constraints), parent


def test_a_title_beside_a_reference_is_the_records(world):
    seen = 0
    for model in apps.get_models():
        for field in (found for found in model._meta.fields if isinstance(found, CopiedTitle)):
            for row in model._base_manager.select_related(field.source):
                record = getattr(row, field.source)
                assert getattr(row, field.name) == ("" if record is None else str(record))
                seen += record is not None
    assert seen > 20
