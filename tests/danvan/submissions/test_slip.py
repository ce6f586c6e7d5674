"""A returned report says which figure and why: the database itself refuses a remark without either."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from danvan.access.roles import HEAD, OFFICER, REVIEWER
from danvan.submissions.choices import Status
from danvan.submissions.models import ReturnItem, ReturnSlip, Submission
from tests.factories import reports
from tests.world import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(places):
    period = reports.new_period(places.district.unit, "2019", reports.new_regime())
    return reports.sent(period, places.a.unit, officer=places.a.people[OFFICER], head=places.a.people[HEAD], words="năm 2019")


@pytest.fixture
def slip(places, submission):
    import datetime

    return ReturnSlip.objects.create(
        submission=submission, round=submission.rounds.get(), returned_by=places.office.people[REVIEWER],
        returned_at=submission.submitted_at, due_on=datetime.date(2020, 1, 11),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "reason", "broken"),
    [
        (None, "Thiếu", "figure"),
        ("", "Thiếu", "return_item_names_figure"),
        ("hg_total", None, "reason"),
        ("hg_total", "", "return_item_gives_reason"),
        (None, None, "figure|reason"),
    ],
)
def test_a_remark_needs_figure_and_reason(slip, figure, reason, broken):
    with pytest.raises(IntegrityError, match=broken), transaction.atomic():
        ReturnItem.objects.create(slip=slip, figure=figure, reason=reason)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnItem.objects.bulk_create([ReturnItem(slip=slip, figure=figure, reason=reason)])
    whole = ReturnItem.objects.create(slip=slip, figure="hg_total", reason="Thiếu")
    with pytest.raises(IntegrityError, match=broken), transaction.atomic():
        ReturnItem.objects.filter(pk=whole.pk).update(figure=figure, reason=reason)
    assert list(ReturnItem.objects.values_list("figure", "reason")) == [("hg_total", "Thiếu")]


def test_the_columns_take_no_null(slip):
    for name in ("figure", "reason"):
        assert not ReturnItem._meta.get_field(name).null


@pytest.mark.parametrize("remarks", [{}, {"y_kien:hg_total": ""}, {"y_kien:hg_total": "   "}, {"y_kien:la_lam": "Lý do"}])
def test_the_page_refuses_a_return_without_reason(places, submission, remarks):
    client = signed_in(places.office.people[REVIEWER])
    response = client.post(reverse("submissions:review", args=[submission.pk]), {"verdict": "tra_lai", "due_on": "11/01/2020", **remarks})
    assert response.status_code == 422
    assert "Anh/chị ghi ít nhất một ý kiến bên cạnh chỉ tiêu cần bổ sung." in response.content.decode()
    assert Submission.objects.get(pk=submission.pk).status == Status.SUBMITTED
    assert ReturnSlip.objects.count() == 0


def test_a_return_keeps_each_figure_with_its_reason(places, submission):
    client = signed_in(places.office.people[REVIEWER])
    remarks = {"y_kien:hg_total": "Thấp hơn năm trước", "y_kien:loi_van:han_che": "Chưa nêu nguyên nhân"}
    response = client.post(reverse("submissions:review", args=[submission.pk]), {"verdict": "tra_lai", "due_on": "11/01/2020", **remarks})
    assert response.status_code == 302
    kept = dict(ReturnItem.objects.filter(slip__submission=submission).values_list("figure", "reason"))
    assert kept == {"hg_total": "Thấp hơn năm trước", "loi_van:han_che": "Chưa nêu nguyên nhân"}
    page = signed_in(places.a.people[OFFICER]).get(reverse("submissions:sheet", args=[submission.pk])).content.decode()
    assert "Thấp hơn năm trước" in page and "Chưa nêu nguyên nhân" in page
