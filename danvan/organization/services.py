"""Preparing, applying and undoing decisions. Whoever applies or undoes one holds the tree, so that they follow one another."""

from collections import defaultdict

from django.db import transaction
from django.db.models import F, Q

from danvan.access.scoping import ancestor_ids
from danvan.accounts import managing
from danvan.accounts.models import Membership
from danvan.audit.choices import Kind
from danvan.audit.services import record_event
from danvan.common import clock
from danvan.common.exceptions import Conflict, Refused
from danvan.common.models import signed
from danvan.organization import permissions
from danvan.organization.effects import APART, carried, closed_after, closed_by
from danvan.organization.wording import listed, tell_lines
from danvan.registers import drafts
from danvan.registers.registry import all_registers
from danvan.units import services as units
from danvan.units.choices import EDITABLE, Status
from danvan.units.models import DecidedUnit, DecisionLine, Succession, Unit, UnitDecision, UnitVersion
from danvan.units.plan import plan_of
from danvan.units.selectors import versions_of
from danvan.workflow.services import change_status

FRESH = "Đợt nhập đơn vị ban đầu"
CHANGED = "Quyết định vừa được người khác sửa. Anh/chị xem lại bản mới rồi làm tiếp."


# --- lines ------------------------------------------------------------------------------------


def _claim(decision, by, base):
    """Every change of a line is a change of its decision."""
    permissions.check_can_edit(by, decision)
    claimed = UnitDecision.objects.filter(pk=decision.pk, version=base, status__in=EDITABLE).update(version=F("version") + 1)
    if not claimed:
        raise Conflict(CHANGED)
    decision.refresh_from_db()


@transaction.atomic
def save_line(decision, *, by, base, values, units, decided, line=None, key=None, url=""):
    """Writes a new line at the end, or `line` anew. `decided` are unsaved DecidedUnit rows."""
    _claim(decision, by, base)
    if line is None:
        last = decision.lines.order_by("-position").values_list("position", flat=True).first() or 0
        line = DecisionLine(decision=decision, position=last + 1)
    for name, value in values.items():
        setattr(line, name, value)
    line.save()
    line.units.set(units)
    line.decided.all().delete()
    for row in decided:
        row.line = line
    DecidedUnit.objects.bulk_create(decided)
    plan_of(decision, permissions.manageable_units(by).values_list("pk", flat=True))  # refuses what cannot be
    keep_words(decision, by)
    if key:
        drafts.settle(by, key, url)
    return line


@transaction.atomic
def drop_line(line, *, by, base):
    decision = line.decision
    _claim(decision, by, base)
    line.delete()
    keep_words(decision, by)


def keep_words(decision, by):
    """The sentences as they stand; the history of the decision tells how they changed."""
    told = tell_lines(decision)
    for line, words in told:
        DecisionLine.objects.filter(pk=line.pk).update(told=words)
    decision.content = "\n".join(words for _, words in told)
    signed(decision, by).save(update_fields=["content", "search_text", "updated_at"])


# --- applying -----------------------------------------------------------------------------------


@transaction.atomic
def apply_decision(decision, *, by, seen):
    """Writes what the preview with the fingerprint `seen` showed. False when it was applied already."""
    units.hold_tree()
    decision.refresh_from_db()
    if decision.status == Status.APPLIED:
        return False
    permissions.check_can_apply(by, decision)
    plan = plan_of(decision, permissions.manageable_units(by).values_list("pk", flat=True))
    if plan.fingerprint != seen:
        raise Conflict("Quyết định hoặc cơ cấu đơn vị đã thay đổi sau khi anh/chị xem trước. Anh/chị xem lại rồi áp dụng.")
    if closed := closed_by(plan):
        raise Refused(f"Không áp dụng được, vì số liệu sau ngày hiệu lực đã chốt theo cơ cấu hiện nay: {' '.join(closed[:5])}")
    keep_words(decision, by)
    change_status(decision, Status.APPLIED, by=by, applied_by=by, applied_at=clock.now())
    people = carried(plan, by)
    units.write(plan, decision)
    carry_over(people, decision, by)
    record_event(Kind.UNIT, user=by, obj=decision, detail={"step": "áp dụng quyết định"})
    return True


def carry_over(people, decision, by):
    keys = {key for row in people for key in (row.unit, row.sees) if not isinstance(key, DecidedUnit)}
    known = Unit.objects.in_bulk(keys)
    unit_of = lambda key: key.unit if isinstance(key, DecidedUnit) else known[key]  # noqa: E731
    for row in sorted(people, key=lambda row: row.user.pk):  # accounts are always locked in this order
        managing.add_membership(
            row.user, unit=unit_of(row.unit), sees=unit_of(row.sees), role=row.role, starts_on=clock.today(), ends_on=row.ends_on,
            acting=row.acting, by=by, reason=str(decision), decision=decision,
        )  # fmt: skip


# --- undoing --------------------------------------------------------------------------------------


@transaction.atomic
def undo_decision(decision, *, by, reason):
    """Takes back everything the decision wrote, as long as nothing stands on it. False when it was undone already."""
    units.hold_tree()
    decision.refresh_from_db()
    if decision.status == Status.UNDONE:
        return False
    permissions.check_can_undo(by, decision)
    if not reason.strip():
        raise Refused("Anh/chị ghi lý do hoàn tác.", field="reason")
    list(founded_by(decision).select_for_update())  # nobody begins a record of a unit that is about to go
    if standing := what_stands_on(decision):
        raise Refused(f"Không hoàn tác được nữa: {' '.join(standing)}")
    change_status(decision, Status.UNDONE, by=by, note=reason, applied_by=None, applied_at=None)
    for membership in decision.memberships.select_related("user", "unit", "sees").order_by("user", "pk"):
        managing.take_back(membership, by=by, reason=f"{decision}: {reason}")
    units.unwrite(decision)
    record_event(Kind.UNIT, user=by, obj=decision, detail={"step": "hoàn tác quyết định"}, reason=reason)
    return True


def founded_by(decision):
    return Unit.objects.filter(founded_by__line__decision=decision)


def what_stands_on(decision):
    """Sentences that name what came after the decision and depends on it.

    Not among them: records that people carried over wrote for a unit that was there before (a merge into it). They are records
    of that unit, were right when they were written, and the unit lives on with them; only the people go back. To refuse would
    make every such decision final with the first record somebody types. `what_stays` names them to whoever undoes.
    """
    own = {version.unit_id: version for version in decision.versions.all()}
    told = [f"{later} đã thay đổi tiếp {listed(names)}." for later, names in changed_later(decision, own).items()]
    for unit in founded_by(decision):
        if counts := rows_of(unit, decision):
            told.append(f"{unit} đã có {listed(f'{count} {name}' for name, count in counts.items())}.")
    return [*told, *closed_after(list(own), decision.effective_on)]


def what_stays(decision):
    """Sentences about records that people carried over wrote since for units that stay: they stay with those units."""
    carried_over = Membership.objects.filter(decision=decision).exclude(unit__in=founded_by(decision))
    people, told = list(carried_over.values_list("user", flat=True)), []
    for unit in Unit.objects.filter(pk__in=carried_over.values("unit")).order_by("sort_key"):
        counts = {}
        for register in all_registers():
            model = register.model
            if register.code in APART or not hasattr(model, "history"):
                continue
            made = model.history.filter(history_type="+", history_user__in=people, history_date__gte=decision.applied_at)
            if count := model._default_manager.filter(**{register.unit: unit}, pk__in=made.values(model._meta.pk.name)).count():
                counts[register.noun] = counts.get(register.noun, 0) + count
        if counts:
            rows = listed(f"{count} {noun}" for noun, count in counts.items())
            told.append(f"{rows} do người chuyển đến theo quyết định ghi cho {unit} vẫn là hồ sơ của {unit}.")
    return told


def changed_later(decision, own):
    """{other decision: names of the units of this one that it changed, names in a line or stands under}"""
    found = defaultdict(dict)
    moved = moved_by(own)
    named = Q(unit__in=own) | Q(valid_from__gte=decision.effective_on)
    for later in UnitVersion.objects.filter(named).exclude(decision=decision).select_related("decision").order_by("pk"):
        for key in ancestor_ids(later.path):
            first = own.get(key) if key == later.unit_id else moved.get(key)
            if first and (later.valid_from, later.pk) > (first.valid_from, first.pk):
                found[later.decision or FRESH][later.name if key == later.unit_id else first.name] = True
    for unit in founded_by(decision):
        for other in naming(unit).exclude(pk=decision.pk):
            found[other][str(unit)] = True
    return found


def moved_by(own):
    """Of the versions those that put a unit elsewhere or end it: undoing them would leave the paths below behind."""
    moved = {}
    for key, versions in versions_of(own).items():
        former = [row for row in versions if (row.valid_from, row.pk) < (own[key].valid_from, own[key].pk)]
        before = former[-1] if former else None
        if before and (before.path, before.closed) != (own[key].path, own[key].closed):
            moved[key] = own[key]
    return moved


def naming(unit):
    """Decisions that would not stand without the unit."""
    lines = Q(lines__unit=unit) | Q(lines__units=unit) | Q(lines__into=unit) | Q(lines__parent=unit)
    return UnitDecision.objects.filter(lines | Q(unit=unit) | Q(versions__parent=unit)).order_by("pk").distinct()


# what the decisions themselves write, and later ones are named for
OF_DECISIONS = {UnitVersion, UnitDecision, DecisionLine, DecidedUnit, Succession}


def rows_of(unit, decision):
    """{what they are called: how many} of every row of people, records and reports that names a unit, whichever model it is of."""
    found = {}
    for relation in unit._meta.get_fields(include_hidden=True):
        model = relation.related_model
        if not relation.auto_created or relation.concrete or model in OF_DECISIONS or hasattr(model, "instance_type"):
            continue
        if model._meta.auto_created:  # the table between two models: the row of the other side is counted as itself
            continue
        rows = model._default_manager.filter(**{relation.field.name: unit})
        if model is Membership:
            rows = rows.exclude(decision=decision)
        if count := rows.distinct().count():
            name = model._meta.verbose_name
            found[name] = max(found.get(name, 0), count)
    return found
