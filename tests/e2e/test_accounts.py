"""An administrator's day: a new colleague, a file of newcomers, a leaver; every page at both widths."""

import datetime

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD

pytestmark = pytest.mark.e2e
LIST = "/quan-tri/tai-khoan/"
DAY = datetime.date(2020, 1, 8)


def open_account(admin, username):
    admin.open(f"{LIST}?q={username}").locator("tbody th a").first.click()
    return admin.page


def filled(template, path, rows):
    book = openpyxl.load_workbook(template)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            book["Tài khoản"].cell(number, column, value)
    book.save(path)
    return path


def test_a_new_colleague_a_leaver_and_a_locked_door(officer, browser, portal):
    admin = officer("quan-tri")
    page = admin.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản")
    admin.shot("q1-danh-sach")
    admin.open(f"{LIST}them/")
    page.get_by_role("button", name="Tạo tài khoản").click()
    expect(page.get_by_role("alert")).to_contain_text("Tên đăng nhập")
    admin.shot("q2-them-con-thieu")
    page.get_by_label("Tên đăng nhập").fill("phuong-a-2")
    page.get_by_label("Tên hiển thị").fill("Cán bộ tăng cường phường An Phú")
    page.get_by_label("Vai trò").select_option(label="Cán bộ đơn vị")
    page.get_by_label("Làm việc cho đơn vị").select_option(label="Phường An Phú")
    page.get_by_role("button", name="Tạo tài khoản").click()
    secret = page.locator(".secret").nth(1).inner_text()
    admin.shot("q3-phieu")

    context = browser.new_context(locale="vi-VN")
    newcomer = context.new_page()
    newcomer.goto(f"{portal.url}/dang-nhap/")
    newcomer.get_by_label("Tên đăng nhập").fill("phuong-a-2")
    newcomer.get_by_label("Mật khẩu").fill(secret)
    newcomer.get_by_role("button", name="Đăng nhập").click()
    newcomer.wait_for_url(lambda url: "dang-nhap" not in url)

    open_account(admin, "phuong-a-2")
    admin.shot("q4-tai-khoan")
    page.get_by_role("link", name="Bàn giao công việc").click()
    expect(page.get_by_role("complementary", name="Những gì được bàn giao")).to_contain_text("Nộp báo cáo")
    admin.shot("q5-ban-giao")
    page.get_by_label("Người nhận", exact=True).select_option(label="Cán bộ phường An Phú (phuong-a)")
    page.get_by_label("Lý do").fill("Hết thời gian tăng cường")
    page.get_by_role("button", name="Bàn giao và lập biên bản").click()
    expect(page.locator("article")).to_contain_text("BIÊN BẢN")
    expect(page.locator("article")).to_contain_text("ĐẢNG ỦY PHƯỜNG AN PHÚ")
    admin.shot("q6-bien-ban")

    open_account(admin, "phuong-a-2")
    page.get_by_role("link", name="Khóa tài khoản").click()
    page.get_by_label("Lý do").fill("Đã bàn giao xong")
    page.get_by_role("button", name="Khóa tài khoản").click()
    expect(page.get_by_text("Lý do: Đã bàn giao xong")).to_be_visible()
    admin.shot("q7-da-khoa")
    newcomer.goto(f"{portal.url}/viec-can-lam/")
    expect(newcomer.get_by_role("heading", level=1)).to_contain_text("Đăng nhập")
    newcomer.get_by_label("Tên đăng nhập").fill("phuong-a-2")
    newcomer.get_by_label("Mật khẩu").fill(secret)
    newcomer.get_by_role("button", name="Đăng nhập").click()
    expect(newcomer.get_by_role("alert")).to_be_visible()
    context.close()


def test_newcomers_from_a_workbook_and_the_review(officer, tmp_path):
    admin = officer("quan-tri")
    page = admin.page
    admin.open(f"{LIST}nhap/")
    admin.shot("q8-nhap-tu-excel")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải tệp mẫu").click()
    download.value.save_as(tmp_path / "mau.xlsx")
    good = [[f"moi-{number}", f"Cán bộ số {number}", "", "", "AP", "Cán bộ đơn vị", "", DAY] for number in (1, 2, 3)]
    wrong = [good[0], ["phuong-a", "Trùng tên", "", "", "XX", "Trưởng", "", "30/2/2020"]]
    page.set_input_files("#id_tep", filled(tmp_path / "mau.xlsx", tmp_path / "sai.xlsx", wrong))
    page.get_by_role("button", name="Kiểm tra tệp").click()
    alert = page.get_by_role("alert")
    for cell in ("Ô A3", "Ô E3", "Ô F3", "Ô H3"):
        expect(alert).to_contain_text(cell)
    admin.shot("q9-o-sai")
    page.set_input_files("#id_tep", filled(tmp_path / "mau.xlsx", tmp_path / "dung.xlsx", good))
    page.get_by_role("button", name="Kiểm tra tệp").click()
    admin.shot("q10-xem-truoc")
    page.get_by_role("button", name="Tạo 3 tài khoản").click()
    expect(page.locator(".slip")).to_have_count(3)
    admin.shot("q11-cac-phieu")
    admin.open(f"{LIST}ra-soat/")
    page.get_by_label("Kết luận rà soát").fill("Đã xem hết, không thừa quyền nào.")
    page.get_by_role("button", name="Ghi nhận đã rà soát").click()
    expect(page.get_by_text("Rà soát gần nhất ngày 08/01/2020")).to_be_visible()
    admin.shot("q12-ra-soat")
    with page.expect_download() as download:
        page.get_by_role("link", name="Bảng tài khoản và quyền").click()
    download.value.save_as(tmp_path / "quyen.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "quyen.xlsx").active.iter_rows(min_row=3, values_only=True)
    assert {row[1] for row in rows} >= {"moi-1", "moi-2", "moi-3", "quan-tri"}
    assert PASSWORD not in page.content()
