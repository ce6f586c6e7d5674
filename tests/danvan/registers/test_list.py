"""Lists: search, order, tabs, filters, paging; the export is the list."""

import csv
import datetime
import html
import io

import openpyxl
import pytest

from danvan.access.roles import OFFICER
from danvan.common.text import nfc
from danvan.registers import exporting
from danvan.registers import list as listing_module
from models_awards.models import Campaign, Registration
from tests.danvan.common.cast import browser, join, new_user, registered
from tests.factories import awards, reports

pytestmark = pytest.mark.embedded
LIST = "/dan-van-kheo/dang-ky/"
D = datetime.date


@pytest.fixture
def client(cast):
    return browser(cast.reviewer)


@pytest.fixture
def keep(cast, campaign):
    def new(name, unit=None, **values):
        row = registered(unit or cast.a, campaign, words=name, **values)
        Registration.objects.filter(pk=row.pk).update(name=name)
        row.refresh_from_db()
        row.save()
        return row

    return new


def names(response):
    return [line["cells"][0]["text"] for line in response.context["lines"]]


# --- search --------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["dong son", "Đông Sơn", "DONG SON", "đông sơn", "ĐÔNG  SƠN", "sơn đông", "Đông Sơn"])
def test_search_knows_no_marks_and_no_case(client, keep, query):
    keep("Ngõ sạch Đông Sơn"), keep("Tổ hòa giải")
    answer = client.get(LIST, {"q": query})
    assert names(answer) == ["Ngõ sạch Đông Sơn"]
    [chip] = answer.context["chips"]
    assert (chip["words"], chip["params"]) == (f"“{nfc(query).strip()}”", ("q",))


@pytest.mark.parametrize("query", ["đường", "Đường", "ĐƯỜNG"])
def test_the_exact_marks_come_first(client, keep, query):
    keep("Tổ họ Dương", registered_on=D(2019, 5, 1)), keep("Đường hoa", registered_on=D(2019, 4, 1))
    assert names(client.get(LIST, {"q": query})) == ["Đường hoa", "Tổ họ Dương"]
    assert names(client.get(LIST, {"q": "duong"})) == ["Tổ họ Dương", "Đường hoa"], "without marks the register's own order"


@pytest.mark.parametrize("query", ["%", "_", "\\", "(", "[a-", ".*", "'", '"', "a" * 200, "a" * 201, "  "])
def test_no_sign_of_a_query_has_a_meaning(client, keep, query):
    keep("Ngõ sạch 100%")
    answer = client.get(LIST, {"q": query})
    assert answer.status_code == 200
    assert names(answer) == (["Ngõ sạch 100%"] if query in ("%", "  ", "a" * 201) else [])


# --- order and paging -------------------------------------------------------------------------


def test_order_is_that_of_the_dictionary_and_stable(client, keep):
    for name in ("Đá", "Ân", "Ăn", "An", "Da"):
        keep(name)
    assert names(client.get(LIST, {"sap-xep": "name"})) == ["An", "Ăn", "Ân", "Da", "Đá"]
    assert names(client.get(LIST, {"sap-xep": "-name"})) == ["Đá", "Da", "Ân", "Ăn", "An"]
    head = client.get(LIST, {"sap-xep": "-name"}).context["heads"][0]
    assert (head["order"], head["sort"]) == ("descending", "name")


def test_empty_values_stand_last_in_both_directions(client, keep):
    keep("không", households=None), keep("ba", households=3), keep("chín", households=9)
    assert names(client.get(LIST, {"sap-xep": "households"})) == ["ba", "chín", "không"]
    assert names(client.get(LIST, {"sap-xep": "-households"})) == ["chín", "ba", "không"]


def test_pages_hold_every_row_once(client, keep):
    for number in range(60):
        keep(f"Mô hình {number:02d}")
    pages = [names(client.get(LIST, {"trang": page})) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [25, 25, 10]
    assert len({name for page in pages for name in page}) == 60
    beyond = client.get(LIST, {"trang": 99})
    assert (beyond.context["page"]["number"], names(beyond)) == (3, pages[2])
    assert len(names(client.get(LIST, {"so_dong": 50}))) == 50
    assert "26–50 trong 60 đăng ký" in client.get(LIST, {"trang": 2}).content.decode()


@pytest.mark.parametrize(
    "query",
    ["trang=0", "trang=-1", "trang=x", "trang=" + "9" * 400, "so_dong=7", "so_dong=x", "sap-xep=password", "sap-xep=-",
     "sap-xep=unit__code",
     "muc=khong-co", "la=1", "q=", "chi-tieu=khong-co&ky=2019", "chi-tieu=dvk_model&ky=9999", "chi-tieu=dvk_model", "tong=1",
     "q=khong-co&q=", "trang=9&trang=1", "csrfmiddlewaretoken=x&_key=y&next=//example.org"],
)  # fmt: skip
def test_an_unknown_parameter_is_harmless(client, keep, query):
    keep("Còn đây")
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200 and names(answer) == ["Còn đây"]


@pytest.mark.parametrize("query", ["tu_ngay=31/9/2019", "don_vi=999999", "don_vi=x", "loai=lạ", "dot='", "linh_vuc=" + "9" * 30])
def test_a_filter_that_is_not_understood_says_so(client, keep, query):
    keep("Còn đây")
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 200 and list(answer.context["listing"].unread_filters()) == [query.split("=")[0]]
    assert names(answer) == ["Còn đây"]


def test_the_count_stops_and_says_so(client, keep, monkeypatch):
    for number in range(4):
        keep(f"Mô hình {number}")
    monkeypatch.setattr(listing_module, "COUNT_LIMIT", 4)
    assert client.get(LIST).context["count_words"] == "4"
    monkeypatch.setattr(listing_module, "COUNT_LIMIT", 3)
    page = client.get(LIST)
    assert page.context["count_words"] == "hơn 3" and page.context["page"]["too_many"]
    assert "hãy thu hẹp bộ lọc" in page.content.decode()


# --- tabs, filters, chips, totals ------------------------------------------------------------------


def test_filters_and_tabs_narrow_and_are_told(client, cast, keep):
    mine = keep("Của A", households=1200), keep("Của A nữa", households=34, registered_on=D(2019, 8, 1))
    keep("Của B", cast.b)
    answer = client.get(LIST, {"don_vi": cast.a.pk, "den_ngay": "30/6/2019"})
    assert names(answer) == ["Của A"]
    assert [chip["words"] for chip in answer.context["chips"]] == ["Đơn vị: Phường An Phú", "Đến ngày: 30/06/2019"]
    awards.withdraw(mine[0], by=cast.officer)
    tab = client.get(LIST, {"muc": "da-rut"})
    assert names(tab) == ["Của A"] and [t["slug"] for t in tab.context["tabs"] if t["current"]] == ["da-rut"]
    totals = client.get(LIST, {"don_vi": cast.a.pk, "tong": 1}).context["totals"]
    assert [cell["text"] for cell in totals if cell["text"]] == ["1.234"]


def test_the_list_and_its_totals_are_of_what_one_sees(cast, keep):
    keep("Của A", households=10), keep("Của B", cast.b, households=500)
    answer = browser(cast.officer).get(LIST, {"tong": 1})
    assert names(answer) == ["Của A"] and [c["text"] for c in answer.context["totals"] if c["text"]] == ["10"]
    assert list(answer.context["listing"].filterset.form.fields["don_vi"].queryset) == [cast.a]


def test_the_tab_of_those_above_holds_only_theirs(cast, campaign):
    own = awards.new_campaign(cast.a, 2019)
    page = browser(cast.officer).get("/dan-van-kheo/dot/")
    assert [line["url"] for line in page.context["lines"]] == [f"/dan-van-kheo/dot/{own.pk}/"]
    above = browser(cast.officer).get("/dan-van-kheo/dot/?muc=cap-tren")
    assert [line["url"] for line in above.context["lines"]] == [f"/dan-van-kheo/dot/{campaign.pk}/"]
    assert Campaign.objects.count() == 2


@pytest.mark.parametrize("address", [LIST, "/khen-thuong/danh-sach/", "/dan-van-kheo/dot/", "/ky-bao-cao/cac-bao-cao/"])
def test_a_list_asks_no_more_for_three_rows_than_for_one(cast, regime, campaign, address, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def add(year):
        call = awards.new_campaign(cast.district, year)
        row = registered(cast.a, call, words=str(year))
        awards.new_award(cast.a, words=str(year), registration=row, year=year)
        reports.sent(reports.new_period(cast.district, str(year), regime), cast.a, officer=cast.officer, head=cast.head)

    client, counts = browser(cast.reviewer), []
    for year in (2016, 2017, 2018):
        add(year)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] >= counts[2] - 1, counts  # one more at most: the session


# --- export -------------------------------------------------------------------------------------------


def table(response):
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    sheet = book.active
    return sheet, [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]


def test_the_export_is_the_list_in_its_order_with_typed_cells(client, cast, keep):
    keep("Đá", households=1250), keep("An", households=None), keep("Của B", cast.b)
    query = {"don_vi": cast.a.pk, "sap-xep": "-name"}
    answer = client.get(f"{LIST}xuat.xlsx", query)
    sheet, (heads, *lines) = table(answer)
    listed = client.get(LIST, query)
    assert [line[0] for line in lines] == names(listed) == ["Đá", "An"]
    assert heads[:8] == [head["label"] for head in listed.context["heads"]]
    first = dict(zip(heads, lines[0], strict=True))
    assert first["Ngày đăng ký"] == datetime.datetime(2019, 3, 15) and sheet.cell(3, heads.index("Ngày đăng ký") + 1).is_date
    assert (first["Số hộ tham gia"], first["Loại"], first["Đơn vị"]) == (1250, "Mô hình", "Phường An Phú")
    assert isinstance(first["Số hộ tham gia"], int) and lines[1][heads.index("Số hộ tham gia")] is None
    assert sheet["A1"].value == "Đăng ký Dân vận khéo. Bộ lọc: Đơn vị: Phường An Phú"
    assert sheet.freeze_panes == "A3"
    assert 'filename="dan-van-kheo-dang-ky.xlsx"' in answer["Content-Disposition"] and answer["Cache-Control"] == "private, no-store"


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "\t=1+1", "\r=1", "|x", "%x", " =1"]


@pytest.mark.parametrize("name", DANGEROUS)
def test_no_cell_runs(client, keep, name):
    keep(name)
    [_, line] = list(csv.reader(io.StringIO(client.get(f"{LIST}xuat.csv").content.decode("utf-8-sig"))))
    assert line[0].startswith("'") and line[0].strip("'").strip()[-1] == name[-1]
    sheet, (_, row) = table(client.get(f"{LIST}xuat.xlsx"))
    assert sheet["A3"].data_type == "s" and row[0].lstrip("\t\r").strip() == name.strip()


def test_the_csv_opens_in_excel_and_says_dates_as_people_do(client, keep):
    keep("Đá", households=1250)
    body = client.get(f"{LIST}xuat.csv").content
    assert body.startswith(b"\xef\xbb\xbf")
    [heads, line] = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    told = dict(zip(heads, line, strict=True))
    assert (told["Ngày đăng ký"], told["Số hộ tham gia"]) == ("15/03/2019", "1250")


def test_letters_that_a_file_cannot_hold_are_left_out(client, keep):
    keep("a\x01b\x7f\ufffec\uffff")
    assert table(client.get(f"{LIST}xuat.xlsx"))[1][1][0] == "abc"


def test_an_empty_export_has_its_headings(client, cast):
    assert table(client.get(f"{LIST}xuat.xlsx"))[1][0][0] == "Tên mô hình, điển hình"
    assert client.get(f"{LIST}xuat.csv").content.decode("utf-8-sig").startswith('"Tên mô hình, điển hình",Đơn vị,')


def test_an_export_is_never_cut_silently(client, keep, monkeypatch):
    for number in range(3):
        keep(f"Mô hình {number}")
    monkeypatch.setattr(exporting, "EXPORT_LIMIT", 3)
    assert len(table(client.get(f"{LIST}xuat.xlsx"))[1]) == 4
    monkeypatch.setattr(exporting, "EXPORT_LIMIT", 2)
    for kind in ("xlsx", "csv"):
        answer = client.get(f"{LIST}xuat.{kind}")
        assert answer.status_code == 403
        told = html.unescape(answer.content.decode())
        assert "Danh sách có hơn 2 dòng, quá mức của một tệp. Anh/chị thu hẹp bộ lọc rồi xuất lại." in told


def test_an_export_holds_only_what_one_sees(cast, keep):
    keep("Của A"), keep("Của B", cast.b)
    assert [line[0] for line in table(browser(cast.officer).get(f"{LIST}xuat.xlsx"))[1][1:]] == ["Của A"]
    two = new_user("hai-noi", cast.a)
    join(two, cast.b, OFFICER)
    assert len(table(browser(two).get(f"{LIST}xuat.xlsx"))[1]) == 3
