"""What a user may do. Users and memberships are duck-typed: `user.active_memberships()` yields rows with role, unit and sees."""

from danvan.access.roles import RIGHTS
from danvan.common.exceptions import Refused

NO_RIGHT = "Tài khoản của anh/chị không có quyền thực hiện việc này."


def roles_of(user):
    return {membership.role for membership in user.active_memberships()} if user.is_authenticated else set()


def has_right(user, right):
    return bool(roles_of(user) & RIGHTS[right])


def acts_for(user, unit_id, right):
    """True when the user holds the right at a unit whose branch the given unit stands in (own unit and below)."""
    return any(m.role in RIGHTS[right] and m.reaches(unit_id) for m in user.active_memberships())


def check_right(user, right, message=NO_RIGHT):
    if not has_right(user, right):
        raise Refused(message)


def own_unit_ids(user, right):
    """The units the user acts for with this right, in the order of the memberships."""
    return [m.unit_id for m in user.active_memberships() if m.role in RIGHTS[right]]


def says_yes(check, *args):
    """The predicate of a check: `can_x = partial(says_yes, check_can_x)`."""
    try:
        check(*args)
    except Refused:
        return False
    return True
