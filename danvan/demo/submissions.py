"""The wards' reports of two years, walked through the services so that rounds, receipts and slips are real."""

import datetime
from decimal import Decimal

from danvan.demo.accounts import HEADS, OFFICERS
from danvan.demo.calendar import on
from danvan.demo.content import ward_words, year_figures
from danvan.demo.units import ROOT
from danvan.submissions import services
from danvan.submissions.models import Period, Regime


def _day(text):
    return datetime.date.fromisoformat(text)


# year: opens, published, due, review due
PERIODS = {
    2018: ("2018-12-01", "2018-11-28", "2019-01-10", "2019-01-20"),
    2019: ("2019-12-01", "2019-11-28", "2020-01-10", "2020-01-15"),
}

# ward: days of filling, handing to the head, sending, and of the verdict; a story ends where its line ends
STORIES = {
    2018: {
        "AP": ("2019-01-03", "2019-01-04", "2019-01-07", "2019-01-14"),
        "BM": ("2018-12-28", "2019-01-02", "2019-01-03", "2019-01-11"),
        "CD": ("2019-01-04", "2019-01-07", "2019-01-08", "2019-01-14"),
        "DS": ("2019-01-08", "2019-01-09", "2019-01-10", "2019-01-16"),
        "HL": ("2019-01-07", "2019-01-08", "2019-01-08", "2019-01-15"),
        "HT": ("2019-01-03", "2019-01-07", "2019-01-09", "2019-01-15"),
        "KL": ("2019-01-02", "2019-01-03", "2019-01-04", "2019-01-11"),
        "LH": ("2019-01-09", "2019-01-10", "2019-01-11", "2019-01-17"),
    },
    2019: {
        "BM": ("2019-12-30", "2020-01-02", "2020-01-03", "2020-01-06"),
        "CD": ("2019-12-27", "2019-12-31", "2020-01-02", "2020-01-07"),
        "DS": ("2020-01-03", "2020-01-06", "2020-01-06"),
        "HL": ("2020-01-06", "2020-01-07", "2020-01-07"),
        "HT": ("2020-01-02", "2020-01-03", "2020-01-03", "2020-01-07"),
        "KL": ("2020-01-06", "2020-01-07"),
        "AP": ("2020-01-07",),
    },
}
RETURNED = {
    (2019, "HT"): (
        "2020-01-10",
        {
            "mc_ontime": "Số hồ sơ đúng hạn thấp hơn hẳn năm trước. Đề nghị phường đối chiếu với phần mềm một cửa của quận, "
            "sửa lại hoặc ghi rõ nguyên nhân."
        },
    ),
}
HALF_TYPED = {(2019, "AP")}


def create_periods(units, years):
    regime = Regime.objects.get(code="dan_van")
    return {year: create_period(regime, units[ROOT], year, *(PERIODS.get(year) or later_period(year))) for year in years}


def later_period(year):
    return f"{year}-12-01", f"{year}-11-28", f"{year + 1}-01-10", f"{year + 1}-01-20"


def stories(year, until):
    """Where the demo stops, its last year is under way; in a longer one every ward came to the end."""
    if year in STORIES and (year < 2019 or until == 2019):
        return STORIES[year]
    return {ward: [f"{year + 1}-01-{day:02d}" for day in (3 + n % 3, 5 + n % 2, 7, 12)] for n, ward in enumerate(HEADS)}


def create_period(regime, unit, year, opens, published, due, review_due):
    return Period.objects.create(
        regime=regime, unit=unit, code=str(year), name=f"Năm {year}", starts_on=_day(f"{year}-01-01"), ends_on=_day(f"{year}-12-31"),
        opens_on=_day(opens), published_on=_day(published), due_on=_day(due), review_due_on=_day(review_due),
    )  # fmt: skip


def create_submissions(periods, units, users, until):
    """{year: submissions}"""
    return {
        year: [tell(period, units[ward], users, [_day(d) for d in days], until) for ward, days in stories(year, until).items()]
        for year, period in periods.items()
    }


def tell(period, unit, users, days, until):
    """One ward's report from the first typed figure to wherever it stands on the demo's day."""
    officer, head, reviewer = users[OFFICERS[unit.code]], users[HEADS[unit.code]], users["chuyen-vien"]
    key = (int(period.code), unit.code)
    open_end = until == 2019
    steps = [
        (10, lambda s: fill(s, officer, key, open_end)),
        (11, lambda s: services.hand_to_head(s, by=officer)),
        (16, lambda s: services.send(s, by=head)),
        (15, lambda s: judge(s, reviewer, key if open_end else None)),
    ]
    with on(days[0], 8):
        submission = services.start(period, unit, by=officer)
    for day, (hour, step) in zip(days, steps, strict=False):
        with on(day, hour):
            step(submission)
        submission.refresh_from_db()
    return submission


def fill(submission, officer, key, open_end):
    figures = {code: Decimal(value) for code, value in year_figures.values(*key).items()}
    words = ward_words.narrative if open_end else ward_words.taken_up_again
    if open_end and key in HALF_TYPED:
        figures = dict(list(figures.items())[: year_figures.HALF])
    services.fill(submission, by=officer, base=submission.version, values=figures, narrative=words(*key), explanations={})


def judge(submission, reviewer, key):
    if key in RETURNED:
        due, remarks = RETURNED[key]
        services.return_submission(submission, by=reviewer, remarks=remarks, due_on=_day(due))
    else:
        services.accept(submission, by=reviewer)
