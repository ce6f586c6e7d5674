"""An edit told in a sentence, a citizen's name shown for a reason, and both in the administrator's log."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

REASON = "Tổ dân phố đếm lại sau khi hai hộ chuyển đi"


def test_what_was_done_can_be_read_afterwards(officer, portal):
    # --- an officer corrects a record, with a reason -----------------------------------------------
    ward = officer("phuong-a")
    page = ward.open("/dan-van-kheo/dang-ky/")
    page.locator("tbody th a").first.click()
    record = page.url
    page.get_by_role("link", name="Sửa", exact=True).click()
    households = page.get_by_label("Số hộ tham gia")
    before = households.input_value() or "(trống)"
    households.fill("4.321")
    page.locator("[name=_reason]").fill(REASON)
    page.get_by_role("button", name="Lưu đăng ký").click()
    page.wait_for_url(record)
    ward.open(f"{record}lich-su/")
    newest = page.locator("ol.tl li").first
    expect(newest).to_contain_text("Cán bộ phường An Phú: sửa hồ sơ")
    expect(newest).to_contain_text(f"Số hộ tham gia: {before}")
    expect(newest.locator("ins")).to_have_text("4.321")
    expect(newest).to_contain_text(f"Lý do: {REASON}")
    ward.shot("nhat-ky-1-lich-su")

    # --- and looks at who asked, which takes a reason -------------------------------------------------
    ward.open("/doi-thoai/cau-hoi/")
    page.locator("tbody th a").first.click()
    question = page.url
    ward.open(f"{question}nguoi-hoi/")
    page.get_by_label("Họ và tên người hỏi").fill("Nguyễn Văn Thử")
    page.get_by_label("Cách liên hệ").fill("0912 345 678")
    page.get_by_role("button", name="Lưu người hỏi").click()
    expect(page.get_by_text("N*** V*** T***")).to_be_visible()
    expect(page.get_by_text("Nguyễn Văn Thử")).to_have_count(0)
    ward.shot("nhat-ky-2-nguoi-hoi-che")
    page.get_by_label("Lý do xem").fill("Gọi lại để trả lời")
    page.get_by_role("button", name="Hiện đầy đủ").click()
    expect(page.get_by_text("0912 345 678")).to_be_visible()
    ward.shot("nhat-ky-3-nguoi-hoi-ro")
    ward.open("/dan-van-kheo/dang-ky/")
    with page.expect_download():
        page.get_by_role("link", name="Xuất Excel").click()

    # --- the administrator reads it, and takes it away -----------------------------------------------
    admin = officer("quan-tri")
    page = admin.open("/quan-tri/nhat-ky/")
    for words in ("Xem dữ liệu cá nhân", "Lý do: Gọi lại để trả lời", "Xuất danh sách", "dan-van-kheo-dang-ky.xlsx"):
        expect(page.locator("table").get_by_text(words).first).to_be_visible()
    expect(page.locator("table")).not_to_contain_text("Nguyễn Văn Thử")
    admin.shot("nhat-ky-4-trang")
    page.get_by_label("Loại việc").select_option(label="Xem dữ liệu cá nhân")
    page.wait_for_url(re.compile("loai=xem_ca_nhan"))
    expect(page.locator("tbody tr")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    [heads, line] = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert dict(zip(heads, line, strict=True))["Lý do"] == "Gọi lại để trả lời"

    # --- the chain proves it ---------------------------------------------------------------------------
    portal.manage("shell", "-v", "0", "-c", "from danvan.audit.chain import seal; seal()")
    told = portal.manage("verify_audit")
    assert "Nhật ký nguyên vẹn" in told and re.search(r"Mắt xích cuối: \d+:[0-9a-f]{64}", told)
    assert "2 lần" in portal.manage("who_saw", "--subject=0912345678")
