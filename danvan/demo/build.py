"""The whole demo office, in the order in which it came to be."""

from danvan.demo.accounts import create_accounts
from danvan.demo.awards import create_awards
from danvan.demo.calendar import on
from danvan.demo.content import later_years
from danvan.demo.dialogues import create_dialogues
from danvan.demo.records import create_registrations
from danvan.demo.regulations import create_democracy
from danvan.demo.reports import create_annual_report
from danvan.demo.submissions import create_periods, create_submissions
from danvan.demo.supervision import create_supervision
from danvan.demo.units import FOUNDED_ON, create_units


def build_district(*, say, until):
    """`say` tells each finished part in a Vietnamese line. After 2019 the years are modest, and end before the wards were merged."""
    years = range(2018, min(until, later_years.LAST) + 1)
    with on(FOUNDED_ON):
        units = create_units()
    users = create_accounts(units)
    say(f"{len(units)} đơn vị, {len(users)} tài khoản")
    registrations = create_registrations(units, users, years)
    say(f"đăng ký Dân vận khéo: {_by_year(registrations)}")
    awards = create_awards(registrations, units, users)
    say(f"khen thưởng: {_by_year(awards)}")
    democracy = create_democracy(units, users)  # before the reports, which freeze its numbers
    say("dân chủ ở cơ sở: {} quy chế, {} nội dung công khai, {} lần báo không phát sinh".format(*map(len, democracy)))
    say(f"kiến nghị sau giám sát: {_by_year(create_supervision(units, users))}")
    say("đối thoại: {} kế hoạch, {} cuộc, {} câu hỏi, {} cam kết".format(*map(len, create_dialogues(units, users))))
    reported = range(2018, min(until, later_years.LAST - 1) + 1)
    submissions = create_submissions(create_periods(units, reported), units, users, until)
    say(f"báo cáo của các phường: {_by_year(submissions)}")
    create_annual_report(units, users)
    say("báo cáo tổng kết năm 2019: đã giao việc lập dự thảo")


def _by_year(rows):
    return ", ".join(f"năm {year} có {len(found)}" for year, found in rows.items())
