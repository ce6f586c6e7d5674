"""Joint plans, rounds, findings and recommendations. A reply is given by its service."""

import datetime

from supervision import choices, services
from supervision.models import Finding, JointPlan, PlanItem, ProgressNote, Recommendation, SupervisionRound

LOOK = {"form": choices.SupervisionForm.TEAM, "rhythm": choices.Rhythm.THEMATIC}


def new_plan(unit, *, words, year=2019):
    return JointPlan.objects.create(
        unit=unit, year=year, title=f"Kế hoạch liên tịch {words}", number=f"KH {words}", issued_on=datetime.date(year, 1, 18),
        purpose=f"Mục đích {words}",
    )  # fmt: skip


def new_item(plan, targets, *, words):
    row = PlanItem.objects.create(plan=plan, subject=f"Giám sát {words}", team=f"Đoàn {words}", month_from=3, month_to=4, **LOOK)
    row.target_units.set(targets)
    return row


def new_round(unit, targets, *, words, title="", item=None):
    row = SupervisionRound.objects.create(
        unit=unit, item=item, title=f"Cuộc giám sát {title or words}", team=f"Đoàn {words}", summary=f"Kết quả {words}",
        held_from=datetime.date(2019, 11, 26), held_on=datetime.date(2019, 11, 27), **LOOK,
    )  # fmt: skip
    row.target_units.set(targets)
    return row


def new_finding(a_round, unit, *, words, regulation=None):
    return Finding.objects.create(
        round=a_round, unit=unit, kind=choices.FindingKind.VIOLATION, text=f"Phát hiện {words}", regulation=regulation
    )


def new_recommendation(unit, addressed_to, *, words, finding=None, sent_on=datetime.date(2019, 12, 16)):
    row = Recommendation(
        unit=unit, addressed_to=addressed_to, round=finding and finding.round, finding=finding, title=f"Kiến nghị {words}",
        content=f"Đề nghị {words}", sent_on=sent_on,
    )  # fmt: skip
    services.set_deadline(row)
    row.save()
    return row


def extended(row, *, by, words):
    return services.extend(row, by=by, days=5, reason=f"Gia hạn {words}")


def replied(row, *, by, words):
    services.reply(row, by=by, kind=choices.ReplyKind.PARTLY, text=f"Trả lời {words}")
    ProgressNote.objects.create(recommendation=row, noted_on=datetime.date(2020, 1, 6), text=f"Tiến độ {words}")
    return row
