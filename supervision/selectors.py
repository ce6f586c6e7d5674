"""Reads that join: what the report's appendix lists, and how the district's regulations are carried out in the units."""

from collections import Counter, defaultdict

from django.db.models import Count, Q
from django.urls import reverse

from danvan.common import clock
from regulations.selectors import Done, implementation_source
from supervision.choices import FindingKind
from supervision.models import Finding, Recommendation, SupervisionRound

COUNTS = ["sent", "answered", "on_time", "resolved", "left"]


def rounds_of(context):
    """Rounds of the report's units that ended in its period, by day."""
    rows = SupervisionRound.objects.filter(unit__in=context.units, held_on__range=context.span)
    told = rows.select_related("unit", "item__plan").prefetch_related("target_units", "item__plan__co_signers")
    return sorted(context.by_unit(told.order_by("sort_key", "pk")), key=lambda row: row.held_on)


def recommendations_of(context):
    rows = Recommendation.objects.filter(unit__in=context.units, sent_on__range=context.span, withdrawn_on=None)
    return rows.order_by("sent_on", "pk")


def counts_by_round(context):
    """{round id, or None for those of no round in the period: Counter of COUNTS} over the recommendations sent in the period."""
    known = {row.pk for row in rounds_of(context)}
    found = defaultdict(Counter)
    for row in recommendations_of(context):
        found[row.round_id if row.round_id in known else None].update(
            sent=1,
            answered=int(row.replied_on is not None),
            on_time=int(row.replied_on is not None and row.replied_on <= row.due_on),
            resolved=int(row.verified_on is not None),
            left=int(row.verified_on is None),
        )
    return found


@implementation_source
def implementation(regulation_ids, units):
    """Rounds, violations and recommendations of each unit about each regulation, over the last twelve months.

    A round counts for a unit when it has a finding there about the regulation; recommendations follow from such findings.
    """
    today = clock.today()
    span = (today - clock.datetime.timedelta(days=364), today)
    findings = Finding.objects.filter(regulation__in=regulation_ids, unit__in=units, round__held_on__range=span)
    rows = findings.order_by().values("regulation", "unit").annotate(
        rounds=Count("round", distinct=True),
        violations=Count("pk", filter=Q(kind=FindingKind.VIOLATION), distinct=True),
        sent=Count("recommendations", filter=Q(recommendations__withdrawn_on=None), distinct=True),
    )  # fmt: skip
    return {(row["regulation"], row["unit"]): _done(row) for row in rows}


def _done(row):
    told = [("cuộc giám sát", "rounds"), ("vi phạm", "violations"), ("kiến nghị", "sent")]
    where = {"rounds": f"{reverse('registers:supervision_round_list')}?doi_tuong={row['unit']}"}
    return [Done(label, row[name], where.get(name, "")) for label, name in told if row[name]]
