"""The demo office: the promised figures counted straight from the tables, the promised states, the same data on every run."""

import datetime
import hashlib
import io
import json
import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from danvan.accounts.models import Membership, User
from danvan.catalogues.models import holidays, legal_number
from danvan.common.clock import OFF, SWAPPED
from danvan.demo.content import annual_words, year_figures
from danvan.demo.profiles import chosen_logins
from danvan.demo.stages import YEARS
from danvan.figures.compute import compute
from danvan.figures.models import FigureValue
from danvan.jobs.models import Job
from danvan.reporting.kinds import KINDS
from danvan.reporting.models import Report, ReportVersion
from danvan.submissions import figures as typed_figures
from danvan.submissions import selectors
from danvan.submissions.models import Period, Regime, ReturnItem, Round, Submission, TypedValue
from danvan.units.models import Unit, UnitVersion
from danvan.workflow.models import StatusChange
from dialogues.models import Commitment, CommitmentNote, Dialogue, DialogueObligation, ExtensionLine, Question
from models_awards.models import Award, Campaign, Registration, StageRecord
from regulations.models import Disclosure, NilReturn, Regulation, RegulationDuty
from supervision.models import DeadlineChange, Finding, JointPlan, PlanItem, ProgressNote, Recommendation, SupervisionRound

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

CLOCK, LATER = datetime.date(2020, 1, 8), datetime.date(2026, 9, 1)
NAMED = re.compile(r"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[Tt]hầy|[Cc]ụ|[Đđ]/c|[Đđ]ồng chí) (\w)")
OWN = [Unit, UnitVersion, User, Membership, Campaign, Registration, StageRecord, Award, Period, Submission, TypedValue, Round]
OWN += [ReturnItem, FigureValue, StatusChange, Report]
OWN += [RegulationDuty, Regulation, Disclosure, NilReturn, JointPlan, PlanItem, SupervisionRound, Finding, Recommendation]
OWN += [DeadlineChange, ProgressNote, DialogueObligation, Dialogue, Question, Commitment, CommitmentNote, ExtensionLine]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The data of `make demo`; gives the digest of an earlier run under another clock."""
    with django_db_blocker.unblock():
        with override_settings(DEMO=True, TODAY=LATER), transaction.atomic():
            run("demo_data")
            first = digest()
            transaction.set_rollback(True)
        with override_settings(DEMO=True, TODAY=CLOCK), transaction.atomic():
            run("demo_data")
            yield first
            transaction.set_rollback(True)


def run(*command, **options):
    output = io.StringIO()
    call_command(*command, stdout=output, stderr=output, **options)
    return output.getvalue()


# --- the same on every run -------------------------------------------------------------------


def digest():
    """Everything by its business keys: no primary key, no password hash, no receipt code (it holds a key)."""
    code = {"unit": "unit__code"}
    parts = [
        Unit.objects.values_list("code", "name", "sort_key"),
        UnitVersion.objects.values_list(code["unit"], "parent__code", "name", "kind", "recipients"),
        Membership.objects.values_list("user__username", "user__display_name", code["unit"], "sees__code", "role", "starts_on"),
        Registration.objects.values_list(
            "campaign__year", code["unit"], "field__code", "name", "kind", "status", "version", "continues__name", "registered_on",
            "surveyed_on", "appraised_on", "recognised_on", "recognised_level", "search_text", "sort_key", "created_at", "updated_at",
        ),
        Registration.history.values_list("name", "history_date", "history_user__username", "history_type", "status"),
        StageRecord.objects.values_list(
            "registration__name", "registration__campaign__year", "stage", "level", "held_on", "decision_number", "occasion", "note",
        ),
        Award.objects.values_list("award_year", code["unit"], "name", "occasion", "decision_number", "decided_on", "registration__name"),
        Submission.objects.values_list("period__code", code["unit"], "status", "narrative", "submitted_at", "accepted_on", "created_at"),
        TypedValue.objects.values_list("period_code", code["unit"], "code", "value"),
        FigureValue.objects.values_list("period", code["unit"], "code", "value", "source"),
        StatusChange.objects.values_list("from_status", "to_status", "changed_by__username", "changed_at", "note"),
        ReturnItem.objects.values_list("figure", "reason", "slip__returned_at", "slip__due_on"),
        Report.objects.values_list("kind", code["unit"], "period", "title", "narrative", "override_reason", "status"),
        RegulationDuty.objects.values_list(code["unit"], "subject__code", "applies"),
        Regulation.objects.values_list(
            code["unit"], "subject__code", "name", "owner_office__code", "number", "issued_on", "in_force_from", "ended_on", "status",
            "replaces__number", "published_on", "search_text", "sort_key", "version", "created_at", "updated_at",
        ),
        Regulation.legal_bases.through.objects.values_list("regulation__name", "regulation__number", "legalbasis__number"),
        Disclosure.objects.values_list(
            code["unit"], "content", "body", "channel", "plan_number", "disclosed_on", "posted_until", "day_rule__code", "created_at",
        ),
        NilReturn.objects.values_list(code["unit"], "register_code", "period", "declared_by__username", "declared_at", "withdrawn_on"),
        JointPlan.objects.values_list(code["unit"], "year", "title", "number", "issued_on", "purpose", "created_at"),
        PlanItem.objects.values_list("plan__number", "subject", "form", "rhythm", "month_from", "month_to", "team"),
        SupervisionRound.objects.values_list(
            code["unit"], "item__subject", "title", "form", "rhythm", "held_from", "held_on", "team", "summary", "created_at",
        ),
        SupervisionRound.target_units.through.objects.values_list("supervisionround__title", "unit__code"),
        Finding.objects.values_list("round__title", "kind", code["unit"], "regulation__number", "text"),
        Recommendation.objects.values_list(
            code["unit"], "addressed_to__code", "round__title", "title", "content", "sent_on", "due_rule__code", "due_on", "status",
            "replied_on", "reply_kind", "reply_text", "confirmed_on", "confirmed_by__username", "verified_on", "verification",
            "reopenings", "reopened_on", "reopened_due_on", "replied_again_on", "withdrawn_on", "version", "created_at", "updated_at",
        ),
        DeadlineChange.objects.values_list("recommendation__title", "turn", "days", "decided_on", "reason"),
        ProgressNote.objects.values_list("recommendation__title", "noted_on", "text"),
        DialogueObligation.objects.values_list(code["unit"], "year", "head_title", "planned_on", "due_on", "held_on"),
        Dialogue.objects.values_list(
            code["unit"], "kind", "topic", "chair_title", "place", "scheduled_on", "noticed_on", "held_on", "attendance", "women",
            "party_members", "minutes", "conclusion_number", "conclusion_on", "status", "notice_due_on", "notice_rule__code",
            "result_due_on", "result_rule__code", "version", "created_at", "updated_at",
        ),
        Question.objects.values_list(
            "dialogue__topic", code["unit"], "asked_on", "position", "content", "field__code", "channel", "answered", "answer",
            "answered_on", "forwarded_to__code",
        ),
        Commitment.objects.values_list(
            code["unit"], "owner__code", "dialogue__topic", "question__position", "content", "due_on", "deadline_on", "status", "done_on",
            "confirmed_on", "version", "created_at", "updated_at",
        ),
        CommitmentNote.objects.values_list("commitment__content", "noted_on", "text", "written_by__username"),
        ExtensionLine.objects.values_list("commitment__content", "new_due_on", "reason", "decided_on"),
    ]  # fmt: skip
    told = [sorted(json.dumps(row, default=told_value, ensure_ascii=False) for row in part) for part in parts]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def told_value(value):
    return str(value.astimezone(datetime.UTC) if isinstance(value, datetime.datetime) else value)


def test_two_runs_under_two_clocks_make_the_same_data(demo):
    assert digest() == demo


def test_a_second_run_does_nothing(demo):
    before = digest(), Job.objects.count(), User.objects.count()
    assert "đã có" in run("demo_data")
    assert (digest(), Job.objects.count(), User.objects.count()) == before


def test_refuses_outside_the_demo_and_what_it_does_not_have(demo, settings):
    before = Unit.objects.count()
    settings.DEMO = False
    with pytest.raises(CommandError, match="chế độ chạy thử"):
        run("demo_data")
    settings.DEMO = True
    with pytest.raises(CommandError, match="city-2026"):
        run("demo_data", profile="province-1997")
    with pytest.raises(CommandError, match="DEMO_PROFILE=district-2019"):
        run("demo_data", profile="city-2026")
    with pytest.raises(CommandError, match="2024"):
        run("demo_data", until=2024)
    assert Unit.objects.count() == before


# --- the figures -------------------------------------------------------------------------------


def awards(year, **where):
    return Award.objects.filter(award_year=year, **where).count()


def by_hand(year):
    """The public figures counted from the tables, without the registry of figures."""
    registered = Counter(Registration.objects.filter(registered_on__year=year).values_list("kind", flat=True))
    steps = StageRecord.objects.filter(stage="cong_nhan", level="quan", held_on__year=year)
    recognised = Counter(steps.values_list("registration__kind", flat=True))
    committee = {"granting_body": "ban_thuong_vu", "subject_type": "tap_the"}
    return {
        "dvk_model": registered["mo_hinh"],
        "dvk_exemplar": registered["dien_hinh"],
        "dvk_model_recognised": recognised["mo_hinh"],
        "dvk_exemplar_recognised": recognised["dien_hinh"],
        "kt_btv_kl62": awards(year, occasion="kl_62", **committee),
        "kt_btv_kl101": awards(year, occasion="kl_101", **committee),
        "kt_btv_qcdc": awards(year, occasion="qcdc", **committee),
        "kt_btv_tuyen_giao": awards(year, occasion="tuyen_giao", **committee),
        "kt_ubnd_dvcq": awards(year, occasion="nam_dan_van_chinh_quyen", granting_body="ubnd", subject_type="tap_the"),
        "kt_bo_ton_giao": awards(year, form="ky_niem_chuong", granting_body="bo", subject_type="ca_nhan"),
        "kt_dvk": awards(year, occasion="dan_van_kheo"),
    }


@pytest.mark.parametrize(
    ("year", "expected"), [(2019, [66, 72, 17, 11, 7, 6, 8, 9, 11, 3, 28]), (2018, [44, 48, 12, 8, 5, 4, 6, 5, 8, 2, 20])]
)
def test_the_public_figures(demo, year, expected):
    counted = by_hand(year)
    assert list(counted.values()) == expected
    values = compute(str(year), Unit.objects.all())
    assert {code: values.value(code) for code in counted} == counted


def test_the_rates_as_printed(demo):
    values = compute("2019", Unit.objects.all())
    assert [values.text("dvk_model_rate"), values.text("dvk_exemplar_rate")] == ["25,8%", "15,3%"]


def test_recognition_stands_on_two_decisions_and_is_spread(demo):
    steps = StageRecord.objects.filter(stage="cong_nhan", held_on=datetime.date(2019, 10, 11))
    assert steps.count() == 28
    assert Counter(steps.values_list("decision_number", flat=True)) == {"1842-QĐ/QU": 17, "2156/QĐ-UBND": 11}
    assert set(steps.values_list("occasion", flat=True)) == {"Ngày truyền thống công tác Dân vận 15/10"}
    an_phu = Counter(steps.filter(registration__unit__code="AP").values_list("registration__kind", flat=True))
    assert an_phu == {"mo_hinh": 2, "dien_hinh": 1}
    assert len(set(steps.values_list("registration__unit", flat=True))) >= 12
    assert len(set(steps.values_list("registration__field", flat=True))) == 5


def test_every_recognised_one_has_its_own_reward(demo):
    for year in YEARS:
        rewarded = Award.objects.filter(award_year=year, occasion="dan_van_kheo")
        recognised = Registration.objects.filter(recognised_on__year=year)
        assert sorted(rewarded.values_list("registration", flat=True)) == sorted(recognised.values_list("pk", flat=True))
        assert all(award.unit_id == award.registration.unit_id for award in rewarded.select_related("registration"))


def test_at_least_seven_units_register(demo):
    assert len(set(Registration.objects.filter(campaign__year=2019).values_list("unit", flat=True))) >= 7


def test_awards_are_decided_before_the_demo_day(demo):
    assert max(Award.objects.values_list("decided_on", flat=True)) <= CLOCK
    assert {(a.award_year, a.awarded_on) for a in Award.objects.all()} == {(y, datetime.date(y, 12, 31)) for y in YEARS}


# --- registrations are as the services would have left them ---------------------------------------


def test_steps_follow_the_transitions(demo):
    kind = StatusChange.objects.filter(content_type__model="registration")
    moves = {}
    for change in kind.order_by("pk"):
        moves.setdefault(change.object_id, []).append(change)
    for row in Registration.objects.prefetch_related("stages"):
        steps, changes = sorted(row.stages.all(), key=lambda s: s.pk), moves.get(row.pk, [])
        assert [s.stage for s in steps] == [c.to_status for c in changes]
        reached = ["dang_ky", *(c.to_status for c in changes)]
        assert [c.from_status for c in changes] == reached[:-1]
        assert all(after in row.TRANSITIONS[before] for before, after in pairwise(reached))
        assert (row.status, row.version) == (reached[-1], len(reached))
        days = [row.registered_on, *(s.held_on for s in steps)]
        assert days == sorted(days) and days[-1] <= CLOCK
        held = {s.stage: s.held_on for s in steps}
        assert (row.surveyed_on, row.appraised_on, row.recognised_on) == tuple(map(held.get, ("khao_sat", "tham_dinh", "cong_nhan")))


def test_nobody_failed_and_the_others_go_on(demo):
    states = Counter(Registration.objects.filter(campaign__year=2019).values_list("status", flat=True))
    assert states["khen_thuong"] == 28
    assert set(states) == {"khen_thuong", "tiep_tuc", "dang_thuc_hien", "dang_ky"}


def test_registrations_continue_those_of_the_year_before(demo):
    rows = Registration.objects.filter(continues__isnull=False).select_related("continues__campaign", "campaign")
    assert rows.count() == 25
    assert all((r.campaign.year, r.continues.campaign.year, r.continues.unit_id) == (2019, 2018, r.unit_id) for r in rows)


def test_history_names_who_registered_and_when(demo):
    added = Registration.history.filter(history_type="+")
    assert added.count() == Registration.objects.count() == 230
    for entry in added.select_related("history_user"):
        assert entry.status == "dang_ky" and entry.history_user is not None
        assert entry.history_date.date() == entry.registered_on
    by_ward = added.filter(unit__code="AP").values_list("history_user__username", flat=True)
    assert set(by_ward) == {"phuong-a"}


def test_history_tells_every_step_and_leaves_nothing_to_the_next_editor(demo):
    """The newest state in the history is the row itself: whoever edits next is not said to have set an older date."""
    for model, columns in (
        (Registration, ["status", "surveyed_on", "appraised_on", "recognised_on", "recognised_level"]),
        (Commitment, ["status", "deadline_on", "done_on", "confirmed_on"]),
    ):
        newest = {}
        for entry in model.history.order_by("history_date", "history_id"):
            newest[entry.id] = [getattr(entry, column) for column in columns]
        assert newest == {row.pk: [getattr(row, column) for column in columns] for row in model.objects.all()}, model
    moved = Registration.history.filter(history_type="~")
    assert moved.count() == StageRecord.objects.count() and not moved.filter(history_user=None).exists()


# --- the wards' reports ----------------------------------------------------------------------------


def test_the_eight_reports_of_2019_stand_where_the_story_has_them(demo):
    period = Period.objects.get(code="2019")
    assert (period.opens_on, period.due_on) == (datetime.date(2019, 12, 1), datetime.date(2020, 1, 10))
    rows = selectors.matrix(period, User.objects.get(username="chuyen-vien"))
    assert {row["unit"].code: row["status"] for row in rows} == {
        "AP": "dang_nhap", "BM": "da_duyet", "CD": "da_duyet", "DS": "cho_duyet", "HL": "cho_duyet",
        "HT": "tra_lai", "KL": "cho_xac_nhan", "LH": "chua_bat_dau",
    }  # fmt: skip


def submission(ward, year="2019"):
    return Submission.objects.get(unit__code=ward, period__code=year)


def test_an_phu_stopped_half_way(demo):
    assert submission("AP").typed.count() == 7 and submission("AP").narrative == {}


def test_the_reviewer_meets_one_jump_and_one_copied_figure(demo):
    flags = {line["code"]: line["soft"] for group in selectors.sheet(submission("DS")) for line in group["lines"] if line["soft"]}
    assert set(flags) == {"tcd_turns", "tt_turns"}
    assert "234%" in flags["tt_turns"] and "Giống hệt" in flags["tcd_turns"]
    assert not any(line["soft"] for group in selectors.sheet(submission("HL")) for line in group["lines"])


def test_the_returned_report_has_one_reason_on_one_figure(demo):
    item = ReturnItem.objects.get()
    assert (item.slip.submission, item.figure) == (submission("HT"), "mc_ontime")
    assert item.slip.due_on == datetime.date(2020, 1, 10)


def test_accepted_values_are_frozen(demo):
    accepted = Submission.objects.filter(status="da_duyet").select_related("unit", "period")
    assert Counter(s.period.code for s in accepted) == {"2018": 8, "2019": 2}
    for row in accepted:
        frozen = dict(FigureValue.objects.filter(unit=row.unit, period=row.period.code).values_list("code", "value"))
        typed = year_figures.values(int(row.period.code), row.unit.code)
        assert {code: frozen[code] for code in typed} == {code: Decimal(value) for code, value in typed.items()}
        models = Registration.objects.filter(unit=row.unit, campaign__year=row.period.code, kind="mo_hinh").count()
        assert frozen["dvk_model"] == models


def test_things_happened_before_the_demo_day_and_in_order(demo):
    sent = submission("BM")
    assert (sent.submitted_on, sent.accepted_on) == (datetime.date(2020, 1, 3), datetime.date(2020, 1, 6))
    for row in Submission.objects.exclude(submitted_on=None):
        assert row.submitted_on <= (row.accepted_on or CLOCK) and row.submitted_on >= row.period.opens_on
        assert row.rounds.get().sent_at == row.submitted_at
    assert max(StatusChange.objects.values_list("changed_at", flat=True)).date() <= CLOCK


def test_typed_figures_keep_the_rules_and_carry_over(demo):
    assert year_figures.CODES == tuple(t.code for t in typed_figures.TYPED) == tuple(Regime.objects.get(code="dan_van").typed_codes)
    for wards in year_figures.TYPED.values():
        for line in wards.values():
            known = dict(zip(year_figures.CODES, line, strict=True))
            assert [rule.broken(known) for rule in typed_figures.RULES if rule.broken(known)] == []
    for ward, line in year_figures.TYPED[2019].items():
        before, now = year_figures.values(2018, ward), dict(zip(year_figures.CODES, line, strict=True))
        assert now["dt_carried"] == before["dt_carried"] + before["dt_in"] - before["dt_done"]


# --- the report, the people -------------------------------------------------------------------------


def test_the_annual_report_waits_for_a_worker(demo):
    report = Report.objects.get()
    assert (report.kind, report.unit.code, report.period) == ("annual", "BDV", "2019")
    assert report.override_reason.startswith("Lập dự thảo phục vụ Hội nghị tổng kết")
    job = Job.objects.get()
    assert job.params["report"] == report.pk and job.is_open


def test_the_office_words_hold_no_figure(demo):
    assert set(annual_words.WORDS) == set(KINDS["annual"].free)
    for code, text in Report.objects.get().narrative.items():
        assert not re.search(r"\d", text), code
        assert 60 <= len(text.split()) <= 200, code


def test_report_path_is_told_once_there_is_a_file(demo, settings):
    assert run("demo_report_path") == ""
    report, job = Report.objects.get(), Job.objects.get()
    ReportVersion.objects.create(
        report=report, number=1, job=job, snapshot={}, snapshot_sha256="", path="reports/a.pdf", sha256="", figures_path="",
        figures_sha256="", made_by=job.requested_by, made_at=job.created_at,
    )  # fmt: skip
    assert run("demo_report_path") == f"{Path(settings.PRIVATE_ROOT) / 'reports/a.pdf'}\n"


def test_accounts(demo):
    assert [name for name, _ in chosen_logins()] == [
        "phuong-a", "phuong-b", "truong-khoi-a", "truong-a", "phong-tnmt", "mat-tran", "chuyen-vien", "lanh-dao", "hoi-dong-1",
        "hoi-dong-2", "quan-tri",
    ]  # fmt: skip
    assert User.objects.count() == 11 + 13
    assert User.objects.filter(is_superuser=True).get().username == "quan-tri"
    assert User.objects.get(username="phuong-h").check_password("DanVan@2019")
    seen = {user.username: {u.code for u in Unit.objects.visible_to(user)} for user in User.objects.all()}
    assert seen["phuong-a"] == {"AP", "TH-AP"} and seen["truong-a"] == {"TH-AP"}
    assert seen["mat-tran"] == {"MTTQ", "PN", "TN", "CCB", "LDLD"}
    assert seen["chuyen-vien"] == seen["lanh-dao"] == set(Unit.objects.values_list("code", flat=True))


def test_no_person_is_named(demo):
    for model in OWN:
        columns = [f.name for f in model._meta.fields if f.get_internal_type() in ("CharField", "TextField", "JSONField")]
        for row in model.objects.values_list(*columns):
            for text in map(str, row):
                assert not any(found[1].isupper() for found in NAMED.finditer(text)), (model.__name__, text)


# --- the standard lists and the report command --------------------------------------------------------


def test_holidays_and_legal_numbers():
    known = holidays()
    day = datetime.date
    assert [known.get(day(2019, 4, 15)), known.get(day(2019, 5, 4)), known.get(day(2020, 1, 8))] == [OFF, SWAPPED, None]
    assert all(mark == OFF or date.weekday() == 5 for date, mark in known.items())
    assert {date.year for date in known} == set(range(2018, 2027))
    assert legal_number("dialogue_notice", day(2019, 9, 1)).value == legal_number("dialogue_notice", day(2026, 1, 1)).value == 7
    assert legal_number("opinion_reply", day(2019, 9, 1)).needs_check


@pytest.mark.parametrize(
    ("arguments", "options", "told"),
    [
        (["nam", "BDV", "2019"], {}, "Không có loại báo cáo “nam”"),
        (["annual", "ZZ", "2019"], {}, "Không có đơn vị mã “ZZ”"),
        (["annual", "BM", "2019"], {}, "không phải là cơ quan đó"),
        (["annual", "BDV", "2019-Q5"], {}, "không phải là kỳ báo cáo"),
        (["annual", "BDV", "2020..2016"], {}, "kết thúc trước khi bắt đầu"),
        (["annual", "BDV", "1999"], {}, "không hoạt động"),
        (["annual", "BDV", "2019"], {"formats": "pdf,odt"}, "định dạng odt"),
        (["annual", "BDV", "2019"], {"profile": "hd99"}, "thể thức “hd99”"),
    ],
)
def test_issue_report_says_what_is_wrong(demo, tmp_path, arguments, options, told):
    with pytest.raises(CommandError, match=re.escape(told)):
        run("issue_report", *arguments, out=tmp_path, **options)
    assert list(tmp_path.iterdir()) == []


def test_issue_report_writes_two_files_and_prints_them(demo, tmp_path):
    printed = run("issue_report", "unit", "BM", "2019", out=tmp_path / "new").split()
    assert printed == [str(tmp_path / "new" / name) for name in ("unit-BM-2019.pdf", "unit-BM-2019-chi-tieu.pdf")]
    assert all(Path(path).read_bytes().startswith(b"%PDF-") for path in printed)
