"""Every write to the tree: a fresh office unit by unit, later only what decisions say."""

from collections import defaultdict

from django.db import transaction

from danvan.common import clock
from danvan.common.exceptions import Refused
from danvan.units.models import DecidedUnit, Succession, Unit, UnitVersion
from danvan.units.plan import Plan


@transaction.atomic
def create_unit(*, code, name, kind, valid_from, parent=None, **header):
    """A new unit with its first version; the path is built from primary keys."""
    unit = _identity(code, name)
    unit.scope_path = f"{parent.scope_path if parent else ''}{unit.pk}."
    unit.save(update_fields=["scope_path"])
    UnitVersion.objects.create(unit=unit, valid_from=valid_from, parent=parent, path=unit.scope_path, name=name, kind=kind, **header)
    return unit


def _identity(code, name):
    return Unit.objects.create(code=code, name=name, scope_path=f"new-{code}.")


# --- what a decision writes ---------------------------------------------------------------------


def hold_tree():
    """Whoever changes the tree holds its first row until the transaction ends, so that decisions follow one another."""
    list(Unit.objects.select_for_update(no_key=True).order_by("pk")[:1])


def write(plan: Plan, decision):
    """The versions, new units and successions of a plan; the units are what their version of today says."""
    check_codes_free(plan)
    for place in plan.changed:
        if isinstance(place.key, DecidedUnit):
            place.key.unit = _identity(place.key.code, place.name)
            place.key.save(update_fields=["unit"])
    UnitVersion.objects.bulk_create(_version(plan, place, decision) for place in plan.changed)
    Succession.objects.bulk_create(Succession(predecessor_id=_pk(old), successor_id=_pk(new), decision=decision) for old, new in plan.heirs)
    settle({_pk(place.key) for place in plan.changed})


def check_codes_free(plan):
    codes = [place.key.code for place in plan.changed if isinstance(place.key, DecidedUnit)]
    taken = Unit.objects.filter(code__in=codes).first()
    if taken:
        raise Refused(f"Mã “{taken.code}” đã dùng cho {taken}.")
    if twice := next((code for code in codes if codes.count(code) > 1), None):
        raise Refused(f"Mã “{twice}” được ghi cho hai đơn vị mới.")


def _pk(key):
    return key.unit_id if isinstance(key, DecidedUnit) else key


def _version(plan, place, decision):
    path = "".join(f"{_pk(key)}." for key in plan.path(place.key))
    return UnitVersion(
        unit_id=_pk(place.key), valid_from=plan.day, parent_id=_pk(place.parent), path=path, closed=place.closed, decision=decision,
        **place.description,
    )  # fmt: skip


def settle(unit_ids):
    """What a unit is today, from the version valid today: the one place that writes it after the first."""
    versions = defaultdict(list)
    for version in UnitVersion.objects.filter(unit__in=unit_ids, valid_from__lte=clock.today()).order_by("valid_from", "pk"):
        versions[version.unit_id].append(version)
    units = list(Unit.objects.filter(pk__in=versions))
    for unit in units:
        *former, today = versions[unit.pk]
        unit.name, unit.scope_path, unit.sort_key = today.name, today.path, today.sort_key
        unit.changed_on = today.valid_from if former else None
    Unit.objects.bulk_update(units, ["name", "scope_path", "sort_key", "changed_on"], batch_size=500)


def unwrite(decision):
    """Takes back what `write` wrote; nothing may stand on it by now."""
    founded = list(Unit.objects.filter(founded_by__line__decision=decision))
    changed = set(decision.versions.values_list("unit", flat=True))
    decision.versions.all().delete()
    decision.successions.all().delete()
    DecidedUnit.objects.filter(line__decision=decision).update(unit=None)
    Unit.objects.filter(pk__in=[unit.pk for unit in founded]).delete()
    settle(changed - {unit.pk for unit in founded})
