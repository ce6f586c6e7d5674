"""Reads that aggregate: the lines of appendix G4."""

from django.db.models import Count, Q

from danvan.common.text import format_date, format_number, format_rate
from dialogues.choices import Answered
from dialogues.models import Dialogue

ON_THE_SPOT = Q(questions__answered=Answered.ON_THE_SPOT)


def held(context):
    """Dialogues of the report's units in its period with their counts; done are those answered by the period's last day."""
    ends_on = context.span[1]
    rows = Dialogue.objects.filter(unit__in=context.units, held_on__range=context.span).select_related("unit")
    done = ON_THE_SPOT | Q(questions__answered=Answered.IN_WRITING, questions__answered_on__lte=ends_on)
    counted = rows.annotate(
        asked=Count("questions"), on_the_spot=Count("questions", filter=ON_THE_SPOT), done=Count("questions", filter=done)
    )
    return context.by_unit(counted.order_by("held_on", "topic", "pk"))


def lines_of_g4(context):
    """(lines, total line): unit, kind, chair, day, people, asked, on the spot, passed on, done, rate."""
    rows = held(context)
    lines = [
        [
            context.names[row.unit_id], row.get_kind_display(), row.chair_title, format_date(row.held_on),
            *_cells(row.attendance or 0, row.asked, row.on_the_spot, row.done),
        ]
        for row in rows
    ]  # fmt: skip
    sums = (
        sum(row.attendance or 0 for row in rows),
        sum(row.asked for row in rows),
        sum(row.on_the_spot for row in rows),
        sum(row.done for row in rows),
    )
    return lines, ["", "Cộng", "", "", "", *_cells(*sums)]


def _cells(people, asked, on_the_spot, done):
    counts = [format_number(number) for number in (people, asked, on_the_spot, asked - on_the_spot, done)]
    return [*counts, format_rate(done, asked)]
