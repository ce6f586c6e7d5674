"""How far each registration came, as a plan: no row is written here, and nothing is left to chance."""

import datetime
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest

from danvan.demo.content import later_years
from models_awards.choices import Level, ModelKind, Stage

OCCASION = "Ngày truyền thống công tác Dân vận 15/10"
GOES_ON = "Tiếp tục thực hiện trong năm, đề nghị xem xét ở đợt sau."


@dataclass(frozen=True)
class Step:
    stage: str
    held_on: datetime.date
    level: str = ""
    decision_number: str = ""
    occasion: str = ""
    note: str = ""


@dataclass(frozen=True)
class Year:
    """The counts and days of one year. `recognised` is mô hình and điển hình."""

    year: int
    recognised: tuple[int, int]
    proposed: int
    voted: int
    appraised: int
    surveyed: int
    still_running: int
    just_registered: int
    decided_on: datetime.date
    recognition: dict = field(hash=False)  # kind -> number of the decision
    reward: dict = field(hash=False)
    ahead: dict = field(hash=False)  # kind -> units that come first, with their count


def day(year, month, number):
    return datetime.date(year, month, number)


YEARS = {
    2018: Year(
        2018, (12, 8), 22, 24, 34, 60, 0, 0, day(2018, 10, 12),
        {ModelKind.MODEL: "1567-QĐ/QU", ModelKind.EXEMPLAR: "1933/QĐ-UBND"},
        {ModelKind.MODEL: "1568-QĐ/QU", ModelKind.EXEMPLAR: "1934/QĐ-UBND"},
        {ModelKind.MODEL: ["CD", "HL"], ModelKind.EXEMPLAR: ["KL"]},
    ),
    2019: Year(
        2019, (17, 11), 30, 34, 52, 96, 24, 6, day(2019, 10, 11),
        {ModelKind.MODEL: "1842-QĐ/QU", ModelKind.EXEMPLAR: "2156/QĐ-UBND"},
        {ModelKind.MODEL: "1843-QĐ/QU", ModelKind.EXEMPLAR: "2157/QĐ-UBND"},
        {ModelKind.MODEL: ["AP", "AP"], ModelKind.EXEMPLAR: ["AP"]},
    ),
}  # fmt: skip


def rules_of(year):
    """Later years are modest; what was registered in the last one is still under way."""
    return YEARS.get(year) or _later(year)


def _later(year):
    counts = {"proposed": 0, "voted": 0, "appraised": 0, "surveyed": 0, "recognised": (0, 0), "still_running": 99}
    if year < later_years.LAST:
        counts = {"proposed": 8, "voted": 9, "appraised": 12, "surveyed": 18, "recognised": (4, 2), "still_running": 0}
    number = 1200 + year % 100 * 7
    return Year(
        year, just_registered=0, decided_on=day(year, 10, 12), **counts,
        recognition={ModelKind.MODEL: f"{number}-QĐ/QU", ModelKind.EXEMPLAR: f"{number + 300}/QĐ-UBND"},
        reward={ModelKind.MODEL: f"{number + 1}-QĐ/QU", ModelKind.EXEMPLAR: f"{number + 301}/QĐ-UBND"},
        ahead={ModelKind.MODEL: [], ModelKind.EXEMPLAR: []},
    )  # fmt: skip


def plan(year, records):
    """[(record, its steps in order)] for one year's registrations as the content gives them."""
    rules = rules_of(year)
    ranked = ranking(rules, records)
    places = {id(record): place for place, record in enumerate(ranked)}
    return [(record, steps_of(rules, record, places[id(record)], len(records))) for record in records]


# --- who comes first ------------------------------------------------------------------


def ranking(rules, records):
    """The recognised ones first, then the others; each turn goes to the unit and the field that had the fewest."""
    queues = [in_turn([r for r in records if r["kind"] == kind], rules.ahead[kind]) for kind in (ModelKind.MODEL, ModelKind.EXEMPLAR)]
    first = [record for queue, count in zip(queues, rules.recognised, strict=True) for record in queue[:count]]
    rest = [queue[count:] for queue, count in zip(queues, rules.recognised, strict=True)]
    return [*first, *(record for pair in zip_longest(*rest) for record in pair if record is not None)]


def in_turn(records, ahead):
    left, units, fields, chosen = list(records), Counter(), Counter(), []
    while left:
        wanted = ahead[len(chosen)] if len(chosen) < len(ahead) else None
        pool = [r for r in left if r["unit"] == wanted] or left
        best = min(pool, key=lambda r: (units[r["unit"]], fields[r["field"]]))
        left.remove(best)
        chosen.append(best)
        units[best["unit"]] += 1
        fields[best["field"]] += 1
    return chosen


# --- which steps it took, and when ------------------------------------------------------


def steps_of(rules, record, place, total):
    year = rules.year
    if place >= total - rules.just_registered:
        return []
    running = Step(Stage.RUNNING, working_day(max(record["registered_on"], day(year, 4, 26)) + datetime.timedelta(days=10 + place % 9)))
    steps = [running, *office_steps(rules, place)]
    if place < sum(rules.recognised):
        return [*steps, *recognition(rules, record["kind"])]
    if place >= total - rules.just_registered - rules.still_running:
        return steps
    return [*steps, Step(Stage.CONTINUED, working_day(day(year, 11, 4) + datetime.timedelta(days=place * 3 % 19)), note=GOES_ON)]


def office_steps(rules, place):
    """Survey in summer, appraisal in September, then the vote and the proposal to the council."""
    year = rules.year
    steps = [
        (rules.surveyed, Step(Stage.SURVEYED, working_day(day(year, 6, 3) + datetime.timedelta(days=place * 7 % 86)))),
        (rules.appraised, Step(Stage.APPRAISED, working_day(day(year, 9, 4) + datetime.timedelta(days=place * 5 % 15)))),
        (rules.voted, Step(Stage.VOTED, day(year, 9, 25))),
        (rules.proposed, Step(Stage.PROPOSED, day(year, 10, 2), level=Level.DISTRICT)),
    ]
    return [step for count, step in steps if place < count]


def recognition(rules, kind):
    shared = {"held_on": rules.decided_on, "level": Level.DISTRICT, "occasion": OCCASION}
    return [
        Step(Stage.RECOGNISED, decision_number=rules.recognition[kind], **shared),
        Step(Stage.REWARDED, decision_number=rules.reward[kind], **shared),
    ]


def working_day(date):
    """The date, or the Monday after a weekend."""
    return date + datetime.timedelta(days=max(0, 7 - date.weekday()) if date.weekday() > 4 else 0)
