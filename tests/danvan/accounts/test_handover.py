"""A leaver's work goes to a successor: memberships by their dates, drafts at once, the minutes for good."""

import datetime
import threading
import uuid
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.http import QueryDict

from danvan.access.roles import ADMINISTRATOR, HEAD, OFFICER, REVIEWER
from danvan.accounts import managing
from danvan.accounts.handover import hand_over
from danvan.accounts.managing_lists import handovers_for, handovers_of
from danvan.accounts.models import Handover, Membership, User
from danvan.common.exceptions import Refused
from danvan.registers.drafts import save_draft
from danvan.registers.models import Draft
from danvan.units import services
from danvan.units.models import Unit
from danvan.units.plan import plan_of
from tests.danvan.common.cast import TODAY, browser, join, new_user
from tests.factories.decisions import merge, new_decision

DAY = datetime.timedelta(days=1)


@pytest.fixture
def office(cast, period):
    """A leaver with a report to fill and two drafts, a successor from the same ward, the administrator."""
    drafts = [save_draft(cast.officer, "registration", typed(name=f"Mô hình {number}")) for number in (1, 2)]
    save_draft(cast.head, "registration", typed(name="Nháp của người khác"))
    return SimpleNamespace(
        leaver=cast.officer, successor=cast.colleague, admin=new_user("quan-tri", cast.district, ADMINISTRATOR), drafts=drafts,
        membership=cast.officer.memberships.get(),
    )  # fmt: skip


def typed(**values):
    data = QueryDict(mutable=True)
    data.update({"_key": str(uuid.uuid4()), "_version": "1", **values})
    return data


def do(office, **changes):
    values = {
        "key": uuid.uuid4(), "taken": [office.membership], "ends_on": TODAY, "by": office.admin, "reason": "Chuyển công tác",
        "leaver": office.leaver, "successor": office.successor,
    }  # fmt: skip
    return hand_over(**{**values, **changes})


def refusal(office, **changes):
    with pytest.raises(Refused) as caught, transaction.atomic():
        do(office, **changes)
    return caught.value


@pytest.mark.embedded
def test_drafts_move_and_memberships_end_on_the_day(cast, office):
    do(office, ends_on=TODAY + 5 * DAY)
    assert Draft.objects.filter(user=office.successor).count() == 2 and not Draft.objects.filter(user=office.leaver).exists()
    assert Draft.objects.filter(user=cast.head).count() == 1, "drafts of others stay where they are"
    assert Membership.objects.get(pk=office.membership.pk).ends_on == TODAY + 5 * DAY
    page = browser(office.successor).get("/viec-can-lam/").content.decode()
    assert "Mô hình 1" in page and f"?ban-nhap={office.drafts[0].key}" in page
    opened = browser(office.successor).get(f"/dan-van-kheo/dang-ky/them/?ban-nhap={office.drafts[0].key}")
    assert opened.context["form"]["name"].value() == "Mô hình 1"
    assert "Mô hình 1" not in browser(office.leaver).get("/viec-can-lam/").content.decode()


def test_a_successor_from_elsewhere_gets_the_same_right_from_today(cast, office):
    heir = new_user("nguoi-moi", cast.b, OFFICER)
    do(office, successor=heir, ends_on=TODAY - DAY)
    given = heir.memberships.get(unit=cast.a)
    assert (given.role, given.sees, given.starts_on, given.ends_on) == (OFFICER, cast.a, TODAY, None)
    assert {m.unit for m in User.objects.get(pk=heir.pk).active_memberships()} == {cast.a, cast.b}
    assert User.objects.get(pk=office.leaver.pk).active_memberships() == []
    assert [act.kind for act in heir.acts.order_by("pk")] == ["phan_cong", "nhan_ban_giao"]
    assert [act.kind for act in office.leaver.acts.order_by("pk")] == ["ket_thuc", "ban_giao"]
    assert {act.reason for act in office.leaver.acts.all()} == {"Chuyển công tác"}


def test_drafts_go_to_nobody_outside_the_unit(cast, office):
    stranger = new_user("nguoi-ngoai", cast.b, OFFICER)
    told = refusal(office, successor=stranger, taken=[])
    assert told.field == "taken" and told.message.startswith("Người nguoi-ngoai chưa có phân công ở Phường An Phú.")
    Membership.objects.filter(user=office.leaver).update(ends_on=TODAY - DAY)
    assert refusal(office, successor=stranger, taken=[]).field == "taken", "nor when the leaver's memberships are over already"
    assert Draft.objects.filter(user=office.leaver).count() == 2 and not Handover.objects.exists()


def test_who_cannot_take_over(cast, office):
    User.objects.filter(pk=office.successor.pk).update(is_active=False)
    assert refusal(office).field == "successor"
    assert refusal(office, successor=office.leaver).field == "successor"
    assert refusal(office, successor=office.admin).message == managing.OWN, "an administrator takes nothing over for himself"
    far = new_user("lanh-dao-khac", cast.office, REVIEWER, cast.district)
    ward = new_user("quan-tri-a", cast.a, ADMINISTRATOR)
    assert refusal(office, successor=far, by=ward).message == managing.BEYOND


def test_the_minutes_say_what_went_without_its_content(cast, office):
    handover = do(office, notes="Con dấu và tủ hồ sơ số 2")
    minutes = Handover.objects.get(pk=handover.pk).minutes
    assert minutes["memberships"] == [{"words": "Cán bộ đơn vị, Phường An Phú, từ 01/01/2015", "taken": True}]
    parts = {part["label"]: part["lines"] for part in minutes["parts"]}
    assert parts["Bản nháp chưa lưu, chuyển cho người nhận"] == [{"what": "Đăng ký Dân vận khéo", "count": 2, "note": ""}]
    [task] = parts["Việc đang mở, đi theo phân công"]
    assert task["what"].startswith("Nộp báo cáo") and task["count"] == 1 and task["note"].startswith("việc sớm nhất đến hạn ")
    assert "Mô hình" not in str(minutes)
    page = browser(office.admin).get(f"/quan-tri/tai-khoan/bien-ban/{handover.pk}/").content.decode()
    for words in ("BIÊN BẢN", "Người phuong-a", "Người phuong-a-2", "Con dấu và tủ hồ sơ số 2", "Đăng ký Dân vận khéo: 2", "08/01/2020"):
        assert words in page, words
    User.objects.filter(pk=office.leaver.pk).update(display_name="Tên đã đổi")
    again = browser(office.admin).get(f"/quan-tri/tai-khoan/bien-ban/{handover.pk}/").content.decode()
    assert "<dd>Người phuong-a</dd>" in again, "the document keeps its words"


def test_minutes_are_read_by_who_sees_every_unit_in_them(cast, office):
    join(office.leaver, cast.b, HEAD)
    join(office.successor, cast.b, HEAD)
    handover = do(office, taken=list(office.leaver.memberships.all()))
    ward = new_user("quan-tri-a", cast.a, ADMINISTRATOR)
    assert list(handovers_of(office.leaver, office.admin)) == list(handovers_of(office.successor, office.admin)) == [handover]
    assert not handovers_for(ward).exists()
    address = f"/quan-tri/tai-khoan/bien-ban/{handover.pk}/"
    assert (browser(office.admin).get(address).status_code, browser(ward).get(address).status_code) == (200, 404)


def test_locking_the_leaver_goes_with_it_when_the_day_has_come(cast, office):
    assert refusal(office, ends_on=TODAY + DAY, deactivate=True).field == "deactivate"
    client = browser(office.leaver)
    do(office, deactivate=True)
    assert not User.objects.get(pk=office.leaver.pk).is_active
    assert client.get("/viec-can-lam/")["Location"].startswith("/dang-nhap/")


def test_a_membership_with_an_earlier_end_keeps_it(cast, office):
    acting = join(office.leaver, cast.a, HEAD, ends_on=TODAY + 2 * DAY)
    Membership.objects.filter(pk=acting.pk).update(acting=True)
    do(office, taken=list(office.leaver.memberships.all()), ends_on=TODAY + 9 * DAY)
    ends = {m.role: m.ends_on for m in office.leaver.memberships.all()}
    assert ends == {HEAD: TODAY + 2 * DAY, OFFICER: TODAY + 9 * DAY}
    given = office.successor.memberships.get(role=HEAD)
    assert (given.acting, given.ends_on) == (True, TODAY + 2 * DAY)


@pytest.mark.parametrize(
    ("held", "given"),
    [
        ([(-9, 5)], [(6, None)]),
        ([(7, None)], [(0, 6)]),
        ([(-9, 2), (5, 8)], [(3, 4), (9, None)]),
        ([(-9, None)], []),
    ],
)
def test_days_that_the_successor_already_has_are_filled_up(cast, office, held, given):
    """A deputy who acts until Friday takes over for good: nothing is given twice, and no day stays empty."""
    heir = new_user("nguoi-moi", cast.b, HEAD)
    for first, last in held:
        join(heir, cast.a, OFFICER, starts_on=TODAY + first * DAY, ends_on=None if last is None else TODAY + last * DAY)
    before = set(heir.memberships.values_list("pk", flat=True))
    do(office, successor=heir)
    made = heir.memberships.exclude(pk__in=before).order_by("starts_on")
    assert [(m.starts_on, m.ends_on) for m in made] == [
        (TODAY + first * DAY, None if last is None else TODAY + last * DAY) for first, last in given
    ]


def test_the_administrator_of_a_branch_can_be_handed_over(cast, office):
    """The successor takes the branch over first, so that it is never without one."""
    second = new_user("quan-tri-b", cast.b, ADMINISTRATOR)
    heir = new_user("quan-tri-moi", cast.b, OFFICER)
    Membership.objects.filter(user=office.admin).update(ends_on=TODAY)  # from tomorrow on nobody above
    told = refusal(office, leaver=second, successor=heir, taken=[], ends_on=TODAY)
    assert "Đây là quản trị cuối cùng của Phường Bình Minh" in told.message
    do(office, leaver=second, successor=heir, taken=list(second.memberships.all()), ends_on=TODAY)
    assert heir.memberships.filter(role=ADMINISTRATOR, unit=cast.b, ends_on=None).exists()


@pytest.fixture
def merged(cast, office):
    """The leaver's ward went into the other one after the year that it still reports; what was carried over stands beside what was."""
    decision = new_decision(cast.district, merge(cast.a, into=cast.b), effective_on=TODAY - 6 * DAY)
    services.write(plan_of(decision, set(Unit.objects.values_list("pk", flat=True))), decision)
    carried_over = join(office.leaver, cast.b, OFFICER)
    cast.a.refresh_from_db()
    return carried_over


@pytest.mark.embedded
def test_after_a_merge_what_the_old_unit_left_undone_goes_too(cast, office, merged):
    heir = new_user("nguoi-moi", cast.office, OFFICER)
    do(office, successor=heir, taken=list(office.leaver.memberships.all()))
    assert {m.unit for m in User.objects.get(pk=heir.pk).active_memberships()} == {cast.a, cast.b, cast.office}
    assert Draft.objects.filter(user=heir).count() == 2
    page = browser(heir).get("/viec-can-lam/").content.decode()
    assert "Nộp báo cáo năm 2019" in page and "Mô hình 1" in page
    assert {m.ends_on for m in office.leaver.memberships.all()} == {TODAY}
    with pytest.raises(Refused, match="đã kết thúc hoạt động"):
        managing.add_membership(heir, unit=cast.a, role=HEAD, starts_on=TODAY, by=office.admin)


@pytest.mark.embedded
def test_after_a_merge_the_old_unit_can_be_left_to_the_new_one(cast, office, merged):
    stranger = new_user("nguoi-ngoai", cast.office, OFFICER)
    assert refusal(office, successor=stranger, taken=[]).field == "taken"
    heir = new_user("nguoi-moi", cast.b, OFFICER)
    do(office, successor=heir, taken=[])
    assert [m.unit for m in heir.memberships.all()] == [cast.b] and Draft.objects.filter(user=heir).count() == 2
    assert {m.ends_on for m in office.leaver.memberships.all()} == {TODAY}


def test_what_was_left_at_a_unit_that_ended_is_not_stuck(cast, office, merged):
    """The leaver's days were over before anybody handed anything over."""
    Membership.objects.filter(user=office.leaver).update(ends_on=TODAY - DAY)
    heir = new_user("nguoi-moi", cast.b, OFFICER)
    do(office, successor=heir, taken=[])
    assert Draft.objects.filter(user=heir).count() == 2


@pytest.mark.embedded
def test_a_double_click_hands_over_once(cast, office):
    client = browser(office.admin)
    data = {
        "_key": str(uuid.uuid4()), "successor": office.successor.pk, "taken": [office.membership.pk], "ends_on": "07/01/2020",
        "reason": "Nghỉ hưu", "notes": "",
    }  # fmt: skip
    address = f"/quan-tri/tai-khoan/{office.leaver.pk}/ban-giao/"
    answers = [client.post(address, data) for _ in range(2)]
    [handover] = Handover.objects.all()
    assert [answer["Location"] for answer in answers] == [f"/quan-tri/tai-khoan/bien-ban/{handover.pk}/"] * 2
    assert (handover.leaver, handover.successor, handover.made_by) == (office.leaver, office.successor, office.admin)


# --- races -------------------------------------------------------------------------------------------


def at_once(*jobs):
    """What each returned or raised, all started in the same moment."""
    gate, found = threading.Barrier(len(jobs)), {}

    def run(number, job):
        gate.wait()
        try:
            found[number] = job()
        except Refused as refused:
            found[number] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=entry) for entry in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[number] for number in range(len(jobs))]


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_lock_each_other_leave_one(cast):
    first, second = new_user("quan-tri", cast.district, ADMINISTRATOR), new_user("quan-tri-2", cast.district, ADMINISTRATOR)
    for _ in range(5):
        User.objects.update(is_active=True)
        outcome = at_once(
            lambda: managing.deactivate(second, by=first, reason="Khóa"), lambda: managing.deactivate(first, by=second, reason="Khóa")
        )
        refused = [answer for answer in outcome if isinstance(answer, Refused)]
        assert len(refused) == 1 and "cuối cùng" in refused[0].message
        assert User.objects.filter(pk__in=[first.pk, second.pk], is_active=True).count() == 1


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True)
def test_six_accounts_of_one_name_in_one_moment_are_one(cast):
    admin = new_user("quan-tri", cast.district, ADMINISTRATOR)
    values = {"username": "moi", "display_name": "Người mới", "unit": cast.a, "role": OFFICER, "starts_on": TODAY, "by": admin}
    made = at_once(*[lambda: managing.create_account(**values)] * 6)
    refused = [answer.message for answer in made if isinstance(answer, Refused)]
    assert refused == ["Tên đăng nhập “moi” đã có người dùng."] * 5
    assert User.objects.get(username="moi").memberships.count() == 1


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True)
def test_six_equal_handovers_in_one_moment_are_one(cast, office):
    key = uuid.uuid4()
    made = at_once(*[lambda: do(office, key=key)] * 6)
    assert {handover.pk for handover in made} == {Handover.objects.get().pk}
    assert [act.kind for act in office.leaver.acts.order_by("pk")] == ["ket_thuc", "ban_giao"]
