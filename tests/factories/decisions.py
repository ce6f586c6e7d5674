"""Decisions about units, written as the screens write them, and their lines."""

import datetime

from danvan.units.choices import Change
from danvan.units.models import DecidedUnit, DecisionLine, Kind, UnitDecision

EFFECTIVE = datetime.date(2019, 7, 1)


def new_decision(unit, *lines, words="01-NQ", effective_on=EFFECTIVE, **values):
    """A draft; `lines` are functions that take the decision and its next position."""
    row = UnitDecision.objects.create(
        unit=unit, number=words, decided_on=values.pop("decided_on", effective_on), effective_on=effective_on,
        summary=f"Sắp xếp đơn vị {words}", **values,
    )  # fmt: skip
    for position, line in enumerate(lines, start=1):
        line(row, position)
    return row


def _line(change, *, units=(), decided=(), **values):
    def write(decision, position):
        row = DecisionLine.objects.create(decision=decision, position=position, change=change, **values)
        row.units.set(units)
        for described in decided:
            DecidedUnit.objects.create(line=row, **{"kind": Kind.WARD, "level_name": "Cấp phường", **described})
        return row

    return write


def found(code, name, parent=None, **described):
    return _line(Change.CREATE, parent=parent, decided=[{"code": code, "name": name, **described}])


def rename(unit, name, **described):
    return _line(Change.RENAME, unit=unit, decided=[{"name": name, **described}])


def move(unit, parent):
    return _line(Change.MOVE, unit=unit, parent=parent)


def merge(*units, into=None, new=None, parent=None):
    """`new` is (code, name)."""
    decided = [{"code": new[0], "name": new[1]}] if new else []
    return _line(Change.MERGE, units=units, into=into, parent=parent, decided=decided)


def split(unit, *new, into=(), parent=None):
    return _line(Change.SPLIT, unit=unit, units=into, parent=parent, decided=[{"code": code, "name": name} for code, name in new])


def close(unit, parent=None):
    return _line(Change.CLOSE, unit=unit, parent=parent)


def drop_level(level_name, parent=None):
    return _line(Change.LEVEL, level_name=level_name, parent=parent)
