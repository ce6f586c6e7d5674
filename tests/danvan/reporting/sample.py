# ruff: noqa: E501 - the lines are sentences of a document
"""A realistic annual snapshot of an invented district: every block type, both appendix orientations."""

from typing import Any

Json = dict[str, Any]
WARDS = [
    "An Phú", "Bình Hòa", "Cầu Đá", "Đông Thạnh", "Giếng Nước", "Hòa Khánh", "Kim Sơn", "Long Thủy",
    "Mỹ Xuân", "Ngọc Lâm", "Phú Lộc", "Quảng Tín", "Tân Thuận", "Vĩnh Yên",
]  # fmt: skip
FIELDS = ["Kinh tế", "Văn hóa – xã hội", "Quốc phòng – an ninh", "Xây dựng hệ thống chính trị"]

GUIDANCE = (
    "Thường trực Quận ủy đã lãnh đạo, chỉ đạo các cấp ủy đảng, chính quyền, Mặt trận Tổ quốc và các đoàn thể chính trị - xã hội "
    "quán triệt, triển khai thực hiện nghiêm túc các chủ trương, nghị quyết của Đảng về công tác dân vận; trọng tâm là Nghị quyết "
    "số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương Đảng khóa XI về tăng cường và đổi mới sự lãnh đạo của Đảng đối với "
    "công tác dân vận trong tình hình mới và Quyết định số 217-QĐ/TW, Quyết định số 218-QĐ/TW ngày 12/12/2013 của Bộ Chính trị."
)
SERVICE = (
    "Ủy ban nhân dân quận tiếp tục thực hiện “Năm dân vận chính quyền”, đẩy mạnh cải cách hành chính, nâng cao đạo đức công vụ và "
    "trách nhiệm phục vụ nhân dân. Bộ phận một cửa của quận và 14 phường đã tiếp nhận 48.215 hồ sơ thủ tục hành chính, giải quyết "
    "đúng hạn 47.986 hồ sơ, đạt 99,5%; tỷ lệ dịch vụ công trực tuyến mức độ 3, mức độ 4 đạt 86,2%. Lãnh đạo quận và phường đã tiếp "
    "công dân định kỳ 612 buổi, tiếp nhận 437 đơn kiến nghị, phản ánh và đã giải quyết xong 421 đơn."
)
MOVEMENT = (
    "Năm 2019, các đơn vị đăng ký 66 mô hình, điển hình “Dân vận khéo”, trong đó lĩnh vực kinh tế 12, văn hóa – xã hội 27, quốc phòng – "
    "an ninh 10 và xây dựng hệ thống chính trị 17. Qua khảo sát, thẩm định, Ban Dân vận Quận ủy đã đề nghị công nhận 53 mô hình, điển "
    "hình cấp quận; 09 mô hình tiêu biểu được đề nghị Thành ủy biểu dương. Danh sách đăng ký nêu tại Phụ lục I, tổng hợp theo đơn vị nêu "
    "tại Phụ lục II."
)
DIALOGUE = (
    "Cấp ủy, chính quyền quận và phường đã tổ chức 31 hội nghị đối thoại giữa người đứng đầu với Mặt trận Tổ quốc, các đoàn thể và nhân "
    "dân, có 3.846 lượt người dự, 512 ý kiến phát biểu; 498 ý kiến được trả lời tại hội nghị hoặc bằng văn bản, đạt 97,3%."
)
TASKS = [
    "Tiếp tục tham mưu Ban Thường vụ Quận ủy lãnh đạo thực hiện Kết luận số 43-KL/TW ngày 07/01/2019 của Bộ Chính trị về tiếp tục thực hiện Nghị quyết số 25-NQ/TW",
    "Nâng cao chất lượng thực hiện Quy chế dân chủ ở cơ sở gắn với cải cách hành chính, giải quyết kịp thời kiến nghị chính đáng của nhân dân ngay từ cơ sở",
    "Hướng dẫn các đơn vị đăng ký, xây dựng mô hình “Dân vận khéo” năm 2020, mỗi chi bộ có ít nhất một việc làm cụ thể",
    "+ Khảo sát, thẩm định xong trước ngày 30/9/2020; công nhận cấp quận trước ngày 30/11/2020",
    "Phối hợp Mặt trận Tổ quốc và các đoàn thể tổ chức giám sát ít nhất 03 chuyên đề, phản biện xã hội 02 dự thảo văn bản",
]


def paragraph(text: str) -> Json:
    return {"type": "paragraph", "text": text}


def column(label: str, width: int, align: str = "left") -> Json:
    return {"label": label, "width": width, "align": align}


def table(caption: str, columns: list[Json], rows: list[list[str]], total: list[str] | None = None, note: str | None = None) -> Json:
    return {"type": "table", "caption": caption, "unit_note": note, "columns": columns, "rows": rows, "total": total}


def section(code: str, level: int, heading: str, *blocks: Json) -> Json:
    return {"code": code, "level": level, "heading": heading, "blocks": list(blocks)}


def chart(kind: str, title: str, desc: str, series: dict[str, list[int]], categories: list[str]) -> Json:
    return {
        "type": "chart", "chart": kind, "title": title, "desc": desc, "categories": categories,
        "series": [{"label": label, "values": values} for label, values in series.items()],
    }  # fmt: skip


def movement_blocks() -> list[Json]:
    by_field = [["12", "5", "7", "10"], ["27", "16", "11", "22"], ["10", "4", "6", "8"], ["17", "9", "8", "13"]]
    return [
        paragraph(MOVEMENT),
        table(
            "Biểu 1. Đăng ký và công nhận mô hình, điển hình “Dân vận khéo” theo lĩnh vực",
            [column("Lĩnh vực", 40), *(column(label, 15, "right") for label in ("Đăng ký", "Mô hình", "Điển hình", "Công nhận"))],
            [[field, *values] for field, values in zip(FIELDS, by_field, strict=True)],
            ["Cộng", "66", "34", "32", "53"],
            "Đơn vị tính: mô hình, điển hình",
        ),
        chart("bars", "Biểu đồ 1. Đăng ký và công nhận theo lĩnh vực, năm 2019", "Lĩnh vực văn hóa – xã hội nhiều nhất: 27 đăng ký, 22 công nhận.",
              {"Đăng ký": [12, 27, 10, 17], "Công nhận": [10, 22, 8, 13]}, FIELDS),
        paragraph("Trong số đăng ký có 41 mô hình, điển hình mới và 25 mô hình, điển hình tiếp tục từ các năm trước."),
        chart("funnel", "Biểu đồ 2. Từ đăng ký đến công nhận", "66 đăng ký, 61 được khảo sát, 56 thẩm định đạt, 53 công nhận.",
              {"Số lượng": [66, 61, 56, 53]}, ["Đăng ký", "Khảo sát", "Thẩm định đạt", "Công nhận cấp quận"]),
        chart("years", "Biểu đồ 3. So với năm 2018", "Bốn lĩnh vực đều tăng so với năm 2018.",
              {"Năm 2018": [9, 25, 7, 15], "Năm 2019": [12, 27, 10, 17]}, FIELDS),
    ]  # fmt: skip


def sections() -> list[Json]:
    return [
        section("A", 1, "A- KẾT QUẢ CÔNG TÁC DÂN VẬN NĂM 2019"),
        section("A.I", 2, "I- ĐẶC ĐIỂM TÌNH HÌNH", paragraph(
            "Quận Thanh Bình có 14 phường, 312 tổ dân phố, 68.430 hộ với 251.906 nhân khẩu; Đảng bộ quận có 62 tổ chức cơ sở đảng với 13.287 đảng viên. "
            "Tình hình chính trị, xã hội ổn định; đời sống nhân dân tiếp tục được cải thiện; hộ nghèo còn 74 hộ, chiếm 0,11%.")),
        section("A.II", 2, "II- KẾT QUẢ THỰC HIỆN NHIỆM VỤ"),
        section("A.II.1", 3, "1. Công tác lãnh đạo, chỉ đạo của cấp ủy", paragraph(GUIDANCE),
                table("", [column("Loại văn bản", 50), column("Năm 2018", 25, "right"), column("Năm 2019", 25, "right")],
                      [["Chương trình, kế hoạch", "18", "21"], ["Công văn, hướng dẫn", "42", "47"], ["Báo cáo", "26", "28"]], ["Cộng", "86", "96"]),
                paragraph("Các cấp ủy đã tổ chức 186 hội nghị quán triệt với 15.204 lượt cán bộ, đảng viên dự.\nBan Dân vận Quận ủy đã kiểm tra, khảo sát 21 đơn vị.")),
        section("A.II.2", 3, "2. Công tác dân vận của chính quyền", paragraph(SERVICE)),
        section("A.II.2.a", 4, "a) Thực hiện hai bộ quy tắc ứng xử", paragraph("14/14 phường niêm yết công khai hai bộ quy tắc ứng xử tại trụ sở và nhà sinh hoạt cộng đồng.")),
        section("A.II.3", 3, "3. Thực hiện Quy chế dân chủ ở cơ sở", paragraph(GUIDANCE.replace("công tác dân vận", "Quy chế dân chủ")), {"type": "list", "items": TASKS[:3]}),
        section("A.II.4", 3, "4. Giám sát, phản biện xã hội và đối thoại", paragraph(DIALOGUE)),
        section("A.II.5", 3, "5. Hoạt động của Mặt trận Tổ quốc và các đoàn thể", paragraph(SERVICE)),
        section("A.II.6", 3, "6. Công tác dân tộc, tôn giáo", paragraph(DIALOGUE)),
        section("A.II.7", 3, "7. Phong trào thi đua “Dân vận khéo”", *movement_blocks()),
        section("A.III", 2, "III- HOẠT ĐỘNG CỦA BAN DÂN VẬN QUẬN ỦY", paragraph(GUIDANCE)),
        section("A.IV", 2, "IV- ĐÁNH GIÁ CHUNG", paragraph(DIALOGUE), paragraph(SERVICE)),
        section("B", 1, "B- PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2020"),
        section("B.I", 2, "I- NHIỆM VỤ TRỌNG TÂM", {"type": "list", "items": TASKS}),
        section("B.II", 2, "II- KIẾN NGHỊ", paragraph(
            "Đề nghị Ban Dân vận Thành ủy tiếp tục tổ chức bồi dưỡng nghiệp vụ công tác dân vận cho cán bộ khối dân vận phường, tổ dân vận tổ dân phố.")),
    ]  # fmt: skip


def appendices() -> list[Json]:
    reference = "(Kèm theo Báo cáo số      -BC/BDVQU ngày      tháng      năm      )"
    columns = [column("TT", 5, "center"), column("Tên mô hình, điển hình", 30), column("Loại", 9), column("Tập thể, cá nhân", 17),
               column("Lĩnh vực", 14), column("Đơn vị", 12), column("Mới, tiếp tục", 8, "center"), column("Thời gian", 10, "center")]  # fmt: skip
    rows = [
        [str(index + 1), f"Tổ dân phố số {index % 14 + 1} vận động nhân dân chỉnh trang ngõ phố, giữ gìn vệ sinh môi trường", "Mô hình" if index % 2 else "Điển hình",
         f"Chi bộ {index % 14 + 1}, Ban công tác Mặt trận", FIELDS[index % 4], WARDS[index % 14], "Mới" if index % 3 else "Tiếp tục", "02/2019"]
        for index in range(40)
    ]  # fmt: skip
    summary = [
        [str(index + 1), f"Phường {ward}", str(3 + index % 3), str(2 + index % 2), str(4 + index % 2), f"{80 + index},5"]
        for index, ward in enumerate(WARDS)
    ]
    labels = [
        column("TT", 6, "center"),
        column("Đơn vị", 34),
        *(column(label, 15, "right") for label in ("Mô hình", "Điển hình", "Công nhận", "Tỷ lệ (%)")),
    ]
    return [
        {"code": "D1", "title": "Danh sách đăng ký mô hình, điển hình “Dân vận khéo” năm 2019", "orientation": "landscape", "reference": reference,
         "blocks": [table("", columns, rows)]},
        {"code": "D2", "title": "Tổng hợp theo đơn vị năm 2019", "orientation": "portrait", "reference": reference,
         "blocks": [table("", labels, summary, ["", "Cộng", "55", "35", "63", "87,0"], "Đơn vị tính: mô hình, điển hình")]},
    ]  # fmt: skip


def figures() -> list[Json]:
    by_unit = [
        {"unit": f"Phường {ward}", "value": str(3 + index % 4), "source": "chốt" if index % 5 else "hiện tại"}
        for index, ward in enumerate(WARDS)
    ]
    return [
        {"code": "dvk.dang_ky", "label": "Mô hình, điển hình đăng ký", "unit_of_measure": "mô hình", "formula": "Đếm đăng ký có ngày đăng ký trong kỳ", "value": "66",
         "by_unit": by_unit, "source": "chốt, 3 đơn vị hiện tại"},
        {"code": "dvk.ty_le", "label": "Tỷ lệ công nhận", "unit_of_measure": "%", "formula": "53 công nhận ÷ 66 đăng ký × 100", "value": "80,3", "by_unit": by_unit[:5], "source": "chốt"},
    ]  # fmt: skip


def annual(**changes: Any) -> Json:
    return {
        "schema": 1, "template": "annual-1", "profile": "hd36", "kind": "annual",
        "unit": {"code": "TB", "name": "Ban Dân vận Quận ủy Thanh Bình"},
        "period": {"code": "2019", "label": "năm 2019", "starts_on": "2019-01-01", "ends_on": "2019-12-31"},
        "header": {"superior": "QUẬN ỦY THANH BÌNH", "issuer": "BAN DÂN VẬN", "symbol": "BC/BDVQU", "number": "", "place": "Thanh Bình", "issued_on": None, "right": "ĐẢNG CỘNG SẢN VIỆT NAM"},
        "title": {"type": "BÁO CÁO", "summary": "tổng kết công tác dân vận năm 2019, phương hướng, nhiệm vụ năm 2020"},
        "draft": True, "sections": sections(),
        "signature": {"authority": "", "title": "TRƯỞNG BAN", "name": ""},
        "recipients": ["Ban Dân vận Thành ủy", "Thường trực Quận ủy", "Các cơ quan, đơn vị", "Các phường", "Lưu Ban Dân vận"],
        "appendices": appendices(), "figures": figures(), "live_units": ["Phường An Phú", "Phường Hòa Khánh"],
        "override_reason": "Hai phường nộp chậm do thay đổi cán bộ phụ trách.", **changes,
    }  # fmt: skip


def ward(**changes: Any) -> Json:
    header = {
        "superior": "ĐẢNG ỦY PHƯỜNG AN PHÚ",
        "issuer": "KHỐI DÂN VẬN",
        "symbol": "BC/KDV",
        "number": "5",
        "place": "An Phú",
        "issued_on": "2020-01-06",
        "right": "ĐẢNG CỘNG SẢN VIỆT NAM",
    }
    parts = [
        section("I", 2, "I- KẾT QUẢ THỰC HIỆN", paragraph(DIALOGUE), paragraph(SERVICE)),
        section("II", 2, "II- NHIỆM VỤ NĂM 2020", {"type": "list", "items": TASKS}),
    ]
    own = {
        "unit": {"code": "TB.AP", "name": "Khối Dân vận phường An Phú"}, "header": header, "draft": False, "sections": parts,
        "signature": {"authority": "T/M KHỐI DÂN VẬN", "title": "TRƯỞNG KHỐI", "name": "Trần Thị Hòa"}, "recipients": ["Ban Dân vận Quận ủy", "Thường trực Đảng ủy", "Lưu Khối Dân vận"],
        "appendices": [], "figures": [],
    }  # fmt: skip
    return annual(**{**own, **changes})


def long_report(pages: int = 40) -> Json:
    """About `pages` pages: eleven of the annual sample, then text with tables of 30 rows and 7 columns."""
    columns = [column("TT", 6, "center"), column("Đơn vị", 29), *(column(f"Chỉ tiêu {index}", 13, "right") for index in range(1, 6))]
    rows = [[str(index), f"Phường {WARDS[index % 14]}", *(f"{index * 37 % 1000}" for _ in range(5))] for index in range(1, 31)]
    extra = [
        section(
            f"C.{index}",
            2,
            f"{index}- NỘI DUNG BỔ SUNG",
            paragraph(GUIDANCE),
            paragraph(SERVICE),
            table(f"Biểu {index + 1}. Số liệu theo đơn vị", columns, rows),
        )
        for index in range(2, (pages - 11) * 3 // 4 + 2)
    ]
    return annual(sections=sections() + extra)
