"""Applying and undoing a decision: what it moves, what it leaves, what stands in its way."""

import datetime
import threading

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from danvan.access.roles import ADMINISTRATOR, HEAD, OFFICER, REVIEWER
from danvan.accounts.models import AccountAct, Membership, User
from danvan.audit.choices import Kind as EventKind
from danvan.audit.models import AuditEvent
from danvan.common import clock
from danvan.common.exceptions import Conflict, Refused
from danvan.organization import services
from danvan.organization.effects import closed_after, closed_by, impacts, open_reports, people_words
from danvan.organization.permissions import manageable_units
from danvan.organization.wording import tell_lines
from danvan.reporting.choices import Status as ReportStatus
from danvan.reporting.freezing import issued_spans
from danvan.reporting.models import Report
from danvan.submissions.models import Submission
from danvan.units.choices import Status
from danvan.units.models import Kind, Succession, Unit, UnitDecision, UnitVersion
from danvan.units.plan import plan_of
from danvan.units.selectors import version_on
from danvan.workflow.services import changes_of
from models_awards.models import Registration
from tests.danvan.common.cast import START, TODAY, browser, join, new_unit, new_user, registered
from tests.factories import reports
from tests.factories.decisions import close, drop_level, found, merge, move, new_decision, rename, split

pytestmark = pytest.mark.embedded
JANUARY = datetime.date(2020, 1, 2)  # after the last day of 2019, before the day of the tests


def decided(cast, *lines, **values):
    return new_decision(cast.district, *lines, **{"effective_on": JANUARY, **values})


def seen_by(admin, decision):
    return plan_of(decision, manageable_units(admin).values_list("pk", flat=True)).fingerprint


def apply(admin, decision):
    admin = User.objects.get(pk=admin.pk)  # memberships are remembered on the object
    return services.apply_decision(decision, by=admin, seen=seen_by(admin, decision))


def undo(admin, decision, reason="Soạn nhầm"):
    return services.undo_decision(decision, by=User.objects.get(pk=admin.pk), reason=reason)


def unit(code):
    return Unit.objects.get(code=code)


def everything():
    """The whole tree, to be compared."""
    units = {u.pk: (u.code, u.name, u.scope_path, u.sort_key) for u in Unit.objects.all()}
    versions = set(UnitVersion.objects.values_list("unit", "valid_from", "parent", "path", "name", "closed", "decision"))
    return units, versions, set(Succession.objects.values_list("predecessor", "successor")), set(Membership.objects.values_list("pk"))


# --- applying ---------------------------------------------------------------------------------


def test_applying_writes_once_and_says_who_and_when(cast, admin):
    decision = decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")))
    assert apply(admin, decision) is True
    decision.refresh_from_db()
    assert (decision.status, decision.applied_by) == (Status.APPLIED, admin) and decision.applied_at is not None
    assert [(c.to_status, c.changed_by) for c in changes_of(decision)] == [(Status.APPLIED, admin)]
    after = everything()
    assert services.apply_decision(decision, by=admin, seen="cũ") is False
    assert everything() == after
    assert [words for _, words in tell_lines(decision)] == ["Phường An Phú và Phường Bình Minh nhập thành Phường An Bình."]


def test_the_sentences_of_a_decision_stay_when_names_change_later(cast, admin):
    first = decided(cast, rename(cast.a, "Phường An Phú Mới"), words="01")
    apply(admin, first)
    apply(admin, decided(cast, rename(cast.a, "Phường An Phú Hai"), words="02"))
    assert [words for _, words in tell_lines(first)] == ["Phường An Phú đổi tên thành Phường An Phú Mới."]


def test_records_stay_with_the_unit_that_made_them(cast, admin, campaign):
    row = registered(cast.a, campaign, words="gốc")
    apply(admin, decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình"))))
    row.refresh_from_db()
    assert row.unit == cast.a
    seen = lambda user: set(Registration.objects.visible_to(User.objects.get(pk=user.pk)))  # noqa: E731
    newcomer = new_user("phuong-moi", unit("AB"))
    assert seen(newcomer) == seen(cast.officer) == seen(cast.officer_b) == {row}, "the people of the new ward see its records"


def test_people_of_merged_wards_work_for_the_new_one_and_keep_the_old(cast, admin):
    decision = decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")))
    apply(admin, decision)
    new = unit("AB")
    carried = Membership.objects.filter(decision=decision)
    people = {cast.officer, cast.colleague, cast.head, cast.front, cast.officer_b, cast.head_b}
    assert {m.user for m in carried} == people
    assert {(m.unit, m.sees, m.starts_on, m.ends_on) for m in carried} == {(new, new, TODAY, None)}
    assert carried.get(user=cast.officer).role == OFFICER
    assert Membership.objects.get(user=cast.officer, unit=cast.a).ends_on is None


def test_who_saw_the_unit_above_sees_the_one_above_the_successor(cast, admin):
    top = new_unit("TP", "Thành ủy", Kind.PARTY_COMMITTEE)
    board = new_unit("BTG", "Ban Tuyên giáo và Dân vận", Kind.MOBILIZATION_BOARD, top)
    join(admin, top, ADMINISTRATOR)
    apply(admin, decided(cast, merge(cast.office, into=board)))
    assert {(m.unit, m.sees) for m in Membership.objects.filter(user=cast.reviewer, role=REVIEWER)} == {
        (cast.office, cast.district), (board, top),
    }  # fmt: skip


def test_nobody_is_carried_over_twice(cast, admin):
    join(cast.officer, cast.b, OFFICER)
    apply(admin, decided(cast, merge(cast.a, into=cast.b)))
    assert Membership.objects.filter(user=cast.officer, unit=cast.b).count() == 1
    assert Membership.objects.filter(user=cast.colleague, unit=cast.b).count() == 1


def held(user, **by):
    """{(unit, sees, last day, acting)} of what the user does from today on by a decision."""
    rows = Membership.objects.filter(user=user, **by).exclude(decision=None).select_related("unit", "sees")
    return {(m.unit.code, m.sees.code, m.ends_on, m.acting) for m in rows}


def test_who_acts_for_a_time_acts_for_the_successor_no_longer(cast, admin):
    until = datetime.date(2020, 12, 31)
    deputy = new_user("pho-a", cast.a, HEAD, acting=True, ends_on=until)
    decision = decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")))
    told = people_words(plan_of(decision, manageable_units(admin).values_list("pk", flat=True)), admin)
    assert "Người pho-a (Người đứng đầu đơn vị (quyền, phụ trách), đến 31/12/2020)" in told[0]
    apply(admin, decision)
    assert held(deputy) == {("AB", "AB", until, True)}


def test_who_saw_an_ended_unit_from_another_sees_its_successor(cast, admin, school):
    watcher = new_user("truong-hoc", school, REVIEWER, cast.a, ends_on=datetime.date(2020, 6, 30))
    before = everything()
    decision = decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")))
    told = people_words(plan_of(decision, manageable_units(admin).values_list("pk", flat=True)), admin)
    assert "Người truong-hoc vẫn làm việc cho Trường Tiểu học An Phú và xem toàn bộ Phường An Bình." in told
    apply(admin, decision)
    assert held(watcher) == {("TH", "AB", datetime.date(2020, 6, 30), False)}
    undo(admin, decision)
    assert everything() == before


def test_who_sees_is_carried_through_two_decisions_of_one_day(cast, admin, school):
    watcher = new_user("truong-hoc", school, REVIEWER, cast.a)
    apply(admin, decided(cast, merge(cast.a, into=cast.b), words="01"))
    apply(admin, decided(cast, merge(cast.b, into=new_unit("PC", "Phường C", parent=cast.district)), words="02"))
    assert held(watcher) == {("TH", "PB", None, False), ("TH", "PC", None, False)}


def test_who_saw_a_third_unit_that_ends_too_sees_its_successor(cast, admin, school):
    board = new_user("truong-hoc", school, REVIEWER, cast.b)
    other = new_unit("TH2", "Trường Tiểu học Bình Minh", Kind.SCHOOL, cast.b)
    apply(admin, decided(cast, merge(school, into=other), merge(cast.b, into=cast.a)))
    assert held(board) == {("TH2", "PA", None, False)}


def test_who_would_see_a_closed_unit_only_is_told_to_the_administrator(cast, admin, school):
    watcher = new_user("truong-hoc", school, REVIEWER, cast.a)
    decision = decided(cast, close(cast.a))
    told = people_words(plan_of(decision, manageable_units(admin).values_list("pk", flat=True)), admin)
    assert (
        "Người truong-hoc (Chuyên viên cơ quan dân vận, Trường Tiểu học An Phú) chỉ còn xem Phường An Phú, đơn vị đã kết thúc: "
        "anh/chị phân công lại." in told
    )
    apply(admin, decision)
    assert held(watcher) == set()


def test_of_two_that_become_one_the_widest_goes_on(cast, admin):
    wide, narrow = new_user("rong", cast.a, REVIEWER), new_user("hep", cast.a, REVIEWER, cast.district)
    join(wide, cast.b, REVIEWER, cast.district), join(narrow, cast.b, REVIEWER)
    apply(admin, decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình"))))
    assert held(wide) == held(narrow) == {("AB", "Q", None, False)}


def test_what_is_held_already_stops_only_what_reaches_no_further(cast, admin):
    here, there = new_user("rong", cast.a, REVIEWER, cast.district), new_user("hep", cast.a, REVIEWER)
    brief = new_user("ngan", cast.a, OFFICER)
    join(here, cast.b, REVIEWER), join(there, cast.b, REVIEWER, cast.district)
    join(brief, cast.b, OFFICER, ends_on=datetime.date(2020, 1, 31))
    apply(admin, decided(cast, merge(cast.a, into=cast.b)))
    assert (held(here), held(there), held(brief)) == ({("PB", "Q", None, False)}, set(), {("PB", "PB", None, False)})


def test_what_a_decision_gives_and_takes_stands_in_the_history_of_the_account(cast, admin):
    decision = decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")), words="05")
    apply(admin, decision)
    [act] = cast.officer.acts.all()
    assert (act.kind, act.by, act.reason) == (AccountAct.Kind.JOINED, admin, "Quyết định 05")
    assert act.changes == [{"label": "Phân công", "old": "", "new": "Cán bộ đơn vị, Phường An Bình, từ 08/01/2020"}]
    rights = AuditEvent.objects.filter(kind=EventKind.RIGHTS)
    assert rights.count() == Membership.objects.filter(decision=decision).count() == 6
    undo(admin, decision, reason="Soạn nhầm")
    act = cast.officer.acts.first()
    assert (act.kind, act.by, act.reason) == (AccountAct.Kind.CANCELLED, admin, "Quyết định 05: Soạn nhầm")
    assert act.changes[0]["new"] == "(hủy)" and rights.count() == 12


def test_a_new_top_is_given_and_taken_with_a_line_in_the_history(cast, admin):
    decision = decided(cast, found("TP", "Thành ủy Lạc Giang", kind=Kind.PARTY_COMMITTEE))
    apply(admin, decision)
    assert [(act.kind, act.unit) for act in admin.acts.all()] == [(AccountAct.Kind.JOINED, cast.district)]
    undo(admin, decision)
    assert not Unit.objects.filter(code="TP").exists() and admin.acts.count() == 2


def test_after_a_split_people_wait_for_the_administrator(cast, admin):
    apply(admin, decided(cast, split(cast.a, ("A1", "Phường Đông"), ("A2", "Phường Tây"))))
    assert Membership.objects.exclude(decision=None).count() == 0
    assert {m.unit for m in Membership.objects.filter(user=cast.officer)} == {cast.a}


def test_who_sets_up_a_new_top_looks_after_it(cast, admin):
    apply(admin, decided(cast, found("TP", "Thành ủy Lạc Giang", kind=Kind.PARTY_COMMITTEE)))
    top = unit("TP")
    assert Membership.objects.get(unit=top).user == admin
    UnitVersion.objects.filter(unit__in=[cast.district, cast.office]).update(level_name="Cấp quận")
    apply(admin, decided(cast, drop_level("Cấp quận", top), words="02"))
    cast.a.refresh_from_db()
    assert (
        cast.a.scope_path == f"{top.pk}.{cast.a.pk}." and version_on(cast.a, JANUARY - datetime.timedelta(days=1)).parent == cast.district
    )


# --- who may, and when --------------------------------------------------------------------------


def test_a_decision_waits_for_its_day(cast, admin, settings):
    decision = decided(cast, rename(cast.a, "Phường An Phú Mới"), effective_on=TODAY + datetime.timedelta(days=1), decided_on=TODAY)
    before = everything()
    with pytest.raises(Refused, match=r"có hiệu lực từ 09/01/2020"):
        apply(admin, decision)
    assert everything() == before
    settings.TODAY = TODAY + datetime.timedelta(days=1)
    assert apply(admin, decision)
    cast.a.refresh_from_db()
    assert cast.a.name == "Phường An Phú Mới"


def test_only_an_administrator_of_the_branch_applies(cast, admin):
    decision = decided(cast, rename(cast.a, "Phường An Phú Mới"))
    other = new_unit("Q2", "Quận khác", Kind.PARTY_COMMITTEE)
    stranger = new_user("quan-tri-khac", other, ADMINISTRATOR)
    for user in (cast.reviewer, cast.officer, stranger):
        with pytest.raises(Refused, match="Quản trị hệ thống của đơn vị này"):
            services.apply_decision(decision, by=user, seen="")
    foreign = new_decision(other, rename(cast.a, "Phường An Phú Mới"), effective_on=JANUARY)
    with pytest.raises(Refused, match="nằm ngoài phạm vi"):
        services.apply_decision(foreign, by=stranger, seen="")
    assert UnitVersion.objects.exclude(decision=None).count() == 0


def test_what_was_not_previewed_is_not_applied(cast, admin):
    decision = decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")))
    seen = seen_by(admin, decision)
    apply(admin, decided(cast, rename(cast.a, "Phường An Phú Mới"), words="02"))
    with pytest.raises(Conflict, match="đã thay đổi sau khi anh/chị xem trước"):
        services.apply_decision(decision, by=User.objects.get(pk=admin.pk), seen=seen)
    assert decision.versions.count() == 0


def test_numbers_closed_by_the_old_tree_are_not_read_by_another(cast, admin, period):
    who = {"officer": cast.officer, "head": cast.head, "reviewer": cast.reviewer}
    reports.accepted(period, cast.a, **who)
    early = decided(cast, rename(cast.a, "Phường An Phú Mới"), effective_on=datetime.date(2019, 12, 1))
    with pytest.raises(Refused, match=r"số liệu sau ngày hiệu lực đã chốt.*năm 2019.*Phường An Phú đã duyệt"):
        apply(admin, early)
    assert apply(admin, decided(cast, rename(cast.a, "Phường An Phú Mới"), words="02"))


def test_a_new_unit_does_not_change_what_was_issued(cast, admin):
    """The document lists the units of its branch, and would list one more when it is built again."""
    issued(cast, "2019")
    early = decided(cast, found("PM", "Phường Mới", cast.a), effective_on=datetime.date(2019, 12, 1))
    with pytest.raises(Refused, match="đã phát hành"):
        apply(admin, early)
    outside = new_unit("K", "Quận khác", Kind.PARTY_COMMITTEE)
    join(admin, outside, ADMINISTRATOR)
    assert apply(admin, decided(cast, found("PK", "Phường khác", outside), effective_on=datetime.date(2019, 12, 1), words="02"))
    assert apply(admin, decided(cast, found("PN", "Phường Sau", cast.district), words="03"))


def issued(cast, *years):
    for year in years:
        Report.objects.create(
            kind="annual", unit=cast.office, period=year, title=f"Báo cáo {year}", status=ReportStatus.ISSUED, number=1,
            issued_on=TODAY,
        )  # fmt: skip


def test_the_cost_of_asking_what_is_closed_does_not_grow_with_reports_or_periods(cast, admin, regime):
    plan = plan_of(decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình"))), manageable_units(admin).values_list("pk", flat=True))
    costs = []
    for years in (["2019"], ["2018", "2017"]):
        issued(cast, *years)
        for year in years:
            reports.new_period(cast.district, year, regime)
        with CaptureQueriesContext(connection) as log:
            impacts(plan), closed_by(plan), list(issued_spans(cast.a.pk))
        costs.append(len(log))
    assert costs[0] == costs[1], costs
    keys = [cast.a.pk, cast.b.pk]
    assert [len(open_reports(keys)[key]) for key in keys] == [3, 3] and len(list(issued_spans(cast.a.pk))) == 3
    assert closed_after(keys, JANUARY) == [] and len(closed_after(keys, datetime.date(2018, 12, 31))) == 2


# --- undoing --------------------------------------------------------------------------------------


def test_undoing_gives_back_everything(cast, admin, school):
    before = everything()
    decision = decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")), rename(cast.office, "Ban Dân vận Mới"))
    apply(admin, decision)
    assert everything() != before
    assert undo(admin, decision) is True
    assert everything() == before
    assert undo(admin, decision) is False
    decision.refresh_from_db()
    assert (decision.status, decision.applied_by, decision.lines.count()) == (Status.UNDONE, None, 2)
    assert [(c.to_status, c.note) for c in changes_of(decision)] == [(Status.UNDONE, "Soạn nhầm"), (Status.APPLIED, "")]
    assert apply(admin, decision) is True, "corrected and applied again"


def test_records_that_people_carried_over_wrote_stay_with_the_unit_that_stays(cast, admin, campaign):
    """A merge into a ward that was there before: what its new people wrote is that ward's own, and does not stand in the way."""
    before = everything()
    decision = decided(cast, merge(cast.a, into=cast.b))
    apply(admin, decision)
    decision.refresh_from_db()
    assert services.what_stays(decision) == []
    row = registered(cast.b, campaign, words="của người mới đến")
    row.history.update(history_user=cast.officer, history_date=clock.now())
    registered(cast.b, campaign, words="của người cũ").history.update(history_user=cast.officer_b, history_date=clock.now())
    assert services.what_stands_on(decision) == []
    [told] = services.what_stays(decision)
    assert told.startswith("1 đăng ký") and told.endswith("vẫn là hồ sơ của Phường Bình Minh.")
    page = browser(admin).get(f"/don-vi/quyet-dinh/{decision.pk}/hoan-tac/")
    assert told in page.content.decode() and "Không hoàn tác được nữa" not in page.content.decode()
    assert undo(admin, decision) is True
    assert everything() == before, "the people are back"
    row.refresh_from_db()
    seen = lambda user: Registration.objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=row.pk).exists()  # noqa: E731
    assert row.unit == cast.b and seen(cast.officer_b) and not seen(cast.officer)


def test_undoing_needs_a_reason(cast, admin):
    decision = decided(cast, rename(cast.a, "Phường An Phú Mới"))
    apply(admin, decision)
    with pytest.raises(Refused, match="ghi lý do"):
        undo(admin, decision, reason=" ")


def test_what_came_later_stands_in_the_way_by_name(cast, admin, campaign):
    first = decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")), words="01")
    apply(admin, first)
    registered(unit("AB"), campaign, words="mới", registered_on=datetime.date(2020, 1, 3))
    second = decided(cast, rename(unit("AB"), "Phường An Bình Mới"), words="02")
    apply(admin, second)
    new_user("phuong-moi", unit("AB"))
    with pytest.raises(Refused) as refusal:
        undo(admin, first)
    told = refusal.value.message
    assert "Quyết định 02 đã thay đổi tiếp Phường An Bình Mới." in told
    assert "Phường An Bình Mới đã có 1 phân công và 1 đăng ký" in told
    assert unit("AB").name == "Phường An Bình Mới"


def test_a_unit_is_not_taken_away_from_under_a_later_decision(cast, admin):
    """Whether a later one names it, is kept by it, or only moved something below it."""
    first = decided(cast, found("TP", "Thành ủy", kind=Kind.PARTY_COMMITTEE), words="01")
    apply(admin, first)
    kept = new_decision(unit("TP"), words="02", effective_on=JANUARY)
    with pytest.raises(Refused, match="Quyết định 02 đã thay đổi tiếp Thành ủy"):
        undo(admin, first)
    kept.delete()
    named = decided(cast, move(cast.district, unit("TP")), words="03")
    with pytest.raises(Refused, match="Quyết định 03"):
        undo(admin, first)
    apply(admin, named)
    UnitVersion.objects.filter(unit__in=[cast.district, cast.office]).update(level_name="Cấp quận")
    apply(admin, decided(cast, drop_level("Cấp quận"), words="04"))
    with pytest.raises(Refused, match=r"Quyết định 03 .*Thành ủy\. Quyết định 04 .*Thành ủy"):
        undo(admin, first)


def test_what_was_put_below_a_moved_unit_holds_the_move(cast, admin):
    """Else the path of what came later would stay where it no longer is. A new name moves nothing."""
    moved = decided(cast, move(cast.b, cast.a), words="01")
    renamed = decided(cast, rename(cast.a, "Phường An Phú Mới"), words="02")
    apply(admin, moved), apply(admin, renamed)
    apply(admin, decided(cast, found("X", "Tổ dân phố 1", cast.b), words="03"))
    with pytest.raises(Refused, match=r"Quyết định 03 đã thay đổi tiếp Phường Bình Minh\."):
        undo(admin, moved)
    assert undo(admin, renamed) is True


def test_a_report_of_the_new_ward_stands_in_the_way(cast, admin, regime):
    decision = decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")))
    apply(admin, decision)
    period = reports.new_period(cast.district, "2020", regime)
    Submission.objects.create(period=period, unit=unit("AB"))
    with pytest.raises(Refused, match="Phường An Bình đã có 1 báo cáo kỳ"):
        undo(admin, decision)


def test_an_accepted_report_that_read_the_new_tree_stands_in_the_way(cast, admin, regime, settings):
    decision = decided(cast, move(cast.b, cast.a))
    apply(admin, decision)
    settings.TODAY = datetime.date(2021, 1, 5)
    period = reports.new_period(cast.district, "2020", regime)
    reports.accepted(period, cast.b, officer=cast.officer_b, head=cast.head_b, reviewer=cast.reviewer)
    with pytest.raises(Refused, match="Báo cáo năm 2020 của Phường Bình Minh đã duyệt"):
        undo(admin, decision)


# --- at the same time -------------------------------------------------------------------------------


def at_once(*acts):
    """Runs the acts in threads of their own; gives what each returned or raised."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        start.wait()
        try:
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    return results


@pytest.mark.django_db(transaction=True)
def test_of_many_who_apply_one_decision_one_does(cast, admin):
    decision = decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")))
    seen = seen_by(admin, decision)

    def act():
        return services.apply_decision(UnitDecision.objects.get(pk=decision.pk), by=User.objects.get(pk=admin.pk), seen=seen)

    assert sorted(at_once(act, act, act, act)) == [False, False, False, True]
    assert Unit.objects.filter(code="AB").count() == 1
    assert decision.versions.count() == 3 and Membership.objects.filter(decision=decision).count() == 6


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_about_one_ward_the_second_is_seen_again(cast, admin):
    """Both were previewed on the same tree; whoever comes second applies to another one than was shown."""
    rows = [decided(cast, merge(cast.a, into=cast.b), words="01"), decided(cast, close(cast.a), words="02")]
    seen = [seen_by(admin, row) for row in rows]

    def act(row, fingerprint):
        return lambda: services.apply_decision(UnitDecision.objects.get(pk=row.pk), by=User.objects.get(pk=admin.pk), seen=fingerprint)

    results = at_once(*[act(row, fingerprint) for row, fingerprint in zip(rows, seen, strict=True)])
    assert results.count(True) == 1, results
    [refused] = [result for result in results if result is not True]
    assert isinstance(refused, Refused) and "không còn hoạt động" in refused.message
    assert connection.vendor in ("postgresql", "sqlite")
    assert UnitVersion.objects.filter(unit=cast.a).count() == 2 and version_on(cast.a, START).closed is False
