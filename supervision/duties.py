"""What a unit owed by a day: the reply to each recommendation that was addressed to it."""

from django.db.models import Q
from django.urls import reverse

from danvan.figures.duties import Duty
from supervision.models import Recommendation


def duties(starts_on, ends_on, units):
    """The first reply by `due_on`, and after a reopening the new one by its own deadline."""
    span = (starts_on, ends_on)
    rows = Recommendation.objects.filter(addressed_to__in=units, withdrawn_on=None)
    for row in rows.filter(Q(due_on__range=span) | Q(reopened_due_on__range=span)).order_by("due_on", "pk"):
        url = reverse("registers:recommendation_detail", args=[row.pk])
        if starts_on <= row.due_on <= ends_on:
            yield Duty(row.addressed_to_id, row.due_on, row.replied_on is not None, f"Trả lời kiến nghị: {row}", url)
        if row.reopened_due_on and starts_on <= row.reopened_due_on <= ends_on:
            yield Duty(row.addressed_to_id, row.reopened_due_on, row.replied_again_on is not None, f"Trả lời lại kiến nghị: {row}", url)
