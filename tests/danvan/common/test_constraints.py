"""Every constraint of every model is broken once. A new constraint without a line here fails the last test."""

import datetime
import uuid

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from danvan.accounts.models import GuessPace, Handover, Membership
from danvan.catalogues.models import LegalBasis, LegalNumber, RegulationSubject
from danvan.common.constraints import SameUnit, UnitKey
from danvan.figures.models import FigureValue
from danvan.registers.models import Receipt
from danvan.submissions import services
from danvan.submissions.models import CorrectionRequest, Period, ReturnItem, Round, Submission, TypedValue
from danvan.units.models import DecisionLine, Succession, Unit, UnitDecision, UnitVersion
from models_awards.models import Award, Campaign, Registration, StageRecord
from tests.danvan.common.cast import START, TODAY
from tests.factories import awards, reports
from tests.factories.decisions import drop_level, move, new_decision, rename

OURS = ("units", "catalogues", "accounts", "workflow", "registers", "figures", "submissions", "models_awards")
DAY = datetime.timedelta(days=1)
LATE = datetime.date(2021, 1, 1)


@pytest.fixture
def ready(cast, campaign, period):
    """One legal row of each model that the table below breaks."""
    who = {"officer": cast.officer, "head": cast.head, "reviewer": cast.reviewer}
    returned = reports.returned(period, cast.a, **who)
    registration = awards.new_registration(cast.a, campaign, words="gốc")
    awards.recognise(registration, by=cast.reviewer, held_on=datetime.date(2019, 10, 15))
    awards.new_award(cast.a, words="khen")
    services.start(period, cast.b, by=cast.officer_b)
    LegalBasis.objects.create(number="34/2007", kind="Pháp lệnh", issuer="UBTVQH", issued_on=START, title="x", valid_from=START)
    LegalNumber.objects.create(code="n", label="n", value=1, source="x", valid_from=START)
    FigureValue.objects.create(unit=cast.a, period="2018", code="hg_total", value=1, source="nhap")
    CorrectionRequest.objects.create(submission=returned, reason="x", requested_by=cast.officer, requested_at=timezone.now())
    GuessPace.objects.create(username="phuong-a", free_at=timezone.now())
    parting = {"leaver": cast.officer, "successor": cast.colleague, "ends_on": TODAY, "made_on": TODAY, "made_by": cast.reviewer}
    Handover.objects.create(**parting, reason="x")
    Receipt.objects.create(user=cast.officer, key=uuid.UUID(int=1), url="/")
    decision = new_decision(cast.district, rename(cast.a, "Phường mới"), move(cast.a, cast.b), drop_level("Cấp quận"))
    path = {"path": cast.a.scope_path, "name": "Phường mới", "kind": "phuong"}
    UnitVersion.objects.create(unit=cast.a, valid_from=TODAY, parent=cast.district, decision=decision, **path)
    Succession.objects.create(predecessor=cast.a, successor=cast.b, decision=decision)
    return cast


def again(model, where=None, **changes):
    """Inserts a copy of the first row with other values."""

    def act():
        row = model.objects.filter(**where or {}).order_by("pk").first()
        row.pk, row._state.adding = None, True
        for name, value in changes.items():
            setattr(row, name, value() if callable(value) else value)
        row.save()

    return act


def change(model, **changes):
    return lambda: model.objects.order_by("pk").update(**changes)


CASES = {
    "unit_path_ends_with_dot": change(Unit, scope_path="1"),
    "unit_one_version_a_day": again(UnitVersion),
    "unit_one_version_a_decision": again(UnitVersion, {"decision__isnull": False}, valid_from=LATE),
    "unit_version_path_ends_with_dot": change(UnitVersion, path="1"),
    "unit_not_below_itself": change(UnitVersion, parent=models.F("unit")),
    "unit_decision_dates_in_order": change(UnitDecision, effective_on=START),
    "unit_decision_applied_by_somebody": change(UnitDecision, status="da_ap_dung"),
    "decision_line_names_its_unit": change(DecisionLine, unit=None),
    "decision_line_moves_somewhere": lambda: DecisionLine.objects.filter(change="chuyen").update(parent=None),
    "decision_line_names_its_level": lambda: DecisionLine.objects.filter(change="bo_cap").update(level_name=""),
    "decision_line_once": again(DecisionLine),
    "succession_once": again(Succession),
    "succession_between_two": change(Succession, successor=models.F("predecessor")),
    "legal_basis_dates_in_order": change(LegalBasis, valid_to=START - DAY),
    "regulation_subject_dates_in_order": change(RegulationSubject, valid_to=datetime.date(1900, 1, 1)),
    "legal_number_one_a_day": again(LegalNumber),
    "legal_number_dates_in_order": change(LegalNumber, valid_to=START - DAY),
    "membership_once": again(Membership),
    "membership_dates_in_order": change(Membership, ends_on=START - DAY),
    "membership_acting_has_end": change(Membership, acting=True),
    "guess_pace_once": again(GuessPace),
    "handover_between_two": change(Handover, successor=models.F("leaver")),
    "receipt_once": again(Receipt),
    "figure_value_once": again(FigureValue),
    "period_once": again(Period),
    "period_dates_in_order": change(Period, due_on=LATE),
    "submission_once": again(Submission),
    "submission_sent_with_signer": change(Submission, status="cho_duyet", confirmed_by=None),
    "submission_accepted_with_date": None,
    "typed_value_once": again(TypedValue),
    "typed_value_not_negative": change(TypedValue, value=-1),
    "round_once": again(Round, code="khác"),
    "return_item_names_figure": change(ReturnItem, figure=""),
    "return_item_gives_reason": change(ReturnItem, reason=""),
    "return_item_once": again(ReturnItem),
    "correction_gives_reason": change(CorrectionRequest, reason=""),
    "correction_one_open": again(CorrectionRequest),
    "campaign_one_a_year": again(Campaign),
    "campaign_dates_in_order": change(Campaign, closes_on=LATE),
    "registration_name_once": again(Registration),
    "registration_recognised_with_level": change(Registration, recognised_level=""),
    "registration_recognised_after": change(Registration, recognised_on=START),
    "registration_withdrawn_with_date": change(Registration, withdrawn_on=TODAY),
    "stage_recognised_once_a_level": again(StageRecord),
    "stage_recognised_with_decision": change(StageRecord, decision_number=""),
    "award_once": again(Award),
}


@pytest.mark.embedded
@pytest.mark.parametrize("name", CASES)
def test_a_constraint_holds(ready, name):
    if name == "submission_accepted_with_date":
        CASES[name] = change(Submission, status="da_duyet", submitted_at=timezone.now(), confirmed_by=ready.head)
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        CASES[name]()
    columns = next(c for m in apps.get_models() for c in m._meta.constraints if c.name == name)
    told = str(broken.value)
    assert name in told or all(field.split("__")[0] in told for field in getattr(columns, "fields", ["?"])), told


def test_no_constraint_is_left_out():
    names = {c.name for m in apps.get_models() if m._meta.app_label in OURS for c in portable(m)}
    assert names == set(CASES)


def portable(model):
    """Keys of two columns stand on PostgreSQL only: tests/scoping/test_parts.py breaks each of them."""
    return [constraint for constraint in model._meta.constraints if not isinstance(constraint, SameUnit | UnitKey)]


def test_checks_speak_vietnamese():
    """What a form may meet has its own sentence; Django's “… bị vi phạm” names a constraint."""
    silent = {
        c.name
        for m in apps.get_models()
        if m._meta.app_label in ("submissions", "models_awards")
        for c in portable(m)
        if c.violation_error_message == c.default_violation_error_message
    }
    # met by services only, which refuse before
    assert silent == {
        "period_once",
        "submission_once",
        "typed_value_once",
        "round_once",
        "return_item_once",
        "correction_gives_reason",
        "correction_one_open",
    }
