"""What an administrator may do to accounts, what is refused, and what the history then says."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from danvan.access.roles import ADMINISTRATOR, HEAD, LEADER, OFFICER, REVIEWER
from danvan.accounts import managing
from danvan.accounts.managing_lists import history_of
from danvan.accounts.models import AccountAct, Membership, User
from danvan.accounts.tasks import disable_idle_accounts
from danvan.common.exceptions import Conflict, Refused
from danvan.units.models import UnitVersion
from tests.danvan.common.cast import TODAY, browser, join, new_user

DAY = datetime.timedelta(days=1)
LONG_AGO = datetime.timedelta(days=50)


@pytest.fixture
def admins(cast):
    """Of the district, and of ward A only."""
    return SimpleNamespace(district=new_user("quan-tri", cast.district, ADMINISTRATOR), ward=new_user("quan-tri-a", cast.a, ADMINISTRATOR))


def create(by, unit, **changes):
    values = {"username": "can-bo-moi", "display_name": "Cán bộ mới", "unit": unit, "role": OFFICER, "starts_on": TODAY, "by": by}
    return managing.create_account(**{**values, **changes})


def refusal(act, *args, **values):
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(*args, **values)
    return caught.value


def fresh(user):
    return User.objects.get(pk=user.pk)


# --- creating ----------------------------------------------------------------------------------


@pytest.mark.embedded
def test_a_new_account_opens_once_with_its_secret_and_must_change_it(cast, admins, settings):
    account, secret = create(admins.district, cast.b, reason="Tăng cường cho phường")
    stored = fresh(account)
    assert re.fullmatch(r"([a-z0-9]{4}-){3}[a-z0-9]{4}", secret) and stored.check_password(secret)
    assert stored.must_change_password
    left = stored.secret_expires_at - timezone.now()
    assert datetime.timedelta(hours=71) < left <= datetime.timedelta(hours=72)
    assert [(m.unit, m.sees, m.role, m.starts_on) for m in stored.memberships.all()] == [(cast.b, cast.b, OFFICER, TODAY)]
    acts = stored.acts.order_by("pk")
    assert [(act.kind, act.by, act.reason) for act in acts] == [
        ("tao", admins.district, "Tăng cường cho phường"),
        ("phan_cong", admins.district, "Tăng cường cho phường"),
    ]
    assert acts[1].changes == [{"label": "Phân công", "old": "", "new": "Cán bộ đơn vị, Phường Bình Minh, từ 08/01/2020"}]
    assert secret not in str(list(AccountAct.objects.values()))


def test_a_name_in_use_is_refused_whatever_its_letters(cast, admins):
    told = refusal(create, admins.district, cast.a, username="PHUONG-A")
    assert (told.field, told.message) == ("username", "Tên đăng nhập “PHUONG-A” đã có người dùng.")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": TODAY - DAY}, "ends_on"),
        ({"acting": True}, "ends_on"),
        ({"role": "vua"}, "role"),
    ],
)
def test_a_membership_that_contradicts_itself_is_refused_and_leaves_nothing(cast, admins, changes, field):
    before = User.objects.count()
    assert refusal(create, admins.district, cast.a, **changes).field == field
    assert User.objects.count() == before and not AccountAct.objects.exists()


def test_an_acting_membership_without_end_breaks_a_constraint(cast):
    with pytest.raises(IntegrityError, match="membership_acting_has_end"), transaction.atomic():
        Membership.objects.create(user=cast.officer, unit=cast.b, role=HEAD, starts_on=TODAY, acting=True)
    row = Membership.objects.create(user=cast.officer, unit=cast.b, role=HEAD, starts_on=TODAY, ends_on=TODAY + DAY, acting=True)
    assert row.role_words == "Người đứng đầu đơn vị (quyền, phụ trách)"


# --- the branch ----------------------------------------------------------------------------------


def test_an_administrator_sees_the_accounts_of_the_own_branch_only(cast, admins):
    seen = {user.username for user in User.objects.visible_to(admins.ward)}
    assert seen == {"phuong-a", "phuong-a-2", "truong-a", "mat-tran", "quan-tri-a"}
    assert {user.username for user in User.objects.visible_to(admins.district)} == set(User.objects.values_list("username", flat=True))
    for other in (cast.officer, cast.reviewer, cast.leader):
        assert not User.objects.visible_to(other).exists(), "a right that the role does not hold opens nothing"


def test_an_administrator_gives_units_of_the_own_branch_only(cast, admins):
    assert refusal(create, admins.ward, cast.b).field == "unit"
    assert refusal(create, admins.ward, cast.a, sees=cast.district).field == "sees"
    account, _ = create(admins.ward, cast.a)
    assert refusal(managing.add_membership, account, unit=cast.b, role=HEAD, starts_on=TODAY, by=admins.ward).field == "unit"
    assert account.memberships.count() == 1


def test_a_closed_unit_is_given_to_nobody(cast, admins):
    version = UnitVersion.objects.get(unit=cast.b)
    UnitVersion.objects.create(
        unit=cast.b, valid_from=TODAY, parent=version.parent, path=version.path, name=version.name, kind=version.kind, closed=True
    )
    assert refusal(create, admins.district, cast.b).field == "unit"


def test_whoever_reaches_further_than_the_administrator_is_left_alone(cast, admins):
    """A new password for a ward officer who is also a reviewer would hand the whole district over."""
    join(cast.officer, cast.office, REVIEWER, cast.district)
    for act in (managing.deactivate, managing.new_secret, managing.reset_factor, managing.unlock):
        assert refusal(act, cast.officer, by=admins.ward, reason="Thử").message == managing.BEYOND
    assert fresh(cast.officer).is_active and not cast.officer.acts.exists()
    Membership.objects.filter(user=cast.officer, role=REVIEWER).update(ends_on=TODAY - DAY)
    managing.deactivate(cast.officer, by=admins.ward, reason="Nghỉ việc")
    assert not fresh(cast.officer).is_active


def test_a_wide_view_from_a_unit_of_the_branch_is_out_of_reach_too(cast, admins):
    user = new_user("mat-tran-quan", cast.a, OFFICER, sees=cast.district)
    assert refusal(managing.new_secret, user, by=admins.ward, reason="Quên").message == managing.BEYOND
    managing.check_can_manage(admins.district, user)


def test_a_technical_account_is_changed_by_its_like_only(cast, admins):
    root = new_user("goc", cast.a, ADMINISTRATOR)
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    assert refusal(managing.new_secret, root, by=admins.district, reason="Thử").message == managing.TECHNICAL
    User.objects.filter(pk=admins.district.pk).update(is_superuser=True)
    assert managing.new_secret(root, by=fresh(admins.district), reason="Mất mật khẩu")


# --- nobody locks himself out -------------------------------------------------------------------


def test_the_own_account_is_for_another_administrator(cast, admins):
    own = admins.district.memberships.get()
    for act in (managing.deactivate, managing.new_secret, managing.reset_factor):
        assert refusal(act, admins.district, by=admins.district, reason="Thử").message == managing.OWN
    assert refusal(managing.end_membership, own, ends_on=TODAY, by=admins.district, reason="Thử").message == managing.OWN
    told = refusal(managing.add_membership, admins.district, unit=cast.a, role=OFFICER, starts_on=TODAY, by=admins.district)
    assert told.message == managing.OWN, "nobody gives himself a look at the content"
    assert fresh(admins.district).is_active and Membership.objects.get(pk=own.pk).ends_on is None


def test_the_last_administrator_of_a_branch_stays(cast, admins):
    """The ward's administrator is no help for the district; the district's is one for the ward."""
    words = "Đây là quản trị cuối cùng của Quận Thanh Bình. Hãy giao quyền quản trị cho người khác trước."
    assert refusal(managing.deactivate, admins.district, by=None, reason="Thử").message == words
    own = admins.district.memberships.get()
    assert refusal(managing.end_membership, own, ends_on=TODAY, by=None, reason="Thử").message == words
    managing.deactivate(admins.ward, by=admins.district, reason="Thôi làm")
    second = new_user("quan-tri-2", cast.district, ADMINISTRATOR)
    managing.deactivate(admins.district, by=second, reason="Nghỉ hưu")
    assert refusal(managing.deactivate, second, by=None, reason="Thử").message == words


def test_an_administrator_whose_time_runs_out_first_does_not_count(cast, admins):
    other = new_user("quan-tri-2", cast.district, ADMINISTRATOR, ends_on=TODAY + DAY)
    own = admins.district.memberships.get()
    assert "cuối cùng" in refusal(managing.end_membership, own, ends_on=TODAY + 5 * DAY, by=other, reason="Chuyển").message
    managing.end_membership(own, ends_on=TODAY, by=other, reason="Chuyển")
    assert Membership.objects.get(pk=own.pk).ends_on == TODAY


def test_an_administrator_whose_last_day_is_today_does_not_count_for_locking(cast, admins):
    other = new_user("quan-tri-2", cast.district, ADMINISTRATOR, ends_on=TODAY)
    assert "cuối cùng" in refusal(managing.deactivate, admins.district, by=other, reason="Nghỉ").message
    later = new_user("quan-tri-3", cast.district, ADMINISTRATOR, starts_on=TODAY + DAY)
    managing.deactivate(admins.district, by=other, reason="Nghỉ, có người thay từ mai")
    assert "cuối cùng" in refusal(managing.deactivate, other, by=None, reason="Nghỉ").message, "today there would be nobody"
    assert later.is_active


def test_the_renewal_of_the_same_person_counts(cast, admins):
    own = admins.district.memberships.get()
    join(admins.district, cast.office, ADMINISTRATOR, cast.district)
    managing.end_membership(own, ends_on=TODAY, by=None, reason="Đổi đơn vị")
    assert Membership.objects.get(pk=own.pk).ends_on == TODAY


# --- locking and reopening ------------------------------------------------------------------------


@pytest.mark.embedded
def test_locking_ends_every_session_at_the_next_request(cast, admins):
    at_work, at_home = browser(cast.officer), browser(cast.officer)
    assert at_work.get("/viec-can-lam/").status_code == at_home.get("/viec-can-lam/").status_code == 200
    managing.deactivate(cast.officer, by=admins.district, reason="Chuyển công tác")
    for client in (at_work, at_home):
        answer = client.get("/viec-can-lam/")
        assert answer.status_code == 302 and answer["Location"].startswith("/dang-nhap/")
    assert not cast.officer.sessions.exists()
    managing.reactivate(cast.officer, by=admins.district, reason="Trở lại")
    assert at_work.get("/viec-can-lam/").status_code == 302, "an ended session does not come back"
    assert [(act.kind, act.reason) for act in cast.officer.acts.order_by("pk")] == [("khoa", "Chuyển công tác"), ("mo_lai", "Trở lại")]


def test_a_reason_is_asked_for_and_repeating_changes_nothing(cast, admins):
    for reason in ("", "   ", "\0"):
        assert refusal(managing.deactivate, cast.officer, by=admins.district, reason=reason).field == "reason"
    for _ in range(2):
        managing.deactivate(cast.officer, by=admins.district, reason="Nghỉ")
    assert cast.officer.acts.count() == 1
    assert "đang khóa" in refusal(managing.new_secret, cast.officer, by=admins.district, reason="Quên").message


def test_a_new_secret_closes_the_old_password_and_the_sessions(cast, admins):
    cast.officer.set_password("mật-khẩu-cũ-của-tôi")
    cast.officer.save()
    client = browser(cast.officer)
    secret = managing.new_secret(cast.officer, by=admins.district, reason="Quên mật khẩu")
    assert fresh(cast.officer).check_password(secret) and not fresh(cast.officer).check_password("mật-khẩu-cũ-của-tôi")
    assert client.get("/viec-can-lam/").status_code == 302
    assert [(a.kind, a.by, a.reason) for a in cast.officer.acts.all()] == [("cap_mat_khau", admins.district, "Quên mật khẩu")]


# --- editing ------------------------------------------------------------------------------------


def test_an_edit_names_what_changed_and_overwrites_nobody(cast, admins):
    base = managing.version_of(cast.officer)
    values = {"display_name": "Cán bộ dân vận", "courtesy": "chị", "email": ""}
    managing.edit_account(cast.officer, values, by=admins.district, base=base, reason="Đổi chức danh")
    act = cast.officer.acts.get()
    assert act.changes == [
        {"label": "Tên hiển thị", "old": "Người phuong-a", "new": "Cán bộ dân vận"},
        {"label": "Cách xưng hô", "old": "", "new": "chị"},
    ]
    assert User.objects.visible_to(admins.district).filter(search_text__contains="can bo dan van").get() == cast.officer
    with pytest.raises(Conflict):
        managing.edit_account(cast.officer, {**values, "courtesy": "anh"}, by=admins.district, base=base)
    assert fresh(cast.officer).courtesy == "chị"
    managing.edit_account(cast.officer, values, by=admins.district, base=act.pk)
    assert cast.officer.acts.count() == 1, "nothing changed, nothing written"


# --- memberships ------------------------------------------------------------------------------------


def test_a_membership_ends_on_its_last_day(cast, admins):
    membership = cast.officer.memberships.get()
    managing.end_membership(membership, ends_on=TODAY, by=admins.district, reason="Hết nhiệm kỳ")
    assert fresh(cast.officer).holds("registration.edit_own"), "the last day still counts"
    managing.end_membership(membership, ends_on=TODAY - DAY, by=admins.district, reason="Đã nghỉ hôm qua")
    assert not fresh(cast.officer).holds("registration.edit_own")
    told = refusal(managing.end_membership, membership, ends_on=TODAY + DAY, by=admins.district, reason="Thử")
    assert told.message == "Phân công này đã kết thúc, không sửa được nữa."
    assert [act.changes[0]["new"] for act in cast.officer.acts.order_by("pk")] == [
        "Cán bộ đơn vị, Phường An Phú, từ 01/01/2015 đến 08/01/2020",
        "Cán bộ đơn vị, Phường An Phú, từ 01/01/2015 đến 07/01/2020",
    ]


def test_a_membership_with_a_past_is_not_wiped_out(cast, admins):
    membership = cast.officer.memberships.get()
    told = refusal(managing.end_membership, membership, ends_on=datetime.date(2014, 12, 31), by=admins.district, reason="Thử")
    assert told.field == "ends_on" and "01/01/2015" in told.message
    assert Membership.objects.get(pk=membership.pk).ends_on is None


def test_a_membership_given_by_mistake_today_is_gone_at_once(cast, admins):
    row = managing.add_membership(cast.officer, unit=cast.office, sees=cast.district, role=LEADER, starts_on=TODAY, by=admins.district)
    assert fresh(cast.officer).holds("dashboard.view")
    assert managing.end_membership(row, ends_on=TODAY - DAY, by=admins.district, reason="Nhập nhầm người") is None
    assert not fresh(cast.officer).holds("dashboard.view") and cast.officer.memberships.count() == 1
    act = cast.officer.acts.first()
    assert (act.kind, act.reason) == ("huy_phan_cong", "Nhập nhầm người")
    assert act.changes[0]["old"] == "Lãnh đạo cơ quan dân vận, Ban Dân vận, xem được Quận Thanh Bình, từ 08/01/2020"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "fits"),
    [
        (TODAY, None, False),
        (TODAY + 20 * DAY, None, True),
        (TODAY + 5 * DAY, TODAY + 6 * DAY, False),
        (TODAY - 40 * DAY, TODAY - 11 * DAY, True),
        (TODAY - 40 * DAY, TODAY - 10 * DAY, False),
    ],
)
def test_the_same_role_at_the_same_unit_is_not_given_twice_for_a_day(cast, admins, starts_on, ends_on, fits):
    user = new_user("lan-hai", cast.a, OFFICER, starts_on=TODAY - 10 * DAY, ends_on=TODAY + 10 * DAY)
    values = {"unit": cast.a, "role": OFFICER, "starts_on": starts_on, "ends_on": ends_on, "by": admins.district}
    if fits:
        assert managing.add_membership(user, **values).pk
    else:
        assert refusal(managing.add_membership, user, **values).field == "starts_on"


def test_an_end_put_off_does_not_run_into_the_next_membership(cast, admins):
    values = {"unit": cast.a, "role": HEAD, "by": admins.district}
    first = managing.add_membership(cast.officer, starts_on=TODAY, ends_on=TODAY + 10 * DAY, **values)
    managing.add_membership(cast.officer, starts_on=TODAY + 20 * DAY, **values)
    told = refusal(managing.end_membership, first, ends_on=TODAY + 20 * DAY, by=admins.district, reason="Kéo dài")
    assert (told.field, told.message) == ("ends_on", "Tài khoản đã có phân công Người đứng đầu đơn vị ở Phường An Phú từ 28/01/2020.")
    managing.end_membership(first, ends_on=TODAY + 19 * DAY, by=admins.district, reason="Kéo dài")
    assert Membership.objects.get(pk=first.pk).ends_on == TODAY + 19 * DAY


def test_a_factor_that_is_not_there_is_not_reset(cast, admins):
    client = browser(cast.officer)
    managing.reset_factor(cast.officer, by=admins.district, reason="Mất điện thoại")
    assert not cast.officer.acts.exists() and client.get("/viec-can-lam/").status_code == 200


def test_a_name_is_kept_as_the_login_page_reads_it(cast, admins):
    """The login form turns letters of full width into plain ones, so an account kept with them could never be entered."""
    account, secret = create(admins.district, cast.a, username="can-bo-\uff11")
    assert fresh(account).username == "can-bo-1"
    assert refusal(create, admins.district, cast.a, username="can-bo-\uff11").field == "username"
    answer = Client().post("/dang-nhap/", {"username": "can-bo-\uff11", "password": secret})
    assert answer.status_code == 302


def test_acting_authority_is_a_right_with_an_end(cast, admins, settings):
    managing.add_membership(
        cast.officer, unit=cast.a, role=HEAD, starts_on=TODAY, ends_on=TODAY + 30 * DAY, acting=True, by=admins.district, reason="Đi học"
    )
    assert fresh(cast.officer).holds("submission.send_own")
    settings.TODAY = TODAY + 31 * DAY
    assert not fresh(cast.officer).holds("submission.send_own")
    assert "Người đứng đầu đơn vị (quyền, phụ trách), Phường An Phú" in cast.officer.acts.first().changes[0]["new"]


def test_the_history_of_another_branch_is_not_told(cast, admins):
    managing.add_membership(cast.officer, unit=cast.b, role=HEAD, starts_on=TODAY, by=admins.district, reason="Kiêm nhiệm ở nơi khác")
    managing.edit_account(
        cast.officer, {"display_name": "Tên khác", "courtesy": "", "email": ""}, by=admins.district,
        base=managing.version_of(cast.officer), reason="Sửa tên",
    )  # fmt: skip
    assert [entry["reason"] for entry in history_of(admins.ward, cast.officer)[1]] == ["Sửa tên"]
    assert [entry["reason"] for entry in history_of(admins.district, cast.officer)[1]] == ["Sửa tên", "Kiêm nhiệm ở nơi khác"]


# --- at night ------------------------------------------------------------------------------------


def rest(user, *, joined=LONG_AGO, login=None, reopened=None):
    now = timezone.now()
    User.objects.filter(pk=user.pk).update(
        date_joined=now - joined, last_login=login and now - login, reactivated_at=reopened and now - reopened
    )


def test_accounts_that_nobody_used_for_45_days_are_locked_at_night(cast, admins, settings):
    recent = datetime.timedelta(days=44)
    rest(cast.officer, login=LONG_AGO)
    rest(cast.colleague)  # made long ago, never used
    rest(cast.head, login=recent)
    rest(cast.officer_b, joined=recent)
    rest(cast.head_b, login=LONG_AGO, reopened=recent)
    rest(admins.district, login=LONG_AGO)
    client = browser(cast.officer)
    rest(cast.officer, login=LONG_AGO)  # signing in counted
    disable_idle_accounts()
    locked = set(User.objects.filter(is_active=False).values_list("username", flat=True))
    assert locked == {"phuong-a", "phuong-a-2"}, "the last administrator of the district stays"
    act = cast.officer.acts.get()
    assert (act.kind, act.by, act.reason) == ("khoa", None, "Không đăng nhập trong 45 ngày.")
    assert client.get("/viec-can-lam/").status_code == 302
    assert history_of(admins.district, cast.officer)[1][0]["who"] == "Hệ thống"
    settings.ACCOUNT_IDLE_DAYS = 40
    disable_idle_accounts()
    assert set(User.objects.filter(is_active=False).values_list("username", flat=True)) - locked == {"truong-a", "phuong-b", "truong-b"}


def test_two_idle_administrators_leave_one(cast, admins):
    second = new_user("quan-tri-2", cast.district, ADMINISTRATOR)
    for user in (admins.district, second, admins.ward):
        rest(user, login=LONG_AGO)
    assert [user.username for user in managing.disable_idle(45)] == ["quan-tri", "quan-tri-a"]
    assert fresh(second).is_active


def test_reopening_starts_the_45_days_again(cast, admins):
    rest(cast.officer, login=LONG_AGO)
    managing.disable_idle(45)
    managing.reactivate(cast.officer, by=admins.district, reason="Đi học về")
    assert managing.disable_idle(45) == [] and fresh(cast.officer).is_active


def test_beat_locks_idle_accounts_every_night():
    from danvan import celery

    celery.app.finalize()
    celery.app.loader.import_default_modules()
    entries = celery.app.conf.beat_schedule.values()
    [entry] = [entry for entry in entries if entry["task"] == "danvan.accounts.tasks.disable_idle_accounts"]
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({1}, {40})
    assert "danvan.accounts.tasks.disable_idle_accounts" in celery.app.tasks
