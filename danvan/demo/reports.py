"""The annual report of 2019: composed by the office the day before, its draft asked of a worker when the demo starts."""

import datetime

from danvan.demo.calendar import on
from danvan.demo.content.annual_words import REASON, WORDS
from danvan.demo.profiles import chosen_profile
from danvan.demo.units import BOARD
from danvan.reporting import services
from danvan.reporting.kinds import KINDS
from danvan.reporting.models import Report, ReportVersion

KIND, PERIOD = "annual", "2019"
COMPOSED_ON = datetime.date(2020, 1, 7)


def create_annual_report(units, users):
    user = users["chuyen-vien"]
    with on(COMPOSED_ON, 14):
        report = services.open_report(KINDS[KIND], units[BOARD], PERIOD, by=user)
    with on(COMPOSED_ON, 16):
        report = services.write_narrative(report, by=user, base=report.version, narrative=dict(WORDS))
    # the job belongs to the real clock: workers and the sweeper measure its age
    services.produce(report, by=user, override_reason=REASON)
    return report


def newest_version():
    """The newest version of the demo's annual report, or None while no worker has made one."""
    board, period = chosen_profile().report
    report = Report.objects.filter(kind=KIND, unit__code=board, period=period).first()
    return ReportVersion.objects.filter(report=report).order_by("-number").first() if report else None
