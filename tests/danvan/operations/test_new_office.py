"""A rural district of 22 communes from one spreadsheet, filled in with a real writer of XLSX, and what a wrong cell gets."""

import csv
import io
import stat

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from danvan.access.roles import ADMINISTRATOR, HEAD, LEADER, OFFICER, REVIEWER, ROLES
from danvan.accounts.models import AccountAct, Membership, User
from danvan.catalogues.models import FieldOfWork, Holiday, LegalBasis, RegulationSubject
from danvan.common.text import format_date
from danvan.operations.office_book import ACCOUNTS, PERIODS, UNITS
from danvan.operations.office_cells import BASES, FIELDS, HOLIDAYS, SUBJECTS
from danvan.units.models import Kind, Unit, UnitVersion
from tests.roles import as_application

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

COMMUNES = 22
VILLAGES = 3  # below the first two communes


def unit(code, name, above="", kind=Kind.WARD, level="", **header):
    return {"Mã đơn vị": code, "Tên đầy đủ": name, "Mã đơn vị cấp trên": above, "Loại đơn vị": Kind(kind).label, "Cấp": level, **header}


def account(username, code, role, sees=""):
    words = {"Tên đăng nhập": username, "Tên hiển thị": f"{ROLES[role]} {code}", "Vai trò": ROLES[role]}
    return {**words, "Mã đơn vị": code, "Mã đơn vị xem được": sees}


def year(number):
    day = "{:02}/{:02}/{}".format
    words = {"Chế độ báo cáo": "dan_van", "Mã đơn vị mở kỳ": "HU", "Mã kỳ": str(number), "Tên kỳ": f"Năm {number}"}
    days = {"Từ ngày": day(1, 1, number), "Đến ngày": day(31, 12, number), "Mở nhập từ": day(1, 1, number)}
    return {**words, **days, "Hạn nộp": day(5, 1, number + 1), "Hạn duyệt": day(15, 1, number + 1)}


def rural_district():
    header = {
        "Tên cơ quan cấp trên trên văn bản": "HUYỆN ỦY THANH SƠN",
        "Tên cơ quan ban hành trên văn bản": "BAN DÂN VẬN",
        "Ký hiệu": "BC/BDVHU",
    }
    units = [
        unit("HU", "Huyện ủy Thanh Sơn", kind=Kind.PARTY_COMMITTEE, level="Cấp huyện"),
        unit(
            "BDV",
            "Ban Dân vận Huyện ủy",
            "HU",
            Kind.MOBILIZATION_BOARD,
            "Cấp huyện",
            **header,
            **{"Nơi nhận": "Ban Dân vận Tỉnh ủy; Lưu Ban Dân vận"},
        ),
        *(unit(f"X{n:02}", f"Xã số {n}", "HU", level="Cấp xã") for n in range(1, COMMUNES + 1)),
        *(unit(f"T{c}{n}", f"Thôn {n}", f"X{c:02}", Kind.AGENCY, "Thôn") for c in (1, 2) for n in range(1, VILLAGES + 1)),
    ]
    people = [
        account("quan-tri", "BDV", ADMINISTRATOR, "HU"),
        account("chuyen-vien", "BDV", REVIEWER, "HU"),
        account("lanh-dao", "BDV", LEADER, "HU"),
        *(account(f"xa-{n:02}", f"X{n:02}", OFFICER) for n in range(1, COMMUNES + 1)),
        *(account(f"xa-{n:02}-bt", f"X{n:02}", HEAD) for n in (1, 2)),
    ]
    fields = [{"Mã lĩnh vực": "nong-thon-moi", "Tên lĩnh vực": "Xây dựng nông thôn mới"}]
    holidays = [{"Ngày": "21/04/2031", "Tên": "Lễ hội của huyện", "Loại": "Nghỉ lễ"}]
    return {UNITS: units, FIELDS: fields, HOLIDAYS: holidays, PERIODS: [year(timezone.localdate().year)], ACCOUNTS: people}


@pytest.fixture
def fill(tmp_path):
    """Writes rows into the template by their headings; a number of times, under the same name."""

    def filled(office):
        path = tmp_path / "huyen.xlsx"
        path.unlink(missing_ok=True)
        call_command("new_office", path, template=True, stdout=io.StringIO())
        book = openpyxl.load_workbook(path)
        for title, rows in office.items():
            headings = {cell.value: cell.column for cell in book[title][1]}
            assert all(set(row) <= set(headings) for row in rows), headings
            for number, row in enumerate(rows, 2):
                for heading, value in row.items():
                    book[title].cell(number, headings[heading], value or None)
        book.save(path)
        return path

    return filled


def run(path, **options):
    out = io.StringIO()
    with as_application():
        call_command("new_office", path, stdout=out, **options)
    return out.getvalue()


def counts():
    return [model.objects.count() for model in (Unit, UnitVersion, User, Membership, AccountAct, FieldOfWork, Holiday)]


def test_one_command_makes_a_district_of_22_communes(fill):
    path = fill(rural_district())
    told = run(path)
    assert "Đã tạo 30 đơn vị, 2 dòng danh mục, 1 kỳ báo cáo, 27 tài khoản." in told
    assert "cấp 1: 1 đơn vị" in told and "cấp 2: 23 đơn vị" in told and "cấp 3: 6 đơn vị" in told
    board = UnitVersion.objects.get(unit__code="BDV")
    assert (board.superior_name, board.symbol, board.recipients) == (
        "HUYỆN ỦY THANH SƠN",
        "BC/BDVHU",
        ["Ban Dân vận Tỉnh ủy", "Lưu Ban Dân vận"],
    )
    village = Unit.objects.get(code="T11")
    assert village.scope_path.startswith(Unit.objects.get(code="X01").scope_path)
    assert Membership.objects.get(user__username="chuyen-vien").sees.code == "HU"


def test_the_catalogues_of_the_office_come_with_it(fill):
    known = LegalBasis.objects.order_by("pk").first()
    office = rural_district() | {
        SUBJECTS: [
            {"Mã loại quy chế": "thon-nuoc", "Loại hình": "cap co so", "Tên quy chế": "Quy chế dùng nước", "Tên gọi ngắn": "Nước"}
        ],
        BASES: [
            {
                "Số, ký hiệu": "12-QĐ/HU", "Loại văn bản": "Quyết định", "Cơ quan ban hành": "Huyện ủy", "Ngày ban hành": "05/03/2024",
                "Trích yếu": "Quy chế phối hợp", "Hiệu lực từ": "15/03/2024",
            },
            {
                "Số, ký hiệu": known.number, "Loại văn bản": "Khác", "Cơ quan ban hành": "Khác", "Ngày ban hành": "05/03/2024",
                "Trích yếu": "Khác",
            },
        ],
    }  # fmt: skip
    assert "4 dòng danh mục" in run(fill(office))
    subject = RegulationSubject.objects.get(code="thon-nuoc")
    assert (subject.scope, subject.name, subject.valid_from) == ("phuong", "Quy chế dùng nước", timezone.localdate())
    basis = LegalBasis.objects.get(number="12-QĐ/HU")
    assert (basis.issued_on.isoformat(), basis.valid_from.isoformat()) == ("2024-03-05", "2024-03-15")
    assert LegalBasis.objects.get(pk=known.pk).title == known.title  # what came with the portal is not overwritten
    assert Holiday.objects.get(day="2031-04-21").get_kind_display() == "Nghỉ lễ"


def test_the_secrets_open_each_account_once_and_only_the_operator_reads_them(fill):
    path = fill(rural_district())
    run(path)
    secrets = path.with_name("huyen-mat-khau.csv")
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    rows = list(csv.DictReader(secrets.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert len(rows) == 27
    secret = next(row["Mật khẩu dùng một lần"] for row in rows if row["Tên đăng nhập"] == "xa-07")
    client = Client()
    answer = client.post(reverse("accounts:login"), {"username": "xa-07", "password": secret}, follow=True)
    assert "Đổi mật khẩu" in answer.text  # and no other page before that


def test_the_office_works(fill, settings):
    run(fill(rural_district()))
    User.objects.update(must_change_password=False, secret_expires_at=None)
    officer, reviewer = Client(), Client()
    officer.force_login(User.objects.get(username="xa-03"))
    reviewer.force_login(User.objects.get(username="chuyen-vien"))
    assert "Xã số 3" in officer.get(reverse("home:home")).text
    options = reviewer.get(reverse("registers:registration_list")).text
    assert options.count(">Xã số ") == COMMUNES
    sheet = officer.get(reverse("submissions:index"), follow=True).text
    assert f"Năm {timezone.localdate().year}" in sheet
    assert "Xã số 4" not in officer.get(reverse("registers:registration_list")).text


def test_the_preview_makes_nothing(fill):
    path, before = fill(rural_district()), counts()
    assert "Sẽ tạo 30 đơn vị" in run(path, check=True)
    assert counts() == before
    assert not path.with_name("huyen-mat-khau.csv").exists()


WRONG = [
    ({"sheet": UNITS, "row": 5, "Loại đơn vị": "Làng"}, "Bảng “Đơn vị”, ô D7: Loại đơn vị không có trong danh sách."),
    ({"sheet": UNITS, "row": 5, "Tên đầy đủ": ""}, "Bảng “Đơn vị”, ô B7: "),
    ({"sheet": UNITS, "row": 5, "Mã đơn vị": "X01"}, "Bảng “Đơn vị”, ô A7: “X01” đã ghi ở dòng 4."),
    ({"sheet": UNITS, "row": 5, "Mã đơn vị cấp trên": "TINH"}, "Bảng “Đơn vị”, ô C7: Không có đơn vị mã “TINH” trong bảng này."),
    ({"sheet": UNITS, "row": 0, "Mã đơn vị cấp trên": "X01"}, "Bảng “Đơn vị”, ô C2: Các đơn vị này là cấp trên của nhau thành vòng."),
    ({"sheet": UNITS, "row": 5, "Từ ngày": "32/01/2019"}, "Bảng “Đơn vị”, ô N7: Tháng 1 năm 2019 chỉ có 31 ngày."),
    ({"sheet": HOLIDAYS, "row": 0, "Ngày": "30/02/2031"}, "Bảng “Ngày nghỉ”, ô A2:"),
    ({"sheet": HOLIDAYS, "row": 0, "Loại": "Làm thêm"}, "Bảng “Ngày nghỉ”, ô C2: Ghi “Nghỉ lễ”"),
    ({"sheet": UNITS, "row": 5, "Từ ngày": "01/01/2099"}, "Bảng “Đơn vị”, ô N7: Ngày bắt đầu không được sau hôm nay."),
    (
        {"sheet": UNITS, "row": 5, "Từ ngày": "01/01/2019"},
        f"Bảng “Đơn vị”, ô N7: Đơn vị cấp trên “HU” bắt đầu từ {format_date(timezone.localdate())}: ngày này phải từ ngày đó trở đi.",
    ),
    ({"sheet": FIELDS, "row": 0, "Mã lĩnh vực": "nông thôn"}, "Bảng “Lĩnh vực”, ô A2: Mã chỉ gồm chữ"),
    ({"sheet": PERIODS, "row": 0, "Hạn nộp": "01/01/2001"}, "Bảng “Kỳ báo cáo”, ô A2: Các ngày của kỳ báo cáo phải theo thứ tự"),
    ({"sheet": PERIODS, "row": 0, "Chế độ báo cáo": "khac"}, "Bảng “Kỳ báo cáo”, ô A2: Không có chế độ báo cáo mã này."),
    ({"sheet": PERIODS, "row": 0, "Mã đơn vị mở kỳ": "TINH"}, "Bảng “Kỳ báo cáo”, ô B2: Không có đơn vị mã “TINH”"),
    ({"sheet": ACCOUNTS, "row": 4, "Mã đơn vị": "X99"}, "Bảng “Tài khoản”, ô E6: Không có đơn vị mã “X99” trong bảng “Đơn vị”."),
    ({"sheet": ACCOUNTS, "row": 4, "Vai trò": "Vua"}, "Bảng “Tài khoản”, ô F6: Vai trò không có trong danh sách."),
    ({"sheet": ACCOUNTS, "row": 4, "Tên đăng nhập": "xã 2"}, "Bảng “Tài khoản”, ô A6: "),
    ({"sheet": ACCOUNTS, "row": 4, "Tên đăng nhập": "XA-01"}, "Bảng “Tài khoản”, ô A6: “XA-01” đã ghi ở dòng 5."),
    ({"sheet": ACCOUNTS, "row": 4, "Thư điện tử": "không"}, "Bảng “Tài khoản”, ô D6: "),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_a_wrong_cell_is_named_with_its_reason_and_nothing_is_made(fill, change, sentence):
    office, before = rural_district(), counts()
    change = dict(change)
    office[change.pop("sheet")][change.pop("row")].update(change)
    path = fill(office)
    with pytest.raises(CommandError) as refused:
        run(path)
    assert sentence in str(refused.value)
    assert counts() == before
    assert not path.with_name("huyen-mat-khau.csv").exists()


def test_all_wrong_cells_are_told_at_once(fill):
    office = rural_district()
    office[UNITS][5]["Loại đơn vị"] = "Làng"
    office[ACCOUNTS][4]["Vai trò"] = "Vua"
    with pytest.raises(CommandError, match="có 2 ô cần sửa"):
        run(fill(office))


def test_an_office_without_an_administrator_is_refused(fill):
    office = rural_district()
    del office[ACCOUNTS][0]
    with pytest.raises(CommandError, match="Cần ít nhất một tài khoản vai trò “Quản trị hệ thống”"):
        run(fill(office))


def test_the_same_file_twice_makes_one_office(fill):
    path = fill(rural_district())
    run(path)
    path.with_name("huyen-mat-khau.csv").unlink()
    before = counts()
    with pytest.raises(CommandError, match="Mã này đã có trong hệ thống"):
        run(path)
    assert counts() == before


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused_in_words(tmp_path, data):
    path = tmp_path / "huyen.xlsx"
    path.write_bytes(data)
    with pytest.raises(CommandError, match="Không đọc được bảng “Đơn vị”"):
        run(path)


def test_another_workbook_is_told_which_heading_is_missing(tmp_path, fill):
    path = fill(rural_district())
    book = openpyxl.load_workbook(path)
    book[UNITS]["B1"] = "Tên gọi"
    book.save(path)
    with pytest.raises(CommandError, match="ô B1 phải là “Tên đầy đủ”"):
        run(path)
