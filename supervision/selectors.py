"""Reads that join: what the report's appendix lists, and how the district's regulations are carried out in the units."""

import re
from collections import Counter, defaultdict
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse

from danvan.common import clock
from danvan.registers.narrowing import Narrowed, narrowing
from danvan.units.models import Unit
from regulations.models import Regulation
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


# --- how the district's regulations are carried out --------------------------------------------------


def _last_year():
    today = clock.today()
    return today - clock.datetime.timedelta(days=364), today


@implementation_source
def implementation(user, regulation_ids, units):
    """Rounds, violations and recommendations of each unit about each regulation, over the last twelve months, as far as the user
    sees them: a round counts for a unit when it has a finding there about the regulation; recommendations follow from findings
    that the user sees.
    """
    about = {"regulation__in": regulation_ids, "unit__in": units, "round__held_on__range": _last_year()}
    found = defaultdict(list)
    findings = Finding.objects.visible_to(user).filter(**about)
    rows = findings.order_by().values_list("regulation", "unit")
    counts = {"rounds": Count("round", distinct=True), "violations": Count("pk", filter=Q(kind=FindingKind.VIOLATION))}
    for *key, rounds, wrong in rows.annotate(**counts):
        found[tuple(key)] += [Done("cuộc giám sát", rounds, _list_url("supervision_round", *key))]
        found[tuple(key)] += [Done("vi phạm", wrong)] * bool(wrong)
    sent = Recommendation.objects.visible_to(user).filter(withdrawn_on=None, finding__in=findings)
    for *key, count in sent.order_by().values_list("finding__regulation", "finding__unit").annotate(count=Count("pk")):
        found[tuple(key)] += [Done("kiến nghị", count, _list_url("recommendation", *key))]
    return found


def _list_url(register, regulation_id, unit_id):
    return f"{reverse(f'registers:{register}_list')}?{urlencode({'quy-che': regulation_id, 'tai': unit_id})}"


@narrowing
def by_findings(register, params, user):
    """The rows behind those numbers: rounds or recommendations with a finding about the regulation at the unit."""
    keys = [params.get(name, "") for name in ("quy-che", "tai")]
    if register.model not in (SupervisionRound, Recommendation) or not all(re.fullmatch("[0-9]{1,18}", key) for key in keys):
        return None
    regulation = Regulation.objects.readable_by(user).filter(pk=keys[0]).first()
    unit = Unit.objects.visible_to(user).filter(pk=keys[1]).first()
    if not regulation or not unit:
        return None
    findings = Finding.objects.visible_to(user).filter(regulation=regulation, unit=unit, round__held_on__range=_last_year())
    where = Q(pk__in=findings.values("round")) if register.model is SupervisionRound else Q(finding__in=findings, withdrawn_on=None)
    return Narrowed(where, f"Phát hiện về {regulation.number} tại {unit}, 12 tháng qua", ("quy-che", "tai"))
