"""What a password must be: by default length and lists, by the setting "tcvn" also classes, age and history."""

import datetime
import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from danvan.access.roles import ADMINISTRATOR
from danvan.accounts.models import FormerPassword, User
from danvan.accounts.services import change_password
from danvan.units.models import Kind
from tests.danvan.accounts.signing import PASSWORD, page_of, sign_in, with_password
from tests.danvan.common.cast import new_unit, new_user

TCVN = [
    *(v for v in django_settings.AUTH_PASSWORD_VALIDATORS if "MinimumLength" not in v["NAME"]),
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "danvan.accounts.password_policy.FourClasses"},
    {"NAME": "danvan.accounts.password_policy.NotUsedBefore"},
]


@pytest.fixture
def tcvn(settings):
    settings.AUTH_PASSWORD_VALIDATORS, settings.PASSWORD_ADMIN_DAYS, settings.PASSWORD_HISTORY = TCVN, 60, 10


def why_not(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


# --- the default ------------------------------------------------------------------------------------


@pytest.mark.embedded
@pytest.mark.parametrize(
    "password",
    [
        "AnPhu@2026",
        "PhuongAnPhu2026!",
        "ubnd-phường-an-phú",
        "Bình Minh 2019 @@",
        "BanDanVan-2020-abc",
        "Dân vận An Phú 1",
        "quanThanhBinh#1999",
    ],
)
def test_names_of_units_and_years_do_not_make_a_password(cast, password):
    assert "chủ yếu gồm tên đơn vị" in why_not(password)


@pytest.mark.embedded
@pytest.mark.parametrize(
    "password", ["hoa phượng nở đỏ sân trường", "bèo-dạt-mây-trôi-2", "An Phú có cây đa cổ thụ", "tre già măng mọc 1975"]
)
def test_a_short_sentence_is_a_password(cast, password):
    assert why_not(password, cast.officer) == ""


def test_a_unit_that_comes_later_counts_too(cast):
    assert why_not("chokimlienlon") == ""
    new_unit("CKL", "Ban quản lý chợ Kim Liên", Kind.MARKET if hasattr(Kind, "MARKET") else Kind.WARD, cast.a)
    assert "tên đơn vị" in why_not("cho Kim Liên lon")


@pytest.mark.parametrize(
    ("password", "words"), [("mười một ký", "12"), ("password1234", "phổ biến"), ("phuong-a-0001", "giống"), ("9" * 20, "số")]
)
def test_length_common_words_and_the_own_name(cast, password, words):
    assert words in why_not(password, cast.officer)


def test_long_passwords_are_allowed_to_128_characters(cast):
    client = sign_in(with_password(cast.officer).username)
    for new, status in (("mây trôi " * 14, 302), ("mây trôi " * 15, 422)):
        old = PASSWORD if status == 302 else ("mây trôi " * 14)
        answer = client.post("/tai-khoan/mat-khau/", {"old_password": old, "new_password1": new, "new_password2": new})
        assert answer.status_code == status


def test_the_page_tells_the_rules_before_anything_is_typed(cast):
    page = page_of(sign_in(with_password(cast.officer).username).get("/tai-khoan/mat-khau/"))
    assert "12" in page and "tên đơn vị, từ quen thuộc của cơ quan hoặc năm" in page


# --- the preset "tcvn" ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "ok"),
    [
        ("Bèo dạt 2 mây trôi.", True),
        ("bèo dạt 2 mây trôi.", False),
        ("BÈO DẠT 2 MÂY TRÔI.", False),
        ("Bèo dạt hai mây.", False),
        ("Bèodạt2mâytrôinhé", False),
    ],
)
def test_four_classes(tcvn, cast, password, ok):
    assert ("chữ thường, chữ hoa, chữ số và ký tự khác" in why_not(password)) is not ok


def test_fourteen_characters(tcvn, cast):
    assert "14" in why_not("Mây trôi 1 xa") and not why_not("Mây trôi 1 xa.")


@pytest.mark.embedded
def test_the_last_ten_passwords_are_not_used_again(tcvn, cast):
    user = with_password(cast.officer)
    former = [f"Câu thơ số {number} rất dài." for number in range(12)]
    for password in former:
        change_password(user, password)
    assert FormerPassword.objects.filter(user=user).count() == 12
    assert [bool(why_not(password, user)) for password in former] == [False] + [True] * 11, "the present one and ten before it"


def test_without_the_preset_nothing_is_kept(cast):
    user = with_password(cast.officer)
    change_password(user, "bèo-dạt-mây-trôi-2")
    assert not FormerPassword.objects.exists()


def test_an_administrators_password_lives_two_months(tcvn, cast):
    admin, officer = with_password(new_user("quan-tri", cast.district, ADMINISTRATOR)), with_password(cast.officer)
    User.objects.update(password_changed_at=timezone.now() - datetime.timedelta(days=61))
    assert sign_in(officer.username).get("/tai-khoan/").status_code == 200
    client = sign_in(admin.username)
    assert client.get("/tai-khoan/").url.startswith("/tai-khoan/mat-khau/")
    assert "đã quá hạn theo quy định" in page_of(client.get("/tai-khoan/mat-khau/"))
    new = "Bèo dạt 2 mây trôi."
    client.post("/tai-khoan/mat-khau/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert client.get("/tai-khoan/").status_code == 200


# --- the settings themselves ------------------------------------------------------------------------------

SHOW = """
from danvan import settings as s
print(len(s.AUTH_PASSWORD_VALIDATORS), s.PASSWORD_HISTORY, s.PASSWORD_ADMIN_DAYS, sorted(s.MFA_ROLES), s.FORCE_PASSWORD_CHANGE)
"""
PRODUCTION = {"DANVAN_PRODUCTION": "1", "SECRET_KEY": "x" * 50, "DATABASE_URL": "postgres://a@b/c", "CELERY_BROKER_URL": "redis://x"}
ROLES = "['chuyen_vien', 'lanh_dao', 'quan_tri']"


def settings_with(tmp_path, **values):
    unset = ("DANVAN_DEMO", "DATABASE_URL", "CELERY_BROKER_URL", "TODAY")
    env = {**{k: v for k, v in os.environ.items() if k not in unset}, "DANVAN_VAR": str(tmp_path), **values}
    return subprocess.run([sys.executable, "-c", SHOW], cwd=django_settings.BASE_DIR, env=env, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (PRODUCTION, f"5 0 0 {ROLES} True"),
        ({**PRODUCTION, "PASSWORD_POLICY": "tcvn"}, f"7 10 60 {ROLES} True"),
        ({**PRODUCTION, "MFA_ROLES": "none"}, "5 0 0 [] True"),
        ({**PRODUCTION, "MFA_ROLES": "quan_tri,can_bo"}, "5 0 0 ['can_bo', 'quan_tri'] True"),
        ({"DANVAN_DEMO": "1"}, "5 0 0 [] False"),
        ({"DANVAN_DEMO": "1", "DEMO_MFA": "1"}, f"5 0 0 {ROLES} True"),
        ({"DEMO_MFA": "1"}, "5 0 0 [] True"),
    ],
    ids=["production", "tcvn", "none", "chosen", "demo", "demo with codes", "not the demo"],
)
def test_what_each_mode_turns_on(tmp_path, values, shown):
    answer = settings_with(tmp_path, **values)
    assert answer.stdout.strip() == shown, answer.stderr[-500:]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PASSWORD_POLICY", "strong"),
        ("MFA_ROLES", "giam_doc"),
        ("MFA_OFFICE_NETWORKS", "10.0.0.1/8"),
        ("SESSION_IDLE_MINUTES", "0"),
        ("LOGIN_TRIES", "99"),
    ],
)
def test_a_bad_value_stops_the_start_and_says_which(tmp_path, name, value):
    answer = settings_with(tmp_path, **{name: value})
    assert answer.returncode != 0 and f"ImproperlyConfigured: {name}" in answer.stderr
