"""What waits for whom: the to-do list, one source per floor below."""

import datetime
from importlib import import_module

from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from danvan.access.permissions import has_right, own_unit_ids
from danvan.common import clock, text
from danvan.figures import registry
from danvan.figures.compute import compute
from danvan.registers.drafts import drafts_of
from danvan.registers.registry import all_registers
from danvan.reporting.models import Report
from danvan.reporting.writing import FORM as NARRATIVE
from danvan.submissions import permissions, selectors
from danvan.submissions.choices import NOT_STARTED, Status
from danvan.submissions.models import CorrectionRequest, Period, Submission

NOW, WEEK, LATER = "Cần làm ngay", "Đến hạn tuần này", "Sắp tới"


def home_context(user):
    today = clock.today()
    reports = own_reports(user, today)
    tasks = sorted(tasks_of(user, today, reports), key=lambda t: (t["due_on"], text.vi_key(t["title"])))
    end_of_week = today + datetime.timedelta(days=6 - today.weekday())
    groups = [
        {"title": NOW, "tasks": [t for t in tasks if t["urgent"] or t["due_on"] < today], "note": ""},
        {
            "title": WEEK,
            "tasks": [t for t in tasks if not t["urgent"] and today <= t["due_on"] <= end_of_week],
            "note": f"đến Chủ nhật {end_of_week:%d/%m}",
        },
        {"title": LATER, "tasks": [t for t in tasks if not t["urgent"] and t["due_on"] > end_of_week], "note": ""},
    ]
    return {
        "today": today,
        "weekday": WEEKDAYS[today.weekday()],
        "greeting": greeting(user, groups),
        "groups": [group for group in groups if group["tasks"]],
        "drafts": [draft_line(draft, user) for draft in drafts_of(user)[:5]],
        "quick": quick_links(user),
        "progress": progress_of(user, reports),
        "queues": queues_of(user),
    }


def tasks_of(user, today, reports):
    return [*report_tasks(user, reports), *(task for source in SOURCES for task in source(user, today))]


WEEKDAYS = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


def greeting(user, groups):
    late, week = len(groups[0]["tasks"]), len(groups[1]["tasks"])
    parts = [f"{late} việc cần làm ngay"] * bool(late) + [f"{week} việc đến hạn tuần này"] * bool(week)
    told = "có " + " và ".join(parts) if parts else "hôm nay không có việc nào đến hạn"
    name = f"{user.courtesy} " if user.courtesy else ""
    return f"Chào {name}{user}, {told}"


def task(title, url, due_on, status, *, urgent=False, meta="", quote="", cite=""):
    label, (tone, icon) = status
    today = clock.today()
    return {
        "title": title, "url": url, "due_on": due_on, "due_words": text.spoken_due(due_on, today), "late": due_on < today,
        "urgent": urgent, "meta": meta, "quote": quote, "cite": cite, "label": label, "tone": tone, "icon": icon,
    }  # fmt: skip


def own_reports(user, today):
    """(periods that are open, {(period, unit): report}) of the units whose report the user fills or sends; read once for the page."""
    own = {*own_unit_ids(user, "submission.fill_own"), *own_unit_ids(user, "submission.send_own")}
    if not own:
        return [], {}
    begun = Submission.objects.filter(unit__in=own).select_related("period__regime", "unit")
    periods = Period.objects.readable_by(user).select_related("regime", "unit").filter(opens_on__lte=today)
    return list(periods), {(s.period_id, s.unit_id): s for s in begun}


def report_tasks(user, reports):
    """The reports the user's unit owes: to fill, to correct, to confirm."""
    periods, begun = reports
    fills, sends = own_unit_ids(user, "submission.fill_own"), own_unit_ids(user, "submission.send_own")
    own = {*fills, *sends}
    for period in periods:
        found = [begun[period.pk, pk] for pk in sorted(own) if (period.pk, pk) in begun]
        lacking = own - {submission.unit_id for submission in found}
        owing = selectors.owing_units(period).filter(pk__in=lacking) if lacking else []
        for unit, submission in [*((s.unit, s) for s in found), *((unit, None) for unit in owing)]:
            yield from _own_report(period, unit, submission, unit.pk in fills, unit.pk in sends)


def _own_report(period, unit, submission, fills, sends):
    state = selectors.state_of(submission)
    shown = (state["status_label"], (state["tone"], state["icon"]))
    if fills and (submission is None or submission.status == Status.DRAFT):
        url = reverse("submissions:sheet", args=[submission.pk]) if submission else reverse("submissions:index")
        yield task(f"Nộp báo cáo {period}", url, period.due_on, shown, meta=f"{unit}. Số liệu lấy sẵn từ hồ sơ đã nhập.")
    elif fills and submission.status == Status.RETURNED:
        yield returned(period, submission, shown)
    elif sends and submission and submission.status == Status.READY:
        url = reverse("submissions:check", args=[submission.pk])
        yield task(f"Xác nhận và gửi báo cáo {period}", url, period.due_on, shown, urgent=True, meta=f"{unit}. Cán bộ đã nhập xong.")


def returned(period, submission, shown):
    """The reviewer's words stand in the row; the link lands on the first field they are about."""
    items = selectors.open_items(submission)
    slip, code, reason = (items[0].slip, items[0].figure, items[0].reason) if items else (None, "", "")
    url = reverse("submissions:sheet", args=[submission.pk]) + (f"#id_{code}" if code else "")
    due = slip.due_on if slip and not submission.reopened_until else submission.reopened_until or period.due_on
    cite = f"{slip.returned_by}, trả lại ngày {timezone.localtime(slip.returned_at):%d/%m}" if slip else ""
    more = f" (và {len(items) - 1} ý kiến khác)" if len(items) > 1 else ""
    quote = f"{selectors.label_of(code, submission)}: {reason}{more}" if code else ""
    meta = "" if code else f"{submission.unit}. Báo cáo được mở lại để chỉnh lý."
    return task(f"Bổ sung báo cáo {period}", url, due, shown, urgent=True, meta=meta, quote=quote, cite=cite)


def reviews(user, today):
    if not has_right(user, "submission.review"):
        return
    waiting = Submission.objects.visible_to(user).filter(status=Status.SUBMITTED).filter(period__in=selectors.office_periods(user))
    for submission in waiting.select_related("unit", "period").order_by("submitted_at"):
        days = (today - submission.submitted_on).days
        meta = f"Gửi ngày {text.format_date(submission.submitted_on)}, chờ duyệt {days} ngày." if days > 0 else "Gửi hôm nay."
        shown = ("Chờ duyệt", ("wait", "clock"))
        yield task(
            f"Duyệt báo cáo {submission.period}: {submission.unit}",
            reverse("submissions:review", args=[submission.pk]),
            submission.period.review_due_on,
            shown,
            meta=meta,
        )


def corrections(user, today):
    if not has_right(user, "submission.reopen"):
        return
    for request in (
        CorrectionRequest.objects.visible_to(user)
        .filter(answered_at=None, submission__period__in=selectors.office_periods(user))
        .select_related("submission__unit", "submission__period")
    ):
        url = reverse("submissions:reopen", args=[request.submission_id])
        yield task(
            f"Trả lời đề nghị chỉnh lý: {request.submission}",
            url,
            today,
            ("Chờ trả lời", ("wait", "clock")),
            urgent=True,
            quote=request.reason,
        )


def from_apps(user, today):
    """Tasks of the modules, found in their todo.py: tasks(user, today) yields {title, url, due_on, label, tone, icon, urgent, meta}."""
    for module in todo_modules():
        for row in module.tasks(user, today):
            status = (row["label"], (row["tone"], row["icon"]))
            yield task(row["title"], row["url"], row["due_on"], status, urgent=row.get("urgent", False), meta=row.get("meta", ""))


def todo_modules():
    return [import_module(f"{app.name}.todo") for app in apps.get_app_configs() if module_has_submodule(app.module, "todo")]


SOURCES = [reviews, corrections, from_apps]


def draft_line(draft, user):
    register = register_of_draft(draft)
    if register:
        page = register.url("edit", draft.object_id) if draft.object_id else register.url("add")
        name = (draft.payload.get("name") or [""])[0]
    elif draft.form == NARRATIVE:
        page = reverse("reporting:narrative", args=[draft.object_id])
        name = Report.objects.visible_to(user).filter(pk=draft.object_id).first() or ""
    else:
        page = reverse("submissions:sheet", args=[draft.object_id])
        rows = Submission.objects.visible_to(user).select_related("unit", "period")
        name = rows.filter(pk=draft.object_id).first() or ""
    return {"title": f"{draft_noun(draft)} {name}".strip(), "url": f"{page}?ban-nhap={draft.key}", "saved_at": draft.saved_at}


def register_of_draft(draft):
    return next((r for r in all_registers() if r.code == draft.form), None)


def draft_noun(draft):
    register = register_of_draft(draft)
    if register:
        return f"{register.noun[:1].upper()}{register.noun[1:]}"
    return "Lời văn" if draft.form == NARRATIVE else "Báo cáo kỳ"


def quick_links(user):
    """Registers in which the user may add a record."""
    return [
        {"label": f"Thêm {r.noun}", "url": r.url("add"), "icon": r.icon}
        for r in all_registers()
        if r.form and r.writable_unit_ids(user) != []
    ][:4]


def progress_of(user, reports):
    """How much of the own unit's report of the newest open period is filled; None for those who owe or began none."""
    periods, begun = reports
    newest = max(periods, key=lambda period: (period.ends_on, -period.pk), default=None)
    submission = next((report for report in begun.values() if report.period == newest), None)
    if submission is None:
        return None
    left = left_words(submission)
    steps = [{"title": title, "anchor": f"g{n}", "left": words} for n, (title, words) in enumerate(left.items(), 1)]
    unwritten = any(not p["text"].strip() for p in selectors.paragraphs(submission)[:1])
    steps.append({"title": "Lời văn", "anchor": "loi-van", "left": "Chưa viết" if unwritten else ""})
    return {
        "submission": submission,
        "steps": steps,
        "done": sum(not s["left"] for s in steps),
        "next": next((s for s in steps if s["left"]), None),
        "fills": permissions.can_fill(user, submission),
        "sends": submission.status == Status.READY and permissions.can_send(user, submission),
        **selectors.state_of(submission),
    }


def left_words(submission):
    """{group of typed figures: what is left to do there, or ""}, in the order of the sheet."""
    codes = submission.period.regime.typed_codes
    values = compute(submission.period.code, [submission.unit_id], codes=(), live_only=True)
    broken = selectors.broken_rules(values, codes)
    groups = {}
    for item in registry.typed():
        if item.code in codes:
            groups.setdefault(item.group, []).append(item.code)
    lacking = {title: sum(values.value(code) is None for code in group) for title, group in groups.items()}
    wrong = {title for title, group in groups.items() if broken.keys() & set(group)}
    return {title: f"Thiếu {count} số" if count else "Cần sửa" if title in wrong else "" for title, count in lacking.items()}


def queues_of(user):
    """For the office: not sent, waiting for us, returned and silent, with a reminder ready to copy."""
    if not (has_right(user, "submission.review") or has_right(user, "submission.reopen")):
        return None
    period = selectors.current_period(user)
    if period is None:
        return None
    lines = selectors.matrix(period, user)
    by_status = {
        s: [line for line in lines if line["status"] in s]
        for s in ((NOT_STARTED[0], Status.DRAFT, Status.READY), (Status.SUBMITTED,), (Status.RETURNED,))
    }
    unsent, waiting, back = by_status.values()
    reminder = selectors.reminder(user, period, [line["unit"] for line in unsent])
    queues = [
        {"title": "Chưa gửi", "lines": unsent},
        {"title": "Chờ duyệt", "lines": waiting},
        {"title": "Đã trả lại, chưa gửi lại", "lines": back},
    ]
    return {"period": period, "queues": queues, "reminder": reminder, "lines": lines}
