from django.db import transaction

from danvan.units.models import Unit, UnitVersion


@transaction.atomic
def create_unit(*, code, name, kind, valid_from, parent=None, **header):
    """A new unit with its first version; the path is built from primary keys."""
    unit = Unit.objects.create(code=code, name=name, scope_path=f"new-{code}.")
    unit.scope_path = f"{parent.scope_path if parent else ''}{unit.pk}."
    unit.save(update_fields=["scope_path"])
    UnitVersion.objects.create(unit=unit, valid_from=valid_from, parent=parent, path=unit.scope_path, name=name, kind=kind, **header)
    return unit
