"""The two-level city, in the order in which it came to be."""

from danvan.demo.calendar import on
from danvan.demo.city import records
from danvan.demo.city.accounts import create_accounts
from danvan.demo.city.reports import create_annual_report, create_reports
from danvan.demo.city.units import FOUNDED_ON, create_units


def build_city(*, say, until):
    """`say` tells each finished part in a Vietnamese line."""
    with on(FOUNDED_ON):
        units = create_units()
    with on(FOUNDED_ON, 10):
        users = create_accounts(units)
    say(f"{len(units)} đơn vị, {len(users)} tài khoản")
    registrations = records.create_registrations(units, users)
    say("đăng ký Dân vận khéo: " + ", ".join(f"năm {year} có {len(rows)}" for year, rows in registrations.items()))
    say(f"khen thưởng: {len(records.create_awards(registrations, users))}")
    regulations, disclosures = records.create_regulations(units, users), records.create_disclosures(units, users)
    say(f"dân chủ ở cơ sở: {len(regulations)} quy chế, {len(disclosures)} nội dung công khai")
    dialogues, questions, commitments = records.create_dialogues(units, users)
    say(f"đối thoại: {len(dialogues)} cuộc, {questions} câu hỏi, {len(commitments)} cam kết")
    rounds, sent = records.create_supervision(units, users)
    say(f"giám sát: {len(rounds)} cuộc, {len(sent)} kiến nghị")
    reports = create_reports(units, users)
    say(f"báo cáo: {len(reports)} kỳ, {sum(map(len, reports.values()))} báo cáo của phường, xã, trường học, tổ dân phố")
    create_annual_report(units, users)
    say("báo cáo tổng kết năm 2025: đã giao việc lập dự thảo")
