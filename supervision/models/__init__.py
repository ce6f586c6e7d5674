"""The joint plan, its rounds with what they found, and the recommendations that follow: one file for each."""

from supervision.models.plan import JointPlan, PlanItem
from supervision.models.recommendation import DeadlineChange, ProgressNote, Recommendation, overdue, serious_days
from supervision.models.round import Finding, SupervisionRound

__all__ = [
    "DeadlineChange",
    "Finding",
    "JointPlan",
    "PlanItem",
    "ProgressNote",
    "Recommendation",
    "SupervisionRound",
    "overdue",
    "serious_days",
]
