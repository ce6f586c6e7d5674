"""What waits for whom: replies of the addressed unit, confirmations of its head, verifications of the team."""

import datetime

from django.urls import reverse

from danvan.access.permissions import own_unit_ids
from danvan.common import text
from supervision.choices import LATE, LATENESS_TONES, OPEN, SERIOUSLY_LATE, Status
from supervision.models import Recommendation

VERIFIED_WITHIN = datetime.timedelta(days=15)  # no law says it: a reply that waits longer stands among what is late
TO_VERIFY = "Chờ xác minh"
TONES = {**LATENESS_TONES, TO_VERIFY: ("wait", "eye")}


def tasks(user, today):
    """Dicts of title, url, due_on, label, tone, icon, urgent, meta: the shape of a row of the to-do home."""
    rows = Recommendation.objects.visible_to(user).select_related("unit", "addressed_to")
    for row in rows.filter(status__in=OPEN, addressed_to__in=own_unit_ids(user, "recommendation.reply_own")):
        urgent = row.lateness in (LATE, SERIOUSLY_LATE) or row.status == Status.REOPENED
        again = " lại" if row.status == Status.REOPENED else ""
        meta = f"{row.unit} gửi ngày {text.format_date(row.sent_on)}."
        yield _task(row, f"Trả lời{again} kiến nghị: {row}", "reply", row.lateness, urgent, meta)
    answered = rows.filter(status=Status.ANSWERED)
    for row in answered.filter(confirmed_on=None, addressed_to__in=own_unit_ids(user, "recommendation.confirm_own")):
        yield _task(row, f"Xác nhận trả lời kiến nghị: {row}", "confirm", row.lateness, False, "Cán bộ đã trả lời.")
    for row in answered.filter(unit__in=own_unit_ids(user, "recommendation.verify")):
        replied_on = row.replied_again_on or row.replied_on
        meta = f"{row.addressed_to} trả lời ngày {text.format_date(replied_on)}."
        yield _task(row, f"Xác minh trả lời: {row}", "verify", TO_VERIFY, False, meta, replied_on + VERIFIED_WITHIN)


def _task(row, title, page, label, urgent, meta, due_on=None):
    tone, icon = TONES[label]
    return {
        "title": title, "url": reverse(f"supervision:recommendation_{page}", args=[row.pk]), "due_on": due_on or row.current_due_on,
        "label": label, "tone": tone, "icon": icon, "urgent": urgent, "meta": meta,
    }  # fmt: skip
