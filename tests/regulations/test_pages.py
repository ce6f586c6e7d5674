"""Who reads what, the matrix against an independent count, figures against their lists, duties."""

import datetime
import html

import pytest

from danvan.figures.compute import compute
from danvan.figures.links import url_of
from danvan.units.models import Unit
from regulations import selectors
from regulations.choices import Scope
from regulations.duties import duties
from regulations.figures import FIGURES
from regulations.models import NilReturn, Regulation, RegulationDuty
from regulations.services import declare_nil
from tests.danvan.common.cast import browser
from tests.regulations.conftest import DAY, new_disclosure, new_regulation, subject

LIST, COVERAGE = "/quy-che/danh-sach/", "/quy-che/do-phu/"
OLDER = {"issued_on": datetime.date(2018, 3, 1), "in_force_from": datetime.date(2018, 3, 1)}
PUBLISHED = {"code": "quan_trat_tu_do_thi", "number": "9-QĐ/QU", "published_on": DAY}


def page_of(response):
    return html.unescape(response.content.decode())


# --- scope -----------------------------------------------------------------------------


@pytest.mark.embedded
def test_wards_read_what_the_district_published_and_never_edit_it(cast):
    row = new_regulation(cast.district, **PUBLISHED)
    hidden = new_regulation(cast.district, **{**PUBLISHED, "code": "quan_ve_sinh_moi_truong", "published_on": None})
    client = browser(cast.officer)
    assert client.get(f"{LIST}{row.pk}/").status_code == 200
    assert client.get(f"{LIST}{hidden.pk}/").status_code == 404
    assert row.name in page_of(client.get(f"{LIST}?muc=cap-tren"))
    assert client.get(LIST).context["listing"].count == 0
    for path in ("sua/", "bai-bo/", "xoa-du-thao/", "lich-su/"):
        assert client.get(f"{LIST}{row.pk}/{path}").status_code == (200 if path == "lich-su/" else 404)
    assert client.post(f"{LIST}{row.pk}/sua/", {}).status_code == 404


@pytest.mark.embedded
def test_a_ward_sees_and_writes_its_own(cast, school):
    mine, other, below = new_regulation(cast.a), new_regulation(cast.b), new_regulation(school, "truong_qcdc")
    disclosed, elsewhere = new_disclosure(cast.a), new_disclosure(cast.b)
    client = browser(cast.officer)
    assert client.get(f"{LIST}{mine.pk}/sua/").status_code == 200
    assert client.get(f"{LIST}{other.pk}/").status_code == 404
    assert [client.get(f"{LIST}{below.pk}/{page}").status_code for page in ("", "sua/", "bai-bo/")] == [200, 403, 403]
    assert [client.get(f"/quy-che/cong-khai/{row.pk}/").status_code for row in (disclosed, elsewhere)] == [200, 404]
    assert browser(cast.head).get(f"{LIST}{mine.pk}/sua/").status_code == 403


# --- coverage ---------------------------------------------------------------------------


@pytest.mark.embedded
def test_the_matrix_counts_what_an_independent_count_finds(cast, school):
    RegulationDuty.objects.create(unit=cast.a, subject=subject("phuong_nghia_trang"), applies="khong_ap_dung")
    RegulationDuty.objects.create(unit=cast.b, subject=subject("phuong_nghia_trang"), applies="theo_dac_diem")
    new_regulation(cast.a)
    new_regulation(cast.b, "phuong_nghia_trang")
    new_regulation(cast.b, status="bai_bo", ended_on=DAY)
    new_regulation(cast.b, "phuong_tai_san_cong", number="", issued_on=None, in_force_from=None, status="du_thao")
    new_regulation(school, "truong_qcdc")
    table = selectors.coverage(cast.reviewer, Scope.WARD)
    assert (len(table["lines"]), len(table["subjects"]), table["issued"], table["must"]) == (2, 6, 1, 10)
    assert (table["missing"], table["more"]) == (9, 1)
    standing = Regulation.objects.filter(unit__in=[cast.a, cast.b], status="hieu_luc")
    cells = {(c.unit.pk, c.subject.pk) for line in table["lines"] for c in line["cells"] if c.issued}
    assert cells == set(standing.values_list("unit", "subject"))
    assert (selectors.coverage(cast.reviewer, Scope.SCHOOL)["issued"], selectors.coverage(cast.reviewer, Scope.SCHOOL)["must"]) == (1, 6)
    own = selectors.coverage(cast.officer, Scope.WARD)
    assert [line["unit"] for line in own["lines"]] == [cast.a]


@pytest.mark.embedded
def test_a_cell_opens_the_regulation_or_the_filled_in_form(cast):
    row = new_regulation(cast.a)
    page = page_of(browser(cast.officer).get(COVERAGE))
    assert f'href="{LIST}{row.pk}/"' in page
    add = f"{LIST}them/?unit={cast.a.pk}&subject={subject('phuong_tai_san_cong').pk}"
    assert f'href="{add}"' in page
    form = browser(cast.officer).get(add).context["form"]
    assert str(form["subject"].value()) == str(subject("phuong_tai_san_cong").pk)
    assert "them/?unit=" not in page_of(browser(cast.head).get(COVERAGE)), "the head only reads"
    assert cast.b.name not in page


@pytest.mark.embedded
def test_the_district_is_shown_by_how_the_wards_carry_it_out(cast, monkeypatch):
    row = new_regulation(cast.district, **PUBLISHED)
    monkeypatch.setattr(selectors, "_sources", [])
    three = selectors.Done("cuộc giám sát", 3, "/x/")
    selectors.implementation_source(lambda user, ids, units: {(ids[0], unit.pk): [three] for unit in units})
    new_disclosure(cast.a, disclosed_on=datetime.date(2019, 1, 7))
    new_disclosure(cast.a, disclosed_on=datetime.date(2019, 1, 8))
    told = selectors.implementation(cast.reviewer)
    assert [c["regulation"] for c in told["columns"]].count(row) == 1 and len(told["columns"]) == 6
    assert [(line["unit"], line["disclosed"]) for line in told["lines"]] == [(cast.a, 1), (cast.b, 0)]
    page = page_of(browser(cast.officer).get(COVERAGE))
    assert "3 cuộc giám sát" in page and "chưa ban hành" in page


@pytest.mark.embedded
@pytest.mark.parametrize("who", ["officer", "head", "front", "reviewer", "leader"])
def test_pages_open_for_every_role_that_reads(cast, who):
    new_regulation(cast.a)
    new_disclosure(cast.a)
    for path in (LIST, COVERAGE, "/quy-che/cong-khai/", "/quy-che/cong-khai/khong-phat-sinh/", "/quy-che/ap-dung/"):
        assert browser(getattr(cast, who)).get(path).status_code == 200
    assert browser(cast.appraiser).get(COVERAGE).status_code == 403


@pytest.mark.embedded
@pytest.mark.parametrize("path", [COVERAGE, "/quy-che/cong-khai/khong-phat-sinh/"])
def test_more_rows_ask_no_more_queries(cast, path, django_assert_max_num_queries):
    new_regulation(cast.a)
    client = browser(cast.reviewer)
    client.get(path)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for code in ("phuong_tai_san_cong", "phuong_nghia_trang", "phuong_qcdc_co_quan"):
        new_regulation(cast.b, code)
        new_disclosure(cast.b)
    NilReturn.objects.all()
    with django_assert_max_num_queries(len(few)):
        client.get(path)


# --- the old and the new -------------------------------------------------------------------


@pytest.mark.embedded
def test_the_old_and_the_new_lead_to_each_other_where_both_may_be_read(cast):
    ended = {"status": "duoc_thay_the", "ended_on": DAY - datetime.timedelta(days=1)}
    old = new_regulation(cast.a, number="1/QĐ", **OLDER, **ended)
    new = new_regulation(cast.a, replaces=old)
    client = browser(cast.officer)
    assert f'<dd><a href="{LIST}{old.pk}/">{old}</a></dd>' in page_of(client.get(f"{LIST}{new.pk}/"))
    assert f'<a href="{LIST}{new.pk}/">{new.name}</a>' in page_of(client.get(f"{LIST}{old.pk}/"))
    hidden = new_regulation(cast.district, "quan_trat_tu_do_thi", number="8-QĐ/QU", **OLDER, **ended)
    above = new_regulation(cast.district, **PUBLISHED, replaces=hidden)
    words = page_of(client.get(f"{LIST}{above.pk}/"))
    assert str(hidden) in words and f"{LIST}{hidden.pk}/" not in words, "the older one was never published to the wards"
    assert f"{LIST}{hidden.pk}/" in page_of(browser(cast.reviewer).get(f"{LIST}{above.pk}/"))


# --- figures and duties ------------------------------------------------------------------


@pytest.mark.embedded
@pytest.mark.parametrize("period", ["2018", "2019", "2019-Q2"])
def test_each_figure_is_its_list(cast, period):
    old = new_regulation(cast.a, number="1/QĐ", issued_on=datetime.date(2018, 3, 1), in_force_from=datetime.date(2018, 3, 1),
                         status="duoc_thay_the", ended_on=DAY - datetime.timedelta(days=1))  # fmt: skip
    new_regulation(cast.a, replaces=old)
    new_regulation(cast.b, "phuong_tai_san_cong", number="", issued_on=None, in_force_from=None, status="du_thao")
    new_regulation(cast.district, **PUBLISHED)
    for channel in ("niem_yet", "niem_yet", "loa_truyen_thanh", "hoi_nghi"):
        new_disclosure(cast.a, channel=channel)
    values = compute(period, Unit.objects.all())
    client = browser(cast.reviewer)
    for item in (item for item in FIGURES if hasattr(item, "of")):
        listed = client.get(url_of(item.code, period)).context["listing"].count
        assert listed == values.value(item.code), item.code
    if period == "2019":
        told = {item.code: values.value(item.code) for item in FIGURES}
        assert told == {
            "qc_district_issued": 1, "qc_district_replaced": 0, "qc_issued": 1, "qc_replaced": 1,
            "cong_khai_total": 4, "cong_khai_posting": 2, "cong_khai_loudspeaker": 1, "cong_khai_other": 1,
        }  # fmt: skip


@pytest.mark.embedded
def test_a_ward_owes_a_record_or_a_nil_return_each_quarter(cast, school):
    new_disclosure(cast.a, disclosed_on=datetime.date(2019, 8, 1))
    declare_nil(cast.b, "2019-Q4", by=cast.officer_b)
    found = list(duties(datetime.date(2019, 7, 1), datetime.date(2020, 1, 8), Unit.objects.all()))
    q3, q4 = datetime.date(2019, 9, 30), datetime.date(2019, 12, 31)
    assert {(d.unit_id, d.due_on, d.done) for d in found} == {
        (cast.a.pk, q3, True), (cast.b.pk, q3, False), (cast.a.pk, q4, False), (cast.b.pk, q4, True),
    }  # fmt: skip
    assert browser(cast.reviewer).get(found[0].url).status_code == 200
