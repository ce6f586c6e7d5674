"""One figure over the years, by the units of each time or by those of today."""

from dataclasses import dataclass, field

from danvan.common.text import format_date
from danvan.figures import registry
from danvan.figures.compute import compute_periods
from danvan.figures.declare import Balance, Figure, Rate, Typed
from danvan.figures.links import url_of
from danvan.figures.periods import span_of
from danvan.units.models import Succession, Unit, UnitVersion
from danvan.units.selectors import heads

SEEN_BY = "dashboard.view"
THEN, TODAY = "nhu-luc-do", "don-vi-hom-nay"
VIEWS = {THEN: "Như lúc đó", TODAY: "Theo đơn vị hôm nay"}


@dataclass
class Cell:
    """`value` is a number, or the text of a rate; `parts` are the counts of a rate or a balance, each with its own list."""

    value: object
    text: str
    url: str = ""
    parts: list = field(default_factory=list)


@dataclass
class Row:
    name: str
    note: str
    cells: list
    gathers: list  # names of the units that were merged into this one


def parts_of(code):
    """The figures with rows of their own that a figure is made of: itself, or the parts of a rate or a balance."""
    item = registry.figure(code)
    if isinstance(item, Rate):
        return [item.numerator, item.denominator]
    return [part for code in (*item.plus, *item.minus) for part in parts_of(code)] if isinstance(item, Balance) else [code]


@dataclass
class Series:
    """`years` are period keys. An additive figure of a merged unit is the sum of its parts; a rate is worked out anew from counts."""

    code: str
    years: list
    view: str
    user: object

    def __post_init__(self):
        units = Unit.objects.visible_to(self.user, SEEN_BY)
        self.versions = list(UnitVersion.objects.filter(unit__in=units).order_by("valid_from", "pk"))
        self.units = {version.unit_id: version for version in self.versions}  # by their last version
        self.ended_on = {version.unit_id: version.valid_from for version in reversed(self.versions) if version.closed}
        figures = [registry.figure(code) for code in parts_of(self.code)]
        self.values = compute_periods({year: figures for year in self.years}, list(self.units))
        self.heads = heads(self.units, within=self.units)  # who does not see the successor sees the last unit before it
        self.successors = {}
        for link in Succession.objects.filter(predecessor__in=units).select_related("successor"):
            self.successors.setdefault(link.predecessor_id, []).append(link)

    @property
    def item(self):
        return registry.figure(self.code)

    @property
    def rows(self):
        """Units with any number in these years, by name; in the view of today under the unit that counts them."""
        groups = {}
        for pk in self.units:
            head = self.heads[pk] if self.view == TODAY else pk
            groups.setdefault(head, set()).add(pk)
        known = {head: members for head, members in groups.items() if self.known(members)}
        return [self.row(head, known[head]) for head in sorted(known, key=lambda pk: (self.units[pk].sort_key, pk))]

    @property
    def totals(self):
        return [self.cell(year, set(self.units)) for year in self.years]

    def known(self, members):
        counts = [self.values[year].counts.get(code, {}) for year in self.years for code in parts_of(self.code)]
        return any(found.get(pk) for found in counts for pk in members)

    def row(self, head, members):
        gathered = sorted((self.units[pk] for pk in members - {head}), key=lambda version: version.sort_key)
        ask = {"gathered": head} if gathered else {"unit_id": head}
        cells = [self.cell(year, members, **ask) if self.exists(members, year) else None for year in self.years]
        return Row(self.units[head].name, self.note(head), cells, [version.name for version in gathered])

    def cell(self, year, members, **ask):
        values = self.values[year]
        text = values.text(self.code, members)
        parts = [
            Cell(values.value(code, members), values.text(code, members), url_of(code, year, right=SEEN_BY, **ask))
            for code in parts_of(self.code)
        ]
        if isinstance(self.item, Figure | Typed):
            return parts[0]
        return Cell(None if isinstance(self.item, Rate) else values.value(self.code, members), text, parts=parts)

    def exists(self, members, year):
        """Some of the units lived on a day of the year, or have numbers in it."""
        first, last = span_of(year)
        lived = any(v.unit_id in members and v.valid_from <= last and self.ended_on.get(v.unit_id, last) > first for v in self.versions)
        return lived or any(self.values[year].counts.get(code, {}).get(pk) for code in parts_of(self.code) for pk in members)

    def note(self, pk):
        """What became of a unit that ended."""
        if pk not in self.ended_on:
            return ""
        since, links = format_date(self.ended_on[pk]), self.successors.get(pk, [])
        names = " và ".join(self.name_of(link.successor) for link in links)
        if len(links) > 1:
            return f"Đã chia tách thành {names} từ {since}, không cộng dồn"
        return f"Đã nhập vào {names} từ {since}" if links else f"Kết thúc hoạt động từ {since}"

    def name_of(self, unit):
        return unit.name if unit.pk in self.units else "đơn vị ngoài phạm vi xem"
