"""Drafts while typing: kept as typed, private, gone when saved."""

import datetime
import html
import re
import uuid

import pytest
from django.utils import timezone

from danvan.registers.drafts import key_of, whole_number
from danvan.registers.models import Draft
from models_awards.models import Registration
from tests.danvan.common.cast import TODAY, browser, registered, registration_data

pytestmark = pytest.mark.embedded
ADD = "/dan-van-kheo/dang-ky/them/"


def page_of(response):
    return html.unescape(response.content.decode())


def test_a_draft_is_kept_as_typed_and_answers_with_the_time(cast, campaign):
    client = browser(cast.officer)
    data = registration_data(campaign, cast.a, registered_on="31/9/2019", households="rất nhiều", name="Đang gõ dở")
    answer = client.post(f"{ADD}ban-nhap/", data)
    assert answer["Content-Type"] == "application/json" and re.fullmatch(r"\d\d:\d\d", answer.json()["at"])
    client.post(f"{ADD}ban-nhap/", {**data, "name": "Đang gõ dở hơn"})
    draft = Draft.objects.get()
    assert (draft.user, draft.form, draft.object_id, draft.payload["name"]) == (cast.officer, "registration", None, ["Đang gõ dở hơn"])
    assert "_key" not in draft.payload and "csrfmiddlewaretoken" not in draft.payload
    page = client.get(f"{ADD}?ban-nhap={draft.key}")
    text = page_of(page)
    assert 'value="31/9/2019"' in text and 'value="rất nhiều"' in text and "Đang gõ dở hơn" in text
    assert str(page.context["key"]) == data["_key"]
    assert not Registration.objects.exists()


def test_a_draft_bears_the_day_on_which_the_office_works(cast, campaign, settings):
    client, data = browser(cast.officer), registration_data(campaign, cast.a, name="Đang gõ dở")
    client.post(f"{ADD}ban-nhap/", data)
    settings.TODAY = TODAY + datetime.timedelta(days=3)
    client.post(f"{ADD}ban-nhap/", data)
    draft = Draft.objects.get()
    assert timezone.localdate(draft.saved_at) == settings.TODAY, "saved again, the time is the newer one"
    assert f"lúc {timezone.localtime(draft.saved_at):%H:%M, %d/%m/%Y}" in page_of(client.get(ADD))


def test_saving_clears_the_draft(cast, campaign):
    client, data = browser(cast.officer), registration_data(campaign, cast.a)
    client.post(f"{ADD}ban-nhap/", data)
    client.post(ADD, data)
    assert Registration.objects.count() == 1 and not Draft.objects.exists()


def test_the_button_keeps_a_draft_and_comes_back_to_it(cast, campaign):
    client, data = browser(cast.officer), registration_data(campaign, cast.a, name="", _draft="1")
    answer = client.post(ADD, data, follow=True)
    assert answer.redirect_chain[-1][0] == f"{ADD}?ban-nhap={data['_key']}"
    assert "Đã lưu nháp" in page_of(answer) and not Registration.objects.exists()


def test_a_draft_of_somebody_else_is_neither_read_nor_overwritten(cast, campaign):
    data = registration_data(campaign, cast.a, name="Của tôi")
    browser(cast.officer).post(f"{ADD}ban-nhap/", data)
    stranger = browser(cast.officer_b)
    assert "Của tôi" not in page_of(stranger.get(f"{ADD}?ban-nhap={data['_key']}"))
    assert stranger.post(f"{ADD}ban-nhap/", {**data, "name": "Của người khác"}).status_code == 200
    mine, theirs = Draft.objects.get(user=cast.officer), Draft.objects.get(user=cast.officer_b)
    assert (str(mine.key), mine.payload["name"]) == (data["_key"], ["Của tôi"])
    assert (theirs.payload["name"], theirs.key == mine.key) == (["Của người khác"], False)
    kept = stranger.post(ADD, {**data, "_draft": "1"}, follow=True)
    assert kept.status_code == 200 and data["_key"] not in kept.redirect_chain[-1][0]
    assert Draft.objects.get(user=cast.officer).payload["name"] == ["Của tôi"]


def test_a_draft_of_one_record_does_not_open_on_another(cast, campaign):
    first, second = registered(cast.a, campaign, words="một"), registered(cast.a, campaign, words="hai")
    client, key = browser(cast.officer), str(uuid.uuid4())
    client.post(f"/dan-van-kheo/dang-ky/{first.pk}/sua/ban-nhap/", {"_key": key, "_version": "1", "goals": "nháp riêng"})
    assert "nháp riêng" in page_of(client.get(f"/dan-van-kheo/dang-ky/{first.pk}/sua/?ban-nhap={key}"))
    assert "nháp riêng" not in page_of(client.get(f"/dan-van-kheo/dang-ky/{second.pk}/sua/?ban-nhap={key}"))
    assert browser(cast.officer_b).post(f"/dan-van-kheo/dang-ky/{first.pk}/sua/ban-nhap/", {"_key": key}).status_code == 404
    first.refresh_from_db()
    assert (first.goals, first.version) == ("goals một", 1)


@pytest.mark.parametrize("key", ["", "x", "' OR 1=1", "0" * 400])
def test_a_broken_key_is_only_a_new_one(cast, campaign, key):
    client = browser(cast.officer)
    assert client.get(f"{ADD}?ban-nhap={key}").status_code == 200
    assert client.post(ADD, registration_data(campaign, cast.a, _key=key)).status_code == 302
    assert key_of({"_key": key}).version == 4


def test_a_draft_is_posted_not_fetched(cast):
    assert browser(cast.officer).get(f"{ADD}ban-nhap/").status_code == 405


@pytest.mark.parametrize(
    ("typed", "number"), [("3", 3), ("", None), (None, None), ("-1", None), ("٣", None), ("9" * 10, None), ("1.5", None)]
)
def test_a_hidden_number_is_one_or_nothing(typed, number):
    assert whole_number(typed) == number


# --- who may keep how many, how large ----------------------------------------------------------------


def test_autosave_is_for_those_who_may_write(cast, campaign):
    """The head of the unit reads the list and writes nothing in it; nor is a record's draft kept by who may not edit it."""
    row, data = registered(cast.b, campaign, words="của B"), registration_data(campaign, cast.a, name="Đang gõ dở")
    assert browser(cast.head).post(f"{ADD}ban-nhap/", data).status_code == 403
    assert browser(cast.head_b).post(f"/dan-van-kheo/dang-ky/{row.pk}/sua/ban-nhap/", data).status_code == 403
    assert not Draft.objects.exists()
    assert browser(cast.officer_b).post(f"/dan-van-kheo/dang-ky/{row.pk}/sua/ban-nhap/", data).status_code == 200


def test_one_more_draft_than_a_person_may_have_is_refused_in_words_and_none_is_lost(cast, campaign, monkeypatch):
    monkeypatch.setattr("danvan.registers.drafts.MOST", 2)
    client, sent = browser(cast.officer), [registration_data(campaign, cast.a, name=f"Nháp {n}") for n in range(3)]
    assert [client.post(f"{ADD}ban-nhap/", data).status_code for data in sent] == [200, 200, 422]
    told = client.post(f"{ADD}ban-nhap/", sent[2]).json()["reason"]
    assert "đang có 2 bản nháp" in told and Draft.objects.count() == 2
    assert client.post(f"{ADD}ban-nhap/", {**sent[0], "name": "Sửa tiếp"}).status_code == 200, "those there are go on"
    page = client.post(ADD, {**sent[2], "_draft": "1"})
    assert page.status_code == 422 and "đang có 2 bản nháp" in page_of(page) and "Nháp 2" in page_of(page)
    assert browser(cast.colleague).post(f"{ADD}ban-nhap/", registration_data(campaign, cast.a)).status_code == 200


def test_a_draft_longer_than_any_form_is_refused_in_words(cast, campaign):
    data = registration_data(campaign, cast.a, content="ạ" * 600_000)
    answer = browser(cast.officer).post(f"{ADD}ban-nhap/", data)
    assert answer.status_code == 422 and "dài quá" in answer.json()["reason"] and not Draft.objects.exists()


def test_a_conflict_shows_both_sides_also_where_no_draft_finds_room(cast, campaign, monkeypatch):
    monkeypatch.setattr("danvan.registers.drafts.MOST", 0)
    row = registered(cast.a, campaign, words="gốc")
    data = registration_data(campaign, cast.a, _version=row.version + 5, name="Tên tôi gõ")
    answer = browser(cast.officer).post(f"/dan-van-kheo/dang-ky/{row.pk}/sua/", data)
    assert answer.status_code == 409 and "Tên tôi gõ" in page_of(answer) and not Draft.objects.exists()
