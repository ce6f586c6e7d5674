"""The story of the first issue, on the untouched demo: enter, confirm, send, return, correct, accept, produce, approve, issue."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.studio import open_annual, pdf_words, produce

pytestmark = pytest.mark.e2e

MODEL = "Ngõ Cầu Gạch tự quản thoát nước, không để rác vào miệng cống mùa mưa, phường An Phú"
BOXES = {
    "situation": "Miệng cống trong ngõ hay tắc vì lá và rác, mỗi trận mưa lớn nước tràn vào sân của các nhà đầu ngõ.",
    "goals": "Không còn điểm ngập quá một giờ sau mưa; cả ngõ cam kết không đổ rác ra miệng cống.",
    "content": "Chia ngõ thành đoạn, mỗi đoạn có một hộ trực nhật tuần; tổ trưởng kiểm tra vào chiều thứ Bảy.",
    "area": "Toàn bộ các hộ trong ngõ Cầu Gạch, tổ dân phố số 4, phường An Phú.",
    "forces": "Chi bộ tổ dân phố chủ trì; Chi hội Phụ nữ, Chi đoàn phối hợp; các hộ trong ngõ tham gia.",
    "resources": "Dụng cụ do các hộ góp, phường hỗ trợ lưới chắn rác; làm từ tháng ba đến hết năm.",
    "outputs": "Lưới chắn rác lắp ở mọi miệng cống trong ngõ, sổ trực nhật có chữ ký từng tuần.",
    "sustainability": "Ít tốn kém, mỗi ngõ tự làm được; tổ dân phố bên cạnh đã đăng ký làm theo.",
}
FIGURES = {
    "hg_total": "14", "hg_success": "12", "hg_fail": "1", "tcd_turns": "168", "dt_carried": "2", "dt_in": "31", "dt_done": "30",
    "mc_files": "4.210", "mc_ontime": "4.198", "cuoi_total": "52", "cuoi_vm": "52", "tang_total": "41", "tang_vm": "40",
    "tt_sessions": "36", "tt_turns": "2.950",
}  # fmt: skip
QUESTION = "Số vụ hòa giải thành chưa khớp sổ theo dõi của tổ hòa giải, đề nghị kiểm tra lại."


@pytest.mark.smoke
def test_from_a_missed_model_to_the_issued_report(officer, portal):
    # --- phuong-a enters a missed model of 15/3/2019 -------------------------------------------
    ward = officer("phuong-a")
    page = ward.page
    ward.shot("01-viec-can-lam")
    ward.open("/dan-van-kheo/dang-ky/")
    ward.shot("02-danh-sach")
    page.get_by_role("link", name="Thêm đăng ký").first.click()
    page.get_by_label("Mô hình", exact=True).check()
    page.get_by_label("Tập thể").check()
    page.get_by_label("Lĩnh vực").select_option(label="Xây dựng đô thị văn minh")
    page.get_by_label("Ngày đăng ký").fill("15319")
    page.get_by_label("Số hộ tham gia").fill("64")
    page.locator("#id_name").fill(MODEL)
    for name, text in BOXES.items():
        page.locator(f"#id_{name}").fill(text)
    expect(page.locator("#save-state")).to_contain_text("Đã lưu nháp", timeout=10_000)
    ward.shot("03-bieu-mau")
    page.get_by_role("button", name="Lưu đăng ký").dblclick()
    page.wait_for_url(re.compile(r"/dang-ky/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ngõ Cầu Gạch")
    expect(page.get_by_text("15/03/2019").first).to_be_visible()
    ward.shot("04-chi-tiet")
    ward.open("/dan-van-kheo/dang-ky/?q=cau+gach")
    expect(page.locator("table tbody tr")).to_have_count(1)

    # --- fills the submission and hands it to the head ------------------------------------------
    ward.open("/ky-bao-cao/")
    page.get_by_role("link", name=re.compile("Mở báo cáo|Nhập tiếp|Xem")).first.click()
    for code, number in FIGURES.items():
        page.locator(f"#id_{code}").fill(number)
    page.locator("[id='id_loi_van:ket_qua']").fill(
        "Phong trào giữ vững nền nếp; các tổ dân phố đều có việc làm cụ thể, Nhân dân đồng thuận."
    )
    ward.shot("05-bao-cao-ky")
    page.get_by_role("button", name="Xem lại và gửi").click()
    page.wait_for_url("**/kiem-tra/")
    ward.shot("06-kiem-tra")
    page.locator("main").get_by_role("button", name=re.compile("Chuyển người đứng đầu")).last.click()
    expect(page.get_by_text("Chờ xác nhận").first).to_be_visible()
    sheet = page.url

    # --- truong-khoi-a confirms and sends --------------------------------------------------------
    head = officer("truong-khoi-a")
    head.shot("07-truong-khoi-viec-can-lam")
    head.page.get_by_role("link", name=re.compile("Xác nhận và gửi báo cáo")).click()
    head.shot("08-truong-khoi-xac-nhan")
    head.page.locator("main").get_by_role("button", name="Xác nhận và gửi").last.click()
    head.page.wait_for_url("**/bien-nhan/")
    expect(head.page.locator(".code")).to_contain_text("AP-2019-")
    head.shot("09-bien-nhan")

    # --- chuyen-vien returns it with a reason on one figure ---------------------------------------
    reviewer = officer("chuyen-vien")
    reviewer.shot("10-chuyen-vien-viec-can-lam")
    reviewer.page.get_by_role("link", name=re.compile("Duyệt báo cáo.*An Phú")).click()
    reviewer.shot("11-duyet-lan-1")
    line = reviewer.page.locator("details.ask", has=reviewer.page.locator("[id='yk_hg_success']"))
    line.locator("summary").click()
    reviewer.page.locator("[id='yk_hg_success']").fill(QUESTION)
    reviewer.page.get_by_label("Trả lại để bổ sung").check()
    reviewer.page.get_by_role("button", name="Gửi kết luận").click()
    reviewer.page.wait_for_url("**/ky-bao-cao/ky/**")
    reviewer.shot("12-bang-duyet")

    # --- phuong-a opens the link: it lands on that field, reason beside it; corrects, resends --------
    ward.open("/")
    ward.shot("13-phuong-viec-bi-tra-lai")
    expect(page.get_by_text(QUESTION)).to_be_visible()
    page.get_by_role("link", name=re.compile("Bổ sung báo cáo")).click()
    assert page.url == f"{sheet}#id_hg_success"
    expect(page.locator("#id_hg_success")).to_be_focused()
    row = page.locator("tr", has=page.locator("#id_hg_success"))
    expect(row).to_contain_text(QUESTION)
    ward.shot("14-sua-theo-y-kien")
    page.locator("#id_hg_success").fill("13")
    page.get_by_role("button", name="Xem lại và gửi").click()
    page.wait_for_url("**/kiem-tra/")
    page.locator("main").get_by_role("button", name="Gửi lại").last.click()
    page.wait_for_url("**/bien-nhan/")

    # --- chuyen-vien sees only the differences, accepts ----------------------------------------------
    reviewer.open("/")
    reviewer.page.get_by_role("link", name=re.compile("Duyệt báo cáo.*An Phú")).click()
    typed_rows = reviewer.page.locator("tr.ln")
    labels = typed_rows.locator("th").all_inner_texts()
    assert any("hòa giải thành" in label for label in labels)
    assert not any("tiếp công dân" in label for label in labels), labels
    reviewer.shot("15-duyet-chi-khac-biet")
    reviewer.page.get_by_label("Duyệt", exact=False).first.check()
    reviewer.page.get_by_role("button", name="Gửi kết luận").click()
    reviewer.page.wait_for_url("**/ky-bao-cao/ky/**")
    expect(reviewer.page.locator("tr", has_text="An Phú")).to_contain_text("Đã duyệt")

    # --- produces the annual report, watches progress, downloads ---------------------------------------
    reviewer.open("/bao-cao/")
    reviewer.shot("16-bao-cao-chon")
    report = open_annual(reviewer)
    reviewer.open(f"/bao-cao/{report}/so-lieu/")
    reviewer.shot("16-bao-cao-so-lieu")
    reviewer.open(f"/bao-cao/{report}/loi-van/")
    reviewer.shot("16-bao-cao-loi-van")
    produce(reviewer, report, "Lập dự thảo phục vụ hội nghị tổng kết; các phường còn lại gửi sau.", 2, "17-lap-bao-cao", "18-tien-do")
    reviewer.shot("19-da-lap")
    draft = pdf_words(reviewer, f"/bao-cao/{report}/tai/pdf")
    assert "67 mô hình" in draft and "25,4%" in draft and "Dự thảo" in draft

    # --- lanh-dao approves, enters number and date, issues ------------------------------------------------
    leader = officer("lanh-dao")
    leader.open(f"/bao-cao/{report}/tai-ve/")
    leader.shot("20-lanh-dao-duyet")
    leader.page.get_by_role("button", name="Phê duyệt").click()
    leader.page.get_by_label("Số văn bản").fill("12")
    leader.page.get_by_label("Ngày ban hành").fill("8/1/2020")
    leader.shot("21-lanh-dao-so-ngay")
    leader.page.get_by_role("button", name="Phát hành").click()
    expect(leader.page.get_by_text("Bản 3", exact=True)).to_be_visible(timeout=60_000)
    leader.shot("22-da-phat-hanh")
    issued = pdf_words(leader, f"/bao-cao/{report}/tai/pdf")
    assert "67 mô hình" in issued and "25,4%" in issued
    assert re.search(r"Số\s+12-BC/BDVQU", issued) and "ngày 08 tháng 01 năm 2020" in issued and "Dự thảo" not in issued
    leader.page.get_by_role("button", name="Lưu trữ").click()
    expect(leader.page.get_by_text("Đã lưu trữ").first).to_be_visible()
    leader.shot("23-luu-tru")
