"""Many accounts from a workbook: the form handed out, the reason for each wrong cell, all of it or nothing."""

import datetime
import html
import io
import json
import re
import zipfile
from types import SimpleNamespace

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.access.roles import ADMINISTRATOR, FRONT, HEAD, OFFICER, ROLES
from danvan.accounts.models import AccountAct, User
from danvan.operations import account_books
from tests.danvan.common.cast import TODAY, browser, cast, demo_day, kinds, new_user  # noqa: F401

IMPORT = "/quan-tri/tai-khoan/nhap/"
SECRET = r"(?:[a-z0-9]{4}-){3}[a-z0-9]{4}"


@pytest.fixture
def office(cast):  # noqa: F811
    admin = new_user("quan-tri", cast.district, ADMINISTRATOR)
    return SimpleNamespace(admin=admin, client=browser(admin))


def page_of(response):
    return html.unescape(response.content.decode())


def template_of(client):
    return openpyxl.load_workbook(io.BytesIO(client.get(f"{IMPORT}mau.xlsx").getvalue()))


def filled(client, *rows):
    """The template of this administrator with rows written below its heading."""
    book = template_of(client)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            book["Tài khoản"].cell(number, column, value)
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile("tai-khoan.xlsx", target.getvalue())


def row(username, unit="PA", role="Cán bộ đơn vị", **cells):
    values = {
        "name": f"Người {username}",
        "courtesy": None,
        "email": None,
        "sees": None,
        "from": TODAY,
        "to": None,
        "acting": None,
        **cells,
    }
    return [
        username, values["name"], values["courtesy"], values["email"], unit, role, values["sees"], values["from"], values["to"],
        values["acting"],
    ]  # fmt: skip


def test_the_template_lists_the_units_of_the_own_branch(cast, office):  # noqa: F811
    book = template_of(office.client)
    assert [cell.value for cell in book["Tài khoản"][1]] == [column.heading for column in account_books.COLUMNS]
    listed = [tuple(cell.value for cell in line[:2]) for line in book["Danh mục"].iter_rows(min_row=2) if line[0].value]
    assert sorted(listed) == sorted((unit.code, unit.name) for unit in (cast.district, cast.office, cast.a, cast.b))
    assert [line[3].value for line in book["Danh mục"].iter_rows(min_row=2, max_row=len(ROLES) + 1)] == list(ROLES.values())
    ward = browser(new_user("quan-tri-a", cast.a, ADMINISTRATOR))
    assert [line[0].value for line in template_of(ward)["Danh mục"].iter_rows(min_row=2) if line[0].value] == ["PA"]


@pytest.mark.embedded
def test_a_good_file_is_shown_first_and_made_by_the_second_click(cast, office):  # noqa: F811
    before = User.objects.count()
    rows = [
        row("moi-1"),
        row("moi-2", "PB", "người đứng đầu ĐƠN VỊ", to=datetime.date(2020, 3, 1), acting="x"),
        row("moi-3", "BDV", "Mặt trận và tổ chức chính trị - xã hội", sees="Q", **{"from": "8-1-20"}),
    ]
    preview = office.client.post(IMPORT, {"tep": filled(office.client, *rows)})
    assert preview.status_code == 200 and User.objects.count() == before, "looking through makes nothing"
    answer = office.client.post(IMPORT, {"rows": preview.context["rows"]})
    secrets = re.findall(SECRET, page_of(answer))
    made = list(User.objects.filter(username__startswith="moi-").order_by("username"))
    assert len(secrets) == len(set(secrets)) == len(made) == 3 and answer["Cache-Control"] == "private, no-store"
    assert all(account.check_password(secret) and account.must_change_password for account, secret in zip(made, secrets, strict=True))
    found = [(m.unit, m.role, m.sees, m.starts_on, m.ends_on, m.acting) for account in made for m in account.memberships.all()]
    assert found == [
        (cast.a, OFFICER, cast.a, TODAY, None, False),
        (cast.b, HEAD, cast.b, TODAY, datetime.date(2020, 3, 1), True),
        (cast.office, FRONT, cast.district, TODAY, None, False),
    ]
    again = office.client.post(IMPORT, {"rows": preview.context["rows"]})
    assert again.status_code == 422 and User.objects.count() == before + 3 and not re.search(SECRET, page_of(again))


def test_each_wrong_cell_has_its_address_and_its_reason_and_nothing_is_made(cast, office):  # noqa: F811
    before = (User.objects.count(), AccountAct.objects.count())
    rows = [
        row("dung"),
        row("PHUONG-A", email="khong-phai-thu"),
        row("moi-2", "P-KHÁC", "Vua"),
        row("dung", sees="XX", **{"from": "30/2/2020"}),
        row("moi-4", to=datetime.date(2020, 1, 1)),
        row("moi-5", acting="x"),
        row("có dấu cách", name=None),
    ]
    answer = office.client.post(IMPORT, {"tep": filled(office.client, *rows)})
    found = {error["text"].split(":")[0]: error["text"].split(": ", 1)[1] for error in answer.context["wrong"]}
    assert set(found) == {"Ô A3", "Ô D3", "Ô E4", "Ô F4", "Ô A5", "Ô G5", "Ô H5", "Ô I6", "Ô I7", "Ô A8", "Ô B8"}
    assert found["Ô A3"] == "Tên đăng nhập “PHUONG-A” đã có người dùng."
    assert found["Ô E4"] == "Không có mã đơn vị này trong phạm vi anh/chị quản trị."
    assert found["Ô A5"] == "Tên đăng nhập lặp lại trong tệp."
    assert found["Ô H5"] == "Tháng 2 năm 2020 chỉ có 29 ngày."
    assert found["Ô I6"] == "Ngày kết thúc phải từ ngày bắt đầu trở đi."
    page = page_of(answer)
    assert answer.status_code == 422 and 'href="#o-E4"' in page and 'id="o-E4"' in page and "P-KHÁC" in page
    assert 'name="rows"' not in page, "a file with a wrong cell cannot be confirmed"
    forced = office.client.post(IMPORT, {"rows": answer.context["rows"]})
    assert forced.status_code == 422 and not re.search(SECRET, page_of(forced))
    assert (User.objects.count(), AccountAct.objects.count()) == before


def test_only_a_clear_yes_is_acting(cast, office):  # noqa: F811
    until = datetime.date(2020, 3, 1)
    said = [None, "không", "Không", 0, "0", False, "x", "X", "có", "Có ", 1, True, "lung tung", "không rõ", 2]
    rows = [row(f"moi-{number:02}", to=until, acting=value) for number, value in enumerate(said)]
    answer = office.client.post(IMPORT, {"tep": filled(office.client, *rows)})
    reason = "Ghi x nếu giao quyền, phụ trách; để trống nếu không."
    assert [error["text"] for error in answer.context["wrong"]] == [f"Ô J{number}: {reason}" for number in (14, 15, 16)]
    preview = office.client.post(IMPORT, {"tep": filled(office.client, *rows[:12])})
    office.client.post(IMPORT, {"rows": preview.context["rows"]})
    made = User.objects.filter(username__startswith="moi-").order_by("username")
    assert [account.memberships.get().acting for account in made] == [False] * 6 + [True] * 6


def test_a_broken_sheet_is_refused_and_nothing_is_made(cast, office):  # noqa: F811
    before, target, name = User.objects.count(), io.BytesIO(), "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(filled(office.client, row("moi-1"))) as source, zipfile.ZipFile(target, "w") as result:
        for member in source.namelist():
            data = source.read(member)
            result.writestr(member, data.replace(b"</row>", b"", 1) if member == name else data)
    answer = office.client.post(IMPORT, {"tep": SimpleUploadedFile("hong.xlsx", target.getvalue())}, follow=True)
    assert answer.status_code == 200 and "Không đọc được bảng trong tệp “hong.xlsx”. Anh/chị lưu lại bằng Excel" in page_of(answer)
    assert User.objects.count() == before


def test_a_ward_administrator_imports_into_the_own_branch_only(cast, office):  # noqa: F811
    ward = browser(new_user("quan-tri-a", cast.a, ADMINISTRATOR))
    answer = ward.post(IMPORT, {"tep": filled(ward, row("moi-1", "PB"), row("moi-2", sees="Q"))})
    assert [error["text"].split(":")[0] for error in answer.context["wrong"]] == ["Ô E2", "Ô G3"]
    typed = json.loads(answer.context["rows"])
    typed[0]["unit"] = "PB"
    ward.post(IMPORT, {"rows": json.dumps(typed)})
    assert not User.objects.filter(username__startswith="moi-").exists()


@pytest.mark.parametrize("rows", ["", "[]", "{}", "[1]", '[{"row": "x"}]', "không phải json", json.dumps([{"row": 2}] * 3)])
def test_a_tampered_preview_makes_nothing(office, rows):
    before = User.objects.count()
    page = page_of(office.client.post(IMPORT, {"rows": rows}, follow=True))
    assert account_books.MOST == 300 and "Anh/chị gửi lại tệp" in page and User.objects.count() == before


def test_another_file_is_refused_with_what_is_wrong(office):
    book = openpyxl.Workbook()
    book.active.append(["Tên đăng nhập", "Họ và tên"])
    target = io.BytesIO()
    book.save(target)
    words = {
        "Ô B1 phải là “Tên hiển thị”": SimpleUploadedFile("khac.xlsx", target.getvalue()),
        "Tệp chưa có dòng nào": filled(office.client),
        "“gia.xlsx” không phải là tệp Excel": SimpleUploadedFile("gia.xlsx", b"PK\x03\x04 khong phai"),
    }
    for sentence, file in words.items():
        assert sentence in page_of(office.client.post(IMPORT, {"tep": file}, follow=True)), sentence
    assert "Anh/chị chưa chọn tệp." in page_of(office.client.post(IMPORT, follow=True))
