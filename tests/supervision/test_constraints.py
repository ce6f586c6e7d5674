"""Facts that cannot contradict: each constraint is broken once, and says its sentence."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from danvan.common.constraints import SameUnit, UnitKey
from supervision.models import DeadlineChange, JointPlan, PlanItem, SupervisionRound

DAY = datetime.date(2019, 12, 16)
BROKEN = {
    "recommendation_to_another": lambda row, cast: {"addressed_to": cast.front},
    "recommendation_due_after_sent": lambda row, cast: {"due_on": DAY - datetime.timedelta(days=1)},
    "recommendation_finding_with_round": lambda row, cast: {"finding": row.round.findings.get(), "round": None},
    "recommendation_reply_is_whole": lambda row, cast: {"replied_on": DAY},
    "recommendation_reply_after_sent": lambda row, cast: {"replied_on": DAY - datetime.timedelta(days=1), "reply_kind": "tiep_thu"},
    "recommendation_reply_with_reason": lambda row, cast: {"replied_on": DAY, "reply_kind": "khong_tiep_thu"},
    "recommendation_answered_with_reply": lambda row, cast: {"status": "da_tra_loi"},
    "recommendation_confirmation_is_whole": lambda row, cast: {"confirmed_on": DAY},
    "recommendation_verified_with_date": lambda row, cast: {"verified_on": DAY},
    "recommendation_reopening_is_whole": lambda row, cast: {"reopened_on": DAY},
    "recommendation_withdrawn_with_date": lambda row, cast: {"withdrawn_on": DAY},
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_recommendation_never_contradicts_itself(cast, recommendation, name):
    constraint = next(c for c in recommendation._meta.constraints if c.name == name)
    for field, value in BROKEN[name](recommendation, cast).items():
        setattr(recommendation, field, value)
    with pytest.raises(ValidationError) as error:
        constraint.validate(type(recommendation), recommendation)
    assert error.value.messages == [constraint.violation_error_message]
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        recommendation.save()


def test_every_constraint_of_a_recommendation_is_broken_above(recommendation):
    assert {c.name for c in recommendation._meta.constraints if not isinstance(c, SameUnit | UnitKey)} == set(BROKEN)


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda cast, plan: JointPlan.objects.create(unit=cast.front, year=2019, title="x"), "joint_plan_one_a_year|unique"),
        (lambda cast, plan: JointPlan.objects.create(unit=cast.front, year=2018, title="x", number="1"), "joint_plan_number_with_date"),
        (lambda cast, plan: PlanItem.objects.create(plan=plan, subject="x", month_from=5, month_to=4, team="x"), "plan_item_months"),
        (
            lambda cast, plan: SupervisionRound.objects.create(
                unit=cast.front, title="x", held_from=DAY, held_on=DAY - datetime.timedelta(days=1), team="x"
            ),
            "round_dates_in_order",
        ),
    ],
)
def test_plans_and_rounds(cast, plan, make, name):
    with pytest.raises(IntegrityError, match=f"(?i){name}"), transaction.atomic():
        make(cast, plan)


@pytest.mark.parametrize("values", [{"days": 0}, {"days": 181}, {"days": 3, "reason": ""}])
def test_an_extension_has_days_and_a_reason(recommendation, values):
    with pytest.raises(IntegrityError, match="deadline_change_has_days_and_reason"), transaction.atomic():
        DeadlineChange.objects.create(**{"recommendation": recommendation, "decided_on": DAY, "reason": "x", **values})
