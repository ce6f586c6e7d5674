"""What the tree becomes when a decision takes effect, worked out in memory. Preview and application read the same plan."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import Any

from danvan.access.scoping import ancestor_ids
from danvan.common.exceptions import Refused
from danvan.common.text import format_date
from danvan.units.choices import Change
from danvan.units.models import UnitVersion


@dataclass(frozen=True)
class Place:
    """One unit on the day: the key of a unit, or for a new one the DecidedUnit that describes it."""

    key: Any
    description: dict
    parent: Any  # a key of the plan, None at the top
    closed: bool = False

    @property
    def name(self):
        return self.description["name"]


@dataclass
class Plan:
    day: Any
    allowed: set  # keys of the units that may be changed
    before: dict  # key -> Place
    after: dict = field(default_factory=dict)
    heirs: list = field(default_factory=list)  # (predecessor, successor), in the order of the lines

    def path(self, key, places=None):
        """Keys from the top down to the unit itself."""
        places = self.after if places is None else places
        found = []
        while key is not None:
            found.insert(0, key)
            key = places[key].parent if key in places else None  # one that began after the day stands alone
        return found

    def children(self, key):
        return [place for place in self.after.values() if place.parent == key and not place.closed]

    def change(self, key, **values):
        self.after[key] = replace(self.after[key], **values)

    def living(self, unit):
        """The place of a unit that may be changed and has not ended; anything else is refused."""
        place = self.after.get(unit.pk)
        if unit.pk not in self.allowed:
            raise Refused(f"{unit} nằm ngoài phạm vi anh/chị quản trị.")
        if place is None:
            raise Refused(f"{unit} chưa có ở ngày {format_date(self.day)}.")
        if place.closed:
            raise Refused(f"{place.name} không còn hoạt động ở ngày {format_date(self.day)}.")
        return place

    def upper(self, parent):
        """The key of a unit that others come to stand below; None is the top."""
        return self.living(parent).key if parent else None

    def move(self, key, parent):
        if parent is not None and key in self.path(parent):
            upper, lower = self.after[parent].name, self.after[key].name
            raise Refused(f"{lower} không thể trực thuộc {upper}, vì {upper} là chính nó hoặc ở dưới nó.")
        self.change(key, parent=parent)

    def end(self, key, children_to):
        """The unit ends; those below it go on elsewhere."""
        for child in self.children(key):
            self.move(child.key, children_to)
        self.change(key, closed=True)

    def found(self, decided, parent):
        self.after[decided] = Place(decided, decided.description, parent)
        return decided

    @property
    def changed(self):
        """Places that are new or differ from the day before, those above before those below."""
        changed = [p for k, p in self.after.items() if self.before.get(k) != p or self.path(k) != self.path(k, self.before)]
        return sorted(changed, key=lambda place: len(self.path(place.key)))

    @property
    def ended(self):
        """Places that lived the day before and do no more."""
        return [place for place in self.changed if place.closed and place.key in self.before and not self.before[place.key].closed]

    @property
    def fingerprint(self):
        """What is about to be written, in a few characters: a page shows one plan and applies no other."""
        told = [[place.description, place.closed, *map(str, self.path(place.key))] for place in self.changed]
        heirs = [[str(old), str(new)] for old, new in self.heirs]
        return hashlib.sha256(json.dumps([told, heirs], sort_keys=True).encode()).hexdigest()[:16]

    def heirs_of(self, key):
        return [successor for predecessor, successor in self.heirs if predecessor == key]

    def heir(self, key):
        """Where the work of a unit goes on: itself while it lives, else along sole successors; None where it goes nowhere."""
        while key in self.after and self.after[key].closed:
            heirs = self.heirs_of(key)
            if len(heirs) != 1:
                return None
            [key] = heirs
        return key


def plan_of(decision, allowed):
    """The plan of a decision over the units in `allowed`; Refused, with the sentence for the screen, where a line cannot be."""
    rows = UnitVersion.objects.valid_on(decision.effective_on)
    before = {row.unit_id: Place(row.unit_id, row.description, row.parent_id, row.closed) for row in rows}
    plan = Plan(decision.effective_on, set(allowed), before, dict(before))
    for line in decision.lines.select_related("unit", "into", "parent").prefetch_related("units", "decided"):
        CHANGES[line.change](plan, line)
    check_nothing_later(plan)
    return plan


def check_nothing_later(plan):
    """Versions follow one another: none is written before one that stands, nor where a later one would keep another path."""
    changed = {place.key: place for place in plan.changed}
    left = {key for key in changed if key in plan.before and (plan.after[key].closed or plan.path(key) != plan.path(key, plan.before))}
    above = {key: place for place in changed.values() for key in plan.path(place.key)[:-1]}
    for later in UnitVersion.objects.filter(valid_from__gt=plan.day).select_related("decision", "parent").order_by("valid_from", "pk"):
        if words := _in_the_way(plan, later, changed, left, above):
            source = f" ({later.decision})" if later.decision else ""
            since = f"từ ngày {format_date(later.valid_from)}{source}"
            raise Refused(f"{words} {since}; quyết định có hiệu lực ngày {format_date(plan.day)} không áp dụng được nữa.")


def _in_the_way(plan, later, changed, left, above):
    """What a later version says that the plan would contradict; "" where it contradicts nothing."""
    if later.unit_id in changed:
        return f"{later.name} đã có thay đổi"
    if gone := next((key for key in ancestor_ids(later.path) if key in left), None):
        where = "" if gone == later.parent_id else f", ở dưới {plan.before[gone].name},"
        return f"{later.name} đã trực thuộc {later.parent}{where}"
    now = plan.after.get(later.unit_id)
    if later.unit_id in above and (later.closed, ancestor_ids(later.path)) != (now.closed, plan.path(later.unit_id)):
        fate = "đã kết thúc hoạt động" if later.closed else "đã chuyển đơn vị cấp trên"
        return f"{later.name}, nơi {above[later.unit_id].name} về trực thuộc, {fate}"
    return ""


# --- one function per kind of change -----------------------------------------------------------


def create(plan, line):
    plan.found(line.decided.all()[0], plan.upper(line.parent))


def rename(plan, line):
    plan.change(plan.living(line.unit).key, description=line.decided.all()[0].description)


def move(plan, line):
    plan.move(plan.living(line.unit).key, plan.upper(line.parent))


def merge(plan, line):
    """Those merged end below their successor, and what stood below them follows."""
    merged = [plan.living(unit).key for unit in line.units.all()]
    if line.into:
        successor = plan.living(line.into).key
        above = next((key for key in merged if key in plan.path(successor)), None)
        if above is not None:
            raise Refused(f"{plan.after[above].name} không nhập được vào {plan.after[successor].name}, là chính nó hoặc ở dưới nó.")
    else:
        upper = receiver(plan, line.parent, merged) if line.parent else common_parent(plan, merged)
        successor = plan.found(line.decided.all()[0], upper)
    for key in merged:
        plan.end(key, successor)
        plan.move(key, successor)
        plan.heirs.append((key, successor))


def receiver(plan, parent, ending):
    """The key of a unit that takes what ending units leave behind: none of them, and nothing that stands below them."""
    key = plan.upper(parent)
    if not set(ending).isdisjoint(plan.path(key)):
        words = f"{plan.after[key].name} là đơn vị kết thúc hoặc ở dưới đơn vị kết thúc, nên không nhận được đơn vị nào."
        raise Refused(f"{words} Anh/chị chọn đơn vị khác.", field="parent")
    return key


def common_parent(plan, keys):
    """The unit above all of them: where it is not the same one, somebody has to say where the new unit belongs."""
    parents = {plan.after[key].parent for key in keys} - set(keys)
    if len(parents) > 1:
        raise Refused("Các đơn vị nhập lại đang trực thuộc những đơn vị khác nhau. Anh/chị chọn đơn vị cấp trên của đơn vị mới.")
    return parents.pop()


def split(plan, line):
    """The unit ends where it stood; what was below it moves up, until another line says to which of the new ones it goes."""
    place = plan.living(line.unit)
    parent = receiver(plan, line.parent, [place.key]) if line.parent else place.parent
    successors = [plan.found(decided, parent) for decided in line.decided.all()]
    successors += [plan.living(unit).key for unit in line.units.all()]
    plan.end(place.key, parent)
    plan.heirs += [(place.key, successor) for successor in successors]


def close(plan, line):
    place = plan.living(line.unit)
    upper = receiver(plan, line.parent, [place.key]) if line.parent else place.parent
    check_room_above(plan, [place.key], upper)
    plan.end(place.key, upper)


def level(plan, line):
    """Every unit of the level ends; each unit below moves up past the level, or to the unit that the line names."""
    keys = level_keys(plan, line.level_name)
    if not keys:
        raise Refused(f"Không còn đơn vị nào ở “{line.level_name}”.")
    upper = plan.upper(line.parent) if line.parent else None
    if upper in keys:
        raise Refused(f"{plan.after[upper].name} thuộc chính cấp được bỏ, nên không nhận các đơn vị chuyển lên.")
    for key in keys:
        to = upper if line.parent else above_level(plan, key, keys)
        check_room_above(plan, [key, *keys], to)
        for child in plan.children(key):
            if child.key not in keys:
                plan.move(child.key, to)
        if plan.after[key].parent is None and to is not None:
            plan.move(key, to)  # the old top is kept below the new one, where its records can be read
    for key in keys:
        plan.change(key, closed=True)


def level_keys(plan, level_name):
    """Living units of the level, those above before those below."""
    keys = [key for key, place in plan.after.items() if place.description["level_name"] == level_name and not place.closed]
    return sorted((key for key in keys if key in plan.allowed), key=lambda key: len(plan.path(key)))


def above_level(plan, key, keys):
    return next((upper for upper in reversed(plan.path(key)[:-1]) if upper not in keys), None)


def check_room_above(plan, ending, upper):
    """Nothing is left standing at the top by accident."""
    left = [child for child in plan.children(ending[0]) if child.key not in ending]
    if left and upper is None:
        name = plan.after[ending[0]].name
        raise Refused(f"{name} không có cấp trên. Anh/chị chọn đơn vị nhận {len(left)} đơn vị đang trực thuộc {name}.")


CHANGES = {
    Change.CREATE: create, Change.RENAME: rename, Change.MOVE: move, Change.MERGE: merge, Change.SPLIT: split, Change.CLOSE: close,
    Change.LEVEL: level,
}  # fmt: skip
