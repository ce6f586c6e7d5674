"""A number is data over a register, not code. Its list opens with the same condition, so figure and list are equal."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Sum

# Who owns the records: frozen with the unit's submission, with the office's report, or by nobody because the number
# still grows when somebody else acts (a reply to a recommendation of an accepted period).
UNIT, OFFICE, RUNNING = "don_vi", "co_quan", "theo_doi"


@dataclass(frozen=True, eq=False)
class Figure:
    """Counts rows of a register (or sums one of its columns) whose date `on` falls in the period and that meet `where`."""

    code: str
    label: str
    unit_of_measure: str
    of: Any  # a Register
    on: str
    where: Q = field(default_factory=Q)
    sum_of: str = ""
    owner: str = UNIT
    group: str = ""
    words: str = ""  # what `where` says, for people

    @property
    def formula(self):
        date = self.of.model._meta.get_field(self.on).verbose_name
        told = f", {self.words}" if self.words else ""
        if self.sum_of:
            return f"Cộng cột “{self.of.model._meta.get_field(self.sum_of).verbose_name}” của {self.of.label} có {date} trong kỳ{told}"
        return f"Đếm {self.of.label} có {date} trong kỳ{told}"

    def aggregate(self, starts_on, ends_on):
        condition = self.condition(starts_on, ends_on)
        return Sum(self.sum_of, filter=condition) if self.sum_of else Count("pk", filter=condition)

    def condition(self, starts_on, ends_on):
        return Q(**{f"{self.on}__gte": starts_on, f"{self.on}__lte": ends_on}) & self.where


@dataclass(frozen=True, eq=False)
class Typed:
    """A number that the unit types each period; kept per submission, read through the same registry."""

    code: str
    label: str
    unit_of_measure: str
    group: str
    hint: str = ""
    owner: str = UNIT

    formula = "Đơn vị nhập trong báo cáo kỳ"


@dataclass(frozen=True, eq=False)
class Rate:
    """Never stored: printed from its two counts; nothing due is "—"."""

    code: str
    label: str
    numerator: str
    denominator: str
    group: str = ""
    owner: str = UNIT
    unit_of_measure: str = "%"

    @property
    def formula(self):
        from danvan.figures.registry import figure

        return f"{figure(self.numerator).label} ÷ {figure(self.denominator).label} × 100"


@dataclass(frozen=True, eq=False)
class Balance:
    """plus − minus of other figures, for example đơn còn lại = chuyển sang + tiếp nhận − đã giải quyết."""

    code: str
    label: str
    unit_of_measure: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    group: str = ""
    owner: str = UNIT

    @property
    def formula(self):
        from danvan.figures.registry import figure

        added = " + ".join(figure(code).label for code in self.plus)
        return added + "".join(f" − {figure(code).label}" for code in self.minus)


@dataclass(frozen=True)
class AtMost:
    """A rule between typed figures: the parts together are at most the whole. Broken, it blocks sending, never saving."""

    parts: tuple[str, ...]
    whole: str

    def broken(self, values):
        """The sentence with both numbers, or ""."""
        from danvan.common.text import format_number
        from danvan.figures.registry import figure

        known = [values.get(code) for code in (*self.parts, self.whole)]
        if None in known or sum(known[:-1]) <= known[-1]:
            return ""
        names = " cộng ".join(f"{figure(code).label} ({format_number(values[code])})" for code in self.parts)
        return f"{names} lớn hơn {figure(self.whole).label} ({format_number(values[self.whole])})."

    @property
    def field(self):
        return self.parts[0]


@dataclass(frozen=True)
class NotNegative:
    """A balance may not fall below zero."""

    balance: str
    field: str

    def broken(self, values):
        from danvan.common.text import format_number
        from danvan.figures.registry import figure

        rule = figure(self.balance)
        known = [values.get(code) for code in (*rule.plus, *rule.minus)]
        if None in known:
            return ""
        left = sum(values[code] for code in rule.plus) - sum(values[code] for code in rule.minus)
        if left >= 0:
            return ""
        told = " + ".join(f"{figure(c).label} ({format_number(values[c])})" for c in rule.plus)
        taken = " và ".join(f"{figure(c).label} ({format_number(values[c])})" for c in rule.minus)
        return f"{taken} lớn hơn {told}, nên {rule.label.lower()} thành số âm."
