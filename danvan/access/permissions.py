"""What a user may do. Users and memberships are duck-typed: `user.active_memberships()` yields rows with role, unit and sees."""

from danvan.access.roles import RIGHTS
from danvan.common.exceptions import Refused

NO_RIGHT = "Tài khoản của anh/chị không có quyền thực hiện việc này."


def roles_of(user):
    return {membership.role for membership in user.active_memberships()} if user.is_authenticated else set()


def has_right(user, right):
    return bool(roles_of(user) & RIGHTS[right])


def acts_for(user, unit_id, right):
    """True when the user holds the right at this very unit: units below report by themselves."""
    return any(m.role in RIGHTS[right] and m.reaches(unit_id) for m in user.active_memberships())


def check_right(user, right, message=NO_RIGHT):
    if not has_right(user, right):
        raise Refused(message)


def own_unit_ids(user, right):
    """The units the user acts for with this right, in the order of the memberships."""
    return [m.unit_id for m in user.active_memberships() if m.role in RIGHTS[right]]


def sees_as(user, unit, right):
    """True when a membership that holds the right sees the unit; what another membership sees does not count."""
    return any(m.role in RIGHTS[right] and unit.scope_path.startswith(m.sees.scope_path) for m in user.active_memberships())


def places_seen(user, right):
    """Keys of the units whose branch the user sees through a membership that holds the right."""
    return {m.sees.pk for m in user.active_memberships() if m.role in RIGHTS[right]}


def belongs_to(user, unit_id):
    """True when the user acts for the unit, in whatever role: nobody judges the work of an own unit."""
    return any(m.unit_id == unit_id for m in user.active_memberships())


def says_yes(check, *args):
    """The predicate of a check: `can_x = partial(says_yes, check_can_x)`."""
    try:
        check(*args)
    except Refused:
        return False
    return True
