"""Figures equal lists, the appendix equals the figures, duties and tasks name the right people; on the data of the demo."""

import datetime
import importlib

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from danvan.accounts.models import User
from danvan.figures import registry
from danvan.figures.compute import compute
from danvan.figures.declare import Figure
from danvan.figures.duties import duties_between
from danvan.reporting.kinds import KINDS
from danvan.reporting.snapshot import Context, build
from danvan.units.models import Unit
from regulations.models import Regulation
from supervision import services
from supervision.figures import FIGURES
from supervision.models import Finding, Recommendation
from supervision.reports import SUMS, lines_of
from supervision.selectors import COUNTS, implementation
from supervision.todo import tasks
from tests.supervision.conftest import TODAY, browser

COUNTED = [item.code for item in FIGURES if isinstance(item, Figure)]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), override_settings(DEMO=True, TODAY=TODAY), transaction.atomic():
        call_command("demo_data", verbosity=0)
        yield
        transaction.set_rollback(True)


def user(name):
    return User.objects.get(username=name)


@pytest.mark.django_db
@pytest.mark.parametrize("period", ["2018", "2019", "2019-Q4"])
def test_a_figure_is_its_list(demo, period):
    values, client = compute(period, Unit.objects.all()), browser(user("chuyen-vien"))
    assert values.value("gs_rec_sent") > 0
    for code in COUNTED:
        response = client.get(registry.figure(code).of.url("list"), {"chi-tieu": code, "ky": period})
        assert response.context["listing"].count == values.value(code), code


@pytest.mark.django_db
def test_the_demo_has_the_two_years(demo):
    values, last = compute("2019", Unit.objects.all()), compute("2018", Unit.objects.all())
    assert [values.value(code) for code in ("gs_rounds", "gs_rec_sent")] == [10, 24]
    assert [last.value(code) for code in ("gs_rounds", "gs_rec_sent")] == [6, 15]
    assert values.value("gs_rec_left") == values.value("gs_rec_sent") - values.value("gs_rec_verified")
    assert set(Finding.objects.filter(regulation__isnull=False).values_list("regulation__subject__scope", flat=True)) == {"quan"}


@pytest.mark.django_db
@pytest.mark.parametrize("period", ["2018", "2019", "2019-Q1", "2019-Q2", "2019-Q4"])
def test_the_sums_of_the_appendix_are_the_figures(demo, period):
    """Quarters too: recommendations are sent in the quarter after their round and still stand in the table."""
    context = Context(KINDS["annual"], Unit.objects.get(code="BDV"), period)
    lines, total = lines_of(context)
    for place, name in enumerate(COUNTS, start=8):
        assert sum(int(line[place]) for line in lines) == int(total[place]) == context.values.value(SUMS[name]), name
    assert sum(bool(line[0]) for line in lines) == context.values.value("gs_rounds")


@pytest.mark.django_db
def test_the_report_says_the_figures(demo):
    snapshot = build(KINDS["annual"], Unit.objects.get(code="BDV"), "2019")
    told = next(s for s in snapshot["sections"] if s["code"] == "A.II.4")["blocks"]
    words = " ".join(block.get("text", "") for block in told)
    assert "10 cuộc giám sát, trong đó 7 cuộc giám sát thường xuyên, 3 cuộc giám sát chuyên đề" in words.replace(" 0", " ")
    appendix = next(a for a in snapshot["appendices"] if a["code"] == "G1")
    table = appendix["blocks"][0]
    assert appendix["orientation"] == "landscape" and len(table["columns"]) == 13
    assert {len(row) for row in [*table["rows"], table["total"]]} == {13}


@pytest.mark.django_db
def test_a_reply_of_the_next_year_is_never_blocked_and_counts_for_what_was_sent(demo):
    row = Recommendation.objects.get(addressed_to__code="KL", status="da_gui")
    before = compute("2019", Unit.objects.all())
    with transaction.atomic():
        services.reply(row, by=user("phuong-g"), kind="tiep_thu", text="")
        after = compute("2019", Unit.objects.all())
        transaction.set_rollback(True)
    assert after.value("gs_rec_answered") == before.value("gs_rec_answered") + 1
    assert after.value("gs_rec_ontime") == before.value("gs_rec_ontime"), "it came after its day"


@pytest.mark.django_db
def test_a_duty_for_each_reply_that_fell_due(demo):
    wards = Unit.objects.filter(code="LH")
    found = [d for d in duties_between(datetime.date(2019, 1, 1), datetime.date(2019, 12, 31), wards) if "kiến nghị" in d.label]
    assert [(duty.due_on, duty.done) for duty in found] == [(datetime.date(2019, 9, 22), True), (datetime.date(2019, 12, 25), False)]
    assert found[1].url == f"/giam-sat/kien-nghi/{Recommendation.objects.get(addressed_to=wards.get(), status='da_gui').pk}/"


@pytest.mark.django_db
def test_what_waits_for_whom(demo):
    told = lambda name: [(row["title"].split(":")[0], row["urgent"]) for row in tasks(user(name), TODAY)]  # noqa: E731
    assert told("phuong-a") == [("Trả lời kiến nghị", False)]
    assert told("phuong-g") == [("Trả lời kiến nghị", True)]
    assert told("phuong-b") == []
    assert told("truong-khoi-f") == [("Xác nhận trả lời kiến nghị", False)]
    assert told("mat-tran") == [("Xác minh trả lời", False), ("Xác minh trả lời", False)]
    assert "Di chuyển hai điểm tập kết rác" in browser(user("phuong-a")).get("/").content.decode()


@pytest.mark.django_db
def test_implementation_of_a_regulation_in_a_ward(demo):
    regulation = Regulation.objects.get(subject__code="quan_trat_tu_xay_dung", status="hieu_luc")
    wards = list(Unit.objects.filter(code__in=["AP", "CD", "BM", "DS"]))
    done = implementation(user("chuyen-vien"), [regulation.pk], wards)
    codes = {unit.pk: unit.code for unit in wards}
    assert {codes[key[1]]: [(d.label, d.number) for d in told] for key, told in done.items()} == {
        "AP": [("cuộc giám sát", 1), ("kiến nghị", 1)],
        "CD": [("cuộc giám sát", 1), ("vi phạm", 1), ("kiến nghị", 1)],
        "BM": [("cuộc giám sát", 1), ("vi phạm", 1), ("kiến nghị", 1)],
    }
    client = browser(user("chuyen-vien"))
    for each in (d for told in done.values() for d in told if d.url):
        assert client.get(each.url).context["listing"].count == each.number, each


@pytest.mark.django_db
def test_a_ward_counts_what_it_may_open(demo):
    """Rounds and findings are the Front's own: what a recommendation to the ward rests on is not the ward's to count."""
    regulation = Regulation.objects.get(subject__code="quan_trat_tu_xay_dung", status="hieu_luc")
    ward, other = Unit.objects.get(code="AP"), Unit.objects.get(code="BM")
    assert implementation(user("phuong-a"), [regulation.pk], [ward]) == {}
    told = implementation(user("chuyen-vien"), [regulation.pk], [ward])[regulation.pk, ward.pk][-1]
    assert (told.label, told.number) == ("kiến nghị", 1)
    assert browser(user("phuong-a")).get(told.url).context["listing"].count == 0
    elsewhere = told.url.replace(f"tai={ward.pk}", f"tai={other.pk}")
    page = browser(user("phuong-a")).get(elsewhere).content.decode()
    assert "Phường Bình Minh, 12 tháng qua" not in page


def test_the_module_is_found_by_the_registries():
    assert set(COUNTED) <= set(registry.all_figures())
    assert importlib.import_module("supervision.duties").KINDS and importlib.import_module("supervision.todo").tasks
