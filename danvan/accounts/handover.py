"""A leaver's work goes to a successor, and the minutes say what went.

Almost all work belongs to a unit and is found by whoever acts for it: it goes with the membership. What the portal keeps for one
person only is entered here by the rooms above (ADR 5).
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction

from danvan.access.roles import ROLES
from danvan.accounts import managing
from danvan.accounts.managing import Kind
from danvan.accounts.models import Handover, User
from danvan.common import clock, text
from danvan.common.exceptions import Refused
from danvan.units.models import Unit
from danvan.units.selectors import version_on


class Belongings(NamedTuple):
    """`lines(user)` counts what there is as [{"what", "count", "note"}], without its content: an administrator sees none."""

    label: str
    lines: Callable
    move: Callable | None = None  # move(leaver, successor); None: it is the unit's, and goes with the membership


_kept: list[Belongings] = []


def kept_for_a_person(belongings):
    _kept.append(belongings)
    return belongings


def belongings_of(user):
    return [{"label": kept.label, "lines": kept.lines(user)} for kept in _kept]


@transaction.atomic
def hand_over(leaver, successor, *, key, taken, ends_on, by, reason, notes="", deactivate=False):
    """`taken` are the leaver's memberships that the successor gets. The same `key` again gives back the first handover."""
    reason = managing.needed(reason)
    list(User.objects.select_for_update(no_key=True).filter(pk__in=[leaver.pk, successor.pk]).order_by("pk"))  # always in this order
    if first := Handover.objects.filter(key=key).first():
        return first
    leaver, successor = managing.claimed(leaver, by), managing.claimed(successor, by)
    standing = list(leaver.memberships.standing(clock.today()).select_related("unit", "sees"))
    check_pair(leaver, successor, standing, taken, ends_on=ends_on, deactivate=deactivate)
    handover = Handover(key=key, leaver=leaver, successor=successor, ends_on=ends_on, made_on=clock.today(), made_by=by, reason=reason)
    handover.minutes = minutes_of(handover, standing, taken, notes)
    for membership in standing:
        if membership in taken:
            give(membership, successor, by=by, reason=reason)
    for membership in standing:
        if membership.ends_on is None or membership.ends_on > ends_on:
            managing.end_membership(membership, ends_on=ends_on, by=by, reason=reason)
    for kept in _kept:
        if kept.move:
            kept.move(leaver, successor)
    handover.save()
    managing.record(leaver, Kind.HANDED_OVER, by, reason)  # to whom is said in the minutes, for who may read them
    managing.record(successor, Kind.TOOK_OVER, by, reason)
    if deactivate:
        managing.deactivate(leaver, by=by, reason=reason)
    return handover


def check_pair(leaver, successor, standing, taken, *, ends_on, deactivate):
    """Drafts hold what was typed about a unit, so they go only to somebody who acts for it too.

    For a unit that has ended nobody new need act: whoever reads its records through a unit of today covers it as well.
    """
    if leaver.pk == successor.pk:
        raise Refused("Người nhận phải là người khác.", field="successor")
    if not successor.is_active:
        raise Refused(f"Tài khoản {successor} đang khóa, chưa nhận bàn giao được.", field="successor")
    if deactivate and ends_on > clock.today():
        raise Refused("Chỉ khóa ngay tài khoản khi ngày thôi nhiệm vụ không ở sau hôm nay.", field="deactivate")
    acting = [*successor.memberships.in_force(clock.today()).select_related("sees"), *taken]
    covered, branches = {m.unit_id for m in acting}, tuple(m.sees.scope_path for m in acting)
    left = standing or list(leaver.memberships.select_related("unit"))
    living = set(Unit.objects.filter(pk__in=[m.unit_id for m in left]).living(clock.today()).values_list("pk", flat=True))
    for membership in left:
        unit = membership.unit
        if unit.pk not in covered and (unit.pk in living or not unit.scope_path.startswith(branches)):
            raise Refused(
                f"{successor} chưa có phân công ở {unit}. Bản nháp của đơn vị đi theo người nhận nên hãy giao cả phân công này.",
                field="taken",
            )


def give(membership, successor, *, by, reason):
    """The same work from today on, on the days that the successor does not have yet; also what a unit that ended left undone."""
    same = {"unit": membership.unit, "role": membership.role}
    rest = {"sees": membership.sees, "acting": membership.acting, "by": by, "reason": reason, "inherited": True}
    for starts_on, ends_on in open_days(successor.memberships.filter(**same), max(clock.today(), membership.starts_on), membership.ends_on):
        managing.add_membership(successor, **same, **rest, starts_on=starts_on, ends_on=ends_on)


def open_days(memberships, starts_on, ends_on):
    """[(first day, last day or None)] between the two days that none of these memberships covers."""
    found = []
    for held in memberships.standing(starts_on).order_by("starts_on"):
        if ends_on is not None and held.starts_on > ends_on:
            break
        if held.starts_on > starts_on:
            found.append((starts_on, held.starts_on - managing.ONE_DAY))
        if held.ends_on is None:
            return found
        starts_on = held.ends_on + managing.ONE_DAY
    return [*found, (starts_on, ends_on)] if ends_on is None or starts_on <= ends_on else found


def minutes_of(handover, standing, taken, notes):
    """Everything that the printed page shows, in words: a later change of name changes no document."""
    header = header_of(standing[0].unit) if standing else {}
    return {
        **header,
        "leaver": str(handover.leaver),
        "successor": str(handover.successor),
        "made_by": str(handover.made_by),
        "roles": [f"{ROLES[m.role]}, {m.unit}" for m in standing],
        "memberships": [{"words": managing.words_of(m), "taken": m in taken} for m in standing],
        "parts": belongings_of(handover.leaver),
        "notes": text.plain(notes or "", 4000),
    }


def header_of(unit):
    version = version_on(unit, clock.today())
    return {
        "superior": version.superior_name,
        "issuer": version.issuer_name or version.name,
        "place": version.place,
        "profile": version.profile,
    }
