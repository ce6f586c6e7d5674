"""A prepared decision waits for its day, then for the administrator."""

from django.urls import reverse

from danvan.access.permissions import has_right
from danvan.common.text import format_date
from danvan.organization.permissions import RIGHT
from danvan.units.choices import TONES, Status
from danvan.units.models import UnitDecision


def tasks(user, today):
    if not has_right(user, RIGHT):
        return
    for row in UnitDecision.objects.visible_to(user, RIGHT).filter(status=Status.DRAFT).order_by("effective_on", "pk"):
        tone, icon = TONES[row.status]
        yield {
            "title": f"Áp dụng {row}", "url": reverse("organization:preview", args=[row.pk]), "due_on": row.effective_on,
            "label": row.get_status_display(), "tone": tone, "icon": icon, "urgent": row.effective_on <= today,
            "meta": f"{row.summary} Có hiệu lực từ {format_date(row.effective_on)}.",
        }  # fmt: skip
