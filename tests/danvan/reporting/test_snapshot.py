"""A snapshot says what the records say, every time the same, and nothing else."""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.utils import timezone

from danvan.figures import registry
from danvan.figures.declare import Rate
from danvan.reporting import services, snapshot
from danvan.reporting.kinds import KINDS
from danvan.reporting.rendering import render_pdf
from danvan.submissions.choices import Status
from danvan.submissions.models import Period, Regime, Submission
from danvan.units.models import Kind
from danvan.units.services import create_unit
from models_awards.models import Award, Registration
from tests.danvan.reporting.conftest import START, accept, annual, new_award, new_registration
from tests.factories.awards import recognise

pytestmark = [pytest.mark.embedded, pytest.mark.django_db]
DATES = ("starts_on", "ends_on", "opens_on", "due_on", "review_due_on", "published_on")


def taken(place, kind="annual", unit=None, **words):
    return snapshot.build(KINDS[kind], unit or place.office, "2019", **words)


def day(month, number=10, year=2019):
    return datetime.date(year, month, number)


# --- one figure at a time -------------------------------------------------------------------
# What each counted figure is, told a second time without its declaration: filters of plain Python over all rows.


def _in_year(on):
    return on is not None and on.year == 2019


def _registered(test):
    return lambda: sum(1 for r in Registration.objects.all() if _in_year(r.registered_on) and r.withdrawn_on is None and test(r))


def _reached(date, test=lambda r: True):
    return lambda: sum(1 for r in Registration.objects.all() if _in_year(getattr(r, date)) and r.withdrawn_on is None and test(r))


def _awarded(test):
    return lambda: sum(1 for a in Award.objects.all() if a.award_year == 2019 and test(a))


def _together(body, occasion):
    return _awarded(lambda a: (a.subject_type, a.granting_body, a.occasion) == ("tap_the", body, occasion))


RECOUNT = {
    "dvk_model": _registered(lambda r: r.kind == "mo_hinh"),
    "dvk_exemplar": _registered(lambda r: r.kind == "dien_hinh"),
    "dvk_new": _registered(lambda r: r.continues_id is None),
    "dvk_continued": _registered(lambda r: r.continues_id is not None),
    "dvk_collective": _registered(lambda r: r.subject_type == "tap_the"),
    "dvk_individual": _registered(lambda r: r.subject_type == "ca_nhan"),
    "dvk_households": lambda: sum(
        r.households or 0 for r in Registration.objects.all() if _in_year(r.registered_on) and r.withdrawn_on is None
    ),
    "dvk_surveyed": _reached("surveyed_on"),
    "dvk_appraised": _reached("appraised_on"),
    "dvk_model_recognised": _reached("recognised_on", lambda r: r.kind == "mo_hinh" and r.recognised_level == "quan"),
    "dvk_exemplar_recognised": _reached("recognised_on", lambda r: r.kind == "dien_hinh" and r.recognised_level == "quan"),
    "kt_btv_kl62": _together("ban_thuong_vu", "kl_62"),
    "kt_btv_kl101": _together("ban_thuong_vu", "kl_101"),
    "kt_btv_qcdc": _together("ban_thuong_vu", "qcdc"),
    "kt_btv_tuyen_giao": _together("ban_thuong_vu", "tuyen_giao"),
    "kt_ubnd_dvcq": _together("ubnd", "nam_dan_van_chinh_quyen"),
    "kt_bo_ton_giao": _awarded(lambda a: (a.subject_type, a.granting_body) == ("ca_nhan", "bo")),
    "kt_dvk": _awarded(lambda a: a.occasion == "dan_van_kheo"),
}


def _change(**values):
    return lambda place: Registration.objects.filter(name="Có sẵn").update(**values)


def _award(**values):
    return lambda place: new_award(place, **values)


# One record that moves the figure by one.
ONE_MORE = {
    "dvk_model": lambda place: new_registration(place),
    "dvk_exemplar": lambda place: new_registration(place, kind="dien_hinh"),
    "dvk_new": lambda place: new_registration(place, subject_type="ca_nhan"),
    "dvk_continued": lambda place: new_registration(place, continues=Registration.objects.get(name="Năm trước")),
    "dvk_collective": lambda place: new_registration(place, unit=place.b),
    "dvk_individual": lambda place: new_registration(place, unit=place.b, subject_type="ca_nhan"),
    "dvk_households": _change(households=8),
    "dvk_surveyed": _change(surveyed_on=day(6)),
    "dvk_appraised": _change(appraised_on=day(7)),
    "dvk_model_recognised": _change(recognised_on=day(10), recognised_level="quan"),
    "dvk_exemplar_recognised": lambda place: Registration.objects.filter(name="Điển hình có sẵn").update(
        recognised_on=day(10), recognised_level="quan"
    ),
    "kt_btv_kl62": _award(occasion="kl_62"),
    "kt_btv_kl101": _award(occasion="kl_101"),
    "kt_btv_qcdc": _award(occasion="qcdc"),
    "kt_btv_tuyen_giao": _award(occasion="tuyen_giao"),
    "kt_ubnd_dvcq": _award(occasion="nam_dan_van_chinh_quyen", granting_body="ubnd"),
    "kt_bo_ton_giao": _award(occasion="ton_giao", granting_body="bo", subject_type="ca_nhan"),
    "kt_dvk": _award(occasion="dan_van_kheo", subject_type="ca_nhan", granting_body="ubnd"),
}
# Records that move nothing, each by one column only.
NONE_MORE = {
    "registered in another year": lambda place: new_registration(place, year=2018),
    "withdrawn": lambda place: new_registration(place, status="da_rut", withdrawn_on=day(12)),
    "a withdrawn exemplar": lambda place: new_registration(place, kind="dien_hinh", status="da_rut", withdrawn_on=day(12)),
    "recognised by the ward": _change(recognised_on=day(10), recognised_level="phuong"),
    "surveyed in another year": _change(surveyed_on=day(1, year=2020)),
    "awarded in another year": _award(year=2018),
    "decided this year for another one": _award(year=2020, decided_on=day(12)),
    "a person, where collectives count": _award(subject_type="ca_nhan"),
}


def _percent(number, whole):
    if not whole:
        return "—"
    share = (Decimal(number) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{share}%".replace(".", ",")


def expected_values():
    counts = {code: count() for code, count in RECOUNT.items()}
    found = {code: str(count) for code, count in counts.items()}
    found["dvk_model_rate"] = _percent(counts["dvk_model_recognised"], counts["dvk_model"])
    found["dvk_exemplar_rate"] = _percent(counts["dvk_exemplar_recognised"], counts["dvk_exemplar"])
    return found


def values_of(taken_snapshot):
    return {figure["code"]: figure["value"] for figure in taken_snapshot["figures"]}


@pytest.fixture
def some_records(place):
    new_registration(place, "Năm trước", year=2018, households=3)
    new_registration(place, "Có sẵn", households=7)
    new_registration(place, "Điển hình có sẵn", kind="dien_hinh", unit=place.b)
    new_award(place, "Đã khen")
    return place


def test_every_counted_figure_is_told_a_second_time():
    """Of this app; the figures of the others are told again in tests/figures/test_one_record.py."""
    own = {item.code for item in registry.counted() if item.of.model._meta.app_label == "models_awards"}
    assert own == set(RECOUNT) == set(ONE_MORE)


@pytest.mark.parametrize("code", ONE_MORE)
def test_one_record_moves_its_figure_by_one_and_no_other_figure_without_reason(some_records, code):
    before, expected = values_of(taken(some_records)), expected_values()
    ONE_MORE[code](some_records)
    after, now = values_of(taken(some_records)), expected_values()
    assert int(now[code]) == int(expected[code]) + 1
    assert {c: before[c] for c in expected} == expected
    assert {c: after[c] for c in now} == now
    assert {c for c in after if after[c] != before[c]} == {c for c in now if now[c] != expected[c]}


@pytest.mark.parametrize("record", NONE_MORE)
def test_a_record_outside_the_conditions_moves_nothing(some_records, record):
    before = values_of(taken(some_records))
    NONE_MORE[record](some_records)
    assert values_of(taken(some_records)) == before == {**before, **expected_values()}


def test_a_typed_figure_moves_itself_and_its_rate_only(place):
    accept(place, "a", hg_total=4, hg_success=3)
    before = values_of(taken(place))
    accept(place, "b", hg_total=4, hg_success=4)
    after = values_of(taken(place))
    assert {code: after[code] for code in after if after[code] != before[code]} == {"hg_total": "8", "hg_success": "7", "hg_rate": "87,5%"}


def test_a_wards_report_counts_the_ward_only(some_records):
    told = values_of(taken(some_records, "unit", some_records.a))
    assert (told["dvk_model"], told["dvk_exemplar"], told["kt_btv_qcdc"]) == ("1", "0", "1")


# --- the same every time ------------------------------------------------------------------------


def test_the_same_records_give_the_same_digest_and_the_same_bytes(some_records):
    accept(some_records, "a", hg_total=4, hg_success=3)
    words = {"narrative": {"A.I": "Tình hình ổn định."}, "override_reason": "Phường B gửi muộn."}
    first, second = taken(some_records, **words), taken(some_records, **words)
    assert snapshot.digest(first) == snapshot.digest(second)
    assert render_pdf(first) == render_pdf(second)


def test_another_word_gives_another_digest(some_records):
    assert snapshot.digest(taken(some_records, narrative={"A.I": "Một."})) != snapshot.digest(
        taken(some_records, narrative={"A.I": "Hai."})
    )


def test_the_units_of_a_figure_are_named_with_their_codes(some_records):
    figure = next(f for f in taken(some_records)["figures"] if f["code"] == "dvk_exemplar")
    assert figure["by_unit"] == [{"code": "PB", "unit": "Phường B", "value": "1", "source": "hiện tại"}]


# --- no number of its own ---------------------------------------------------------------------------


def printed(blocks):
    for block in blocks:
        yield from [block["text"]] if block["type"] == "paragraph" else block.get("items", [])
        yield from (cell for row in block.get("rows", []) for cell in row)


@pytest.mark.parametrize("typed", [False, True], ids=["nothing typed", "zeros typed"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_chapter_holds_no_number_but_counts_and_years(place, kind, typed):
    if typed:
        accept(place, "a")
    sections = taken(place, kind, place.office if kind == "annual" else place.a)["sections"]
    texts = [text for section in sections for text in printed(section["blocks"])]
    assert texts
    assert {number for text in texts for number in re.findall(r"\d+", text)} <= {"0", "2019"}


def test_the_words_a_report_begins_with_hold_no_number(place):
    report = annual(place, 2018)
    assert report.narrative == {}
    services.write_narrative(report, by=place.reviewer, base=report.version, narrative={"A.I": "Tình hình ổn định."})
    assert annual(place).narrative == {"A.I": "Tình hình ổn định."}
    assert not re.search(r"\d", "".join(h.hint for kind in KINDS.values() for h in kind.outline("2019")))


def test_an_empty_heading_is_left_out_and_listed(place):
    context = snapshot.context_of(annual(place))
    kept = [section["code"] for section in snapshot.sections(context, {"B.I": "Phương hướng."})]
    empty = [heading.code for heading in snapshot.left_out(context, {"B.I": "Phương hướng."})]
    assert "B.I" in kept and "B" in kept and "B.II" in empty
    assert sorted(kept + empty) == sorted(heading.code for heading in context.outline)


def test_rates_are_made_of_counted_or_typed_figures():
    rates = [item for item in registry.all_figures().values() if isinstance(item, Rate)]
    assert all(part in registry.all_figures() for rate in rates for part in (rate.numerator, rate.denominator))


# --- whose reports are awaited, how numbers are said ---------------------------------------------


def test_two_duties_of_one_period_code_are_awaited_apart(place):
    """The wards owe the year's report; a second duty of the same year binds the schools."""
    school = create_unit(code="TH", name="Trường Tiểu học", kind=Kind.SCHOOL, valid_from=START, parent=place.a)
    other = Regime.objects.create(code="truong", name="Trường học", unit_kind=Kind.SCHOOL, typed_codes=[], paragraphs=[])
    same = {field: getattr(place.periods[2019], field) for field in ("unit", "code", "name", *DATES)}
    second = Period.objects.create(regime=other, **same)
    report = annual(place)
    waiting = lambda: {unit.code for unit in snapshot.context_of(report).not_accepted}  # noqa: E731
    assert {unit.code for unit in snapshot.context_of(report).owing} == {"PA", "PB", "TH"} == waiting()
    accept(place, "a")
    assert waiting() == {"PB", "TH"}
    done = {"status": Status.ACCEPTED, "accepted_on": day(12), "submitted_at": timezone.now(), "confirmed_by": place.head_a}
    Submission.objects.create(period=second, unit=school, **done)
    assert waiting() == {"PB"}
    Submission.objects.create(period=second, unit=place.b, **done)
    assert waiting() == {"PB"}, "a report of the other duty does not stand for the one that is owed"


def test_small_counts_are_said_with_a_leading_nought_and_awards_stand_apart_from_recognitions(place):
    row = new_registration(place, name="Tuyến phố tự quản", registered_on=day(3))
    recognise(row, by=place.reviewer, held_on=day(10, 15))
    for number in range(3):
        new_award(place, name=f"Tập thể {number}")
    report = taken(place)
    blocks = next(section["blocks"] for section in report["sections"] if section["code"] == "A.II.7")
    assert "có 01 mô hình và 0 điển hình" in blocks[0]["text"]
    [given] = [block["rows"] for block in blocks if block.get("caption") == "Khen thưởng theo dịp"]
    assert [line[-1] for line in given] == ["03"]
    [appendix] = [part for part in report["appendices"] if part["code"] == "D3"]
    told = {block["caption"]: block for block in appendix["blocks"]}
    assert list(told) == ["Công nhận mô hình, điển hình “Dân vận khéo”", "Khen thưởng"]
    recognised, rewarded = told.values()
    assert [line[:3] for line in recognised["rows"]] == [["1", "Tuyến phố tự quản", "Cấp quận"]]
    assert [line[0] for line in rewarded["rows"]] == ["1", "2", "3"] and not any("" in line for line in rewarded["rows"])
    assert all(len(line) == len(block["columns"]) for block in told.values() for line in block["rows"])
