"""Issue line 7: bad input gets a Vietnamese sentence each, and nothing is lost or doubled."""

import html
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.accounts.models import User
from danvan.attachments.models import Attachment
from danvan.common.templatetags.vn import vn_datetime
from danvan.registers.models import Draft, Receipt
from danvan.submissions import services
from danvan.submissions.choices import Status
from danvan.submissions.models import Round, Submission, TypedValue
from models_awards.models import Registration
from models_awards.services import withdraw_registration
from tests.danvan.attachments import good
from tests.danvan.common.cast import browser, new_user, registered, registration_data
from tests.factories import awards, reports

ADD = "/dan-van-kheo/dang-ky/them/"


def page_of(response):
    return html.unescape(response.content.decode())


def error_at(response, field):
    """The sentences shown at one field of the page."""
    return list(response.context["form"][field].errors)


def edit_data(row, **changes):
    data = registration_data(row.campaign, row.unit, _version=row.version, name=row.name, registered_on="15/03/2019", households="120")
    return {**data, **{box: getattr(row, box) for box in awards.BOXES}, **changes}


@pytest.fixture
def row(cast, campaign):
    return registered(cast.a, campaign, words="gốc")


# --- the form ---------------------------------------------------------------------------


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": ""}, "name", "Vui lòng nhập mục này."),
        ({"name": "   "}, "name", "Vui lòng nhập mục này."),
        ({"registered_on": "31/9/2019"}, "registered_on", "Tháng 9 năm 2019 chỉ có 30 ngày."),
        ({"registered_on": "hôm qua"}, "registered_on", "Ngày không đúng dạng. Hãy gõ ngày/tháng/năm, ví dụ 05/12/2019."),
        ({"registered_on": "9/1/2020"}, "registered_on", "Ngày đăng ký chưa tới."),
        ({"registered_on": "15/3/2018"}, "registered_on", "Đợt này nhận đăng ký của năm 2019; ngày anh/chị ghi thuộc năm 2018."),
        ({"households": "1.5"}, "households", "Hãy nhập số, ví dụ 1.250 hoặc 12,5."),
        ({"households": "12,5"}, "households", "Hãy nhập số nguyên, không có phần thập phân."),
        ({"name": "Tên\0 lạ"}, "name", "Nội dung có ký tự không hợp lệ (ký tự rỗng)."),
    ],
)
def test_a_bad_value_gets_its_sentence_at_its_field(cast, campaign, changes, field, sentence):
    data = registration_data(campaign, cast.a, **changes)
    response = browser(cast.officer).post(ADD, data)
    assert response.status_code == 422
    assert error_at(response, field) == [sentence]
    page = page_of(response)
    assert page.count(sentence) == 2, "once in the summary, once at the field"
    assert f'href="#id_{field}"' in page
    for name in ("situation", "goals", "content", "area", "forces", "resources", "outputs", "sustainability"):
        assert f"{name}: đã gõ" in page
    for name, value in {**data, **changes}.items():
        if name in ("registered_on", "households"):
            assert f'value="{value}"' in page, "what was typed stands as it was typed"
    assert data["_key"] in page
    assert not Registration.objects.exists() and not Receipt.objects.exists()


@pytest.mark.embedded
def test_a_corrected_form_is_saved_once(cast, campaign):
    client, data = browser(cast.officer), registration_data(campaign, cast.a, registered_on="31/9/2019")
    client.post(ADD, data)
    response = client.post(ADD, {**data, "registered_on": "30/9/2019"})
    row = Registration.objects.get()
    assert response.url == f"/dan-van-kheo/dang-ky/{row.pk}/"
    assert (row.name, row.households, f"{row.registered_on:%d/%m/%Y}") == ("Cổng rào xanh Tổ 5", 1250, "30/09/2019")


@pytest.mark.embedded
def test_the_same_name_again_is_refused_in_words(cast, campaign, row):
    response = browser(cast.officer).post(ADD, registration_data(campaign, cast.a, name=row.name))
    assert response.status_code == 422
    assert "Đơn vị đã đăng ký tên này trong đợt. Anh/chị mở bản đã có để sửa." in page_of(response)
    assert Registration.objects.count() == 1


@pytest.mark.embedded
def test_a_unit_or_a_status_of_somebody_else_is_not_taken(cast, campaign):
    data = registration_data(campaign, cast.b, status="cong_nhan", recognised_level="quan", version=7, search_text="x")
    response = browser(cast.officer).post(ADD, data)
    assert response.status_code == 422 and error_at(response, "unit")
    browser(cast.officer).post(ADD, {**data, "unit": cast.a.pk})
    row = Registration.objects.get()
    assert (row.unit, row.status, row.recognised_level, row.version) == (cast.a, "dang_ky", "", 1)


def test_the_unit_of_a_record_never_changes(cast, row):
    response = browser(cast.reviewer).post(f"/dan-van-kheo/dang-ky/{row.pk}/sua/", edit_data(row, unit=cast.b.pk))
    assert response.status_code == 422 and error_at(response, "unit")
    row.refresh_from_db()
    assert (row.unit, row.version) == (cast.a, 1)


def test_script_in_a_name_stays_text(cast, campaign):
    client = browser(cast.officer)
    client.post(ADD, registration_data(campaign, cast.a, name="<script>alert(1)</script>"))
    row = Registration.objects.get()
    for path in ("", f"{row.pk}/", f"{row.pk}/sua/", f"{row.pk}/lich-su/", "?q=script", "?sap-xep=%3Cscript%3E"):
        page = client.get(f"/dan-van-kheo/dang-ky/{path}").content.decode()
        assert "<script>alert" not in page and "<script>" not in page.split("<body", 1)[1]


# --- figures that contradict each other -----------------------------------------------------


@pytest.mark.embedded
def test_more_successes_than_cases_are_kept_but_never_sent(cast, period):
    submission = services.start(period, cast.a, by=cast.officer)
    figures = {code: str(number) for code, number in {**reports.SMALL, "hg_total": 12, "hg_success": 15, "hg_fail": 0}.items()}
    texts = {f"loi_van:{key}": f"{title}: đã gõ" for key, title in reports.PARAGRAPHS}
    data = {"_key": str(uuid.uuid4()), "_version": submission.version, "_check": "1", **figures, **texts}
    client = browser(cast.officer)
    check = client.post(f"/ky-bao-cao/phieu/{submission.pk}/", data, follow=True)
    sentence = "Vụ việc hòa giải thành (15) cộng Vụ việc hòa giải không thành (0) lớn hơn Vụ việc hòa giải tiếp nhận (12)."
    assert check.redirect_chain[-1][0].endswith("/kiem-tra/")
    assert sentence in page_of(check)
    refused = client.post(f"/ky-bao-cao/phieu/{submission.pk}/kiem-tra/", {"viec": "trinh"}, follow=True)
    assert f"Còn 1 chỗ cần sửa trước khi gửi: {sentence}" in page_of(refused)
    submission.refresh_from_db()
    assert submission.status == Status.DRAFT and not Round.objects.exists()
    assert {v.code: int(v.value) for v in TypedValue.objects.all()}["hg_success"] == 15, "what was typed is not lost"


@pytest.mark.embedded
def test_a_bad_figure_is_told_and_nothing_of_the_sheet_is_lost(cast, period):
    submission = services.start(period, cast.a, by=cast.officer)
    texts = {f"loi_van:{key}": f"{title}: đã gõ" for key, title in reports.PARAGRAPHS}
    data = {"_key": str(uuid.uuid4()), "_version": submission.version, "hg_total": "mười hai", "hg_success": "9", **texts}
    response = browser(cast.officer).post(f"/ky-bao-cao/phieu/{submission.pk}/", data)
    assert response.status_code == 422
    assert error_at(response, "hg_total") == ["Hãy nhập số, ví dụ 1.250 hoặc 12,5."]
    page = page_of(response)
    assert 'value="mười hai"' in page and 'value="9"' in page and "Kết quả nổi bật: đã gõ" in page
    negative = browser(cast.officer).post(f"/ky-bao-cao/phieu/{submission.pk}/", {**data, "hg_total": "-3"})
    assert error_at(negative, "hg_total") == ["Giá trị phải lớn hơn hoặc bằng 0."]
    assert not TypedValue.objects.exists()
    submission.refresh_from_db()
    assert (submission.version, submission.narrative) == (1, {})


# --- files ------------------------------------------------------------------------------------


def upload(user, row, name, data):
    file = SimpleUploadedFile(name, data)
    return browser(user).post(f"/dan-van-kheo/dang-ky/{row.pk}/tep/", {"tep": file}, follow=True)


@pytest.mark.embedded
def test_a_good_file_is_taken_through_the_register(cast, row):
    response = upload(cast.officer, row, "kế hoạch.pdf", good.pdf())
    attachment = Attachment.objects.get()
    assert (attachment.owner, attachment.unit, attachment.uploaded_by, attachment.name) == (row, cast.a, cast.officer, "kế hoạch.pdf")
    assert "Đã thêm tệp “kế hoạch.pdf”." in page_of(response)


@pytest.mark.embedded
def test_a_megabyte_of_text_called_pdf_is_refused_by_name(cast, row, tmp_path):
    response = upload(cast.officer, row, "báo cáo.pdf", b"xin chao " * (1024 * 1024 // 9))
    page = page_of(response)
    assert "Tệp “báo cáo.pdf”" in page and "PDF" in page.split("Tệp “báo cáo.pdf”")[1][:200]
    assert "Đã thêm tệp" not in page
    assert not Attachment.objects.exists() and not [p for p in tmp_path.rglob("*") if p.is_file()]


@pytest.mark.embedded
def test_a_genuine_pdf_over_the_limit_is_refused_with_both_sizes(cast, row, tmp_path):
    heavy = good.pdf() + b"% " + b"x" * (21 * 1024 * 1024)
    page = page_of(upload(cast.officer, row, "ảnh chụp.pdf", heavy))
    assert "Tệp “ảnh chụp.pdf” nặng 21,1 MB, vượt mức 20 MB. Anh/chị nén lại hoặc tách thành nhiều tệp nhỏ rồi gửi lại." in page
    assert not Attachment.objects.exists() and not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_no_file_at_all_is_told(cast, row):
    response = browser(cast.officer).post(f"/dan-van-kheo/dang-ky/{row.pk}/tep/", follow=True)
    assert "Anh/chị chưa chọn tệp." in page_of(response)


def test_a_file_beside_a_record_that_one_may_only_read_is_refused(cast, row):
    assert upload(cast.leader, row, "kế hoạch.pdf", good.pdf()).status_code == 403
    assert upload(cast.officer_b, row, "kế hoạch.pdf", good.pdf()).status_code == 404
    assert not Attachment.objects.exists()


# --- two people at one record -----------------------------------------------------------------


@pytest.mark.embedded
def test_a_stale_save_shows_both_versions_and_keeps_the_text(cast, row):
    address = f"/dan-van-kheo/dang-ky/{row.pk}/sua/"
    first, second = (
        edit_data(row, goals="của đồng nghiệp", _reason="Sửa mục tiêu"),
        edit_data(row, goals="của tôi", _reason="Lý do của tôi"),
    )
    browser(cast.colleague).post(address, first)
    client = browser(cast.officer)
    conflict = client.post(address, second)
    assert conflict.status_code == 409
    [difference] = conflict.context["differing"]
    assert (difference["yours"], difference["theirs"]) == ("của tôi", "của đồng nghiệp")
    page = page_of(conflict)
    assert "Người phuong-a-2" in page and "Lưu bản của tôi" in page and "Giữ bản đang lưu" in page
    saved = row.history.first()
    assert (difference["who"], difference["at"]) == (str(cast.colleague), saved.history_date)
    assert f'data-l="Ai sửa, lúc nào">{cast.colleague}, {vn_datetime(saved.history_date)}</td>' in page, "in the table, on both widths"
    row.refresh_from_db()
    assert (row.goals, row.version) == ("của đồng nghiệp", 2)
    draft = Draft.objects.get(user=cast.officer)
    assert draft.payload["goals"] == ["của tôi"]

    hidden = {**dict(conflict.context["typed"]), "_key": str(conflict.context["key"]), "_version": conflict.context["object"].version}
    mine = client.post(address, {**hidden, "_reason": conflict.context["reason"]})
    assert mine.status_code == 302
    row.refresh_from_db()
    assert (row.goals, row.version) == ("của tôi", 3)
    assert [record.goals for record in row.history.all()][:2] == ["của tôi", "của đồng nghiệp"], "theirs stays in the history"
    assert row.history.first().history_change_reason == "Lý do của tôi"
    assert not Draft.objects.exists(), "the draft of the conflict goes when it is saved"


def test_what_was_typed_for_a_record_that_closed_meanwhile_is_shown_to_be_copied(cast, row, period):
    mine = edit_data(row, goals="đoạn dài tôi vừa gõ")
    withdraw_registration(row, by=User.objects.get(pk=cast.colleague.pk), reason="Đăng ký nhầm")
    closed = browser(cast.officer).post(f"/dan-van-kheo/dang-ky/{row.pk}/sua/", mine)
    assert closed.status_code == 403 and "đoạn dài tôi vừa gõ" in page_of(closed)
    submission = services.start(period, cast.a, by=cast.officer)
    Submission.objects.filter(pk=submission.pk).update(status=Status.READY)
    sheet = {"_key": str(uuid.uuid4()), "_version": 1, "loi_van:ket_qua": "lời văn tôi vừa gõ"}
    closed = browser(cast.officer).post(f"/ky-bao-cao/phieu/{submission.pk}/", sheet)
    assert closed.status_code == 403 and "lời văn tôi vừa gõ" in page_of(closed)


def test_each_field_names_who_changed_it_last_and_when(cast, row):
    """Two colleagues saved meanwhile, each another field; a third field only the loser touched."""
    address, client = f"/dan-van-kheo/dang-ky/{row.pk}/sua/", browser(cast.officer)
    base = row.version
    browser(cast.colleague).post(address, edit_data(row, goals="của người thứ nhất"))
    third = new_user("nguoi-ba", cast.a)
    row.refresh_from_db()
    browser(third).post(address, edit_data(row, goals="của người thứ nhất", content="của người thứ hai"))
    first, second = row.history.get(version=base + 1), row.history.get(version=base + 2)
    mine = edit_data(row, _version=base, name="Tên của tôi", goals="của tôi", content="cũng của tôi")
    with CaptureQueriesContext(connection) as queries:
        conflict = client.post(address, mine)
    assert conflict.status_code == 409
    told = {line["yours"]: (line["theirs"], line["who"], line["at"]) for line in conflict.context["differing"]}
    assert told["của tôi"] == ("của người thứ nhất", str(cast.colleague), first.history_date)
    assert told["cũng của tôi"] == ("của người thứ hai", str(third), second.history_date)
    assert told["Tên của tôi"] == (row.name, "", None)
    assert conflict.context["newest"].history_user == third
    asked = [query["sql"] for query in queries if 'FROM "models_awards_historicalregistration"' in query["sql"]]
    assert len(asked) == 1, "who changed what is one question"
    page = page_of(conflict)
    assert all(words in page for words in ("Tên của tôi", "của tôi", "cũng của tôi", "Chỉ anh/chị sửa", str(third), str(cast.colleague)))


def test_a_mistake_in_a_stale_form_does_not_hide_the_conflict(cast, row):
    """The page that shows the mistake carries the version that was read, not the newest one."""
    address, client = f"/dan-van-kheo/dang-ky/{row.pk}/sua/", browser(cast.officer)
    stale = edit_data(row, goals="của tôi", households="nhiều")
    browser(cast.colleague).post(address, edit_data(row, goals="của đồng nghiệp"))
    mistake = client.post(address, stale)
    assert mistake.status_code == 422 and mistake.context["version"] == 1
    again = client.post(address, {**stale, "households": "7", "_version": mistake.context["version"]})
    assert again.status_code == 409
    row.refresh_from_db()
    assert row.goals == "của đồng nghiệp"


def test_an_old_draft_meets_the_conflict_too(cast, row):
    address, client = f"/dan-van-kheo/dang-ky/{row.pk}/sua/", browser(cast.officer)
    mine = edit_data(row, goals="nháp của tôi")
    client.post(f"{address}ban-nhap/", mine)
    browser(cast.colleague).post(address, edit_data(row, goals="của đồng nghiệp"))
    page = client.get(f"{address}?ban-nhap={mine['_key']}")
    assert (page.context["version"], str(page.context["key"])) == (1, mine["_key"])
    assert "nháp của tôi" in page_of(page)
    assert client.post(address, mine).status_code == 409


@pytest.mark.embedded
def test_a_stale_sheet_shows_both_versions(cast, period):
    submission = services.start(period, cast.a, by=cast.officer)
    address, client = f"/ky-bao-cao/phieu/{submission.pk}/", browser(cast.officer)
    mine = {"_key": str(uuid.uuid4()), "_version": 1, "hg_total": "12", "loi_van:ket_qua": "của tôi\r\nhai dòng"}
    browser(cast.colleague).post(address, {**mine, "_key": str(uuid.uuid4()), "hg_total": "40", "loi_van:ket_qua": "của đồng nghiệp"})
    mistake = client.post(address, {**mine, "hg_total": "mười"})
    assert (mistake.status_code, mistake.context["submission"].version) == (422, 1)
    conflict = client.post(address, mine)
    assert conflict.status_code == 409
    assert {(d["yours"], d["theirs"]) for d in conflict.context["differing"]} == {(12, 40), ("của tôi\nhai dòng", "của đồng nghiệp")}
    told = {line["theirs"]: (line["who"], bool(line["at"])) for line in conflict.context["differing"]}
    assert told == {40: (str(cast.colleague), True), "của đồng nghiệp": (str(cast.colleague), True)}
    page = page_of(conflict)
    assert "của tôi" in page and "của đồng nghiệp" in page and page.count(f"{cast.colleague}, ") == 2
    assert TypedValue.objects.get(code="hg_total").value == 40
    hidden = {**dict(conflict.context["typed"]), "_key": str(conflict.context["key"]), "_version": conflict.context["submission"].version}
    assert client.post(address, hidden).status_code == 302
    assert TypedValue.objects.get(code="hg_total").value == 12
    assert not Draft.objects.exists()


# --- twice the same ---------------------------------------------------------------------------


@pytest.mark.embedded
def test_a_double_submit_makes_one_record_and_leads_to_it(cast, campaign):
    client, data = browser(cast.officer), registration_data(campaign, cast.a)
    first, second = client.post(ADD, data), client.post(ADD, data)
    row = Registration.objects.get()
    assert first.url == second.url == f"/dan-van-kheo/dang-ky/{row.pk}/"
    assert Receipt.objects.count() == 1 and row.history.count() == 1


def test_the_same_key_of_another_user_is_another_form(cast, campaign):
    data = registration_data(campaign, cast.a)
    browser(cast.officer).post(ADD, data)
    browser(cast.officer_b).post(ADD, {**data, "unit": cast.b.pk})
    assert {row.unit for row in Registration.objects.all()} == {cast.a, cast.b}


def test_a_double_click_on_sending_makes_one_round(cast, period):
    submission = reports.fill(services.start(period, cast.a, by=cast.officer), by=cast.officer)
    officer, head = browser(cast.officer), browser(cast.head)
    address = f"/ky-bao-cao/phieu/{submission.pk}/"
    assert [officer.post(f"{address}kiem-tra/", {"viec": "trinh"}).url for _ in range(2)] == [address] * 2
    assert [head.post(f"{address}kiem-tra/", {"viec": "gui"}).url for _ in range(2)] == [f"{address}bien-nhan/"] * 2
    assert Round.objects.get().code in page_of(head.get(f"{address}bien-nhan/"))


# --- twenty at once ----------------------------------------------------------------------------


def at_once(count, work):
    """Runs work(number) in threads that start together; each closes its connection."""
    gate = threading.Barrier(count)

    def run(number):
        try:
            gate.wait(20)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_equal_creates_make_one_record(cast, campaign):
    data, client = registration_data(campaign, cast.a), browser(cast.officer)
    clients = [client] + [browser(cast.officer) for _ in range(19)]
    answers = at_once(20, lambda number: clients[number].post(ADD, data))
    row = Registration.objects.get()
    assert {(answer.status_code, answer.headers.get("Location")) for answer in answers} == {(302, f"/dan-van-kheo/dang-ky/{row.pk}/")}
    assert (Receipt.objects.count(), row.history.count(), Draft.objects.count()) == (1, 1, 0)


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_records_of_one_name_are_one_and_nineteen_sentences(cast, campaign):
    clients = [browser(cast.officer) for _ in range(20)]
    answers = at_once(20, lambda number: clients[number].post(ADD, registration_data(campaign, cast.a)))
    assert sorted(answer.status_code for answer in answers) == [302] + [422] * 19
    assert Registration.objects.count() == 1
    assert all("Đơn vị đã đăng ký tên này trong đợt." in page_of(answer) for answer in answers if answer.status_code == 422)


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_editors_lose_nothing(cast, campaign):
    row = registered(cast.a, campaign, words="gốc")
    people = [new_user(f"nguoi-{number}", cast.a) for number in range(20)]
    clients = [browser(user) for user in people]
    data = [edit_data(row, goals=f"của người {number}") for number in range(20)]
    answers = at_once(20, lambda number: clients[number].post(f"/dan-van-kheo/dang-ky/{row.pk}/sua/", data[number]))
    kept = [number for number, answer in enumerate(answers) if answer.status_code == 302]
    rejected = [number for number, answer in enumerate(answers) if answer.status_code == 409]
    assert len(kept) + len(rejected) == 20 and kept
    row.refresh_from_db()
    assert row.version == 1 + len(kept)
    changed = {record.goals for record in row.history.all()}
    assert changed == {f"của người {number}" for number in kept} | {"goals gốc"}, "every accepted text is in the history"
    drafts = {draft.payload["goals"][0] for draft in Draft.objects.all()}
    assert drafts == {f"của người {number}" for number in rejected}, "every rejected text is kept as its owner's draft"


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_doubled_edit_is_one_edit_and_no_conflict(cast, campaign):
    row = registered(cast.a, campaign, words="gốc")
    data, clients = edit_data(row, goals="mới"), [browser(cast.officer) for _ in range(8)]
    answers = at_once(8, lambda number: clients[number].post(f"/dan-van-kheo/dang-ky/{row.pk}/sua/", data))
    assert {answer.status_code for answer in answers} == {302}
    row.refresh_from_db()
    assert (row.version, row.goals, row.history.count(), Draft.objects.count()) == (2, "mới", 2, 0)


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_report_sent_many_times_at_once_is_one_round(cast, period):
    submission = reports.fill(services.start(period, cast.a, by=cast.officer), by=cast.officer)
    services.hand_to_head(submission, by=cast.officer)
    clients = [browser(cast.head) for _ in range(8)]
    answers = at_once(8, lambda number: clients[number].post(f"/ky-bao-cao/phieu/{submission.pk}/kiem-tra/", {"viec": "gui"}))
    assert {answer.headers.get("Location") for answer in answers} == {f"/ky-bao-cao/phieu/{submission.pk}/bien-nhan/"}
    assert Round.objects.count() == 1


# --- the NUL character ---------------------------------------------------------------------------


@pytest.mark.embedded
@pytest.mark.parametrize(
    "path", ["/dan-van-kheo/dang-ky/?q=a%00b", "/tim-kiem/?q=%00", "/?%00=1", "/ky-bao-cao/?x=%00", "/dan-van-kheo/%00/"]
)
def test_a_nul_byte_in_the_address_is_a_page_with_a_sentence(cast, path):
    response = browser(cast.officer).get(path)
    assert response.status_code == 400
    assert "Địa chỉ có ký tự không hợp lệ (ký tự rỗng). Anh/chị kiểm tra lại nội dung vừa gõ." in page_of(response)


def test_a_nul_byte_in_fields_without_a_form_is_left_out(cast, row, period):
    client = browser(cast.officer)
    response = client.post(f"/dan-van-kheo/dang-ky/{row.pk}/sua/", edit_data(row, goals="mới", _reason="Vì\0 sao"))
    assert response.status_code == 302
    assert row.history.first().history_change_reason == "Vì sao"
    assert client.post(f"{ADD}ban-nhap/", {"_key": str(uuid.uuid4()), "name": "a\0b"}).status_code == 200
    assert Draft.objects.get().payload == {"name": ["ab"]}
    submission = reports.fill(services.start(period, cast.a, by=cast.officer), by=cast.officer)
    services.hand_to_head(submission, by=cast.officer)
    browser(cast.head).post(f"/ky-bao-cao/phieu/{submission.pk}/kiem-tra/", {"viec": "lay_lai", "ly_do": "Xem\0 lại"})
    submission.refresh_from_db()
    assert submission.status == Status.DRAFT


def test_a_form_of_six_megabytes_is_turned_away_politely(cast, campaign):
    response = browser(cast.officer).post(ADD, registration_data(campaign, cast.a, goals="x" * 6 * 1024 * 1024))
    assert response.status_code == 400
    assert not Registration.objects.exists()
