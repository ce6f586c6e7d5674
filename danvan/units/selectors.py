"""Reads of the tree, as it is and as it was."""

from collections import defaultdict

from danvan.access.scoping import ancestor_ids
from danvan.common.exceptions import Refused
from danvan.common.text import format_date
from danvan.units.models import Succession, Unit, UnitVersion


def version_on(unit, day):
    """What the unit was called and how it headed its documents on `day`."""
    return UnitVersion.objects.valid_on(day).filter(unit=unit).select_related("parent").get()


def names_on(unit_ids, day):
    """{unit id: its name on `day`}"""
    return dict(UnitVersion.objects.valid_on(day).filter(unit__in=unit_ids).values_list("unit_id", "name"))


def places_on(day, top=None):
    """The versions valid on the day in the order of their names, ended ones too; with `top` its branch as it was then."""
    rows = UnitVersion.objects.valid_on(day)
    rows = rows.below(top) if top else rows
    return list(rows.select_related("unit").order_by("sort_key", "unit_id"))


def tops_on(day):
    """The versions of the units that stood at the top of a tree on the day."""
    return UnitVersion.objects.valid_on(day).filter(parent=None, closed=False).select_related("unit")


def versions_of(unit_ids):
    """{unit id: its versions, oldest first}: one query, where many days are asked about."""
    found = defaultdict(list)
    for version in UnitVersion.objects.filter(unit__in=unit_ids).order_by("valid_from", "pk"):
        found[version.unit_id].append(version)
    return found


def valid_among(versions, day):
    """Of one unit's versions, oldest first, the one valid on the day; None before the first."""
    return next((version for version in reversed(versions) if version.valid_from <= day), None)


def lineage_on(unit, day):
    """Its version of the day and those of the units above it, from the unit up."""
    ids = ancestor_ids(version_on(unit, day).path)
    found = {version.unit_id: version for version in UnitVersion.objects.valid_on(day).filter(unit__in=ids)}
    return [found[pk] for pk in reversed(ids)]


def call_as_of(pairs):
    """Gives each unit of the (unit, day) pairs the name of its day, where it is called otherwise today. One query at most."""
    pairs = [(unit, day) for unit, day in pairs if unit is not None and unit.changed_on and day is not None and day < unit.changed_on]
    if not pairs:
        return
    spans = defaultdict(list)
    rows = UnitVersion.objects.filter(unit__in={unit.pk for unit, _ in pairs}).order_by("valid_from", "pk")
    for pk, first, name in rows.values_list("unit_id", "valid_from", "name"):
        spans[pk].append((first, name))
    for unit, day in pairs:
        then = [name for first, name in spans[unit.pk] if first <= day][-1:]
        if then and then[0] != unit.name:
            unit.called = f"{then[0]} (nay là {unit.name})"


def addressable_units(user):
    """Units that the user may write to or look at on the spot: the branch of the unit above each own one, and what the user sees."""
    memberships = user.active_memberships() if user.is_authenticated else []
    found = Unit.objects.visible_to(user)
    for membership in memberships:
        found |= Unit.objects.filter(scope_path__startswith=path_above(membership.unit) or membership.unit.scope_path)
    return found


def path_above(unit):
    """ "1.4." of "1.4.9."; "" at the top."""
    return unit.scope_path[: unit.scope_path.rstrip(".").rfind(".") + 1]


# --- units that ended -----------------------------------------------------------------------------


def check_living(unit, day):
    """New work is written for a unit that exists on its day; the sentence says for which one instead."""
    version = UnitVersion.objects.valid_on(day).filter(unit=unit, closed=True).first()
    if version is None:
        return
    first = UnitVersion.objects.filter(unit=unit, closed=True).order_by("valid_from", "pk").first()
    heirs = Unit.objects.filter(inheritances__predecessor=unit)
    instead = f" Hồ sơ từ ngày đó ghi cho {' hoặc '.join(str(heir) for heir in heirs)}." if heirs else ""
    raise Refused(f"{version.name} không còn hoạt động từ ngày {format_date(first.valid_from)}.{instead}")


def heads(unit_ids=None, within=None):
    """{unit id: the unit of today that counts its numbers}; without `unit_ids` for every unit that has a successor.

    A chain of sole successors is followed to its end, or to the last one `within` the units that somebody sees. A unit that
    was split, or ended without successor, stays its own head: nobody may claim its numbers.
    """
    heirs = _heirs()
    chains = {pk: _chain(pk, heirs) for pk in (list(heirs) if unit_ids is None else unit_ids)}
    return {pk: next((one for one in reversed(chain) if within is None or one in within), pk) for pk, chain in chains.items()}


def _heirs():
    heirs = defaultdict(list)
    for old, new in Succession.objects.values_list("predecessor_id", "successor_id"):
        heirs[old].append(new)
    return heirs


def _chain(pk, heirs):
    """The unit and its sole successors, one after the other."""
    chain = [pk]
    while len(heirs.get(chain[-1], ())) == 1:
        chain += heirs[chain[-1]]
    return chain


def lineage(unit_id):
    """Keys of the units whose numbers the unit counts: itself and those that were merged into it, however long ago."""
    heirs = _heirs()
    return {unit_id} | {pk for pk in heirs if unit_id in _chain(pk, heirs)}
