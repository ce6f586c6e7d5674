"""The second factor from the first login on, and texts that outlive their session."""

import base64
import re
import time

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PASSWORD, Officer, Portal, code_of

pytestmark = pytest.mark.e2e

NEW = "bèo dạt mây trôi 2"
TEXT = "Bà con đề nghị sửa đường ngõ 12 trước mùa mưa. " * 11  # over 500 characters


@pytest.fixture(scope="module")
def strict_portal(tmp_path_factory):
    """The demo as production guards it: codes for the office, a first password changed by its owner."""
    running = Portal(tmp_path_factory.mktemp("strict"), DEMO_MFA="1")
    running.start()
    yield running
    running.stop()


@pytest.mark.smoke
def test_enrolling_and_logging_in_with_a_code(browser, strict_portal, browser_context_args):
    person = Officer(browser, strict_portal, "chuyen-vien", browser_context_args)
    page = person.page
    # the printed password opens one page
    expect(page.get_by_role("heading", level=1)).to_have_text("Đổi mật khẩu")
    person.open("/dan-van-kheo/dang-ky/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đổi mật khẩu")
    person.shot("a1-doi-mat-khau-lan-dau")
    page.get_by_label("Mật khẩu cũ").fill(PASSWORD)
    page.get_by_label("Mật khẩu mới", exact=True).fill("AnPhu@2026")
    page.get_by_label(re.compile("Xác nhận|Nhập lại")).fill("AnPhu@2026")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("alert")).to_contain_text("12 ký tự")
    person.shot("a2-mat-khau-yeu")
    page.get_by_label("Mật khẩu cũ").fill(PASSWORD)
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEW)
    page.get_by_label(re.compile("Xác nhận|Nhập lại")).fill(NEW)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    # then the app
    expect(page.get_by_role("heading", level=1)).to_have_text("Bật xác thực hai bước")
    picture = page.locator(".qr")  # no wait_for_function here: the policy forbids it to evaluate a string
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") > 100
    person.shot("a3-bat-xac-thuc")
    key = base64.b32decode(page.locator("#khoa").inner_text().replace(" ", ""))
    used = code_of(key)
    page.get_by_label("Mã 6 số trên điện thoại").fill(used)
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.locator("#ma li")).to_have_count(10)
    recovery = page.locator("#ma li").first.inner_text()
    person.shot("a4-ma-du-phong")
    page.get_by_role("link", name="Tôi đã cất mã, tiếp tục").click()
    # the page that was asked for first, after both
    page.wait_for_url("**/dan-van-kheo/dang-ky/")
    person.open("/tai-khoan/")
    expect(page.get_by_text("Còn 10 mã dự phòng")).to_be_visible()
    person.shot("a5-tai-khoan")
    page.get_by_role("link", name="Phiên đăng nhập của tôi").click()
    expect(page.get_by_text("· máy này")).to_be_visible()
    person.shot("a6-phien")
    page.locator("header.top").get_by_role("button", name="Đăng xuất").click()
    # from now on with a code
    person.log_in("chuyen-vien", NEW)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhập mã xác thực")
    person.shot("a7-nhap-ma")
    page.get_by_label(re.compile("Mã 6 số")).fill(used)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("alert")).to_contain_text("đã dùng")
    person.shot("a8-ma-da-dung")
    time.sleep(1.5)  # a wrong code makes the next one wait
    page.get_by_label(re.compile("Mã 6 số")).fill(code_of(key, 1))
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url(f"{strict_portal.url}/")
    person.leave()
    # without the phone, without a script
    lost = Officer.__new__(Officer)
    lost.context = browser.new_context(**browser_context_args, java_script_enabled=False)
    lost.page, lost.portal, lost.hosts, lost.complaints = lost.context.new_page(), strict_portal, set(), []
    lost.open("/dang-nhap/")
    lost.log_in("chuyen-vien", NEW)
    lost.page.get_by_label(re.compile("Mã 6 số")).fill(recovery.upper())
    lost.page.get_by_role("button", name="Tiếp tục").click()
    expect(lost.page).to_have_url(f"{strict_portal.url}/")
    lost.leave()


def test_a_locked_account_says_so(browser, portal, browser_context_args):
    person = Officer(browser, portal, "truong-a", browser_context_args)
    person.page.locator("header.top").get_by_role("button", name="Đăng xuất").click()
    for _ in range(5):
        person.log_in("truong-a", "sai rồi nhé")
    expect(person.page.get_by_role("alert")).to_contain_text("tạm bị khóa 15 phút")
    person.shot("a9-bi-khoa")
    portal.manage("unlock_account", "truong-a")
    person.log_in("truong-a")
    person.page.wait_for_url(f"{portal.url}/")
    person.leave()


def end_session(person):
    """As a closed lid over lunch does it: the cookie is worth nothing any more."""
    person.context.clear_cookies(name="sessionid")


def fill(page):
    page.locator("#id_name").fill("Ngõ Cầu Gạch tự quản")
    page.locator("#id_content").fill(TEXT)


def as_stored(text):
    return text.strip()


def test_a_text_typed_into_an_ended_session_is_sent_on_after_the_login(officer):
    person = officer("phuong-b")
    page = person.page
    person.open("/dan-van-kheo/dang-ky/them/")
    fill(page)
    end_session(person)
    page.get_by_role("button", name="Lưu đăng ký").click()
    expect(page.get_by_text("Nội dung vừa gõ được giữ nguyên")).to_be_visible()
    person.shot("b1-dang-nhap-lai")
    person.log_in("phuong-b")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nội dung vừa gõ còn nguyên")
    person.shot("b2-gui-tiep")
    page.get_by_role("button", name="Gửi tiếp").click()
    # the form was not complete: it comes back with every word
    assert as_stored(page.locator("#id_content").input_value()) == as_stored(TEXT)
    assert page.locator("#id_name").input_value() == "Ngõ Cầu Gạch tự quản"
    expect(page.get_by_role("alert")).to_be_visible()


def test_the_same_without_a_script(browser, portal, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()

    def log_in():
        page.get_by_label("Tên đăng nhập").fill("phuong-b")
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()

    page.goto(f"{portal.url}/dan-van-kheo/dang-ky/them/")
    log_in()
    fill(page)
    context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Lưu đăng ký").click()
    log_in()
    page.get_by_role("button", name="Gửi tiếp").click()
    assert as_stored(page.locator("#id_content").input_value()) == as_stored(TEXT)
    context.close()


def test_the_draft_that_was_saved_while_typing_is_there_after_the_login(officer):
    person = officer("phuong-b")
    page = person.page
    person.open("/dan-van-kheo/dang-ky/them/")
    fill(page)
    expect(page.locator("#save-state")).to_contain_text("Đã lưu nháp", timeout=10_000)
    end_session(person)
    person.page.once("dialog", lambda dialog: dialog.accept())
    person.open("/dan-van-kheo/dang-ky/them/")
    person.log_in("phuong-b")
    page.wait_for_url("**/dan-van-kheo/dang-ky/them/")
    page.get_by_role("link", name="Mở bản nháp này").first.click()
    assert as_stored(page.locator("#id_content").input_value()) == as_stored(TEXT)


def test_typing_on_after_the_session_ended_opens_a_dialog_and_saving_goes_on_after_the_login(officer):
    person = officer("phuong-b")
    page = person.page
    person.open("/dan-van-kheo/dang-ky/them/")
    end_session(person)
    fill(page)
    expect(page.locator("#dlg-login")).to_be_visible(timeout=10_000)
    with person.context.expect_page() as opened:
        page.get_by_role("link", name="Đăng nhập ở thẻ mới").click()
    other = opened.value
    other.get_by_label("Tên đăng nhập").fill("phuong-b")
    other.get_by_label("Mật khẩu").fill(PASSWORD)
    other.get_by_role("button", name="Đăng nhập", exact=True).click()
    other.wait_for_url(f"{person.portal.url}/")
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#dlg-login")).to_be_hidden(timeout=10_000)
    expect(page.locator("#save-state")).to_contain_text("Đã lưu nháp", timeout=10_000)
    assert as_stored(page.locator("#id_content").input_value()) == as_stored(TEXT)


def test_reopening_asks_for_the_password_again(officer, portal):
    """Eleven minutes later: the mark of the last confirmation is set back in the database, the rest is the browser."""
    person = officer("lanh-dao")
    page = person.page
    portal.manage("shell", "-v", "0", "-c", FORGET)
    person.open("/khen-thuong/danh-sach/")
    page.get_by_role("link", name=re.compile("Excel|XLSX")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xác nhận lại đúng là anh/chị")
    person.shot("b3-xac-nhan-lai")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    with page.expect_download() as file:
        page.get_by_role("button", name="Tiếp tục").click()
    assert file.value.suggested_filename.endswith(".xlsx")


FORGET = """
from danvan.accounts.models import Session
from danvan.accounts.sessions import SessionStore
for row in Session.objects.exclude(user=None):
    store = SessionStore(row.session_key)
    store["confirmed"] = 0
    store.save()
"""
