"""Send, reply, confirm, verify, reopen, withdraw; and who meets a 404."""

import datetime
import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.attachments.models import Attachment
from danvan.common.exceptions import Refused
from danvan.workflow.models import StatusChange
from supervision import services
from supervision.choices import Status
from supervision.models import JointPlan, Recommendation, SupervisionRound
from tests.danvan.attachments import good
from tests.supervision.conftest import TODAY, browser, recommendation_data

LIST = "/giam-sat/kien-nghi/"


def page_of(response):
    return html.unescape(response.content.decode())


def pdf(name="trả lời.pdf"):
    return SimpleUploadedFile(name, good.pdf(), "application/pdf")


def test_the_story_send_reply_with_a_file_verify(cast):
    lead, officer, stranger = browser(cast.lead), browser(cast.officer), browser(cast.officer_b)
    response = lead.post(f"{LIST}them/", recommendation_data(cast))
    row = Recommendation.objects.get()
    page = f"{LIST}{row.pk}/"
    assert response.url == page
    assert (row.status, row.due_on) == (Status.SENT, datetime.date(2020, 2, 5))

    assert "Trả lời kiến nghị" in page_of(officer.get(page))
    response = officer.post(f"{page}tra-loi/", {"kind": "tiep_thu_mot_phan", "text": "Điểm thứ hai chờ kinh phí", "upload": pdf()})
    assert response.status_code == 302
    row.refresh_from_db()
    assert (row.status, row.reply_kind, row.replied_on) == (Status.ANSWERED, "tiep_thu_mot_phan", TODAY)
    file = Attachment.objects.get()
    assert (file.unit, file.addressed_to, file.uploaded_by) == (cast.a, cast.front, cast.officer)

    assert "trả lời.pdf" in page_of(lead.get(page))
    for client in (lead, officer, browser(cast.reviewer)):
        assert b"".join(client.get(f"/tep/{file.pk}/").streaming_content).startswith(b"%PDF")
    acts = ("tra-loi/", "xac-nhan/", "xac-minh/", "gia-han/", "mo-lai/", "rut/", "tien-do/")
    for path in ("", "lich-su/", "sua/", *acts):
        assert stranger.get(f"{page}{path}").status_code == 404, path
    for path in ("tep/", "sua/", *acts):
        assert stranger.post(f"{page}{path}", {"kind": "tiep_thu", "note": "x", "days": 3, "reason": "x"}).status_code == 404, path
    assert stranger.get(f"/tep/{file.pk}/").status_code == 404
    assert "Công khai mức thu" not in page_of(stranger.get(LIST))

    assert lead.post(f"{page}xac-minh/", {"note": "Đã xem tại chỗ"}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.verified_on, row.verification) == (Status.VERIFIED, TODAY, "Đã xem tại chỗ")
    moves = StatusChange.objects.order_by("pk").values_list("from_status", "to_status", "changed_by__username")
    assert list(moves) == [("da_gui", "da_tra_loi", "phuong-a"), ("da_tra_loi", "da_xac_minh", "mat-tran")]


@pytest.mark.parametrize("kind", ["tiep_thu_mot_phan", "khong_tiep_thu"])
def test_a_reply_that_is_not_full_needs_its_reason(cast, recommendation, kind):
    response = browser(cast.officer).post(f"{LIST}{recommendation.pk}/tra-loi/", {"kind": kind, "text": "  "})
    assert response.status_code == 422
    assert response.context["form"].errors["text"] == ["Tiếp thu một phần hoặc không tiếp thu: anh/chị ghi lý do."]
    with pytest.raises(Refused):
        services.reply(recommendation, by=cast.officer, kind=kind, text="")
    recommendation.refresh_from_db()
    assert (recommendation.status, recommendation.replied_on) == (Status.SENT, None)


def test_full_acceptance_needs_no_words(cast, recommendation):
    services.reply(recommendation, by=cast.officer, kind="tiep_thu", text="")
    assert recommendation.status == Status.ANSWERED


def test_a_bad_file_takes_the_reply_back(cast, recommendation):
    upload = SimpleUploadedFile("x.pdf", b"khong phai pdf")
    data = {"kind": "tiep_thu", "text": "Đã làm", "upload": upload}
    response = browser(cast.officer).post(f"{LIST}{recommendation.pk}/tra-loi/", data)
    assert response.status_code == 422 and response.context["form"].errors["upload"]
    recommendation.refresh_from_db()
    assert recommendation.status == Status.SENT and not Attachment.objects.exists()


def test_the_edit_form_is_refused_to_the_addressee(cast, recommendation):
    client, page = browser(cast.officer), f"{LIST}{recommendation.pk}/"
    assert client.get(f"{page}sua/").status_code == 403
    data = recommendation_data(cast, title="Sửa trộm", _version=recommendation.version)
    assert client.post(f"{page}sua/", data).status_code == 403
    assert client.post(f"{page}tep/", {"tep": pdf()}).status_code == 403
    assert client.post(f"{LIST}them/", recommendation_data(cast)).status_code == 403
    recommendation.refresh_from_db()
    assert recommendation.title == "Di chuyển điểm tập kết rác" and not Attachment.objects.exists()
    assert Recommendation.objects.count() == 1


@pytest.mark.parametrize("who", ["officer_b", "lead", "head", "leader"])
def test_only_the_addressed_unit_or_the_office_replies(cast, recommendation, who):
    with pytest.raises(Refused):
        services.reply(recommendation, by=getattr(cast, who), kind="tiep_thu", text="x")


def test_the_office_enters_the_letter_of_a_unit_without_account(cast, recommendation):
    services.reply(recommendation, by=cast.reviewer, kind="tiep_thu", text="Theo công văn của phường")
    assert recommendation.status == Status.ANSWERED


@pytest.mark.parametrize("who", ["officer", "officer_b", "head", "leader"])
def test_nobody_of_the_answering_unit_verifies(cast, recommendation, who):
    services.reply(recommendation, by=cast.officer, kind="tiep_thu", text="")
    for act in (services.verify, services.reopen):
        with pytest.raises(Refused):
            act(recommendation, by=getattr(cast, who), note="Được")
    assert services.verify(recommendation, by=cast.reviewer, note="Được").status == Status.VERIFIED


def test_the_head_may_confirm_and_nothing_waits_for_it(cast, recommendation):
    services.reply(recommendation, by=cast.officer, kind="tiep_thu", text="")
    with pytest.raises(Refused):
        services.confirm_reply(recommendation, by=cast.officer)
    client = browser(cast.head)
    assert client.post(f"{LIST}{recommendation.pk}/xac-nhan/").status_code == 302
    recommendation.refresh_from_db()
    assert (recommendation.confirmed_on, recommendation.confirmed_by) == (TODAY, cast.head)
    assert "Người truong-a" in page_of(client.get(f"{LIST}{recommendation.pk}/"))
    assert client.post(f"{LIST}{recommendation.pk}/xac-nhan/").status_code == 403


def test_reopened_it_waits_again_and_the_old_reply_stands_in_the_history(cast, recommendation):
    services.reply(recommendation, by=cast.officer, kind="khong_tiep_thu", text="Không thuộc thẩm quyền")
    services.verify(recommendation, by=cast.lead, note="Đã xem")
    services.reopen(recommendation, by=cast.lead, note="Có thuộc thẩm quyền")
    assert (recommendation.status, recommendation.verified_on) == (Status.REOPENED, None)
    services.reply(recommendation, by=cast.officer, kind="tiep_thu", text="Đã nhận")
    words = page_of(browser(cast.officer).get(f"{LIST}{recommendation.pk}/lich-su/"))
    assert "Không thuộc thẩm quyền" in words and "Có thuộc thẩm quyền" in words


def test_withdrawn_it_is_not_answered_and_not_edited(cast, recommendation):
    services.withdraw_recommendation(recommendation, by=cast.lead, note="Gửi nhầm")
    with pytest.raises(Refused):
        services.reply(recommendation, by=cast.officer, kind="tiep_thu", text="")
    assert browser(cast.lead).get(f"{LIST}{recommendation.pk}/sua/").status_code == 403


def test_progress_is_noted_by_the_addressed_unit(cast, recommendation):
    response = browser(cast.officer).post(f"{LIST}{recommendation.pk}/tien-do/", {"text": "Đã chuyển một điểm", "upload": pdf()})
    assert response.status_code == 302
    assert "Đã chuyển một điểm" in page_of(browser(cast.lead).get(f"{LIST}{recommendation.pk}/"))
    with pytest.raises(Refused):
        services.note_progress(recommendation, by=cast.officer_b, text="x")


def test_any_unit_of_the_district_may_be_addressed_but_nothing_of_it_is_seen(cast, recommendation):
    client = browser(cast.lead)
    form = client.get(f"{LIST}them/").context["form"]
    assert {cast.a, cast.b, cast.office} <= set(form.fields["addressed_to"].queryset)
    assert list(form.fields["unit"].queryset) == [cast.front]
    elsewhere = recommendation_data(cast, unit=cast.b.pk)
    assert client.post(f"{LIST}them/", elsewhere).status_code == 422
    assert client.get(f"{LIST}?noi_nhan={cast.b.pk}").context["lines"] == []


def test_sent_it_keeps_its_addressee_and_answered_its_words(cast, recommendation):
    client, page = browser(cast.lead), f"{LIST}{recommendation.pk}/sua/"
    data = recommendation_data(cast, addressed_to=cast.b.pk, sent_on="16/12/2019", _version=recommendation.version)
    response = client.post(page, data)
    assert response.status_code == 422 and response.context["form"].errors["addressed_to"]
    response = client.post(page, {**data, "addressed_to": cast.a.pk, "sent_on": "20/12/2019"})
    recommendation.refresh_from_db()
    assert recommendation.due_on == datetime.date(2020, 1, 19), "another day of sending, another deadline"
    services.reply(recommendation, by=cast.officer, kind="tiep_thu", text="")
    assert client.get(page).status_code == 403


def test_the_finding_is_one_of_the_round(cast, a_round):
    finding = a_round.findings.get()
    response = browser(cast.lead).post(f"{LIST}them/", recommendation_data(cast, finding=finding.pk))
    assert response.status_code == 422
    assert response.context["form"].errors["finding"] == ["Chọn phát hiện của chính cuộc giám sát ở trên."]
    assert browser(cast.lead).post(f"{LIST}them/", recommendation_data(cast, finding=finding.pk, round=a_round.pk)).status_code == 302


def test_tabs(cast, sent):
    sent(datetime.date(2019, 11, 1), title="Việc quá hạn lâu")
    sent(datetime.date(2019, 12, 5), title="Việc mới quá hạn")
    client = browser(cast.officer)
    names = lambda slug: [str(line["cells"][0]["text"]) for line in client.get(f"{LIST}?muc={slug}").context["lines"]]  # noqa: E731
    assert names("qua-han") == ["Việc mới quá hạn", "Việc quá hạn lâu"] == names("cho-tra-loi") == names("gui-den")
    assert names("qua-han-nghiem-trong") == ["Việc quá hạn lâu"] and names("da-tra-loi") == []
    counts = {tab["slug"]: tab["count"] for tab in client.get(LIST).context["tabs"]}
    assert (counts["qua-han"], counts["qua-han-nghiem-trong"]) == (2, 1)
    assert browser(cast.lead).get(f"{LIST}?muc=gui-den").context["lines"] == []


@pytest.mark.parametrize("path", [LIST, "/giam-sat/cuoc/", "/giam-sat/ke-hoach/"])
def test_a_list_of_three_rows_asks_no_more_than_a_list_of_one(cast, sent, plan, path):
    client, first = browser(cast.lead), sent()
    client.get(path)
    one = queries(client, path)
    for year in (2017, 2018):
        other = JointPlan.objects.create(unit=cast.front, year=year, title=f"Kế hoạch {year}")
        other.co_signers.set([cast.women, cast.office])
        row = SupervisionRound.objects.get(pk=first.round_id)
        row.pk, row.title = None, f"Cuộc {year}"
        row.save()
        row.target_units.set([cast.a, cast.b])
        sent(title=f"Việc {year}")
    assert len(client.get(path).context["lines"]) == 3
    assert queries(client, path) == one


def queries(client, path):
    with CaptureQueriesContext(connection) as found:
        client.get(path)
    return len(found)
