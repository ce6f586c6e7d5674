from danvan.units.models import Unit, UnitVersion


def version_on(unit, day):
    """What the unit was called and how it headed its documents on `day`."""
    return UnitVersion.objects.valid_on(day).filter(unit=unit).get()


def names_on(unit_ids, day):
    """{unit id: its name on `day`}"""
    return dict(UnitVersion.objects.valid_on(day).filter(unit__in=unit_ids).values_list("unit_id", "name"))


def addressable_units(user):
    """Units that the user may write to or look at on the spot: the branch of the unit above each own one, and what the user sees."""
    memberships = user.active_memberships() if user.is_authenticated else []
    found = Unit.objects.visible_to(user)
    for membership in memberships:
        found |= Unit.objects.filter(scope_path__startswith=path_above(membership.unit) or membership.unit.scope_path)
    return found


def parent_of(unit):
    """The unit above today, or None at the top."""
    above = path_above(unit)
    return Unit.objects.filter(scope_path=above).first() if above else None


def path_above(unit):
    """ "1.4." of "1.4.9."; "" at the top."""
    return unit.scope_path[: unit.scope_path.rstrip(".").rfind(".") + 1]
