"""What the lines of a decision say, in sentences that anybody understands."""

from danvan.units.choices import Change, Status
from danvan.units.models import DecidedUnit
from danvan.units.selectors import names_on


def listed(names):
    """ "A", "A và B", "A, B và C"."""
    names = list(names)
    return " và ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def tell_lines(decision):
    """[(line, its sentence)] in their order; units are called as on the effective day, for good once it was applied."""
    lines = list(decision.lines.select_related("unit", "into", "parent").prefetch_related("units", "decided"))
    units = {unit.pk for line in lines for unit in (line.unit, line.into, line.parent, *line.units.all()) if unit}
    names = names_on(units, decision.effective_on)
    applied = decision.status == Status.APPLIED
    return [(line, line.told if applied else WORDS[line.change](line, lambda unit: names.get(unit.pk, unit.name))) for line in lines]


def _decided(line):
    return [decided.name for decided in line.decided.all()]


def _create(line, name):
    where = f", trực thuộc {name(line.parent)}" if line.parent else ", đứng đầu cả cơ cấu"
    return f"Lập {listed(_decided(line))}{where}."


def _rename(line, name):
    old, new = name(line.unit), listed(_decided(line))
    return f"{old} đổi tên thành {new}." if old != new else f"{old} đổi tiêu đề văn bản."


def _move(line, name):
    return f"{name(line.unit)} chuyển về trực thuộc {name(line.parent)}."


def _merge(line, name):
    old = listed(name(unit) for unit in line.units.all())
    if line.into:
        return f"{old} nhập vào {name(line.into)}."
    where = f", trực thuộc {name(line.parent)}" if line.parent else ""
    return f"{old} nhập thành {listed(_decided(line))}{where}."


def _split(line, name):
    new = listed([*_decided(line), *(name(unit) for unit in line.units.all())])
    return f"{name(line.unit)} chia tách thành {new}."


def _close(line, name):
    where = f"; đơn vị bên dưới chuyển về {name(line.parent)}" if line.parent else ""
    return f"{name(line.unit)} kết thúc hoạt động{where}."


def _level(line, name):
    where = name(line.parent) if line.parent else "đơn vị cấp trên gần nhất"
    return f"Mọi đơn vị ở “{line.level_name}” kết thúc hoạt động; các đơn vị bên dưới chuyển lên trực thuộc {where}."


WORDS = {
    Change.CREATE: _create, Change.RENAME: _rename, Change.MOVE: _move, Change.MERGE: _merge, Change.SPLIT: _split,
    Change.CLOSE: _close, Change.LEVEL: _level,
}  # fmt: skip


def fates(plan):
    """{key of a unit that was there before: what becomes of it}, one short sentence each."""
    return {place.key: _fate(plan, place) for place in plan.changed if not isinstance(place.key, DecidedUnit)}


def _fate(plan, place):
    before, heirs = plan.before[place.key], [plan.after[key].name for key in plan.heirs_of(place.key)]
    if heirs:
        return f"{'Chia tách thành' if len(heirs) > 1 else 'Nhập vào'} {listed(heirs)}"
    if place.closed and not before.closed:
        return "Kết thúc hoạt động"
    told = [f"Đổi tên thành {place.name}"] if place.name != before.name else []
    if place.parent != before.parent:
        told.append(f"Chuyển về trực thuộc {plan.after[place.parent].name}" if place.parent else "Đứng đầu cả cơ cấu")
    if not told:
        told.append("Đổi tiêu đề văn bản" if place.description != before.description else "Đi theo đơn vị cấp trên")
    return "; ".join(told)
