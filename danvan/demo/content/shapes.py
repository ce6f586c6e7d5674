"""Small shapes shared by the topic files: a topic is eight texts with slots, plus its placements.

Slots a text may use:
  {p} place, {d} a local fact (whole sentences), {h} households, {n} and {c} two counts,
  {x} an extra phrase, {u} the unit in running text, {lead} who leads in that unit,
  {m} the starting month, {y} the year and {y1} the year before.
"""

from dataclasses import dataclass, field

BOXES = (
    "situation",
    "goals",
    "content",
    "area",
    "forces",
    "resources",
    "outputs",
    "sustainability",
)


@dataclass(frozen=True)
class Placement:
    year: int
    unit: str
    title: str
    households: int | None
    p: str
    d: str
    n: int
    c: int
    x: str = ""
    subject_type: str | None = None  # None: that of the topic
    own: dict[str, str] = field(default_factory=dict, hash=False)  # boxes told in its own words
    continuing: bool = False  # goes on from the 2018 placement of the same topic and unit


@dataclass(frozen=True)
class Topic:
    kind: str
    subject_type: str
    texts: dict[str, str] = field(hash=False)
    placements: tuple[Placement, ...]


def topic(kind: str, subject_type: str, *placements: Placement, **texts: str) -> Topic:
    if set(texts) != set(BOXES):
        raise ValueError(f"a topic needs exactly the boxes {BOXES}, got {sorted(texts)}")
    return Topic(kind, subject_type, texts, placements)


def prev(unit, title, h, p, d, n, c, x="", s=None, **own: str) -> Placement:
    """A registration of 2018."""
    return Placement(2018, unit, title, h, p, d, n, c, x, s, own)


def new(unit, title, h, p, d, n, c, x="", s=None, **own: str) -> Placement:
    """A new registration of 2019."""
    return Placement(2019, unit, title, h, p, d, n, c, x, s, own)


def cont(unit, title, h, p, d, n, c, x="", s=None, **own: str) -> Placement:
    """A registration of 2019 that continues the 2018 one of the same topic and unit."""
    return Placement(2019, unit, title, h, p, d, n, c, x, s, own, continuing=True)
