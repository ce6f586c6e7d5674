"""Confirming the password again, and what happens to a text that was sent too late."""

import re
import uuid

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from danvan.accounts import sessions
from danvan.accounts.models import User
from danvan.registers.models import Draft
from models_awards.models import Campaign, Registration
from tests.danvan.accounts.signing import PASSWORD, code, enrolled, page_of, sign_in, with_password
from tests.danvan.common.cast import browser
from tests.factories import awards, reports

CONFIRM, RESUME = "/tai-khoan/xac-nhan/", "/tai-khoan/gui-tiep/"


@pytest.fixture
def later(monkeypatch):
    """later() is eleven minutes later; the session goes on."""
    at = [sessions.now()]
    monkeypatch.setattr("danvan.accounts.sessions.now", lambda: at[0])

    def pass_time(minutes=11):
        at[0] += minutes * 60

    return pass_time


def fields_on(page):
    """The hidden fields of the page's main form, as a browser would send them."""
    form = page.split(f'{RESUME}"')[-1]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


# --- which pages ask ----------------------------------------------------------------------------------


@pytest.mark.embedded
def test_reopening_an_accepted_report_asks_again(cast, period, later):
    submission = reports.accepted(period, cast.a, officer=cast.officer, head=cast.head, reviewer=cast.reviewer)
    with_password(cast.leader)
    client, page = sign_in("lanh-dao"), reverse("submissions:reopen", args=[submission.pk])
    assert client.get(page).status_code == 200, "signing in counts"
    later()
    assert client.get(page).url.startswith(f"{CONFIRM}?next=")
    sent = client.post(page, {"reason": "Số hộ ghi nhầm ở mục 3", "until": "20/01/2020", "_key": str(uuid.uuid4())})
    assert sent.url.startswith(CONFIRM)
    submission.refresh_from_db()
    assert submission.status == "accepted" or submission.reopened_until is None
    wrong = client.post(CONFIRM, {"password": "sai-rồi-nhé"})
    assert wrong.status_code == 422 and "Sai tên đăng nhập hoặc mật khẩu" in page_of(wrong)
    assert client.post(CONFIRM, {"password": PASSWORD}).url == RESUME
    kept = page_of(client.get(RESUME))
    assert f'action="{page}"' in kept
    fields = {name: value for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', kept.split(f'action="{page}"')[1])}
    fields.pop("csrfmiddlewaretoken")
    assert fields["reason"] == "Số hộ ghi nhầm ở mục 3"
    assert client.post(page, fields).status_code == 302
    submission.refresh_from_db()
    assert submission.reopened_until is not None
    assert client.get(RESUME).url == "/", "sent on: nothing is kept any more"


def test_a_file_about_persons_asks_again_and_other_files_do_not(cast, later):
    with_password(cast.reviewer)
    client = sign_in("chuyen-vien")
    persons, others = reverse("registers:award_xlsx"), reverse("registers:registration_xlsx")
    assert client.get(persons).status_code == 200
    later()
    assert client.get(persons).url == f"{CONFIRM}?next=%2Fkhen-thuong%2Fdanh-sach%2Fxuat.xlsx"
    assert client.get(reverse("registers:award_csv")).url.startswith(CONFIRM)
    assert client.get(others).status_code == 200 and client.get(reverse("registers:award_list")).status_code == 200
    done = client.post(f"{CONFIRM}?next={persons}", {"password": PASSWORD})
    assert done.url == persons and client.get(persons).status_code == 200
    later(9)
    assert client.get(persons).status_code == 200
    later(2)
    assert client.get(persons).url.startswith(CONFIRM)


def test_the_admin_site_asks_again_on_every_page(cast, later):
    root = User.objects.create_superuser("goc", password=PASSWORD, display_name="Gốc")
    client = sign_in("goc")
    pages = [reverse("admin:index")]
    pages += [reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist") for m in admin.site._registry]
    later(4)
    assert all(client.get(page).status_code == 200 for page in pages)
    session = client.session
    session[sessions.CONFIRMED] -= 601
    session.save()
    assert all(client.get(page).url.startswith(CONFIRM) for page in pages)
    assert client.post(reverse("admin:accounts_user_change", args=[root.pk]), {"display_name": "X"}).url.startswith(CONFIRM)


def test_the_admin_site_has_no_login_of_its_own(cast):
    client = Client()
    assert client.get("/admin/").url == "/dang-nhap/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/units/unit/").url == "/dang-nhap/?next=/admin/units/unit/"
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).url == "/dang-nhap/?next=/admin/"
    officer = browser(cast.officer)
    assert officer.get("/admin/login/?next=/admin/").status_code == 403
    root = browser(User.objects.create_superuser("goc", password=PASSWORD))
    assert root.get("/admin/password_change/").url == "/tai-khoan/mat-khau/"
    assert root.get(f"/admin/accounts/user/{cast.officer.pk}/password/").status_code == 403


def test_a_code_confirms_as_well_and_wrong_passwords_lock(cast, later):
    enrolled(with_password(cast.reviewer))
    client = sign_in("chuyen-vien")
    client.post("/dang-nhap/ma-xac-thuc/", {"code": code()})
    later()
    assert "Mật khẩu, hoặc mã 6 số trên điện thoại" in page_of(client.get(CONFIRM))
    assert client.post(CONFIRM, {"password": " "}).status_code == 422
    done = client.post(f"{CONFIRM}?next=/khen-thuong/danh-sach/xuat.csv", {"password": code(1)})
    assert done.url == "/khen-thuong/danh-sach/xuat.csv"
    later()
    assert client.post(CONFIRM, {"password": code(1)}).status_code == 422, "a used code confirms nothing"
    later()
    for _ in range(5):
        answer = client.post(CONFIRM, {"password": "sai-rồi-nhé"})
    assert answer.status_code == 429 and "tạm bị khóa" in page_of(answer)
    assert client.post(CONFIRM, {"password": PASSWORD}).status_code == 429


def test_an_account_without_an_app_is_not_asked_for_a_code(cast):
    with_password(cast.officer)
    assert "mã 6 số" not in page_of(sign_in("phuong-a").get(CONFIRM))


# --- what was typed when the session had ended -----------------------------------------------------------


TEXT = "Bà con đề nghị “sửa” đường ngõ 12 <trước> mùa mưa & thông cống.\nDòng hai."


@pytest.fixture
def writing(cast, campaign):
    """A filled registration form, its session ended."""
    with_password(cast.officer)
    fields = {"campaign": campaign.pk, "unit": cast.a.pk, "kind": "mo_hinh", "subject_type": "tap_the"}
    fields |= {"field": awards.new_field("x", "Lĩnh vực").pk, "registered_on": "15/11/2019", "name": "Ngõ sạch", "households": "10"}
    boxes = ("situation", "goals", "content", "area", "forces", "resources", "outputs", "sustainability")
    return {**fields, **dict.fromkeys(boxes, "Nội dung"), "content": TEXT, "_key": str(uuid.uuid4()), "_version": ""}


@pytest.mark.embedded
@pytest.mark.parametrize("how", ["cookie gone", "idle"])
def test_a_form_sent_after_the_session_ended_loses_no_text(cast, writing, later, how):
    """Without any script: the login page carries the text, the next page sends it on."""
    add = reverse("registers:registration_add")
    client = sign_in("phuong-a")
    if how == "idle":
        later(20)
    else:
        client.cookies.clear()
    answer = client.post(add, writing)
    page = page_of(answer)
    assert answer.status_code == 401 and "Nội dung vừa gõ được giữ nguyên" in page and 'action="/dang-nhap/"' in page
    typed = answer.context["typed"]
    wrong = client.post("/dang-nhap/", {"username": "phuong-a", "password": "sai-rồi-nhé", "next": add, "_typed": typed})
    assert wrong.context["typed"] == typed, "a slip at the login loses nothing either"
    assert client.post("/dang-nhap/", {"username": "phuong-a", "password": PASSWORD, "next": add, "_typed": typed}).url == RESUME
    kept = client.get(RESUME)
    assert ("content", TEXT) in kept.context["fields"] and kept.context["kept"]["path"] == add
    assert client.get(RESUME).context["fields"] == kept.context["fields"], "also after a reload"
    saved = client.post(add, dict(kept.context["fields"]))
    assert saved.status_code == 302
    assert Registration.objects.get(name="Ngõ sạch").content == TEXT
    assert client.get(RESUME).url == "/"


def test_the_text_waits_behind_the_code_and_the_forced_change(cast, writing, settings):
    settings.FORCE_PASSWORD_CHANGE = True
    enrolled(cast.officer)
    User.objects.filter(pk=cast.officer.pk).update(must_change_password=True)
    add, client = reverse("registers:registration_add"), Client()
    typed = client.post(add, writing).context["typed"]
    client.post("/dang-nhap/", {"username": "phuong-a", "password": PASSWORD, "next": add, "_typed": typed})
    assert client.get(RESUME).url.startswith("/dang-nhap/ma-xac-thuc/")
    assert client.post("/dang-nhap/ma-xac-thuc/", {"code": code()}).url == RESUME
    assert client.get(RESUME).url.startswith("/tai-khoan/mat-khau/")
    new = "bèo-dạt-mây-trôi-2"
    assert client.post("/tai-khoan/mat-khau/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}).url == RESUME
    assert ("content", TEXT) in client.get(RESUME).context["fields"]


def test_autosave_and_mere_buttons_are_not_answered_with_a_page(cast, writing):
    add, client = reverse("registers:registration_add_draft"), Client()
    by_script = client.post(add, writing, headers={"X-Requested-With": "fetch"})
    assert by_script.status_code == 302 and by_script.url.startswith("/dang-nhap/")
    assert client.post(reverse("accounts:logout")).status_code == 302
    assert Draft.objects.count() == 0


@pytest.mark.parametrize("typed", ["null", "a", "=", "%", "%00=%ff", "a=1&a=2", "&" * 5000, "<script>"])
def test_whatever_was_put_there_is_shown_as_fields_or_not_at_all(cast, typed):
    client = Client()
    client.post("/dang-nhap/", {"username": with_password(cast.officer).username, "password": PASSWORD, "next": "/x/", "_typed": typed})
    page = client.get(RESUME)
    assert page.status_code == (400 if typed.startswith("&") else 200) and b'"<script>"' not in page.content


def test_a_text_goes_to_this_site_only(cast):
    with_password(cast.officer)
    client = Client()
    sent = {"username": "phuong-a", "password": PASSWORD, "next": "https://example.org/", "_typed": "a=b"}
    assert client.post("/dang-nhap/", sent).url == "/"


def test_a_form_without_its_token_is_refused_before_anything_is_kept(cast, writing):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("registers:registration_add"), writing)
    assert answer.status_code == 403 and TEXT not in page_of(answer)


def test_a_file_cannot_be_kept_and_the_page_says_so(cast, period, later):
    submission = reports.accepted(period, cast.a, officer=cast.officer, head=cast.head, reviewer=cast.reviewer)
    with_password(cast.leader)
    client, page = sign_in("lanh-dao"), reverse("submissions:reopen", args=[submission.pk])
    later()
    client.post(page, {"reason": "Lý do", "tep": SimpleUploadedFile("a.pdf", b"x")})
    client.post(CONFIRM, {"password": PASSWORD})
    assert "anh/chị chọn lại tệp" in page_of(client.get(RESUME))
    assert Campaign.objects.count() == 0


def test_a_password_is_not_kept_while_the_own_one_is_asked_for(cast):
    """Passwords typed for somebody would stand in the session in clear."""
    User.objects.create_superuser("goc", password=PASSWORD, display_name="Gốc")
    client = sign_in("goc")
    session = client.session
    session[sessions.CONFIRMED] -= 601
    session.save()
    data = {
        "username": "moi",
        "password1": "lúa-chín-vàng-đồng",
        "password2": "lúa-chín-vàng-đồng",
        "new_password1": "lúa-chín",
        "_save": "x",
    }
    assert client.post(reverse("admin:accounts_user_add"), data).url.startswith(CONFIRM)
    kept = client.session["resume"]
    assert "username=moi" in kept["fields"] and "password" not in kept["fields"]
    client.post(CONFIRM, {"password": PASSWORD})
    assert "lúa-chín" not in page_of(client.get(RESUME))
