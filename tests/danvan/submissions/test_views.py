"""The pages of the period report: whose page, what a refusal says, what a forged request does not do."""

import html
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.attachments.models import Attachment
from danvan.submissions import services
from danvan.submissions.choices import Status
from danvan.submissions.models import ReturnItem, Round, Submission
from tests.danvan.attachments import good
from tests.danvan.common.cast import browser
from tests.factories import reports


def page_of(response):
    return html.unescape(response.content.decode())


@pytest.fixture
def who(cast):
    return {"officer": cast.officer, "head": cast.head}


@pytest.fixture
def ready(cast, period):
    submission = reports.fill(services.start(period, cast.a, by=cast.officer), by=cast.officer)
    services.hand_to_head(submission, by=cast.officer)
    return submission


def act(user, submission, **data):
    return browser(user).post(f"/ky-bao-cao/phieu/{submission.pk}/kiem-tra/", data, follow=True)


@pytest.mark.embedded
def test_the_whole_way_in_pages(cast, period):
    officer = browser(cast.officer)
    started = officer.post(f"/ky-bao-cao/ky/{period.pk}/bat-dau/")
    submission = Submission.objects.get()
    assert started.url == f"/ky-bao-cao/phieu/{submission.pk}/"
    page = officer.get(started.url)
    data = {"_key": str(page.context["key"]), "_version": page.context["submission"].version, "_check": "1"}
    data |= {code: str(number) for code, number in reports.SMALL.items()} | {f"loi_van:{k}": t for k, t in reports.PARAGRAPHS}
    assert officer.post(started.url, data).url == f"{started.url}kiem-tra/"
    assert "Đã chuyển người đứng đầu đơn vị xác nhận." in page_of(act(cast.officer, submission, viec="trinh"))
    receipt = act(cast.head, submission, viec="gui")
    assert receipt.redirect_chain[-1][0] == f"{started.url}bien-nhan/"
    assert Round.objects.get().code in page_of(receipt)
    reviewer = browser(cast.reviewer)
    review = reviewer.get(f"{started.url}duyet/")
    assert review.status_code == 200 and review.context["reviewable"]
    verdict = {"verdict": "tra_lai", "due_on": "11/1/2020", "y_kien:hg_total": "Xem\0 lại", "y_kien:bia": "không có chỉ tiêu này"}
    assert reviewer.post(f"{started.url}duyet/", verdict).url == f"/ky-bao-cao/ky/{period.pk}/"
    assert dict(ReturnItem.objects.values_list("figure", "reason")) == {"hg_total": "Xem lại"}
    back = officer.get(started.url)
    assert "Xem lại" in page_of(back) and back.context["slip"].due_on.day == 11


def test_a_return_without_a_remark_keeps_the_page(cast, ready):
    services.send(ready, by=cast.head)
    answer = browser(cast.reviewer).post(
        f"/ky-bao-cao/phieu/{ready.pk}/duyet/", {"verdict": "tra_lai", "due_on": "31/9/2019", "y_kien:hg_total": "đã gõ"}
    )
    assert answer.status_code == 422 and "Tháng 9 năm 2019 chỉ có 30 ngày." in page_of(answer) and "đã gõ" in page_of(answer)
    empty = browser(cast.reviewer).post(f"/ky-bao-cao/phieu/{ready.pk}/duyet/", {"verdict": "tra_lai", "due_on": "11/1/2020"})
    assert empty.status_code == 422 and "Anh/chị ghi ít nhất một ý kiến bên cạnh chỉ tiêu cần bổ sung." in page_of(empty)
    ready.refresh_from_db()
    assert ready.status == Status.SUBMITTED


def test_only_the_head_attaches_the_signed_copy(cast, ready):
    """The button is not enough: a forged request of somebody else stored a "signed" file before."""
    for user in (cast.officer, cast.reviewer, cast.leader):
        page = act(user, ready, viec="gui", tep=SimpleUploadedFile("ban-ky.pdf", good.pdf()))
        assert "Người đứng đầu đơn vị xác nhận và gửi báo cáo này." in page_of(page)
    assert not Attachment.objects.exists() and not Round.objects.exists()
    refused = act(cast.head, ready, viec="gui", tep=SimpleUploadedFile("ban-ky.pdf", b"xin chao"))
    assert "Tệp “ban-ky.pdf”" in page_of(refused) and not Round.objects.exists(), "a bad file stops the sending"
    act(cast.head, ready, viec="gui", tep=SimpleUploadedFile("ban-ky.pdf", good.pdf()))
    assert (Attachment.objects.get().purpose, Attachment.objects.get().owner, Round.objects.count()) == ("ban_ky", ready, 1)
    act(cast.head, ready, viec="gui", tep=SimpleUploadedFile("muon.pdf", good.pdf()))
    assert Attachment.objects.count() == 1, "what was sent gets no file afterwards"


def test_an_unknown_act_is_a_sentence(cast, ready):
    page = act(cast.head, ready, viec="xoa")
    assert page.status_code == 403 and "Không rõ việc cần làm." in page_of(page)


def test_a_neighbour_finds_nothing(cast, ready):
    client = browser(cast.officer_b)
    for tail in ("", "kiem-tra/", "bien-nhan/", "chinh-ly/"):
        assert client.get(f"/ky-bao-cao/phieu/{ready.pk}/{tail}").status_code == 404
        assert client.post(f"/ky-bao-cao/phieu/{ready.pk}/{tail}", {"viec": "gui"}).status_code == 404


def test_a_unit_starts_its_own_report_only(cast, period):
    assert browser(cast.head).post(f"/ky-bao-cao/ky/{period.pk}/bat-dau/").status_code == 403
    assert browser(cast.reviewer).post(f"/ky-bao-cao/ky/{period.pk}/bat-dau/").status_code == 403
    assert browser(cast.officer).get(f"/ky-bao-cao/ky/{period.pk}/bat-dau/").status_code == 405
    assert not Submission.objects.exists()


def test_filling_after_the_hand_over_is_refused(cast, ready):
    data = {"_key": str(uuid.uuid4()), "_version": ready.version, "hg_total": "99"}
    answer = browser(cast.officer).post(f"/ky-bao-cao/phieu/{ready.pk}/", data)
    assert answer.status_code == 403 and "Báo cáo đang ở trạng thái “Chờ xác nhận”" in page_of(answer)
    assert ready.typed.get(code="hg_total").value == 12


def test_a_correction_and_its_answer(cast, ready):
    services.send(ready, by=cast.head)
    services.accept(ready, by=cast.reviewer)
    address = f"/ky-bao-cao/phieu/{ready.pk}/"
    assert browser(cast.officer).post(f"{address}chinh-ly/", {"reason": " "}).status_code == 422
    assert "Đã gửi đề nghị chỉnh lý" in page_of(browser(cast.officer).post(f"{address}chinh-ly/", {"reason": "Sót"}, follow=True))
    assert browser(cast.officer).post(f"{address}mo-lai/", {"reason": "x", "until": "9/1/2020"}).status_code == 403
    past = browser(cast.leader).post(f"{address}mo-lai/", {"reason": "x", "until": "7/1/2020"})
    assert past.status_code == 422 and past.context["form"].errors["until"] == ["Ngày hết hạn mở lại không được trước hôm nay."]
    assert "Đã mở lại báo cáo." in page_of(
        browser(cast.leader).post(f"{address}mo-lai/", {"reason": "x", "until": "9/1/2020"}, follow=True)
    )


@pytest.mark.parametrize("slug", ["cac-bao-cao", "so-lieu"])
def test_a_register_without_a_search_column_takes_a_query_calmly(cast, ready, slug):
    answer = browser(cast.reviewer).get(f"/ky-bao-cao/{slug}/?q=an+phu&sap-xep=unit")
    assert answer.status_code == 200 and answer.context["listing"].count >= 1
