"""What the officers of the modules' story do at their screens, in the order of the story. `cast` is who takes part."""

import re

from playwright.sync_api import expect

from tests.danvan.attachments.good import pdf

LISTS = {
    "quy chế": "/quy-che/danh-sach/", "kế hoạch": "/giam-sat/ke-hoach/", "cuộc giám sát": "/giam-sat/cuoc/",
    "kiến nghị": "/giam-sat/kien-nghi/", "đối thoại": "/doi-thoai/cuoc/", "câu hỏi": "/doi-thoai/cau-hoi/",
    "cam kết": "/doi-thoai/cam-ket/",
}  # fmt: skip
PLAN = "Kế hoạch liên tịch giám sát năm 2020"
ROUND = "Giám sát công khai giấy phép xây dựng dịp cuối năm tại phường An Phú"
RECOMMENDATION = "Niêm yết giấy phép xây dựng tại nhà văn hóa các tổ dân phố"
TOPIC = "Trật tự xây dựng và vệ sinh môi trường ngõ Cầu Gạch"
PASTED = (
    "TT\tNội dung\tLĩnh vực\tTrả lời\n"
    "1\tBao giờ dỡ hàng rào tạm lấn ngõ Cầu Gạch?\tXây dựng đô thị văn minh\tTrong tuần này phường tháo dỡ xong.\n"
    "2\tĐề nghị kiểm tra nước thải của xưởng giặt cuối ngõ, mùi nồng vào buổi tối.\tXây dựng đô thị văn minh\t\n"
)
PROMISE = "Lấy mẫu nước thải của xưởng giặt cuối ngõ Cầu Gạch và báo kết quả cho tổ dân phố"


def write(page, **fields):
    """Fills a form by the names of its fields; of a list the one choice that holds the words is taken."""
    for name, value in fields.items():
        field = page.locator(f"#id_{name}")
        if field.evaluate("field => field.tagName") == "SELECT":
            offered = field.locator("option").all_inner_texts()
            (choice,) = [words for words in offered if words == value] or [words for words in offered if value in words]
            field.select_option(label=choice)
        else:
            field.fill(value)


def tick(page, **groups):
    for legend, label in groups.items():
        page.get_by_role("group", name=re.compile(legend)).get_by_label(label, exact=True).check()


def save(page, button, lands_on):
    """The address of what was saved, without the machine."""
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(re.compile(lands_on))
    return re.sub(r"^https?://[^/]+|#.*", "", page.url)


def empty_form(person, name, shot):
    """Through the list's own button."""
    page = person.open(LISTS[name])
    person.shot(f"{shot}-danh-sach")
    page.get_by_role("link", name=re.compile("^Thêm ")).first.click()
    return page


def pages_of(address, *pages):
    return [address, *(f"{address}{page}/" for page in ("sua", "lich-su", *pages))]


# --- one regulation replaces another ----------------------------------------------------------------


def register_regulation(cast, shot, **fields):
    page = empty_form(cast.office, "quy chế", shot)
    write(page, scope_words="Cán bộ và Nhân dân trên địa bàn.", **fields)
    page.get_by_label("Pháp lệnh 34/2007/PL-UBTVQH11").check()
    cast.office.shot(f"{shot}-bieu-mau")
    address = save(page, "Lưu quy chế", r"/quy-che/danh-sach/\d+/$")
    expect(page.locator("main")).to_contain_text("Đang có hiệu lực")
    cast.office.shot(f"{shot}-chi-tiet")
    return address


# --- from a joint plan to a verified reply ------------------------------------------------------------


def plan(cast):
    page = empty_form(cast.front, "kế hoạch", "40-ke-hoach")
    write(page, year="2020", title=PLAN, number="31/KHLT-MTTQ", issued_on="20/12/2019", purpose="Giám sát việc thực hiện dân chủ ở cơ sở.")
    tick(page, **{"Đơn vị phối hợp": "Hội Cựu chiến binh quận", "Căn cứ": "Quyết định 217-QĐ/TW"})
    cast.front.shot("41-ke-hoach-bieu-mau")
    address = save(page, "Lưu kế hoạch liên tịch", r"/giam-sat/ke-hoach/\d+/$")
    page.get_by_role("link", name="Ghi nội dung giám sát").click()
    cast.front.shot("42-ke-hoach-noi-dung")
    page.get_by_role("link", name="Thêm nội dung giám sát").first.click()
    write(page, subject="Công khai giấy phép xây dựng dịp Tết Nguyên đán Canh Tý", month_from="Tháng 1", month_to="Tháng 2",
          team="Phó Chủ tịch Ủy ban MTTQ quận làm trưởng đoàn")  # fmt: skip
    tick(page, **{"Hình thức": "Tổ chức đoàn giám sát", "Loại": "Chuyên đề", "Đối tượng": "Phường An Phú"})
    cast.front.shot("43-noi-dung-bieu-mau")
    save(page, "Lưu nội dung giám sát", r"/noi-dung/$")
    item = page.get_by_role("link", name=re.compile("^Sửa: ")).get_attribute("href")
    cast.front.open(address)
    cast.front.shot("44-ke-hoach-chi-tiet")
    cast.neighbour.shut_out(cast.front, *pages_of(address, "chep", "noi-dung", "noi-dung/them"), item)


def supervise(cast):
    """The round's address and the finding's words."""
    page = empty_form(cast.front, "cuộc giám sát", "45-cuoc")
    write(page, item="Công khai giấy phép xây dựng dịp Tết", title=ROUND, held_from="26/12/2019", held_on="27/12/2019",
          team="Phó Chủ tịch Ủy ban MTTQ quận làm trưởng đoàn",
          summary="Phường niêm yết tại trụ sở, chưa niêm yết tại tổ dân phố.")  # fmt: skip
    tick(page, **{"Hình thức": "Tổ chức đoàn giám sát", "Loại": "Chuyên đề", "Đối tượng": "Phường An Phú"})
    cast.front.shot("46-cuoc-bieu-mau")
    address = save(page, "Lưu cuộc giám sát", r"/giam-sat/cuoc/\d+/$")
    page.get_by_role("link", name="Ghi phát hiện").click()
    page.get_by_role("link", name="Thêm phát hiện").first.click()
    tick(page, Loại="Hạn chế")
    write(page, unit="Phường An Phú", regulation="1822-QĐ/QU", text="Chưa niêm yết giấy phép xây dựng tại nhà văn hóa các tổ dân phố.")
    cast.front.shot("47-phat-hien-bieu-mau")
    save(page, "Lưu phát hiện", r"/phat-hien/$")
    cast.front.shot("48-phat-hien")
    finding = page.get_by_role("link", name=re.compile("^Sửa: ")).get_attribute("href")
    cast.front.open(address)
    cast.front.shot("49-cuoc-chi-tiet")
    cast.neighbour.shut_out(cast.front, *pages_of(address, "phat-hien", "phat-hien/them", "lap-kien-nghi"), finding)
    return address


def recommend(cast, round_address):
    page = cast.front.open(round_address)
    page.get_by_role("link", name="Lập kiến nghị").click()
    write(page, addressed_to="Phường An Phú", finding="Chưa niêm yết", sent_on="30/12/2019", title=RECOMMENDATION,
          content="Đề nghị UBND phường niêm yết giấy phép xây dựng tại nhà văn hóa các tổ dân phố trước Tết.")  # fmt: skip
    cast.front.shot("50-kien-nghi-bieu-mau")
    address = save(page, "Lưu kiến nghị", r"/giam-sat/kien-nghi/\d+/$")
    cast.front.shot("51-kien-nghi-chi-tiet")
    acts = ("tra-loi", "xac-nhan", "tien-do", "xac-minh", "mo-lai", "gia-han", "rut")
    cast.neighbour.shut_out(cast.front, *pages_of(address, *acts))
    return address


def reply(cast, address):
    page = cast.ward.open("/")
    cast.ward.shot("52-phuong-viec-can-lam")
    page.get_by_role("link", name=re.compile(f"Trả lời kiến nghị: {RECOMMENDATION}")).click()
    page.get_by_label("Tiếp thu một phần", exact=True).check()
    page.locator("#id_text").fill("Đã niêm yết tại năm nhà văn hóa; hai tổ dân phố chưa có nhà văn hóa, phường thông báo qua loa.")
    page.locator("#id_upload").set_input_files({"name": "Biên bản niêm yết.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    cast.ward.shot("53-tra-loi")
    save(page, "Gửi trả lời", rf"{address}$")
    cast.ward.shot("54-da-tra-loi")
    file = page.get_by_role("link", name="Biên bản niêm yết.pdf", exact=True).get_attribute("href")
    cast.neighbour.shut_out(cast.ward, file, f"{file}rut/")


def verify(cast, address):
    page = cast.front.open("/")
    cast.front.shot("55-mat-tran-viec-can-lam")
    page.get_by_role("link", name=re.compile(f"Xác minh trả lời: {RECOMMENDATION}")).click()
    expect(page.locator("main")).to_contain_text("Tiếp thu một phần")
    page.locator("#id_note").fill("Đoàn đã xem tại năm nhà văn hóa, việc làm đúng như trả lời.")
    cast.front.shot("56-xac-minh")
    save(page, "Ghi kết quả xác minh", rf"{address}$")
    cast.front.shot("57-da-xac-minh")
    cast.neighbour.sees_nothing()


# --- from a dialogue to a kept promise ------------------------------------------------------------------


def dialogue(cast):
    page = empty_form(cast.ward, "đối thoại", "60-doi-thoai")
    tick(page, Loại="Đột xuất")
    write(page, topic=TOPIC, chair_title="Bí thư Đảng ủy phường", place="Nhà văn hóa tổ dân phố số 4", noticed_on="9/12/2019",
          held_on="18/12/2019", attendance="85", women="40", party_members="22", minutes="Nhân dân nêu ý kiến về ngõ Cầu Gạch.",
          conclusion_number="71-TB/ĐU", conclusion_on="24/12/2019")  # fmt: skip
    cast.ward.shot("61-doi-thoai-bieu-mau")
    address = save(page, "Lưu cuộc đối thoại", r"/doi-thoai/cuoc/\d+/$")
    cast.neighbour.shut_out(cast.ward, *pages_of(address, "cau-hoi"))
    return address


def paste_questions(cast, address):
    """Copied in the spreadsheet, pasted with the keyboard, looked at, saved."""
    page = cast.ward.open(address)
    page.get_by_role("link", name="Ghi câu hỏi").click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", PASTED)
    page.get_by_role("textbox", name=re.compile("Dán từ Excel")).focus()
    page.keyboard.press("Control+V")
    page.get_by_role("button", name="Xếp vào bảng").click()
    expect(page.get_by_text("Đã đọc 2 câu hỏi")).to_be_visible()
    cast.ward.shot("62-cau-hoi-da-dan")
    save(page, "Lưu câu hỏi", rf"{address}$")
    cast.ward.shot("63-doi-thoai-chi-tiet")
    question = page.get_by_role("link", name=re.compile("nước thải")).get_attribute("href")
    cast.neighbour.shut_out(cast.ward, *pages_of(question, "cam-ket", "nguoi-hoi"))
    return question


def promise(cast, question):
    page = cast.ward.open(question)
    cast.ward.shot("64-cau-hoi-chi-tiet")
    page.get_by_role("link", name="Thêm cam kết").click()
    write(page, owner="Phòng Tài nguyên và Môi trường", content=PROMISE, due_on="31/12/2019")
    cast.ward.shot("65-cam-ket-bieu-mau")
    address = save(page, "Lưu cam kết", r"/doi-thoai/cam-ket/\d+/$")
    cast.ward.shot("66-cam-ket-chi-tiet")
    cast.neighbour.shut_out(cast.ward, *pages_of(address, "tinh-hinh", "xac-nhan", "chua-dong-y", "mo-lai", "gia-han"))
    return address


def progress(cast, result, day, words, shot):
    page = cast.bureau.open("/")
    cast.bureau.shot(f"{shot}-viec-can-lam")
    page.get_by_role("link", name=re.compile(f"Thực hiện cam kết: {PROMISE[:40]}")).click()
    page.get_by_role("link", name="Báo cáo tình hình").click()
    page.get_by_label(result, exact=True).check()
    write(page, noted_on=day, text=words)
    cast.bureau.shot(f"{shot}-bao-cao")
    save(page, "Gửi báo cáo", r"/doi-thoai/cam-ket/\d+/$")
    cast.bureau.shot(f"{shot}-cam-ket")
    cast.neighbour.sees_nothing()
