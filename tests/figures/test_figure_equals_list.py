"""Figure = list, for every figure there is: a count equals the list, a sum its totals row, a rate both its counts."""

import datetime
import operator
import os
import random
import re
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.db.models import BooleanField, DateField
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from danvan.access.roles import HEAD, OFFICER, REVIEWER
from danvan.accounts.models import User
from danvan.catalogues.models import FieldOfWork, LegalNumber, RegulationSubject
from danvan.common import text
from danvan.figures import registry
from danvan.figures.compute import compute
from danvan.figures.declare import Balance, Figure, Rate, Typed
from danvan.figures.links import url_of
from danvan.figures.periods import span_of
from danvan.registers.filters import _resolve
from danvan.registers.list import Listing
from danvan.registers.registry import all_registers
from danvan.submissions.figures import BELOW_WARDS
from danvan.submissions.models import Period, Regime, TypedValue
from danvan.submissions.registers import typed_values
from danvan.units.models import Kind, Unit
from dialogues.models import Commitment, Dialogue, DialogueObligation, Question
from models_awards import choices
from models_awards.models import Award, Registration
from regulations.models import Disclosure, Regulation
from supervision.models import Recommendation, SupervisionRound
from tests.factories import awards, reports
from tests.figures.conditions import holds
from tests.world import built, signed_in

pytestmark = pytest.mark.django_db

SEED = int(os.environ["TEST_SEED"])
FIGURES = registry.all_figures()
COUNTED = [code for code, item in FIGURES.items() if isinstance(item, Figure)]
PERIODS = ["2019", "2018", "2019-Q4", "2019-6M", "2018..2019"]


# --- varied data --------------------------------------------------------------------------------------


def some_day(dice, year):
    # the first and last day of the year come often: that is where a span goes wrong
    edges = [datetime.date(year, 1, 1), datetime.date(year, 12, 31), datetime.date(year, 6, 30), datetime.date(year, 10, 1)]
    return dice.choice([*edges, datetime.date(year, 1, 1) + datetime.timedelta(days=dice.randrange(365))])


def varied(cast, patch):
    dice = random.Random(20190108)
    fields = [awards.new_field(f"linh-vuc-{n}", f"Lĩnh vực {n}", n) for n in range(3)]
    campaigns = {year: awards.new_campaign(cast.district.unit, year) for year in (2018, 2019)}
    others = {year: awards.new_campaign(cast.other_district.unit, year) for year in (2018, 2019)}
    reviewer, other_reviewer = cast.office.people[REVIEWER], cast.other_office.people[REVIEWER]
    for number in range(48):
        key = dice.choice(["a", "a", "b", "b", "school", "front", "other_ward"])
        year = dice.choice([2018, 2019, 2019, 2019])
        theirs = key == "other_ward"
        new_row(
            dice, cast.parties[key].unit, (others if theirs else campaigns)[year], number, fields, other_reviewer if theirs else reviewer
        )
    for number in range(40):
        new_award(dice, cast.parties[dice.choice(["a", "b", "school", "front", "other_ward"])].unit, number)
    for occasion in choices.Occasion.values:  # so that every figure of awards counts something
        for body, subject in [("ban_thuong_vu", "tap_the"), ("ubnd", "tap_the"), ("bo", "ca_nhan")]:
            values = {"occasion": occasion, "granting_body": body, "subject_type": subject}
            awards.new_award(cast.b.unit, words=f"{body} {occasion}", **values)
    units = {key: cast.parties[key].unit for key in ("a", "b", "school", "front", "other_ward")}
    for number in range(60):
        key = dice.choice(list(units))
        year, near = dice.choice([2017, 2018, 2019, 2019]), [unit for other, unit in units.items() if other not in (key, "other_ward")]
        for make in (new_regulation, new_disclosure, new_supervision, new_dialogue):
            make(dice, units[key], some_day(dice, year), number, near)
    for number, unit in enumerate(units.values()):
        for year in range(2016, 2021):
            held = dice.choice([None, some_day(dice, year)]) if year != 2019 or number else some_day(dice, year)
            DialogueObligation.objects.create(unit=unit, year=year, head_title="Bí thư", due_on=some_day(dice, year), held_on=held)
    regime = reports.new_regime()
    for key, above, by in [("a", "district", reviewer), ("b", "district", reviewer), ("other_ward", "other_district", other_reviewer)]:
        unit, people = cast.parties[key].unit, cast.parties[key].people
        for year in ("2018", "2019"):
            period = reports.Period.objects.filter(unit=cast.parties[above].unit, code=year).first()
            period = period or reports.new_period(cast.parties[above].unit, year, regime)
            who = {"officer": people[OFFICER], "head": people[HEAD], "words": "một năm"}
            submission = reports.sent(period, unit, **who, tcd_turns=dice.randrange(500), tt_turns=dice.randrange(9000))
            if year == "2018" and key == "a":  # one closed, one sent, one for each: the frozen value equals its list too
                reports.services.accept(submission, by=by)
    for number, key in enumerate("ab", start=1):
        fill_below(cast, cast.parties[key], number)


def fill_below(cast, party, number):
    """What is asked of schools and residential groups is typed and listed as everything else is; here a second regime asks wards."""
    values = {"name": "Báo cáo thứ hai", "unit_kind": Kind.WARD, "typed_codes": [item.code for item in BELOW_WARDS], "paragraphs": []}
    regime = Regime.objects.get_or_create(code="thu_hai", defaults=values)[0]
    for year in ("2018", "2019"):
        district = cast.parties["district"].unit
        period = Period.objects.filter(regime=regime, unit=district, code=year).first() or reports.new_period(district, year, regime)
        submission = reports.services.start(period, party.unit, by=party.people[OFFICER])
        figures = {item.code: number * 10 + place for place, item in enumerate(BELOW_WARDS)}
        told = {"narrative": {}, "explanations": {}}
        reports.services.fill(submission, by=party.people[OFFICER], base=submission.version, values=figures, **told)


def new_row(dice, unit, campaign, number, fields, by):
    former = Registration.objects.filter(unit=unit, campaign__year=campaign.year - 1).order_by("pk").first()
    row = awards.new_registration(
        unit, campaign, words=f"thứ {number}", field=dice.choice(fields), registered_on=some_day(dice, campaign.year),
        kind=dice.choice(choices.ModelKind.values), subject_type=dice.choice(choices.SubjectType.values),
        households=dice.choice([None, 0, 15, 120, 2500]), continues=dice.choice([None, former]),
    )  # fmt: skip
    fate = dice.randrange(8)
    if fate == 0:
        return awards.withdraw(row, by=by)
    later = lambda days: min(row.registered_on + datetime.timedelta(days=days), datetime.date(2020, 1, 8))  # noqa: E731
    if fate >= 3:
        awards.survey(row, by=by, held_on=later(dice.choice([0, 30, 200])))
    if fate >= 4:
        awards.appraise(row, by=by, held_on=later(dice.choice([200, 220])))
    if fate >= 5:
        level = dice.choice([choices.Level.DISTRICT, choices.Level.DISTRICT, choices.Level.WARD, choices.Level.CITY])
        awards.recognise(row, by=by, held_on=later(dice.choice([220, 300, 366])), level=level, words=str(number))
    return row


def new_award(dice, unit, number):
    year = dice.choice([2018, 2019, 2019, 2019])
    return awards.new_award(
        unit, words=f"thứ {number}", year=year, decided_on=dice.choice([some_day(dice, year), datetime.date(year + 1, 1, 5)]),
        form=dice.choice(choices.AwardForm.values), granting_body=dice.choice(choices.GrantingBody.values),
        occasion=dice.choice([*choices.Occasion.values, "dan_van_kheo"]),
        subject_type=dice.choice([*choices.SubjectType.values, "tap_the"]),
    )  # fmt: skip


def days(number):
    return datetime.timedelta(days=number)


def new_regulation(dice, unit, day, number, near):
    status = dice.choice(["du_thao", "hieu_luc", "duoc_thay_the", "bai_bo"])
    subject = dice.choice(list(RegulationSubject.objects.all()))
    if status == "hieu_luc" and Regulation.objects.filter(unit=unit, subject=subject, status=status).exists():
        status = "duoc_thay_the"
    ended = day + days(dice.choice([0, 40, 400])) if status in ("duoc_thay_the", "bai_bo") else None
    Regulation.objects.create(
        unit=unit, subject=subject, name=f"Quy chế {number}", number=f"{number}/QC", issued_on=day, in_force_from=day, ended_on=ended,
        status=status, owner_office=dice.choice([None, *near]),
    )  # fmt: skip


def new_disclosure(dice, unit, day, number, near):
    channel = dice.choice(Disclosure._meta.get_field("channel").choices)[0]
    Disclosure.objects.create(unit=unit, content=f"Nội dung {number}", body="UBND", channel=channel, disclosed_on=day)


def new_supervision(dice, unit, day, number, near):
    form = dice.choice(SupervisionRound._meta.get_field("form").choices)[0]
    rhythm = dice.choice(["thuong_xuyen", "chuyen_de"])
    held = {"held_from": day, "held_on": day, "form": form, "rhythm": rhythm}
    row = SupervisionRound.objects.create(unit=unit, title=f"Cuộc {number}", team="Đoàn giám sát", **held)
    row.target_units.set(dice.sample(near, k=2))
    status = dice.choice(["da_gui", "da_tra_loi", "da_tra_loi", "da_xac_minh", "da_rut", "mo_lai"])
    replied = day + days(dice.choice([0, 15, 16, 300])) if status in ("da_tra_loi", "da_xac_minh", "mo_lai") else None
    Recommendation.objects.create(
        unit=unit, addressed_to=dice.choice(near), round=dice.choice([None, row]), title=f"Kiến nghị {number}", content="Kiến nghị",
        sent_on=day, due_rule=LegalNumber.objects.first(), due_on=day + days(15), status=status, replied_on=replied,
        reply_kind="tiep_thu" if replied else "", verified_on=replied if status == "da_xac_minh" else None,
        withdrawn_on=day if status == "da_rut" else None,
    )  # fmt: skip


def new_dialogue(dice, unit, day, number, near):
    """Planned, held or concluded, in time or late, with two questions and a commitment that may end in another year."""
    status = dice.choice(["du_kien", "da_to_chuc", "da_ket_luan", "da_ket_luan"])
    held, ended = status != "du_kien", status == "da_ket_luan"
    row = Dialogue.objects.create(
        unit=unit, kind=dice.choice(Dialogue._meta.get_field("kind").choices)[0], topic=f"Đối thoại {number}", chair_title="Bí thư",
        scheduled_on=day, held_on=day if held else None, attendance=dice.choice([None, 0, 40, 1200]), status=status,
        noticed_on=dice.choice([None, day - days(9), day - days(7), day - days(2)]), notice_due_on=dice.choice([None, day - days(7)]),
        result_due_on=dice.choice([None, day + days(15)]) if held else None,
        conclusion_on=day + days(dice.choice([0, 15, 16])) if ended else None, conclusion_number=f"{number}-TB" if ended else "",
    )  # fmt: skip
    fields = list(FieldOfWork.objects.all())
    for position in (1, 2):
        answered = dice.choice(["tai_cho", "bang_van_ban", "chua"]) if held else "chua"
        Question.objects.create(
            dialogue=row, unit=unit, asked_on=row.held_on, position=position, content=f"Câu hỏi {number}", answered=answered,
            field=dice.choice([None, *fields]), answered_on=None if answered == "chua" else day, forwarded_to=dice.choice([None, *near]),
        )  # fmt: skip
    done = day + days(dice.choice([20, 30, 31, 400])) if dice.randrange(3) else None
    Commitment.objects.create(
        dialogue=row, unit=unit, owner=dice.choice([unit, *near]), content=f"Cam kết {number}", due_on=day + days(30),
        deadline_on=day + days(dice.choice([30, 90])), done_on=done, status="hoan_thanh" if done else "dang_thuc_hien",
    )  # fmt: skip


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker, tmp_path_factory):
    with built(django_db_blocker, tmp_path_factory.mktemp("private"), varied) as found:
        yield found


@pytest.fixture
def reviewer(cast):
    return User.objects.get(pk=cast.office.people[REVIEWER].pk)


@pytest.fixture
def client(reviewer):
    return signed_in(reviewer)


@pytest.fixture
def units(reviewer):
    return Unit.objects.visible_to(reviewer)


# --- reading the page ------------------------------------------------------------------------------------


def page_of(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return response


def count_on(response):
    """The number that the page says it lists."""
    return int(re.search(r'class="count" role="status"><b>([\d.]+)</b>', response.content.decode())[1].replace(".", ""))


def total_on(client, url, column):
    """The totals row of the page, as it is printed."""
    response = page_of(client, f"{url}&tong=1")
    cells = response.context["totals"]
    place = [c.name for c in response.context["register"].columns].index(column)
    assert f">{cells[place]['text']}<" in response.content.decode()
    return text.parse_number(cells[place]["text"])


def python_rows(register, reviewer):
    """Every row below the district, chosen without scope_path lookups."""
    root = str(reviewer.memberships.get().sees_id)
    related = {Registration: ["campaign"], Regulation: ["subject"]}.get(register.model, [])
    rows = register.model._default_manager.select_related("unit", *related)
    rows = rows.prefetch_related("target_units") if register.model is SupervisionRound else rows
    return [row for row in rows if row.unit.scope_path.split(".")[0] == root]


def python_value(item, rows):
    return sum(getattr(row, item.sum_of) or 0 for row in rows) if item.sum_of else len(rows)


# --- without filters -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("code", COUNTED)
def test_a_counted_figure_equals_its_list(client, reviewer, units, code, period):
    item = FIGURES[code]
    value = compute(period, units).value(code)
    rows = [row for row in python_rows(item.of, reviewer) if holds(row, item.condition(*span_of(period)))]
    url = url_of(code, period)
    response = page_of(client, url)
    assert count_on(response) == len(rows)
    if item.sum_of:
        assert total_on(client, url, item.sum_of) == value == python_value(item, rows) if rows else value == 0
    else:
        assert count_on(response) == value == len(rows)
    assert item.label in response.content.decode()


@pytest.mark.parametrize("code", COUNTED)
def test_a_counted_figure_of_one_unit_equals_its_list(client, cast, units, code):
    item = FIGURES[code]
    for key in ("a", "b", "school", "front"):
        unit = cast.parties[key].unit
        value = compute("2019", units.filter(pk=unit.pk)).value(code)
        assert compute("2019", units).value(code, {unit.pk}) == value
        url = url_of(code, "2019", unit.pk)
        found = count_on(page_of(client, url))
        assert (total_on(client, url, item.sum_of) if found else 0) == value if item.sum_of else found == value


def test_the_data_would_show_a_difference(reviewer):
    """Every figure counts something, and leaves something of its register out."""
    for code in COUNTED:
        item = FIGURES[code]
        rows = python_rows(item.of, reviewer)
        counted = [row for row in rows if holds(row, item.condition(*span_of("2018..2019")))]
        assert 0 < len(counted) < len(rows), code
    rows = Registration.objects.all()
    assert rows.filter(withdrawn_on__isnull=False).count() >= 3
    assert rows.filter(recognised_level="phuong").exists() and rows.filter(households=None).exists()
    assert Registration.objects.filter(unit__scope_path__startswith="50001.").exists()


@pytest.mark.parametrize("code", [code for code, item in FIGURES.items() if isinstance(item, Typed)])
@pytest.mark.parametrize("period", ["2018", "2019"])
def test_a_typed_figure_equals_its_list(client, cast, units, code, period):
    values = compute(period, units)
    url = url_of(code, period)
    assert url.startswith(typed_values.url("list"))
    typed = list(TypedValue.objects.filter(code=code, period_code=period, unit__in=[cast.a.unit, cast.b.unit]))
    assert count_on(page_of(client, url)) == len(values.units(code)) == len(typed) == 2
    assert total_on(client, url, "value") == values.value(code) == sum(row.value for row in typed)
    for row in typed:
        assert total_on(client, url_of(code, period, row.unit_id), "value") == values.value(code, {row.unit_id}) == row.value


@pytest.mark.parametrize("code", [code for code, item in FIGURES.items() if isinstance(item, Rate)])
@pytest.mark.parametrize("period", ["2018", "2019"])
def test_a_rate_is_its_two_counts(client, units, code, period):
    item, values = FIGURES[code], compute(period, units)
    assert url_of(code, period) == ""
    counts = [counted_on(client, part, period) for part in (item.numerator, item.denominator)]
    assert counts == [values.value(item.numerator), values.value(item.denominator)]
    share = (Decimal(counts[0]) * 100 / counts[1]).quantize(Decimal("0.1"), rounding="ROUND_HALF_UP") if counts[1] else None
    assert values.text(code) == ("—" if share is None else f"{share}%".replace(".", ","))


def counted_on(client, code, period):
    """What the list of one figure says, the totals row for a sum."""
    item, url = FIGURES[code], url_of(code, period)
    if isinstance(item, Typed):
        return total_on(client, url, "value")
    found = count_on(page_of(client, url))
    return (total_on(client, url, item.sum_of) if found else 0) if item.sum_of else found


@pytest.mark.parametrize("code", [code for code, item in FIGURES.items() if isinstance(item, Balance)])
def test_a_balance_is_its_parts(client, units, code):
    item, values = FIGURES[code], compute("2019", units)
    plus, minus = ([counted_on(client, part, "2019") for part in parts] for parts in (item.plus, item.minus))
    assert values.value(code) == sum(plus) - sum(minus)
    assert url_of(code, "2019") == "", "a list of plus and minus rows has no total that equals the balance"


# --- with five random filters -----------------------------------------------------------------------------------


def reader(path, field):
    """row -> what a filter of this path may ask for: one value, none when empty, several of a set of units"""
    if field.many_to_many:
        return lambda row: {found.pk for found in getattr(row, path).all()}
    attribute = operator.attrgetter(".".join([*path.split("__")[:-1], field.attname]))
    return lambda row: {attribute(row)} - {None, ""}


def random_filters(dice, register, rows):
    """(query parameters, the same as a function row -> bool)"""
    names = dice.sample(sorted([*register.filters, "tu_ngay", "den_ngay"]), k=dice.choice([1, 2, 3]))
    checks, params = [], {}
    for name in names:
        if name in ("tu_ngay", "den_ngay"):
            row = dice.choice([row for row in rows if getattr(row, register.date)])
            day = getattr(row, register.date)
            params[name] = text.format_date(day)
            checks.append(
                lambda r, day=day, late=name == "tu_ngay": (
                    (found := getattr(r, register.date)) is not None and (found >= day if late else found <= day)
                )
            )
        else:
            path = register.filters[name]
            field = _resolve(register.model, path)
            assert not isinstance(field, BooleanField | DateField), "say here how this filter is read"
            read = reader(path, field)
            value = dice.choice(sorted({value for row in rows for value in read(row)}, key=str))
            params[name] = str(value)
            checks.append(lambda r, read=read, value=value: value in read(r))
    return params, lambda row: all(check(row) for check in checks)


@pytest.mark.parametrize("code", COUNTED)
def test_figure_equals_list_under_five_random_filters(client, reviewer, code):
    item, dice = FIGURES[code], random.Random(f"{SEED} {code}")
    rows = python_rows(item.of, reviewer)
    starts_on, ends_on = span_of("2019")
    for attempt in range(5):
        params, kept = random_filters(dice, item.of, rows)
        expected = [row for row in rows if kept(row) and holds(row, item.condition(starts_on, ends_on))]
        query = QueryDict(mutable=True)
        query.update({**dict(parse_qsl(urlsplit(url_of(code, "2019")).query)), **params})
        url = f"{item.of.url('list')}?{query.urlencode()}"
        told = f"seed {SEED}, {code}, try {attempt}: {url}"
        response = page_of(client, url)
        assert response.context["listing"].unread_filters() == {}, told
        assert count_on(response) == len(expected), told
        if item.sum_of and expected:
            assert total_on(client, url, item.sum_of) == python_value(item, expected), told
        narrowed = item.of.model.objects.filter(pk__in=[row.pk for row in rows if kept(row)])
        found = narrowed.aggregate(found=item.aggregate(starts_on, ends_on))["found"] or 0
        assert found == python_value(item, expected), told


def test_all_figures_are_covered():
    print(f"counted: figures: {len(COUNTED)} counted × {len(PERIODS)} periods, {5 * len(COUNTED)} random filters, seed {SEED}")
    assert len(COUNTED) >= 18


def test_two_filters_of_one_seed_are_the_same(reviewer):
    register = FIGURES[COUNTED[0]].of
    rows = python_rows(register, reviewer)
    assert random_filters(random.Random(SEED), register, rows)[0] == random_filters(random.Random(SEED), register, rows)[0]


# --- the machine ---------------------------------------------------------------------------------------------------


def test_all_counted_figures_are_one_query(units):
    with CaptureQueriesContext(connection) as log:
        compute("2019", units)
    tables = [set(re.findall(r'FROM "(\w+)"', query["sql"])) for query in log.captured_queries]
    registers = {item.of.model._meta.db_table for item in FIGURES.values() if isinstance(item, Figure)}
    assert [registers <= found for found in tables] == [True, False, False], tables  # all registers; typed; frozen


def test_the_number_of_queries_does_not_grow_with_units_or_rows(units):
    counts = []
    for some in (units.filter(pk=units.first().pk), units):
        with CaptureQueriesContext(connection) as log:
            compute("2019", some)
        counts.append(len(log))
    assert counts[0] == counts[1]


def test_a_figure_narrows_only_the_list_of_its_own_register(client, reviewer):
    for register in all_registers():
        request = RequestFactory().get("/", {"chi-tieu": "dvk_model", "ky": "2019"})
        narrowed = Listing(register, reviewer, request.GET).narrowed
        assert [found.words for found in narrowed] == (["Mô hình đăng ký, năm 2019"] if register.model is Registration else []), (
            register.code
        )


@pytest.mark.parametrize(
    "query", ["chi-tieu=khong_co&ky=2019", "chi-tieu=dvk_model&ky=hai_nghin", "chi-tieu=dvk_model", "chi-tieu=dvk_model&ky=2019-Q5"]
)
def test_an_unknown_figure_or_period_lists_everything(client, reviewer, query):
    register = FIGURES["dvk_model"].of
    response = page_of(client, f"{register.url('list')}?{query}")
    assert count_on(response) == len(python_rows(register, reviewer))


def test_awards_count_by_award_year_not_by_decision(units):
    late = Award.objects.filter(award_year=2019, decided_on__year=2020, unit__in=units)
    assert late.exists()
    assert {row.awarded_on for row in late} == {datetime.date(2019, 12, 31)}
