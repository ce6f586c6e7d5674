"""Periods and reports: wards report to the city's board, schools and residential groups of two wards to the board of theirs."""

import datetime
from decimal import Decimal

from danvan.demo.calendar import on
from danvan.demo.city.accounts import head_of, officer_of
from danvan.demo.city.units import BOARD, ROOT
from danvan.demo.content import city_words as words
from danvan.demo.content.city_places import CORNERS, PLACES, REPORTED_TO, body
from danvan.reporting import services as reporting
from danvan.reporting.kinds import KINDS
from danvan.submissions import services
from danvan.submissions.models import Regime
from danvan.submissions.selectors import owing_units

DAY = datetime.timedelta(days=1)
COMPOSED_ON = datetime.date(2026, 1, 21)
LAST = "2026-9M"  # under way on the demo's day
MONTHS = {"2025": 6, "2026-Q1": 3, "2026-Q2": 3, "2026-6M": 6, LAST: 8}  # that the reports tell of

# regime, period, opened, open for typing, due, review due
CITY_PERIODS = [
    ("dan_van", "2025", "2025-11-20", "2025-12-01", "2026-01-09", "2026-01-20"),
    ("dan_van", "2026-Q1", "2026-03-05", "2026-03-20", "2026-04-10", "2026-04-20"),
    ("dan_van", "2026-Q2", "2026-06-05", "2026-06-19", "2026-07-10", "2026-07-20"),
    ("dan_van", LAST, "2026-08-03", "2026-08-17", "2026-09-10", "2026-09-18"),
    ("dan_van", "2026", "2026-08-03", "2026-12-01", "2027-01-08", "2027-01-20"),
]
WARD_PERIODS = [
    (regime, period, *days)
    for regime in ("truong_hoc", "to_dan_pho")
    for period, *days in (
        ("2025", "2025-11-25", "2025-12-01", "2025-12-22", "2025-12-30"),
        ("2026-6M", "2026-05-20", "2026-06-01", "2026-06-22", "2026-06-30"),
        (LAST, "2026-08-05", "2026-08-17", "2026-09-04", "2026-09-09"),
    )
]
# how far each came of the period under way: filled, handed to the head, sent, judged; the others have not begun
SO_FAR = {
    "AH": 4, "LG": 4, "CS": 3, "SV": 3, "HT": 4, "BG": 2, "DM": 1,
    "AH-TH1": 3, "AH-TH2": 4, "AH-T1": 4, "AH-T2": 3, "AH-T3": 1,
    "BG-TH1": 3, "BG-T1": 4, "BG-T2": 4, "BG-T3": 2,
}  # fmt: skip


def create_reports(units, users):
    """{period words: how many reports}; the city's come after those below, as in life."""
    found = {}
    for ward in REPORTED_TO:
        reviewers = {"truong_hoc": users[f"xay-dung-dang-{number_of(ward)}"], "to_dan_pho": users[f"mat-tran-{number_of(ward)}"]}
        for regime, *told in WARD_PERIODS:
            opener = users[f"xay-dung-dang-{number_of(ward)}"]
            found[ward, regime, told[0]] = create_period(regime, units[ward], *told, opener, reviewers[regime], users)
    for regime, *told in CITY_PERIODS:
        found[ROOT, regime, told[0]] = create_period(regime, units[ROOT], *told, users["chuyen-vien"], users["chuyen-vien"], users)
    return found


def number_of(ward):
    return list(PLACES).index(ward) + 1


def create_period(regime, unit, code, published, opens, due, review_due, opener, reviewer, users):
    opens_on, due_on, review_due_on = map(datetime.date.fromisoformat, (opens, due, review_due))
    with on(datetime.date.fromisoformat(published), 9):
        period = services.open_period(
            by=opener, regime=Regime.objects.get(code=regime), unit=unit, code=code, opens_on=opens_on, due_on=due_on,
            review_due_on=review_due_on,
        )  # fmt: skip
    reports = [tell(period, owing, place, reviewer, users) for place, owing in enumerate(owing_units(period).order_by("code"))]
    return [report for report in reports if report]


def steps_of(period, code):
    if period.code == "2026":
        return 0
    return SO_FAR.get(code, 0) if period.code == LAST else 4


def tell(period, unit, place, reviewer, users):
    """One unit's report from the first typed figure to wherever it stands on the demo's day."""
    count = steps_of(period, unit.code)
    if not count:
        return None
    officer, head = officer_of(users, unit.code), head_of(users, unit.code)
    first = period.opens_on + DAY * (2 + place % 4)
    with on(first, 8):
        report = services.start(period, unit, by=officer)
    steps = [
        (first + DAY, 10, lambda: fill(report, officer, place)),
        (first + DAY * 2, 11, lambda: services.hand_to_head(report, by=officer)),
        (first + DAY * 3, 16, lambda: services.send(report, by=head)),
        (first + DAY * (5 + place % 3), 15, lambda: judge(report, reviewer)),
    ]
    for day, hour, act in steps[:count]:
        with on(day, hour):
            act()
        report.refresh_from_db()
    return report


def judge(report, reviewer):
    asked = words.ASKED.get(report.unit.code) if report.period.code == LAST else None
    if asked is None:
        services.accept(report, by=reviewer)
        return
    code, reason = asked
    services.return_submission(report, by=reviewer, remarks={code: reason}, due_on=report.period.due_on)


# --- what they typed -------------------------------------------------------------------------------------


def fill(report, officer, place):
    regime, months = report.period.regime.code, MONTHS[report.period.code]
    figures = {"dan_van": ward_figures, "truong_hoc": school_figures, "to_dan_pho": group_figures}[regime](place, months)
    told = dict(zip(("ket_qua", "han_che", "phuong_huong", "kien_nghi"), texts(regime, report.unit.code, place), strict=True))
    values = {code: Decimal(value) for code, value in figures.items()}
    services.fill(report, by=officer, base=report.version, values=values, narrative=told, explanations={})


def ward_figures(place, months):
    cases, files, letters = months * (2 + place % 3), months * (310 + place * 47), months * (3 + place % 4)
    weddings, funerals, talks = months * (6 + place % 3), months * (4 + place % 4), months * (4 + place % 3)
    return {
        "hg_total": cases, "hg_success": cases - 1 - place % 2, "hg_fail": 1, "tcd_turns": months * (19 + place * 3),
        "dt_carried": place % 3, "dt_in": letters, "dt_done": letters - 1 + place % 2, "mc_files": files,
        "mc_ontime": files - files * (1 + place % 3) // 100, "cuoi_total": weddings, "cuoi_vm": weddings - place % 2,
        "tang_total": funerals, "tang_vm": funerals - place % 2, "tt_sessions": talks, "tt_turns": talks * (62 + place * 4),
    }  # fmt: skip


def school_figures(place, months):
    opinions = months * 3 + place * 2
    return {"nt_meetings": 1 + months // 3, "nt_opinions": opinions, "nt_answered": opinions - place % 2}


def group_figures(place, months):
    meetings, opinions = max(2, months // 2), months + place * 3
    return {
        "hop_meetings": meetings, "hop_households": meetings * (48 + place * 11), "hop_opinions": opinions,
        "hop_passed_on": opinions - 1 - place % 2,
    }  # fmt: skip


def texts(regime, code, place):
    if regime == "truong_hoc":
        return words.SCHOOL_TEXTS
    if regime == "to_dan_pho":
        return [text.format(g="tổ dân phố") for text in words.GROUP_TEXTS]
    named = body(code)
    return [
        text.format(U=f"{named[:1].upper()}{named[1:]}", p=CORNERS[code][place % 3])
        for text in words.WARD_TEXTS[place % len(words.WARD_TEXTS)]
    ]


# --- the city's annual report ------------------------------------------------------------------------------


def create_annual_report(units, users):
    user = users["chuyen-vien"]
    with on(COMPOSED_ON, 14):
        report = reporting.open_report(KINDS["annual"], units[BOARD], "2025", by=user)
    with on(COMPOSED_ON, 16):
        report = reporting.write_narrative(report, by=user, base=report.version, narrative=dict(words.ANNUAL))
    reporting.produce(report, by=user)  # the job belongs to the real clock: workers and the sweeper measure its age
    return report
