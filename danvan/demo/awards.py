"""The awards of both years: by occasion, and apart from them one reward for each recognised mô hình or điển hình."""

from simple_history.utils import bulk_create_with_history

from danvan.demo.calendar import moment_of
from danvan.demo.content.laureates import AWARDS
from danvan.demo.stages import rules_of
from models_awards.choices import AwardForm, GrantingBody, ModelKind, Occasion, SubjectType
from models_awards.models import Award

GRANTED_BY = {ModelKind.MODEL: GrantingBody.STANDING_COMMITTEE, ModelKind.EXEMPLAR: GrantingBody.PEOPLES_COMMITTEE}
TITLES = {
    (SubjectType.COLLECTIVE, ModelKind.MODEL): "Tập thể thực hiện mô hình",
    (SubjectType.COLLECTIVE, ModelKind.EXEMPLAR): "Tập thể điển hình",
    (SubjectType.INDIVIDUAL, ModelKind.MODEL): "Cá nhân thực hiện mô hình",
    (SubjectType.INDIVIDUAL, ModelKind.EXEMPLAR): "Cá nhân điển hình",
}


def create_awards(registrations, units, users):
    """`registrations` is {year: rows}; returns {year: awards}."""
    return {year: create_year(year, rows, units, users["chuyen-vien"]) for year, rows in registrations.items()}


def create_year(year, registrations, units, user):
    rows = [*by_occasion(year, units), *for_recognised(year, registrations)]
    for row in rows:
        row.award_year = year
        row.set_counting_date()
        row._history_user, row._history_date = user, moment_of(row.decided_on, 16)
    rows = bulk_create_with_history(rows, Award)
    for row in rows:
        row.created_at = row.updated_at = row._history_date
    Award.objects.bulk_update(rows, ["created_at", "updated_at"])
    return rows


def by_occasion(year, units):
    return [
        Award(
            unit=units[code], name=name, occasion=occasion, granting_body=body, form=form, subject_type=subject,
            decision_number=decision, decided_on=decided_on,
        )
        for occasion, (body, form, subject, decision, decided_on, laureates) in AWARDS.get(year, {}).items()
        for code, name in laureates
    ]  # fmt: skip


def for_recognised(year, registrations):
    rules = rules_of(year)
    return [
        Award(
            unit=row.unit, registration=row, name=f"{TITLES[row.subject_type, row.kind]} “{row.name}”", occasion=Occasion.SKILFUL,
            granting_body=GRANTED_BY[row.kind], form=AwardForm.CERTIFICATE, subject_type=row.subject_type,
            decision_number=rules.reward[row.kind], decided_on=rules.decided_on,
        )
        for row in registrations
        if row.recognised_on
    ]  # fmt: skip
