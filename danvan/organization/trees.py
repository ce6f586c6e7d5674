"""A tree as lines with their depth: as it is on a day, and before and after a decision with what it touches."""

from collections import defaultdict
from dataclasses import dataclass

from danvan.access.scoping import ancestor_ids
from danvan.common.text import fold, vi_key
from danvan.units.models import DecidedUnit

NEW, ENDED, RENAMED, LEAVES, COMES, HEADED = "mới", "kết thúc", "đổi tên", "chuyển đi", "chuyển đến", "tiêu đề mới"
TONES = {
    NEW: ("done", "plus"), ENDED: ("back", "archive"), RENAMED: ("edit", "pencil"), LEAVES: ("wait", "arrow-right"),
    COMES: ("wait", "arrow-left"), HEADED: ("edit", "file-text"), "": ("", ""),
}  # fmt: skip


@dataclass
class Line:
    depth: int
    name: str
    level: str = ""
    mark: str = ""
    rest: int = 0  # more than nought: a line that stands for so many units not touched
    place: object = None

    @property
    def tone(self):
        return TONES[self.mark][0]

    @property
    def icon(self):
        return TONES[self.mark][1]


def tree_of(versions, ended=False, query=""):
    """Lines of the versions valid on a day; those that ended only when asked for, and with a query what it finds, below the units above."""
    shown = [version for version in versions if ended or not version.closed]
    if words := fold(query).split():
        found = [version for version in shown if all(word in fold(f"{version.name} {version.unit.code}") for word in words)]
        kept = {pk for version in found for pk in ancestor_ids(version.path)}
        shown = [version for version in shown if version.unit_id in kept]
    keys, children = {version.unit_id for version in shown}, defaultdict(list)
    for version in shown:
        children[version.parent_id if version.parent_id in keys else None].append(version)

    def below(key, depth):
        for version in children[key]:
            yield Line(depth, version.name, version.level_name, place=version)
            yield from below(version.unit_id, depth + 1)

    return list(below(None, 0))


def before_and_after(plan):
    """Two lists of lines: what the decision touches with the units above it, and how many stand beside untouched."""
    seen = {key: place for key, place in plan.before.items() if key in plan.allowed and not place.closed}
    then = {key: place for key, place in plan.after.items() if (key in plan.allowed or key not in plan.before) and not place.closed}
    return _touched(seen, lambda key: _mark_before(plan, key)), _touched(then, lambda key: _mark_after(plan, key))


def _mark_before(plan, key):
    old, new = plan.before[key], plan.after[key]
    return ENDED if new.closed else LEAVES if new.parent != old.parent else RENAMED if new.name != old.name else ""


def _mark_after(plan, key):
    if isinstance(key, DecidedUnit):
        return NEW
    old, new = plan.before[key], plan.after[key]
    return COMES if new.parent != old.parent else RENAMED if new.name != old.name else HEADED if new != old else ""


def _touched(places, mark_of):
    marks = {key: mark_of(key) for key in places}
    kept = set()
    for key in [key for key, mark in marks.items() if mark]:
        while key in places and key not in kept:
            kept.add(key)
            key = places[key].parent
    children = defaultdict(list)
    for place in places.values():
        children[place.parent if place.parent in places else None].append(place)
    return list(_lines(None, 0, children, kept, marks))


def _lines(key, depth, children, kept, marks):
    shown = sorted((place for place in children[key] if place.key in kept), key=lambda place: vi_key(place.name))
    for place in shown:
        yield Line(depth, place.name, place.description["level_name"], marks[place.key])
        yield from _lines(place.key, depth + 1, children, kept, marks)
    if rest := len(children[key]) - len(shown):
        yield Line(depth, "", rest=rest)
