"""A prepared decision waits for its day, then for the administrator; an undone one to be corrected and applied again."""

from django.urls import reverse

from danvan.access.permissions import has_right
from danvan.common.text import format_date
from danvan.organization.permissions import RIGHT
from danvan.units.choices import EDITABLE, TONES, Status
from danvan.units.models import UnitDecision


def tasks(user, today):
    if not has_right(user, RIGHT):
        return
    for row in UnitDecision.objects.visible_to(user, RIGHT).filter(status__in=EDITABLE).order_by("effective_on", "pk"):
        tone, icon = TONES[row.status]
        undone = row.status == Status.UNDONE
        yield {
            "title": f"{'Sửa, áp dụng lại' if undone else 'Áp dụng'} {row}", "due_on": row.effective_on,
            "url": reverse("organization:lines" if undone else "organization:preview", args=[row.pk]),
            "label": row.get_status_display(), "tone": tone, "icon": icon, "urgent": row.effective_on <= today,
            "meta": f"{row.about}. Có hiệu lực từ {format_date(row.effective_on)}.",
        }  # fmt: skip
