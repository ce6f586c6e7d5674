"""One deed through its page, and exactly the events that tell of it: what kind, who, of which unit, about whom, what, why.

A deed is written as a generator: it prepares, yields, does the one thing, and yields the events that must stand there, in their order.
"""

import base64
import datetime
import re
import uuid
from collections import defaultdict
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from danvan.access.roles import ADMINISTRATOR, HEAD, OFFICER
from danvan.accounts import events, managing, sessions
from danvan.accounts.models import User
from danvan.attachments.services import attach
from danvan.audit.choices import Kind
from danvan.audit.models import AuditEvent
from danvan.catalogues.models import Holiday
from danvan.operations import erasure
from danvan.reporting import services as reporting
from danvan.submissions import services as submissions
from danvan.units.models import UnitDecision
from dialogues.models import QuestionAsker
from dialogues.services import keep_asker
from tests.danvan.accounts.signing import PASSWORD, code, enrolled, page_of, sign_in, with_password
from tests.danvan.attachments import good
from tests.danvan.common.cast import START, TODAY, browser, join, new_user
from tests.factories import awards, dialogues, reports
from tests.factories.decisions import new_decision, rename

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

ACCOUNTS, CODE, ENROL, CONFIRM = "/quan-tri/tai-khoan/", "/dang-nhap/ma-xac-thuc/", "/tai-khoan/xac-thuc/", "/tai-khoan/xac-nhan/"
WHY = "Theo thông báo số 5"
DEEDS, KINDS = {}, defaultdict(set)


def deed(*kinds):
    def keep(do):
        DEEDS[do.__name__] = do
        KINDS[do.__name__] = set(kinds)
        return do

    return keep


def told(kind, who, about=None, step="", reason="", **detail):
    """The event as it must stand there: `who` and `about` are rows, nobody is None."""
    unit = who and next((m.unit for m in who.memberships.order_by("pk")), None)
    return (
        kind, who.username if who else "", who.pk if who else None, str(unit) if unit else "", unit.scope_path if unit else "",
        about._meta.label if about else "", about.pk if about else None, {**({"step": step} if step else {}), **detail}, reason,
    )  # fmt: skip


def as_told(event):
    return (
        event.kind, event.username, event.user_id, event.unit_name, event.scope_path, event.object_model, event.object_id, event.detail,
        event.reason,
    )  # fmt: skip


class Stage:
    """What a deed needs: the people and places, and the fixtures of this test."""

    def __init__(self, cast, request):
        self.cast, self.request = cast, request
        self.admin = new_user("quan-tri", cast.district, ADMINISTRATOR)
        self.officer = with_password(cast.officer)
        self.page = browser(self.admin)
        self.root = User.objects.create_superuser("goc", password=PASSWORD, display_name="Gốc")

    def fixture(self, name):
        return self.request.getfixturevalue(name)

    def act(self, slug, account=None):
        answer = self.page.post(f"{ACCOUNTS}{(account or self.officer).pk}/{slug}/", {"_key": "x", "reason": WHY})
        assert answer.status_code in (200, 302), page_of(answer)


@pytest.fixture
def stage(cast, request):
    return Stage(cast, request)


# --- coming, going, confirming ------------------------------------------------------------------------


@deed(Kind.LOGIN)
def signing_in(stage):
    yield
    sign_in("phuong-a")
    yield [told(Kind.LOGIN, stage.officer)]


@deed(Kind.LOGOUT)
def signing_out(stage):
    client = sign_in("phuong-a")
    yield
    client.post("/dang-xuat/")
    yield [told(Kind.LOGOUT, stage.officer)]


@deed(Kind.LOGOUT)
def an_idle_session_ends(stage):
    client = sign_in("phuong-a")
    later = sessions.now() + 86_400
    stage.fixture("monkeypatch").setattr("danvan.accounts.sessions.now", lambda: later)
    yield
    client.get("/viec-can-lam/")
    yield [told(Kind.LOGOUT, stage.officer, stage.officer, "hết phiên"), told(Kind.LOGOUT, stage.officer)]


@deed(Kind.LOGOUT)
def other_sessions_are_ended(stage):
    sign_in("phuong-a")
    here = sign_in("phuong-a")
    yield
    here.post("/tai-khoan/phien/", {"phien": "khac"})
    yield [told(Kind.LOGOUT, stage.officer, stage.officer, "kết thúc các phiên khác")]


@deed(Kind.STEP_UP)
def a_code_after_the_password(stage):
    enrolled(stage.officer)
    client = sign_in("phuong-a")
    yield
    client.post(CODE, {"code": code()})
    yield [told(Kind.STEP_UP, stage.officer, stage.officer, "nhập mã xác thực khi đăng nhập")]


@deed(Kind.LOGIN_FAILED)
def a_wrong_code(stage):
    enrolled(stage.officer)
    client, wrong = sign_in("phuong-a"), f"{(int(code()) + 500_000) % 10**6:06d}"
    yield
    assert client.post(CODE, {"code": wrong}).status_code == 422
    yield [told(Kind.LOGIN_FAILED, stage.officer, stage.officer, "nhập sai mã xác thực")]


@deed(Kind.STEP_UP)
def the_password_again(stage):
    client = sign_in("phuong-a")
    yield
    assert client.post(CONFIRM, {"password": PASSWORD}).status_code == 302
    yield [told(Kind.STEP_UP, stage.officer, stage.officer, "xác nhận lại trước việc quan trọng")]


@deed(Kind.LOGIN_FAILED)
def a_first_password_that_ran_out(stage):
    User.objects.filter(pk=stage.officer.pk).update(secret_expires_at=timezone.now() - datetime.timedelta(hours=1))
    yield
    sign_in("phuong-a")
    yield [told(Kind.LOGIN_FAILED, stage.officer, stage.officer, "mật khẩu dùng một lần đã hết hạn")]


@deed(Kind.LOCKOUT, Kind.LOGIN_FAILED)
def the_fifth_wrong_password(stage):
    for _ in range(4):
        sign_in("phuong-a", "sai-rồi-nhé")
    yield
    assert sign_in("phuong-a", "sai-rồi-nhé").answer.status_code == 429
    yield [told(Kind.LOGIN_FAILED, stage.officer), told(Kind.LOCKOUT, stage.officer, stage.officer, "khóa vì nhập sai nhiều lần")]


@deed(Kind.LOCKOUT)
def guessing_from_many_addresses(stage):
    stage.fixture("settings").LOGIN_TRIES_PER_HOUR = 2
    for number in range(2):
        sign_in("phuong-a", "sai-rồi-nhé", REMOTE_ADDR=f"203.0.113.{number}")
    yield
    sign_in("phuong-a", "sai-rồi-nhé", REMOTE_ADDR="203.0.113.9")
    yield [told(Kind.LOCKOUT, stage.officer, stage.officer, "làm chậm vì nhập sai nhiều lần")]


# --- secrets ------------------------------------------------------------------------------------------


@deed(Kind.CREDENTIAL)
def changing_the_own_password(stage):
    client, new = sign_in("phuong-a"), "bèo-dạt-mây-trôi-2"
    yield
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/tai-khoan/mat-khau/", sent).status_code == 302
    yield [told(Kind.CREDENTIAL, stage.officer, stage.officer, "đổi mật khẩu")]


@deed(Kind.CREDENTIAL)
def turning_on_a_code(stage):
    client = sign_in("phuong-a")
    text = re.search(r'id="khoa">([A-Z2-7 ]+)<', page_of(client.get(ENROL)))[1].replace(" ", "")
    yield
    assert client.post(ENROL, {"code": code(key=base64.b32decode(text))}).status_code == 200
    yield [
        told(Kind.CREDENTIAL, stage.officer, stage.officer, "bật mã xác thực"),
        told(Kind.CREDENTIAL, stage.officer, stage.officer, "lập lại mã dự phòng"),
    ]


def with_code(stage):
    enrolled(stage.officer)
    client = sign_in("phuong-a")
    client.post(CODE, {"code": code()})
    return client


@deed(Kind.CREDENTIAL)
def new_recovery_codes(stage):
    client = with_code(stage)
    yield
    assert client.post(f"{ENROL}ma-du-phong/").status_code == 200
    yield [told(Kind.CREDENTIAL, stage.officer, stage.officer, "lập lại mã dự phòng")]


@deed(Kind.CREDENTIAL)
def turning_off_the_code(stage):
    client = with_code(stage)
    yield
    assert client.post(f"{ENROL}tat/").status_code == 302
    yield [told(Kind.CREDENTIAL, stage.officer, stage.officer, "tắt mã xác thực")]


# --- what an administrator does to an account ------------------------------------------------------------


@deed(Kind.LOCKOUT, Kind.ACCOUNT)
def unlocking(stage):
    yield
    stage.act("mo-dang-nhap")
    yield [
        told(Kind.LOCKOUT, stage.admin, stage.officer, "mở khóa"),
        told(Kind.ACCOUNT, stage.admin, stage.officer, "mở khóa đăng nhập", WHY),
    ]


@deed(Kind.CREDENTIAL, Kind.ACCOUNT)
def a_new_secret(stage):
    yield
    stage.act("cap-mat-khau")
    yield [
        told(Kind.ACCOUNT, stage.admin, stage.officer, "cấp mật khẩu dùng một lần", WHY),
        told(Kind.CREDENTIAL, stage.admin, stage.officer, "cấp mật khẩu dùng một lần"),
    ]


@deed(Kind.CREDENTIAL, Kind.ACCOUNT)
def a_new_factor(stage):
    enrolled(stage.officer)
    yield
    stage.act("dat-lai-xac-thuc")
    yield [
        told(Kind.CREDENTIAL, stage.admin, stage.officer, "bỏ mã xác thực để thiết lập lại"),
        told(Kind.ACCOUNT, stage.admin, stage.officer, "đặt lại xác thực hai bước", WHY),
    ]


@deed(Kind.ACCOUNT)
def locking_an_account(stage):
    yield
    stage.act("khoa")
    yield [told(Kind.ACCOUNT, stage.admin, stage.officer, "khóa tài khoản, kết thúc mọi phiên làm việc", WHY)]


@deed(Kind.ACCOUNT)
def reopening_an_account(stage):
    managing.deactivate(stage.officer, by=stage.admin, reason="Nghỉ dài")
    yield
    stage.act("mo-lai")
    yield [told(Kind.ACCOUNT, stage.admin, stage.officer, "mở lại tài khoản", WHY)]


@deed(Kind.ACCOUNT)
def an_account_that_nobody_used(stage):
    """By the nightly job: nobody's deed, with its reason."""
    User.objects.exclude(pk=stage.officer.pk).update(last_login=timezone.now())
    User.objects.filter(pk=stage.officer.pk).update(
        last_login=timezone.now() - datetime.timedelta(days=99), date_joined=timezone.now() - datetime.timedelta(days=400)
    )
    yield
    managing.disable_idle(45)
    yield [told(Kind.ACCOUNT, None, stage.officer, "khóa tài khoản, kết thúc mọi phiên làm việc", "Không đăng nhập trong 45 ngày.")]


@deed(Kind.ACCOUNT)
def editing_an_account(stage):
    address = f"{ACCOUNTS}{stage.officer.pk}/sua/"
    base = stage.page.get(address).context["version"]
    yield
    sent = {"_key": "x", "_version": base, "display_name": "Tên mới", "courtesy": "", "email": "", "reason": WHY}
    assert stage.page.post(address, sent).status_code == 302
    yield [told(Kind.ACCOUNT, stage.admin, stage.officer, "sửa thông tin tài khoản", WHY)]


@deed(Kind.ACCOUNT, Kind.RIGHTS, Kind.CREDENTIAL)
def a_new_account(stage):
    yield
    sent = {
        "_key": "x", "username": "can-bo-moi", "display_name": "Cán bộ mới", "courtesy": "", "email": "", "role": OFFICER,
        "unit": stage.cast.b.pk, "sees": "", "starts_on": "8/1/2020", "ends_on": "", "reason": WHY,
    }  # fmt: skip
    assert stage.page.post(f"{ACCOUNTS}them/", sent).status_code == 200
    made = User.objects.get(username="can-bo-moi")
    yield [
        told(Kind.ACCOUNT, stage.admin, made, "tạo tài khoản", WHY),
        told(Kind.RIGHTS, stage.admin, made, "thêm phân công", WHY),
        told(Kind.CREDENTIAL, stage.admin, made, "cấp mật khẩu dùng một lần"),
    ]


@deed(Kind.RIGHTS)
def a_right_is_given(stage):
    yield
    sent = {"role": HEAD, "unit": stage.cast.b.pk, "sees": "", "starts_on": "8/1/2020", "ends_on": "", "reason": WHY}
    assert stage.page.post(f"{ACCOUNTS}{stage.officer.pk}/phan-cong/", sent).status_code == 302
    yield [told(Kind.RIGHTS, stage.admin, stage.officer, "thêm phân công", WHY)]


@deed(Kind.RIGHTS)
def a_right_ends(stage):
    row = join(stage.officer, stage.cast.b, HEAD)
    yield
    assert stage.page.post(f"{ACCOUNTS}{stage.officer.pk}/phan-cong/{row.pk}/", {"ends_on": "8/1/2020", "reason": WHY}).status_code == 302
    yield [told(Kind.RIGHTS, stage.admin, stage.officer, "đổi ngày kết thúc phân công", WHY)]


@deed(Kind.RIGHTS)
def a_right_that_never_was(stage):
    row = join(stage.officer, stage.cast.b, HEAD, starts_on=TODAY)
    yield
    assert stage.page.post(f"{ACCOUNTS}{stage.officer.pk}/phan-cong/{row.pk}/", {"ends_on": "7/1/2020", "reason": WHY}).status_code == 302
    yield [told(Kind.RIGHTS, stage.admin, stage.officer, "hủy phân công chưa dùng đến", WHY)]


@deed(Kind.RIGHTS)
def a_handover(stage):
    leaver, heir = stage.officer, stage.cast.officer_b
    yield
    sent = {
        "_key": str(uuid.uuid4()), "successor": heir.pk, "taken": [leaver.memberships.get().pk], "ends_on": "8/1/2020", "notes": "",
        "reason": WHY,
    }  # fmt: skip
    assert stage.page.post(f"{ACCOUNTS}{leaver.pk}/ban-giao/", sent).status_code == 302
    yield [
        told(Kind.RIGHTS, stage.admin, heir, "thêm phân công", WHY),
        told(Kind.RIGHTS, stage.admin, leaver, "đổi ngày kết thúc phân công", WHY),
        told(Kind.RIGHTS, stage.admin, leaver, "bàn giao công việc", WHY),
        told(Kind.RIGHTS, stage.admin, heir, "nhận bàn giao công việc", WHY),
    ]


# --- the same on the technical site ------------------------------------------------------------------------


def technical_form(stage, account, *rows, **changes):
    """What the technical page of an account sends, with the memberships given as (row or None, role, end or "")."""
    data = {"username": account.username, "display_name": account.display_name, "courtesy": "", "email": "", "is_active": "on"}
    data |= {"memberships-TOTAL_FORMS": len(rows), "memberships-INITIAL_FORMS": len([row for row, *_ in rows if row])}
    for number, (row, role, ends_on) in enumerate(rows):
        unit = row.unit_id if row else stage.cast.b.pk
        values = {
            "id": row.pk if row else "", "user": account.pk, "unit": unit, "sees": unit, "role": role, "starts_on": f"{START:%d/%m/%Y}",
            "ends_on": ends_on,
        }  # fmt: skip
        data |= {f"memberships-{number}-{name}": value for name, value in values.items()}
    return {**data, **changes}


TECHNICAL = "Sửa ở trang quản trị kỹ thuật."
POWERS = ", ".join(str(User._meta.get_field(name).verbose_name) for name in ("is_staff", "is_superuser"))


@deed(Kind.ACCOUNT, Kind.RIGHTS)
def the_technical_site_gives_every_right(stage):
    client, own = browser(stage.root), stage.officer.memberships.get()
    yield
    sent = technical_form(stage, stage.officer, (own, OFFICER, "31/01/2020"), (None, HEAD, ""), is_superuser="on", is_staff="on")
    answer = client.post(reverse("admin:accounts_user_change", args=[stage.officer.pk]), sent)
    assert answer.status_code == 302, page_of(answer)
    yield [
        told(Kind.ACCOUNT, stage.root, stage.officer, "sửa thông tin tài khoản", TECHNICAL),
        told(Kind.RIGHTS, stage.root, stage.officer, "đổi quyền ở trang quản trị kỹ thuật", what=POWERS),
        told(Kind.RIGHTS, stage.root, stage.officer, "đổi ngày kết thúc phân công", TECHNICAL),
        told(Kind.RIGHTS, stage.root, stage.officer, "thêm phân công", TECHNICAL),
    ]


@deed(Kind.ACCOUNT, Kind.CREDENTIAL)
def the_technical_site_makes_an_account(stage):
    client, new = browser(stage.root), "bèo-dạt-mây-trôi-2"
    yield
    empty = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0, "usable_password": "true"}
    sent = {"username": "ky-thuat", "password1": new, "password2": new, **empty}
    answer = client.post(reverse("admin:accounts_user_add"), sent)
    assert answer.status_code == 302, page_of(answer)
    made = User.objects.get(username="ky-thuat")
    yield [
        told(Kind.ACCOUNT, stage.root, made, "tạo tài khoản", TECHNICAL),
        told(Kind.CREDENTIAL, stage.root, made, "cấp mật khẩu dùng một lần"),
    ]


@deed(Kind.SETTINGS)
def a_catalogue_grows(stage):
    client = browser(stage.root)
    yield
    client.post(reverse("admin:catalogues_holiday_add"), {"day": "03/03/2020", "name": "Ngày riêng", "kind": "nghi"})
    yield [told(Kind.SETTINGS, stage.root, Holiday.objects.get(name="Ngày riêng"), "thêm")]


# --- units -----------------------------------------------------------------------------------------------------


def decision_of(stage):
    return new_decision(stage.cast.district, rename(stage.cast.a, "Phường An Phú Mới"), effective_on=datetime.date(2020, 1, 2))


def applied(stage, decision):
    address = f"/don-vi/quyet-dinh/{decision.pk}/xem-truoc/"
    seen = stage.page.get(address).context["plan"].fingerprint
    stage.page.post(address, {"seen": seen})


@deed(Kind.UNIT)
def a_decision_is_applied(stage):
    decision = decision_of(stage)
    yield
    applied(stage, decision)
    yield [told(Kind.UNIT, stage.admin, decision, "áp dụng quyết định")]


@deed(Kind.UNIT)
def a_decision_is_undone(stage):
    decision = decision_of(stage)
    applied(stage, decision)
    yield
    assert stage.page.post(f"/don-vi/quyet-dinh/{decision.pk}/hoan-tac/", {"reason": WHY}).status_code == 302
    assert UnitDecision.objects.get().applied_by is None
    yield [told(Kind.UNIT, stage.admin, decision, "hoàn tác quyết định", WHY)]


# --- persons ----------------------------------------------------------------------------------------------------


def asked(stage):
    dialogue = dialogues.new_dialogue(stage.cast.a, words="quý IV")
    return dialogues.new_question(dialogue, words="rãnh thoát nước")


def asker_page(question):
    return reverse("dialogues:question_asker", args=[question.pk])


def kept(stage, question):
    return keep_asker(question, by=stage.officer, name="Nguyễn Văn An", contact="", purge_on=datetime.date(2020, 12, 31))


@deed(Kind.PERSONAL_CHANGE)
def writing_who_asked(stage):
    question, client = asked(stage), browser(stage.officer)
    yield
    sent = {"_save": "1", "name": "Nguyễn Văn An", "contact": "", "purge_on": "31/12/2020"}
    assert client.post(asker_page(question), sent).status_code == 302
    yield [told(Kind.PERSONAL_CHANGE, stage.officer, QuestionAsker.objects.get(), "ghi")]


@deed(Kind.PERSONAL_CHANGE)
def deleting_who_asked(stage):
    question, client = asked(stage), browser(stage.officer)
    asker = kept(stage, question)
    yield
    assert client.post(asker_page(question), {"_forget": "1", "_version": asker.state}).status_code == 302
    yield [told(Kind.PERSONAL_CHANGE, stage.officer, asker, "xóa")]


@deed(Kind.PERSONAL_READ)
def looking_at_who_asked(stage):
    question, client = asked(stage), browser(stage.officer)
    asker = kept(stage, question)
    yield
    client.get(asker_page(question))  # masked: no event
    assert client.post(asker_page(question), {"_show": "1", "reason": WHY}).status_code == 200
    yield [told(Kind.PERSONAL_READ, stage.officer, asker, reason=WHY)]


@deed(Kind.ERASURE)
def erasing_a_person(stage):
    question = asked(stage)
    kept(stage, question)
    yield
    entry, changed, _ = erasure.erase(["Nguyễn Văn An"], reason=WHY)
    yield [told(Kind.ERASURE, None, reason=WHY, mark=entry.mark, places=changed.total())]


# --- what leaves, what is decided ----------------------------------------------------------------------------------


@deed(Kind.EXPORT)
def taking_a_list_away(stage):
    awards.new_registration(stage.cast.a, stage.fixture("campaign"), words="x")
    client = browser(stage.officer)
    yield
    client.get("/dan-van-kheo/dang-ky/xuat.csv")
    copy = AuditEvent.objects.get(kind=Kind.EXPORT).detail["copy"]
    assert re.fullmatch("[0-9a-f]{8}", copy)
    detail = {"file": "dan-van-kheo-dang-ky.csv", "filters": "tất cả", "rows": 1, "copy": copy}
    yield [told(Kind.EXPORT, stage.officer, **detail)]


@deed(Kind.DOWNLOAD)
def taking_a_file_away(stage):
    row = awards.new_registration(stage.cast.a, stage.fixture("campaign"), words="x")
    file = attach(row, SimpleUploadedFile("don.docx", good.docx()), unit_id=stage.cast.a.pk, by=stage.officer)
    client = browser(stage.officer)
    yield
    b"".join(client.get(file.url).streaming_content)
    yield [told(Kind.DOWNLOAD, stage.officer, row, attachment=file.pk)]


@deed(Kind.DENIED)
def a_page_of_others(stage):
    client = browser(stage.officer)
    yield
    assert client.get("/bang-dieu-hanh/?q=0912345678").status_code == 403
    yield [told(Kind.DENIED, stage.officer, path="/bang-dieu-hanh/", method="GET")]


@deed(Kind.ISSUE)
def approving_and_issuing(stage):
    given = {"by": stage.officer, "words": "x", "monkeypatch": stage.fixture("monkeypatch")}
    stage.fixture("period")
    report = reports.produced(stage.cast.a, "2019", **given)
    yield
    reporting.approve(report, by=stage.cast.head)
    reporting.issue(report, by=stage.cast.head, number=7, issued_on=datetime.date(2020, 1, 7))
    yield [
        told(Kind.ISSUE, stage.cast.head, report, "phê duyệt"),
        told(Kind.ISSUE, stage.cast.head, report, "phát hành", number="07"),
    ]


@deed(Kind.REOPENING)
def reopening_a_report(stage):
    cast, period = stage.cast, stage.fixture("period")
    row = reports.accepted(period, cast.a, officer=cast.officer, head=cast.head, reviewer=cast.reviewer, words="x", hg_total=50)
    yield
    submissions.reopen(row, by=cast.leader, reason=WHY, until=datetime.date(2020, 1, 20))
    yield [told(Kind.REOPENING, cast.leader, row, reason=WHY, until="20/01/2020")]


@deed(Kind.RETENTION)
def tidying(stage):
    yield
    call_command("retention", verbosity=0)
    yield [told(Kind.RETENTION, None, **AuditEvent.objects.get(kind=Kind.RETENTION).detail)]


# --- the test ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", DEEDS)
def test_each_deed_leaves_exactly_its_events(stage, name):
    doing = DEEDS[name](stage)
    next(doing)
    last = AuditEvent.objects.order_by("pk").last()
    expected = next(doing)
    found = AuditEvent.objects.filter(pk__gt=last.pk if last else 0).order_by("pk")
    assert [as_told(event) for event in found] == expected
    assert KINDS[name] <= {event[0] for event in expected}, "the deed is not what it says"


def test_every_kind_and_every_step_of_an_account_has_its_deed():
    assert set().union(*KINDS.values()) == set(Kind)
    source = Path(__file__).read_text()
    assert not [step for _, step in events.EVENTS.values() if f'"{step}"' not in source]
    assert not [kind.label for kind in managing.Kind if f'"{kind.label}"' not in source]
