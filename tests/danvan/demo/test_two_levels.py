"""The district's tree of 2019 becomes the two-level tree of 1/7/2025 by decisions; 2019 reads as it did, and no sum loses anything."""

import datetime
from collections import Counter, defaultdict

import pytest
from django.db import connection

from danvan.accounts.models import Membership, User
from danvan.demo.content import later_years, year_figures
from danvan.figures.models import FigureValue
from danvan.figures.series import THEN, TODAY, Series
from danvan.operations import tree_checks
from danvan.operations.integrity import frozen_equals_sent, submission_facts, typed_equals_frozen
from danvan.organization import services
from danvan.organization.permissions import manageable_units
from danvan.reporting.models import Report
from danvan.reporting.snapshot import digest, of_report
from danvan.submissions import selectors
from danvan.submissions.figures import RULES
from danvan.submissions.models import Period, Submission
from danvan.units.models import Kind, Unit, UnitDecision
from danvan.units.plan import plan_of
from danvan.units.selectors import places_on
from models_awards.models import Campaign, Registration
from tests.factories import awards
from tests.factories.decisions import drop_level, found, merge, move, new_decision, split

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
JULY, EVE = datetime.date(2025, 7, 1), datetime.date(2025, 6, 30)
YEARS = [str(year) for year in range(2018, 2027)]
TREE_CHECKS = [
    tree_checks.unit_paths, tree_checks.units_of_today, tree_checks.trees_in_time, tree_checks.revived, tree_checks.successions,
    tree_checks.decisions,
]  # fmt: skip
# An independent count: no register, no figure, no frozen value.
SQL = """
    SELECT CAST(registered_on AS varchar(10)), u.code FROM models_awards_registration r
    JOIN units_unit u ON u.id = r.unit_id WHERE r.kind = 'mo_hinh' AND r.withdrawn_on IS NULL
"""
GATHERED = {"AB": {"AP", "BM"}, "DL": {"CD", "DS", "HL"}, "HT": {"HT", "KL"}, "MTTQ-TP": {"MTTQ", "PN", "TN", "CCB", "LDLD"}}


def unit(code):
    return Unit.objects.get(code=code)


def user(name):
    return User.objects.get(username=name)


def apply(number, *lines):
    decision = new_decision(unit("QU"), *lines, words=number, effective_on=JULY, decided_on=datetime.date(2025, 6, 20))
    seen = plan_of(decision, manageable_units(user("quan-tri")).values_list("pk", flat=True)).fingerprint
    assert services.apply_decision(decision, by=user("quan-tri"), seen=seen)
    return decision


def counted_by_sql():
    """{year: {unit code: models registered}}"""
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        found = defaultdict(Counter)
        for day, code in cursor.fetchall():
            found[day[:4]][code] += 1
    return found


def snapshot_2019():
    return of_report(Report.objects.select_related("unit").get(kind="annual", period="2019"))


@pytest.fixture(scope="module")
def later(long_demo):
    """What 2019 read like before, then the three decisions; the tests below only look."""
    before = digest(snapshot_2019()), selectors.matrix(Period.objects.get(code="2019"), user("chuyen-vien"))
    board = {"kind": Kind.MOBILIZATION_BOARD, "level_name": "Cấp thành phố"}
    apply("01-NQ", found("TU", "Thành ủy Lạc Giang", kind=Kind.PARTY_COMMITTEE, level_name="Cấp thành phố"))
    top = unit("TU")
    apply(
        "02-NQ",
        found("BTG", "Ban Tuyên giáo và Dân vận Thành ủy", top, **board),
        found("MTTQ-TP", "Ủy ban MTTQ thành phố Lạc Giang", top, kind=Kind.FRONT, level_name="Cấp thành phố"),
        merge(unit("AP"), unit("BM"), new=("AB", "Phường An Bình"), parent=top),
        merge(unit("CD"), unit("DS"), unit("HL"), new=("DL", "Phường Đông Lạc"), parent=top),
        merge(unit("KL"), into=unit("HT")),
        split(unit("LH"), ("LS", "Phường Lộc Sơn"), into=[unit("HT")]),
    )
    fronts = [unit(code) for code in ("MTTQ", "PN", "TN", "CCB", "LDLD")]
    apply(
        "03-NQ", merge(unit("BDV"), into=unit("BTG")), merge(*fronts, into=unit("MTTQ-TP")), move(unit("CHO-TB"), unit("AB")),
        drop_level("Cấp quận", top),
    )  # fmt: skip
    campaign = awards.new_campaign(top, 2026, words="2026")
    for ward in ("AB", "AB", "DL", "LS"):
        awards.new_registration(unit(ward), campaign, words=f"mới {ward} {Registration.objects.count()}", registered_on="2026-03-01")
    return before


# --- the later years of the demo ---------------------------------------------------------------


def test_the_later_years_are_whole(later):
    assert set(Submission.objects.values_list("period__code", "status")) == {(str(year), "da_duyet") for year in range(2018, 2025)}
    years = Counter(Registration.objects.filter(campaign__unit__code="QU").values_list("campaign__year", flat=True))
    assert set(years) == set(range(2018, later_years.LAST + 1)) and all(20 <= years[year] <= 40 for year in range(2020, 2026))
    again = Registration.objects.filter(campaign__year=2021).select_related("continues__campaign")
    going_on = [row for row in again if row.continues]
    assert len(going_on) >= 15 and all(row.continues.campaign.year == 2020 for row in going_on)
    assert all((row.continues.unit_id, row.continues.name) == (row.unit_id, row.name) for row in going_on)
    assert Registration.objects.filter(campaign__year=2024).exclude(recognised_on=None).count() == 6
    assert list(frozen_equals_sent()) + list(typed_equals_frozen()) + list(submission_facts()) == []


def test_the_figures_of_later_years_keep_the_rules():
    for year in range(2019, 2025):
        for ward in ("AP", "BM", "CD", "DS", "HL", "HT", "KL", "LH"):
            known, before = year_figures.values(year, ward), year_figures.values(year - 1, ward)
            assert [rule.broken(known) for rule in RULES if rule.broken(known)] == [], (year, ward)
            assert known["dt_carried"] == before["dt_carried"] + before["dt_in"] - before["dt_done"], (year, ward)
            assert known["hg_success"] + known["hg_fail"] <= known["hg_total"] and known["mc_ontime"] <= known["mc_files"]


# --- the tree -----------------------------------------------------------------------------------


def test_the_new_tree_has_two_levels_and_the_old_one_stands_on_its_days(later):
    top = unit("TU")
    living = {place.unit.code: place.parent_id for place in places_on(JULY) if not place.closed}
    assert {code for code, parent in living.items() if parent == top.pk} == {"BTG", "MTTQ-TP", "AB", "DL", "HT", "LS"}
    assert {code: Unit.objects.get(pk=parent).code for code, parent in living.items() if code in ("TH-AP", "THCS-KL", "CHO-TB")} == {
        "TH-AP": "AB", "THCS-KL": "HT", "CHO-TB": "AB",
    }  # fmt: skip
    assert len(living) == 10
    old = places_on(EVE)
    assert len(old) == 29 and not any(place.closed for place in old) and {place.unit.code for place in old if not place.parent_id} == {"QU"}
    assert [problem for check in TREE_CHECKS for problem in check()] == []


def test_people_went_along_and_see_what_they_have_to(later):
    seen = {
        name: {u.code for u in Unit.objects.visible_to(user(name))}
        for name in ("phuong-a", "phuong-c", "phuong-h", "chuyen-vien", "mat-tran")
    }
    assert seen["phuong-a"] == {"AB", "AP", "BM", "TH-AP", "CHO-TB"}
    assert seen["phuong-c"] == {"DL", "CD", "DS", "HL"}
    assert seen["phuong-h"] == {"LH"}, "of a split ward nobody is carried over unasked"
    assert seen["chuyen-vien"] == set(Unit.objects.values_list("code", flat=True))
    assert seen["mat-tran"] == {"MTTQ-TP", "MTTQ", "PN", "TN", "CCB", "LDLD"}
    assert [m.unit.code for m in Membership.objects.exclude(decision=None).filter(user=user("quan-tri"))] == ["TU"]


# --- 2019 reads as it did -------------------------------------------------------------------------


def test_a_new_snapshot_of_2019_has_the_same_hash(later):
    assert digest(snapshot_2019()) == later[0]


def test_the_wards_of_2019_owe_the_report_of_2019(later):
    period = Period.objects.get(code="2019")
    now = selectors.matrix(period, user("chuyen-vien"))
    told = lambda rows: [(str(row["unit"]), row["status"], row["submission"].pk) for row in rows]  # noqa: E731
    assert told(now) == told(later[1]) and len(now) == 8
    assert {u.code for u in selectors.owing_units(Period(regime=period.regime, unit=unit("TU"), ends_on=datetime.date(2025, 12, 31)))} == {
        "AB", "DL", "HT", "LS",
    }  # fmt: skip


def test_records_and_frozen_values_did_not_change_their_unit(later):
    models = Registration.objects.filter(unit__code="AP", campaign__year=2019, kind="mo_hinh").count()
    assert FigureValue.objects.get(unit__code="AP", period="2019", code="dvk_model").value == models == 7
    assert not Registration.objects.filter(registered_on__lt=JULY, unit__code__in=("AB", "DL", "LS")).exists()
    assert Campaign.objects.get(year=2019).unit.code == "QU"


# --- the series, both ways ------------------------------------------------------------------------


def numbers(view, code="dvk_model"):
    """({unit code: numbers by year}, totals, {unit code: note})"""
    series = Series(code, YEARS, view, user("lanh-dao"))
    by_name = {version.name: version.unit.code for version in places_on(datetime.date(2026, 3, 2))}
    rows = {by_name[row.name]: [cell.value if cell else None for cell in row.cells] for row in series.rows}
    return rows, [cell.value for cell in series.totals], {by_name[row.name]: row.note for row in series.rows}


def test_the_series_as_it_was_equals_a_count_by_sql(later):
    rows, totals, notes = numbers(THEN)
    counted = counted_by_sql()
    assert totals == [sum(counted[year].values()) for year in YEARS] and totals[0] == 44 and totals[1] == 66 and totals[-1] == 4
    for code, line in rows.items():
        assert [value or 0 for value in line] == [counted[year][code] for year in YEARS], code
    assert rows["AB"][:7] == [None] * 7 and rows["AP"][-1] is None, "nothing is said of years in which a unit was not there"
    assert notes["AP"] == "Đã nhập vào Phường An Bình từ 01/07/2025"


def test_the_series_by_todays_units_sums_what_was_merged_and_guesses_nothing(later):
    rows, totals, notes = numbers(TODAY)
    counted = counted_by_sql()
    assert totals == numbers(THEN)[1]
    for code, parts in GATHERED.items():
        assert [value or 0 for value in rows[code]] == [sum(counted[year][part] for part in parts | {code}) for year in YEARS], code
    assert not {"AP", "BM", "KL", "MTTQ"} & set(rows)
    assert [value or 0 for value in rows["LH"]] == [counted[year]["LH"] for year in YEARS]
    assert notes["LH"] == "Đã chia tách thành Phường Lộc Sơn và Phường Hưng Thịnh từ 01/07/2025, không cộng dồn"
    assert [sum(value or 0 for value in column) for column in zip(*rows.values(), strict=True)] == totals


def test_a_rate_is_worked_out_anew_from_counts(later):
    parts = {code: numbers(TODAY, code)[0]["AB"] for code in ("mc_ontime", "mc_files")}
    series = Series("mc_rate", YEARS, TODAY, user("lanh-dao"))
    line = next(row for row in series.rows if row.name == "Phường An Bình")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(CASE t.code WHEN 'mc_ontime' THEN value END), sum(CASE t.code WHEN 'mc_files' THEN value END) "
            "FROM submissions_typedvalue t JOIN units_unit u ON u.id = t.unit_id WHERE u.code IN ('AP', 'BM') AND period_code = '2019'"
        )
        ontime, files = cursor.fetchone()
    assert (parts["mc_ontime"][1], parts["mc_files"][1]) == (ontime, files)
    assert line.cells[1].text == f"{float(ontime) * 100 / float(files):.1f}".replace(".", ",") + "%"
    assert [part.value for part in line.cells[1].parts] == [ontime, files]


def test_every_number_of_both_views_opens_as_many_rows(later, client):
    client.force_login(user("lanh-dao"))
    from tests.danvan.dashboard.reading import counts_of, marked_links

    for view in (THEN, TODAY):
        page = client.get("/bang-dieu-hanh/chuoi-so-lieu/", {"chi_tieu": "dvk_model", "tu_nam": 2019, "den_nam": 2026, "cach_xem": view})
        found = [link for link in marked_links(page.content.decode()) if link[1]]
        assert len(found) > 40
        for address, number, _, words in found[::7] + found[-4:]:
            assert counts_of(client.get(address).content.decode())[0] == number, (view, words, address)


def test_undoing_is_refused_by_name_once_the_new_wards_have_records(later):
    with pytest.raises(services.Refused) as refusal:
        services.undo_decision(UnitDecision.objects.get(number="02-NQ"), by=user("quan-tri"), reason="Thử")
    assert "Phường An Bình đã có 2 đăng ký" in refusal.value.message
    assert "Quyết định 03-NQ đã thay đổi tiếp Phường" in refusal.value.message
