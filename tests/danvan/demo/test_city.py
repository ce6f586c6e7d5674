"""The city of 2026: no district; wards report to the city's board, schools and residential groups to the board of their ward."""

import datetime
import io
import re
from collections import Counter
from decimal import Decimal

import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.urls import reverse

from danvan.accounts.models import User
from danvan.common.exceptions import Refused
from danvan.demo.city.reports import SO_FAR
from danvan.demo.content.city_places import GROUPS, PLACES, REPORTED_TO, SCHOOLS
from danvan.demo.profiles import PROFILES, chosen_logins
from danvan.operations import tree_checks
from danvan.operations.integrity import frozen_equals_sent, submission_facts, typed_equals_frozen
from danvan.reporting.models import Report
from danvan.reporting.production import rendered
from danvan.reporting.snapshot import of_report
from danvan.submissions import selectors, services
from danvan.submissions.choices import Status
from danvan.submissions.models import Period, Submission
from danvan.units.models import Kind, Unit, UnitVersion
from dialogues.models import Commitment, Dialogue, Question
from models_awards.models import Award, Registration, StageRecord
from regulations.models import Disclosure, NilReturn, Regulation
from supervision.models import Recommendation, SupervisionRound
from tests.world import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.embedded, pytest.mark.usefixtures("city")]
OLD_LEVELS = re.compile(r"\b(?:quận|huyện)\b", re.IGNORECASE)
TEXTS = ["hop_meetings", "hop_households", "hop_opinions", "hop_passed_on"]


def user(name):
    return User.objects.get(username=name)


def report_of(code, period="2026-9M"):
    return Submission.objects.get(unit__code=code, period__code=period)


def page(name, address, *args, status=200):
    answer = signed_in(user(name)).get(reverse(address, args=args), follow=True)
    assert answer.status_code == status, (name, address, answer.status_code)
    return answer.content.decode()


# --- the office ------------------------------------------------------------------------------------------


def test_two_levels_and_what_stands_below_a_ward():
    kinds = Counter(UnitVersion.objects.values_list("kind", flat=True))
    assert kinds[Kind.WARD] == len(PLACES) == 9 and kinds[Kind.RESIDENTIAL_GROUP] == sum(GROUPS.values())
    assert kinds[Kind.SCHOOL] == sum(map(len, SCHOOLS.values())) and kinds[Kind.MOBILIZATION_BOARD] == kinds[Kind.FRONT] == 1 + len(PLACES)
    levels = set(UnitVersion.objects.values_list("level_name", flat=True))
    assert levels == {"Cấp thành phố", "Cấp phường", "Cấp xã", "Đơn vị trực thuộc"}
    for version in UnitVersion.objects.filter(kind=Kind.WARD).select_related("parent"):
        assert version.parent.code == "TU", version
    for check in (tree_checks.unit_paths, tree_checks.units_of_today, tree_checks.trees_in_time):
        assert list(check()) == []


def test_nobody_is_named_and_every_login_is_told():
    assert [name for name, _ in chosen_logins()][:3] == ["chuyen-vien", "lanh-dao", "mat-tran"]
    assert {name for name, _ in chosen_logins()} <= set(User.objects.values_list("username", flat=True))
    assert all(login in dict(chosen_logins()) for login in ("phuong-1", "xay-dung-dang-1", "mat-tran-2", "truong-1", "to-dan-pho-2"))
    for account in User.objects.all():
        assert re.search(r"\d|Cán bộ|Hiệu trưởng|Chuyên viên|Lãnh đạo|Thành viên|Quản trị", account.display_name), account


def test_every_module_has_records_of_both_years():
    assert Counter(Registration.objects.values_list("registered_on__year", flat=True)) == {2025: 13, 2026: 22}
    assert StageRecord.objects.filter(stage="cong_nhan", level="quan").count() == Award.objects.count() == 6
    assert set(Disclosure.objects.values_list("disclosed_on__year", flat=True)) == {2025, 2026} and NilReturn.objects.count() == 1
    assert Regulation.objects.filter(unit__code="TU", published_on__isnull=False).count() == 4
    assert Counter(Dialogue.objects.values_list("held_on__year", flat=True)) == {2025: 9, 2026: 8}
    assert Question.objects.count() == 59
    today = datetime.date(2026, 9, 1)
    done, late = Commitment.objects.filter(confirmed_on__isnull=False), Commitment.objects.filter(done_on=None, deadline_on__lt=today)
    assert done.count() >= 8 and late.exists()
    assert SupervisionRound.objects.filter(unit__code="AH-MT").count() == 1 and Recommendation.objects.count() == 7


def test_reports_stand_where_the_story_left_them():
    assert {s.unit.code for s in Submission.objects.filter(period__code="2026-9M").select_related("unit")} == set(SO_FAR)
    states = Counter(Submission.objects.filter(period__code="2026-9M").values_list("status", flat=True))
    assert set(states) == set(Status.values)
    for code in ("2025", "2026-Q1", "2026-Q2"):
        reports = Submission.objects.filter(period__code=code, period__unit__code="TU")
        assert reports.count() == 9 and set(reports.values_list("status", flat=True)) == {Status.ACCEPTED}
    for check in (submission_facts, frozen_equals_sent, typed_equals_frozen):
        assert list(check()) == []


def test_a_second_run_does_nothing_and_another_office_is_refused():
    before, told = Unit.objects.count(), io.StringIO()
    call_command("demo_data", stdout=told)
    assert "đã có" in told.getvalue()
    with pytest.raises(CommandError, match="DEMO_PROFILE=city-2026"):
        call_command("demo_data", profile="district-2019")
    with pytest.raises(CommandError, match="2019"):
        call_command("demo_data", until=2019)
    assert Unit.objects.count() == before


def test_the_banner_says_which_invented_place_it_is():
    told = page("phuong-3", "home:home")
    assert PROFILES["city-2026"].text in told and "Thành ủy Thanh Bình" in told and not OLD_LEVELS.search(told)
    with override_settings(DEMO_PROFILE="district-2019"):
        assert PROFILES["district-2019"].text in page("phuong-3", "home:home")


# --- who reports to whom --------------------------------------------------------------------------------


def test_a_group_sends_and_the_board_of_its_ward_accepts():
    """The third group of ward 1 is half way; its Front sees it come and accepts it."""
    person, report = user("to-dan-pho-1-3"), report_of("AH-T3")
    values = {code: Decimal(number) for code, number in zip(TEXTS, (4, 180, 9, 8), strict=True)}
    words = {"ket_qua": "Họp đúng lịch, bàn việc giữ vệ sinh ngõ."}
    services.fill(report, by=person, base=report.version, values=values, narrative=words, explanations={})
    services.hand_to_head(report, by=person)
    services.send(report, by=person)
    for name in ("mat-tran-1", "xay-dung-dang-1"):
        assert f"Duyệt báo cáo 9 tháng năm 2026: {report.unit}" in page(name, "home:tasks")
    round_ = report.rounds.get()
    answer = signed_in(user("mat-tran-1")).post(
        reverse("submissions:review", args=[report.pk]), {"verdict": "duyet", "round": round_.number, "due_on": "8/9/2026"}
    )
    assert answer.status_code == 302
    report.refresh_from_db()
    assert report.status == Status.ACCEPTED


def test_a_school_sends_and_another_wards_board_knows_nothing_of_it():
    report = report_of("AH-TH1")
    assert report.status == Status.SUBMITTED
    assert str(report.unit) in page("xay-dung-dang-1", "submissions:matrix", report.period_id)
    page("xay-dung-dang-1", "submissions:review", report.pk)
    for name in ("xay-dung-dang-2", "mat-tran-2", "phuong-2", "truong-2"):
        page(name, "submissions:sheet", report.pk, status=404)
        page(name, "submissions:matrix", report.period_id, status=404)
    page("xay-dung-dang-2", "submissions:review", report.pk, status=404)
    services.accept(report, by=user("xay-dung-dang-1"))


def test_the_city_sees_all_below_but_is_asked_for_its_own_only():
    """A report to a ward's board is no task of the city's office, and nothing that it may open is missing."""
    waiting = Submission.objects.filter(status=Status.SUBMITTED).select_related("unit", "period__unit")
    tasks = page("chuyen-vien", "home:tasks")
    own = {s.unit.name for s in waiting if s.period.unit.code == "TU"}
    others = {s.unit.name for s in waiting if s.period.unit.code != "TU"}
    assert own and others
    assert all(f": {name}" in tasks for name in own) and not any(f": {name}" in tasks for name in others)
    matrix = page("chuyen-vien", "submissions:index")
    assert "9/9" not in matrix and "Phường An Hà" in matrix and "Trường Tiểu học An Hà" not in matrix
    for report in waiting:
        page("chuyen-vien", "submissions:sheet", report.pk)
        told = page("chuyen-vien", "submissions:review", report.pk)
        asked_here = report.period.unit.code == "TU"
        assert ('value="duyet"' in told) == asked_here, report
        if not asked_here:
            with pytest.raises(Refused, match=f"cơ quan dân vận của {report.period.unit}"):
                services.accept(report, by=user("chuyen-vien"))


def test_a_ward_sends_and_the_city_accepts():
    report = report_of("BG")
    assert report.status == Status.READY
    services.send(report, by=user("dang-uy-2"))
    assert "Duyệt báo cáo 9 tháng năm 2026: Phường Bến Gạch" in page("chuyen-vien", "home:tasks")
    page("xay-dung-dang-1", "submissions:review", report.pk, status=404)
    services.accept(report, by=user("chuyen-vien"))
    report.refresh_from_db()
    assert report.status == Status.ACCEPTED


def test_wards_owe_the_city_and_schools_and_groups_their_ward():
    owing = {
        (p.unit.code, p.regime.code): {unit.code for unit in selectors.owing_units(p)}
        for p in Period.objects.filter(code="2026-9M").select_related("unit", "regime")
    }
    assert owing.pop(("TU", "dan_van")) == set(PLACES)
    for ward in REPORTED_TO:
        assert owing.pop((ward, "truong_hoc")) == {f"{ward}-TH1", f"{ward}-TH2"}
        assert owing.pop((ward, "to_dan_pho")) == {f"{ward}-T{number}" for number in range(1, 5)}
    assert not owing


# --- what pages and papers say --------------------------------------------------------------------------------


def test_the_dashboard_speaks_of_wards_and_communes():
    told = " ".join(re.sub(r"<[^>]+>", " ", page("lanh-dao", "dashboard:dashboard")).split())
    assert "9 phường, xã" in told and not OLD_LEVELS.search(told)
    assert "Tổ dân phố 1" not in told, "reports to a ward's board stand on the dashboard of that board"
    assert "Tổ dân phố 1" in page("xay-dung-dang-1", "dashboard:dashboard")


@pytest.mark.parametrize("name", ["chuyen-vien", "phuong-1", "xay-dung-dang-1", "truong-1"])
def test_no_page_speaks_of_a_level_that_is_gone(name):
    for address in ("home:tasks", "submissions:index", "reporting:index", "regulations:coverage", "registers:registration_list"):
        assert not OLD_LEVELS.search(page(name, address)), address


@pytest.fixture(scope="module")
def annual(city):
    report = Report.objects.get(kind="annual", unit__code="BTGDV", period="2025")
    return of_report(report)


def test_the_annual_report_is_the_citys(annual):
    assert annual["header"]["issuer"] == "BAN TUYÊN GIÁO VÀ DÂN VẬN" and annual["header"]["superior"] == "THÀNH ỦY THANH BÌNH"
    text = "\n".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(rendered(annual))).pages)
    flat = " ".join(text.split())
    assert not OLD_LEVELS.search(flat)
    assert "BAN TUYÊN GIÁO VÀ DÂN VẬN" in flat[:200] and "HOẠT ĐỘNG CỦA BAN TUYÊN GIÁO VÀ DÂN VẬN" in flat
    for words in (
        "Toàn thành phố có 08 mô hình và 05 điển hình", "Đã công nhận cấp thành phố 04 mô hình",
        "cấp thành phố ban hành 03 quy chế dân chủ",
        "các phường, xã, trường học, đơn vị ban hành", "Các phường, xã đã công khai", "Ban Thường vụ Thành ủy", "Xã Sơn Vân",
    ):  # fmt: skip
        assert words in flat, words


def test_what_schools_and_groups_type_is_in_no_sum_of_wards(annual):
    typed = {line["code"]: line["by_unit"] for line in annual["figures"]}
    assert {line["code"] for line in typed["tt_sessions"]} == set(PLACES)
    assert all("-T" in line["code"] for line in typed["hop_meetings"])
