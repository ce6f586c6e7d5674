"""The registrations of 2020 to 2025: six topics that go round the wards, each for two years. No randomness, no person."""
# ruff: noqa: E501

from danvan.demo.content.registrations import UNITS, WARDS
from danvan.demo.content.shapes import BOXES

LAST = 2025
# field, kind, subject, title, and the eight boxes; {p} place, {u} the ward in running text, {lead} who leads, {h} households, {y} year
TOPICS = [
    ("xay_dung_do_thi_van_minh", "mo_hinh", "tap_the", "Phân loại rác tại nhà, đổi rác lấy cây xanh ở {p}, {u}", {
        "situation": "Rác hữu cơ và rác tái chế ở {p} còn để chung, điểm tập kết bốc mùi vào mùa nóng; nhiều hộ muốn phân loại nhưng chưa có chỗ đổi.",
        "goals": "Cả {h} hộ phân loại rác tại nhà thành ba loại; mỗi tháng có một buổi đổi rác lấy cây.",
        "content": "Phát thùng hai ngăn, hướng dẫn theo từng ngõ; chiều thứ Bảy đầu tháng mở điểm đổi rác, cân và ghi sổ công khai.",
        "area": "{p}, {u}; {h} hộ tham gia.",
        "forces": "{lead} chỉ đạo; chi hội phụ nữ chủ trì, đoàn thanh niên và tổ dân phố phối hợp.",
        "resources": "Các hộ góp vỏ chai, giấy vụn lập quỹ cây xanh; phường hỗ trợ thùng. Thực hiện từ tháng 3 đến tháng 11 năm {y}.",
        "outputs": "Sổ cân rác tái chế từng tháng; số cây đã trồng và còn sống; ảnh điểm tập kết trước và sau.",
        "sustainability": "Tiền bán rác tái chế đủ mua cây nên không cần hỗ trợ thêm; ngõ bên cạnh có thể làm theo ngay.",
    }),
    ("van_hoa_xa_hoi", "mo_hinh", "tap_the", "Tổ đến từng nhà, rà từng hoàn cảnh khó khăn ở {p}, {u}", {
        "situation": "Người già sống một mình và hộ mới thuê trọ ở {p} ít được biết tới; có trường hợp ốm nhiều ngày tổ dân phố mới hay.",
        "goals": "Mỗi hoàn cảnh khó khăn trong {h} hộ có người nhận thăm nom; không ai bị bỏ sót khi xét trợ giúp.",
        "content": "Chia {p} thành cụm, mỗi cụm hai người ghi sổ hoàn cảnh; tối thứ Năm tuần cuối tháng họp đối chiếu, báo phường việc cần giúp.",
        "area": "{p}, {u}; rà soát {h} hộ.",
        "forces": "{lead} chỉ đạo; Mặt trận Tổ quốc phường chủ trì, chữ thập đỏ và cựu chiến binh phối hợp.",
        "resources": "Công của hội viên, quỹ vì người nghèo của phường. Thực hiện cả năm {y}.",
        "outputs": "Sổ hoàn cảnh cập nhật hằng tháng; số lượt thăm, số việc đã giúp có xác nhận.",
        "sustainability": "Việc gắn với tổ dân phố nên thay người vẫn tiếp tục; phường giao ban quý để rút kinh nghiệm.",
    }),
    ("quoc_phong_an_ninh", "mo_hinh", "tap_the", "Liên gia an toàn phòng cháy, mỗi nhà một bình chữa cháy ở {p}, {u}", {
        "situation": "Nhà ống sát nhau, lối vào {p} hẹp, xe chữa cháy khó tới; nhiều nhà khóa cả cửa phụ ban đêm.",
        "goals": "{h} hộ có bình chữa cháy và lối thoát thứ hai; cả ngõ biết kéo chuông báo cháy chung.",
        "content": "Lắp chuông liên gia, mỗi quý tập một lần; tổ tự quản kiểm tra dây điện, bếp gas theo phiếu.",
        "area": "{p}, {u}; {h} hộ nhà ống.",
        "forces": "{lead} chỉ đạo; công an phường hướng dẫn, dân quân và tổ dân phố thực hiện.",
        "resources": "Hộ tự mua bình, phường hỗ trợ chuông. Thực hiện từ tháng 4 đến tháng 10 năm {y}.",
        "outputs": "Phiếu kiểm tra từng nhà; biên bản tập dượt; số nhà mở được lối thoát thứ hai.",
        "sustainability": "Chuông và bình dùng nhiều năm; hộ mới đến được tổ tự quản hướng dẫn trong tuần đầu.",
    }),
    ("kinh_te", "mo_hinh", "tap_the", "Tổ góp vốn xoay vòng không lãi giúp hội viên buôn bán nhỏ ở {p}, {u}", {
        "situation": "Hội viên buôn bán nhỏ ở {p} thiếu vốn ngắn ngày, có người phải vay nóng để lấy hàng.",
        "goals": "{h} hội viên được vay ít nhất một vòng; không còn ai phải vay nóng trong tổ.",
        "content": "Mỗi tháng góp một khoản nhỏ, bốc thăm thứ tự vay; ghi sổ, công khai tại cuộc họp tổ.",
        "area": "{p}, {u}; {h} hội viên.",
        "forces": "{lead} chỉ đạo; Hội Liên hiệp Phụ nữ phường chủ trì.",
        "resources": "Vốn do hội viên góp. Thực hiện cả năm {y}.",
        "outputs": "Sổ góp và vay; số lượt vay, số vốn đã quay; danh sách hộ tăng thu nhập.",
        "sustainability": "Tổ tự giữ sổ, tự bầu tổ trưởng nên không phụ thuộc hỗ trợ từ ngoài.",
    }),
    ("xay_dung_he_thong_chinh_tri", "dien_hinh", "tap_the", "Tổ dân vận nghe dân tối thứ Năm, trả lời trong tuần ở {p}, {u}", {
        "situation": "Ý kiến của người dân {p} thường nêu ở cuộc họp rồi chìm đi, không rõ ai trả lời và bao giờ trả lời.",
        "goals": "Mọi ý kiến của {h} hộ được ghi và có trả lời trong bảy ngày.",
        "content": "Tối thứ Năm ngồi tại nhà văn hóa ghi ý kiến, chuyển phường ngay; bảng tin ghi ngày hẹn và kết quả.",
        "area": "{p}, {u}; {h} hộ.",
        "forces": "{lead} chỉ đạo; tổ dân vận chủ trì, cán bộ tiếp dân của phường phối hợp.",
        "resources": "Sổ, bảng tin có sẵn. Thực hiện cả năm {y}.",
        "outputs": "Sổ ý kiến có ngày nhận, ngày trả lời; tỷ lệ trả lời đúng hẹn công khai mỗi quý.",
        "sustainability": "Việc gọn, không tốn tiền; tổ dân vận khác đến xem và làm theo được.",
    }),
    ("van_hoa_xa_hoi", "dien_hinh", "ca_nhan", "Người mở lớp học miễn phí buổi tối cho trẻ em xóm trọ ở {p}, {u}", {
        "situation": "Trẻ em xóm trọ ở {p} tối không có ai kèm học vì cha mẹ làm ca, kết quả học giảm dần.",
        "goals": "Trẻ em của {h} hộ thuê trọ được kèm học ba buổi mỗi tuần.",
        "content": "Mở lớp tại nhà văn hóa, chia nhóm theo lớp; đoàn viên sinh viên đến dạy cùng.",
        "area": "{p}, {u}; con em {h} hộ thuê trọ.",
        "forces": "{lead} động viên; người mở lớp chủ trì, Đoàn Thanh niên phường phối hợp.",
        "resources": "Sách vở quyên góp, nhà văn hóa cho mượn phòng. Thực hiện trong năm học, năm {y}.",
        "outputs": "Sổ điểm danh, kết quả học từng kỳ; số em đỗ vào lớp 6, lớp 10.",
        "sustainability": "Có đoàn viên thay phiên nên lớp không phụ thuộc một người.",
    }),
]  # fmt: skip
PLACES = {
    "AP": ("ngõ Cầu Gạch", "phố Cầu Gỗ Cũ", "ngõ Giếng Đình"), "BM": ("phố Vườn Cam", "ngõ Lò Bát", "phố Bến Gạch"),
    "CD": ("ngõ Ao Sen", "phố Cẩm Lụa", "bờ kênh Tây"), "DS": ("dốc Đông Sơn", "xóm nhà trọ Đồi Thông", "khu nhà ở công nhân"),
    "HL": ("xóm Trại Hoa", "đường đê tổ dân phố 7", "dải ven sông"), "HT": ("phố Bến Nứa", "phố Lò Rèn Cũ", "khu vui chơi ven hồ"),
    "KL": ("ngõ Bàu Sen", "xóm Bãi", "phố Kim Long"), "LH": ("khu bến xe", "đường Đầm Vịt", "khu tái định cư"),
}  # fmt: skip


def registrations(year, start_on):
    """Two to four of each ward, in the order of their days; `start_on(n)` gives the day of the n-th. In the second of two years they go on."""
    pair, again = divmod(year - 2020, 2)
    found = []
    for place, ward in enumerate(WARDS):
        for turn in range(2 + (place * year + pair) % 3):
            number = (place + pair + turn) % len(TOPICS)
            found.append(_record(year, ward, TOPICS[number], PLACES[ward][pair % 3], len(found), start_on, bool(again)))
    return sorted(found, key=lambda record: (record["registered_on"], record["unit"], record["title"]))


def _record(year, ward, topic, place, number, start_on, again):
    field, kind, subject, title, boxes = topic
    running_text, lead = UNITS[ward]
    households = 24 + (number * 17 + year * 5) % 71
    slots = {"p": place, "u": running_text, "lead": lead, "h": households, "y": year}
    name = title.format(**slots)
    return {
        "title": name, "kind": kind, "subject_type": subject, "field": field, "unit": ward, "registered_on": start_on(number),
        "continues": name if again else None, "households": households,
        **{box: _sentence(boxes[box].format(**slots)) for box in BOXES},
    }  # fmt: skip


def _sentence(text):
    return text[:1].upper() + text[1:]
