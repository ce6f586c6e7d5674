"""Issuing, replacing, abolishing; disclosure days; nil returns."""

import datetime
import html
import uuid

import pytest

from danvan.common.exceptions import Conflict, Refused
from danvan.workflow.models import StatusChange
from regulations import services
from regulations.models import Disclosure, NilReturn, Regulation
from tests.danvan.common.cast import browser
from tests.regulations.conftest import DAY, new_disclosure, new_regulation, subject

ADD = "/quy-che/danh-sach/them/"
ADD_DISCLOSURE = "/quy-che/cong-khai/them/"
NIL = "/quy-che/cong-khai/khong-phat-sinh/"


def page_of(response):
    return html.unescape(response.content.decode())


def data_of(unit, **changes):
    data = {
        "_key": str(uuid.uuid4()), "unit": unit.pk, "subject": subject().pk, "name": "", "owner_office": "", "replaces": "",
        "number": "44/QĐ-UBND", "issued_on": "01/10/2019", "in_force_from": "15/10/2019", "signer_title": "Chủ tịch UBND phường",
        "published_on": "", "scope_words": "",
    }  # fmt: skip
    return {**data, **changes}


def disclosure_data(unit, **changes):
    data = {
        "_key": str(uuid.uuid4()), "unit": unit.pk, "content": "Dự toán ngân sách phường", "body": "UBND phường An Phú",
        "channel": "niem_yet", "plan_number": "", "disclosed_on": "02/12/2019", "posted_until": "", "note": "",
    }  # fmt: skip
    return {**data, **changes}


# --- regulations ------------------------------------------------------------------------


@pytest.mark.embedded
def test_registering_the_new_one_ends_the_old_one_the_day_before(cast):
    old = new_regulation(cast.a)
    response = browser(cast.officer).post(ADD, data_of(cast.a, replaces=old.pk))
    old.refresh_from_db()
    new = Regulation.objects.exclude(pk=old.pk).get()
    assert response.url == f"/quy-che/danh-sach/{new.pk}/"
    assert (old.status, old.ended_on) == ("duoc_thay_the", datetime.date(2019, 10, 14))
    assert (new.status, new.replaces, new.name, new.ended_on) == ("hieu_luc", old, subject().name, None)
    moves = StatusChange.objects.order_by("pk").values_list("object_id", "from_status", "to_status", "note")
    assert list(moves) == [
        (old.pk, "hieu_luc", "duoc_thay_the", "Được thay thế bằng 44/QĐ-UBND"), (new.pk, "du_thao", "hieu_luc", ""),
    ]  # fmt: skip
    assert old.history.filter(history_user=cast.officer, status="duoc_thay_the").exists()


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"replaces": ""}, "replaces", "Đơn vị đã có quy chế loại này đang có hiệu lực, số 15/QĐ-UBND ngày 20/05/2019."),
        ({"number": ""}, "number", "Quy chế đã ban hành cần đủ số, ngày ban hành và ngày có hiệu lực."),
        ({"issued_on": "9/1/2020"}, "issued_on", "Ngày ban hành chưa tới."),
        ({"in_force_from": "1/2/2020"}, "in_force_from", "Ngày có hiệu lực chưa tới."),
        ({"issued_on": "20/5/2019", "in_force_from": "20/5/2019"}, "in_force_from", "có hiệu lực từ 20/05/2019, không hết hiệu lực trước"),
        ({"subject": "truong_qcdc"}, "subject", "Loại quy chế này do trường học ban hành, không phải Phường An Phú."),
    ],
)
def test_what_cannot_be_issued_is_told_and_nothing_is_written(cast, changes, field, sentence):
    old = new_regulation(cast.a)
    data = data_of(cast.a, **{"replaces": old.pk, **changes})
    if "subject" in changes:
        data["subject"] = subject(changes["subject"]).pk
    response = browser(cast.officer).post(ADD, data)
    assert response.status_code == 422
    assert sentence in " ".join(response.context["form"].errors[field])
    old.refresh_from_db()
    assert (Regulation.objects.count(), old.status, old.ended_on) == (1, "hieu_luc", None)
    assert not StatusChange.objects.exists()


@pytest.mark.embedded
def test_a_draft_is_kept_issued_later_and_may_be_dropped(cast):
    client = browser(cast.officer)
    empty = {"number": "", "issued_on": "", "in_force_from": ""}
    client.post(ADD, data_of(cast.a, **empty))
    draft = Regulation.objects.get()
    assert draft.status == "du_thao"
    client.post(f"/quy-che/danh-sach/{draft.pk}/sua/", data_of(cast.a, _version=draft.version))
    draft.refresh_from_db()
    assert (draft.status, draft.number) == ("hieu_luc", "44/QĐ-UBND")
    assert client.post(f"/quy-che/danh-sach/{draft.pk}/xoa-du-thao/").status_code == 403
    client.post(ADD, data_of(cast.a, **empty, subject=subject("phuong_nghia_trang").pk))
    second = Regulation.objects.get(status="du_thao")
    assert client.post(f"/quy-che/danh-sach/{second.pk}/xoa-du-thao/", {"_version": second.version}).url == "/quy-che/danh-sach/"
    assert Regulation.objects.get() == draft


@pytest.mark.embedded
def test_a_corrected_day_moves_the_end_of_the_replaced_one(cast):
    old = new_regulation(cast.a)
    browser(cast.officer).post(ADD, data_of(cast.a, replaces=old.pk))
    new = Regulation.objects.get(status="hieu_luc")
    data = data_of(cast.a, _version=new.version, in_force_from="01/11/2019")
    browser(cast.officer).post(f"/quy-che/danh-sach/{new.pk}/sua/", data)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (new.in_force_from, old.ended_on, new.replaces) == (datetime.date(2019, 11, 1), datetime.date(2019, 10, 31), old)
    early = data_of(cast.a, _version=new.version, issued_on="20/5/2019", in_force_from="20/5/2019")
    assert browser(cast.officer).post(f"/quy-che/danh-sach/{new.pk}/sua/", early).status_code == 422


@pytest.mark.embedded
def test_abolishing_needs_a_day_a_reason_and_the_right(cast):
    row = new_regulation(cast.a)
    for user, values, sentence in [
        (cast.officer, {"ended_on": DAY, "reason": " "}, "lý do"),
        (cast.officer, {"ended_on": DAY - datetime.timedelta(days=1), "reason": "Hết việc"}, "không hết hiệu lực trước ngày đó"),
        (cast.officer, {"ended_on": datetime.date(2020, 1, 9), "reason": "Hết việc"}, "chưa tới"),
        (cast.officer_b, {"ended_on": DAY, "reason": "Hết việc"}, "Chỉ đơn vị ban hành"),
    ]:
        with pytest.raises(Refused, match=sentence):
            services.abolish_regulation(row, by=user, **values)
    services.abolish_regulation(row, by=cast.officer, ended_on=DAY, reason="Hết việc")
    assert (row.status, row.ended_on) == ("bai_bo", DAY)
    assert browser(cast.officer).get(f"/quy-che/danh-sach/{row.pk}/sua/").status_code == 403, "what has ended is corrected by the office"
    assert browser(cast.reviewer).get(f"/quy-che/danh-sach/{row.pk}/sua/").status_code == 200


# --- disclosures ------------------------------------------------------------------------


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("disclosed_on", "posted_until", "state", "words"),
    [
        ("01/06/2019", "01/07/2019", "Đủ ngày", "Đã công khai 30 ngày, đủ quy định ít nhất 30 ngày (Pháp lệnh 34/2007/PL-UBTVQH11)."),
        ("01/06/2019", "30/06/2019", "Thiếu ngày", "Mới công khai 29 ngày, thiếu 1 ngày: quy định ít nhất 30 ngày"),
        ("02/01/2020", "", "Đang công khai", "Đã công khai 6 ngày, giữ đến ít nhất ngày 01/02/2020"),
        ("01/06/2019", "", "Đủ ngày", "Đã công khai 221 ngày"),
    ],
)
def test_the_days_of_a_posting_are_counted_and_only_warned_of(cast, disclosed_on, posted_until, state, words):
    response = browser(cast.officer).post(ADD_DISCLOSURE, disclosure_data(cast.a, disclosed_on=disclosed_on, posted_until=posted_until))
    row = Disclosure.objects.get()
    assert response.url == f"/quy-che/cong-khai/{row.pk}/"
    assert row.posting_state == state
    assert words in row.posted_days_words
    assert words in page_of(browser(cast.officer).get(response.url))


@pytest.mark.embedded
def test_the_day_of_the_record_picks_the_rule(cast, settings):
    settings.TODAY = datetime.date(2024, 1, 8)
    old = new_disclosure(cast.a, disclosed_on=datetime.date(2023, 6, 30))
    new = new_disclosure(cast.a, disclosed_on=datetime.date(2023, 7, 1))
    loud = new_disclosure(cast.a, channel="loa_truyen_thanh")
    other = new_disclosure(cast.a, channel="hoi_nghi")
    assert [row.day_rule and int(row.day_rule.value) for row in (old, new, loud, other)] == [30, 20, 3, None]
    assert (other.posting_state, other.posted_days_words) == ("", "")


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("until", "state"), [(DAY + datetime.timedelta(days=2), "Đủ ngày"), (DAY + datetime.timedelta(days=1), "Thiếu ngày")]
)
def test_three_days_on_the_air_count_the_first(cast, until, state):
    assert new_disclosure(cast.a, channel="loa_truyen_thanh", posted_until=until).posting_state == state


@pytest.mark.embedded
def test_a_quarter_comes_from_the_day(cast):
    months = {1: "2019-Q1", 3: "2019-Q1", 4: "2019-Q2", 9: "2019-Q3", 10: "2019-Q4", 12: "2019-Q4"}
    assert {m: Disclosure(disclosed_on=datetime.date(2019, m, 5)).quarter for m in months} == months


# --- nil returns -----------------------------------------------------------------------


@pytest.mark.embedded
def test_a_quarter_without_records_is_declared_empty_once(cast):
    client = browser(cast.officer)
    for _ in range(2):
        assert client.post(NIL, {"unit": cast.a.pk, "period": "2019-Q4"}).url == NIL
    nil = NilReturn.objects.get()
    assert (nil.unit, nil.register_code, nil.period, nil.declared_by) == (cast.a, "disclosure", "2019-Q4", cast.officer)
    assert "Không phát sinh" in page_of(client.get(NIL))
    refused = client.post(ADD_DISCLOSURE, disclosure_data(cast.a))
    assert refused.status_code == 422 and "đã báo không phát sinh quý IV/2019" in page_of(refused)
    assert not Disclosure.objects.exists()
    assert client.post(f"{NIL}{nil.pk}/rut/", {"reason": " "}).status_code == 422
    assert client.post(f"{NIL}{nil.pk}/rut/", {"reason": "Có nội dung mới"}).url == NIL
    nil.refresh_from_db()
    assert (nil.withdrawn_on, nil.withdrawn_by, nil.withdrawn_reason) == (datetime.date(2020, 1, 8), cast.officer, "Có nội dung mới")
    assert client.post(ADD_DISCLOSURE, disclosure_data(cast.a)).status_code == 302
    assert client.post(f"{NIL}{nil.pk}/rut/", {"reason": "Lần nữa"}).status_code == 403


@pytest.mark.embedded
def test_a_quarter_with_records_or_too_early_is_not_declared_empty(cast):
    new_disclosure(cast.a, disclosed_on=datetime.date(2019, 12, 31))
    with pytest.raises(Refused, match="Quý IV/2019 Phường An Phú đã có 1 nội dung công khai, không báo không phát sinh được."):
        services.declare_nil(cast.a, "2019-Q4", by=cast.officer)
    with pytest.raises(Refused, match="Quý I/2020 báo không phát sinh từ ngày 01/03/2020."):
        services.declare_nil(cast.a, "2020-Q1", by=cast.officer)
    services.declare_nil(cast.b, "2019-Q4", by=cast.officer_b)
    assert not NilReturn.objects.filter(unit=cast.a).exists()


@pytest.mark.embedded
def test_only_the_units_own_officer_declares_and_withdraws(cast):
    for user in (cast.officer_b, cast.reviewer, cast.head):
        with pytest.raises(Refused, match="Cán bộ của đơn vị"):
            services.declare_nil(cast.a, "2019-Q4", by=user)
    nil = services.declare_nil(cast.a, "2019-Q4", by=cast.officer)
    assert browser(cast.officer_b).post(f"{NIL}{nil.pk}/rut/", {"reason": "x"}).status_code == 404
    assert browser(cast.reviewer).post(f"{NIL}{nil.pk}/rut/", {"reason": "x"}).status_code == 403
    assert browser(cast.officer).post(NIL, {"unit": cast.b.pk, "period": "2019-Q4"}).status_code == 404
    for bad in ({"unit": "abc", "period": "2019-Q4"}, {"unit": cast.a.pk, "period": "x"}, {}):
        assert browser(cast.officer).post(NIL, bad).status_code == 404
    services.withdraw_nil(nil, by=cast.officer, reason="Nhầm")
    stale = NilReturn.objects.get(pk=nil.pk)
    stale.withdrawn_on = None
    with pytest.raises(Conflict):
        services.withdraw_nil(stale, by=cast.officer, reason="Nhầm")
