"""The clock of a recommendation: due date, lateness, extension, and the answer to "vì sao ngày này?"."""

import datetime

import pytest

from danvan.catalogues.models import LegalNumber
from danvan.common.exceptions import Refused
from supervision import choices, services
from supervision.models import Recommendation, overdue
from tests.supervision.conftest import browser

DAY = datetime.date


def test_thirty_days_by_the_calendar_and_the_rule_is_kept(sent):
    row = sent(DAY(2020, 1, 6))
    assert row.due_on == DAY(2020, 2, 5)
    assert row.due_rule.code == "recommendation_reply" and "mọi ngày theo lịch" in row.why_due()


def test_working_days_over_tet_and_the_skipped_days_are_told(cast, sent):
    LegalNumber.objects.filter(code="recommendation_reply").update(valid_to=DAY(2019, 12, 31))
    LegalNumber.objects.create(
        code="recommendation_reply", label="Trả lời kiến nghị", value=15, day_kind="ngay_lam_viec", source="Quy định mới",
        valid_from=DAY(2020, 1, 1),
    )  # fmt: skip
    row = sent(DAY(2020, 1, 17))
    # Tết 2020: 23–29/01 were free; five weekends stand around it
    assert row.due_on == DAY(2020, 2, 14)
    words = row.why_due()
    for day in ("25/01/2020", "27/01/2020", "29/01/2020", "09/02/2020"):
        assert day in words
    assert sent(DAY(2019, 12, 16)).due_on == DAY(2020, 1, 15), "the rule in force on the day of sending"
    page = browser(cast.officer).get(f"/giam-sat/kien-nghi/{row.pk}/").content.decode()
    assert "Vì sao hạn là ngày này" in page and "27/01/2020" in page


@pytest.mark.parametrize(
    ("sent_on", "days", "lateness"),
    [
        (DAY(2020, 1, 6), 0, choices.IN_TIME),
        (DAY(2019, 12, 16), 0, choices.NEAR),
        (DAY(2019, 12, 9), 0, choices.NEAR),
        (DAY(2019, 12, 8), 1, choices.LATE),
        (DAY(2019, 11, 9), 30, choices.LATE),
        (DAY(2019, 11, 8), 31, choices.SERIOUSLY_LATE),
    ],
)
def test_lateness_is_read_not_stored(cast, sent, sent_on, days, lateness):
    row = sent(sent_on)
    for found in (row, Recommendation.objects.visible_to(cast.officer).get()):
        assert (found.days_late, found.lateness) == (days, lateness)
    assert Recommendation.objects.filter(overdue()).exists() == (days > 0)
    assert Recommendation.objects.filter(overdue(30)).exists() == (days > 30)


def test_the_second_threshold_is_data(sent):
    row = sent(DAY(2019, 12, 1))
    assert row.lateness == choices.LATE
    LegalNumber.objects.filter(code=choices.SERIOUS_NUMBER).update(value=5)
    assert row.lateness == choices.SERIOUSLY_LATE


def test_an_extension_shifts_the_deadline_and_is_told(cast, recommendation):
    services.extend(recommendation, by=cast.lead, days=10, reason="Chờ kinh phí")
    assert recommendation.due_on == DAY(2020, 1, 25)
    services.extend(recommendation, by=cast.reviewer, days=5, reason="Chờ thêm")
    assert recommendation.due_on == DAY(2020, 1, 30)
    assert [line.days for line in recommendation.extensions.all()] == [10, 5]
    assert "15 ngày gia hạn" in recommendation.why_due()


@pytest.mark.parametrize("who", ["officer", "head", "officer_b", "leader"])
def test_the_addressee_never_extends_for_itself(cast, recommendation, who):
    with pytest.raises(Refused):
        services.extend(recommendation, by=getattr(cast, who), days=10, reason="x")
    assert not recommendation.extensions.exists()


def test_an_extension_needs_a_reason(cast, recommendation):
    with pytest.raises(Refused) as refusal:
        services.extend(recommendation, by=cast.lead, days=3, reason="  ")
    assert refusal.value.field == "reason"


def test_after_reopening_the_new_deadline_runs_and_the_first_reply_keeps_its_day(cast, sent, settings):
    row = sent(DAY(2019, 11, 1))
    settings.TODAY = DAY(2019, 12, 20)
    services.reply(row, by=cast.officer, kind="tiep_thu", text="")
    assert (row.days_late, row.lateness) == (19, choices.ANSWERED_LATE)
    services.reopen(row, by=cast.lead, note="Chưa đủ")
    assert (row.reopened_due_on, row.current_due_on, row.due_on) == (DAY(2020, 1, 19), DAY(2020, 1, 19), DAY(2019, 12, 1))
    assert row.days_late == 0 and row.replied_on == DAY(2019, 12, 20)
    services.extend(row, by=cast.lead, days=2, reason="Chờ")
    assert (row.reopened_due_on, row.due_on) == (DAY(2020, 1, 21), DAY(2019, 12, 1))
    settings.TODAY = DAY(2020, 1, 22)
    services.reply(row, by=cast.officer, kind="tiep_thu", text="Đã làm")
    assert (row.replied_on, row.replied_again_on, row.days_late) == (DAY(2019, 12, 20), DAY(2020, 1, 22), 1)
    services.reopen(row, by=cast.lead, note="Lần nữa")
    assert (row.reopenings, row.reopened_due_on) == (2, DAY(2020, 2, 21)), "days added to an earlier turn are not added again"
    assert row.counted_days == 30
