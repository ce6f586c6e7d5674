"""Two people at one record: whoever saves second sees both versions, chooses, and nothing of either is lost."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

OFFICE = "Đoàn làm việc hai buổi; đã thống nhất biên bản với phường, đề nghị niêm yết lại các quyết định còn thiếu."
FRONT = "Đoàn xem hồ sơ tại bộ phận một cửa và đi ba tổ dân phố; Nhân dân nắm được nội dung công khai."
MANY, FEW = "19", "17"


def test_the_second_to_save_a_round_sees_both_versions(officer):
    front, office = officer("mat-tran"), officer("chuyen-vien")
    front.open("/giam-sat/cuoc/").locator("table tbody a").first.click()
    front.page.wait_for_url(re.compile(r"/giam-sat/cuoc/\d+/$"))
    address = front.page.url
    for person, words in ((office, OFFICE), (front, FRONT)):
        person.open(f"{address}sua/").locator("#id_summary").fill(words)
    office.page.get_by_role("button", name="Lưu cuộc giám sát").click()
    office.page.wait_for_url(address)
    page = front.page
    page.get_by_role("button", name="Lưu cuộc giám sát").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hồ sơ vừa được người khác sửa")
    expect(page.get_by_role("alert")).to_contain_text("Nội dung anh/chị gõ chưa mất")
    row = page.get_by_role("row", name=re.compile("Kết quả|Tóm tắt|Nội dung"))
    expect(row).to_contain_text(FRONT)
    expect(row).to_contain_text(OFFICE)
    front.shot("71-xung-dot-ho-so")
    page.get_by_role("button", name="Lưu bản của tôi").click()
    page.wait_for_url(address)
    expect(page.get_by_role("definition").filter(has_text=FRONT)).to_be_visible()
    history = front.open(f"{address}lich-su/")
    expect(history.get_by_text(OFFICE).first).to_be_visible()
    expect(history.get_by_text(FRONT).first).to_be_visible()
    front.shot("72-lich-su-sau-xung-dot")


def test_the_second_window_of_one_report_sees_both_numbers(officer):
    first, second = officer("phuong-a"), officer("phuong-a")
    page = first.open("/ky-bao-cao/")
    page.get_by_role("link", name=re.compile("Mở báo cáo|Nhập tiếp|Xem")).first.click()
    page.wait_for_url(re.compile(r"/ky-bao-cao/phieu/\d+/"))
    address = page.url
    second.open(address)
    for person, number in ((first, MANY), (second, FEW)):
        person.page.locator("#id_hg_total").fill(number)
        person.page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu báo cáo.")).to_be_visible()
    later = second.page
    expect(later.get_by_role("heading", level=1)).to_have_text("Báo cáo vừa được người khác sửa")
    row = later.get_by_role("row", name=re.compile("hòa giải tiếp nhận"))
    expect(row).to_contain_text(MANY)
    expect(row).to_contain_text(FEW)
    second.shot("73-xung-dot-bao-cao")
    later.get_by_role("link", name="Giữ bản đang lưu").click()
    expect(later.locator("#id_hg_total")).to_have_value(MANY)
