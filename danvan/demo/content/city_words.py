"""What the invented city writes in its records of 2025 and 2026. Nobody is named; every number is made up."""
# ruff: noqa: E501
# fmt: off

from datetime import date

# --- regulations: code, full name, short name ---------------------------------------------------------
SUBJECTS = [
    ("tp_trat_tu_xay_dung", "Quy chế dân chủ trong quản lý trật tự xây dựng và đô thị", "Trật tự xây dựng, đô thị"),
    ("tp_boi_thuong", "Quy chế dân chủ trong bồi thường, hỗ trợ, tái định cư", "Bồi thường, tái định cư"),
    ("tp_hanh_chinh_cong", "Quy chế dân chủ trong tiếp nhận, giải quyết thủ tục hành chính ở Trung tâm Phục vụ hành chính công", "Phục vụ hành chính công"),
    ("tp_moi_truong", "Quy chế dân chủ trong quản lý vệ sinh môi trường", "Vệ sinh môi trường"),
]
# subject, office in charge, number, issued on
CITY_REGULATIONS = [
    ("tp_trat_tu_xay_dung", "S-XD", "214-QĐ/TU", date(2025, 9, 18)), ("tp_boi_thuong", "S-NNMT", "231-QĐ/TU", date(2025, 10, 9)),
    ("tp_hanh_chinh_cong", "S-NV", "226-QĐ/TU", date(2025, 9, 25)), ("tp_moi_truong", "S-NNMT", "327-QĐ/TU", date(2026, 3, 10)),
]
CITY_SIGNER, CITY_REACH = "Phó Bí thư Thường trực Thành ủy", "Các sở, ban, ngành, các phường, xã và Nhân dân thành phố."
DISCLOSED = [
    ("Dự toán thu, chi ngân sách {u} năm {y}", "niem_yet"),
    ("Danh mục thủ tục hành chính tại Trung tâm Phục vụ hành chính công {u}", "cong_thong_tin"),
    ("Kế hoạch cải tạo rãnh thoát nước và vỉa hè {p}", "loa_truyen_thanh"),
    ("Kết quả rà soát hộ nghèo, hộ cận nghèo đợt {q}", "niem_yet"),
    ("Mức đóng góp và kết quả thu các quỹ do Nhân dân tự nguyện năm {y}", "niem_yet"),
    ("Kết quả tiếp thu ý kiến Nhân dân sau hội nghị đối thoại", "hoi_nghi"),
]

# --- dialogues: question, field, answer on the spot or "", promise, who keeps it ("" the unit itself) -----
TOPICS = ["Sắp xếp đơn vị hành chính và phục vụ Nhân dân sau ngày 01/7/2025", "Cải cách thủ tục hành chính, chuyển đổi số ở cơ sở", "Vệ sinh môi trường và trật tự đô thị", "An sinh xã hội, việc làm và nhà ở"]
QUESTIONS = [
    ("Giấy tờ ghi địa chỉ cũ của người dân {p} có phải đổi không?", "xay_dung_he_thong_chinh_tri", "Giấy tờ còn hạn vẫn dùng được; ai có nhu cầu thì đổi, không thu lệ phí.", "", ""),
    ("Trung tâm Phục vụ hành chính công có làm việc sáng thứ Bảy không?", "xay_dung_he_thong_chinh_tri", "Có, từ 7 giờ 30 đến 11 giờ 30; lịch trực niêm yết tại trụ sở và các nhà văn hóa.", "", ""),
    ("Rãnh thoát nước {p} tắc, cứ mưa to là ngập, bao giờ nạo vét?", "xay_dung_do_thi_van_minh", "", "Nạo vét và thay tấm đan rãnh thoát nước {p}", ""),
    ("Bãi tập kết rác gần {p} gây mùi, đề nghị di dời.", "xay_dung_do_thi_van_minh", "", "Chọn vị trí mới và di dời bãi tập kết rác gần {p}", "S-NNMT"),
    ("Người cao tuổi ở {p} không quen dùng điện thoại thông minh, ai giúp nộp hồ sơ trực tuyến?", "van_hoa_xa_hoi", "Tổ công nghệ số cộng đồng trực tại nhà văn hóa chiều thứ Năm hằng tuần.", "", ""),
    ("Nhà văn hóa sau khi nhập tổ ở {p} có được dùng chung không?", "van_hoa_xa_hoi", "Các nhà văn hóa giữ nguyên, xếp lịch dùng chung; lịch treo tại cửa.", "", ""),
    ("Hộ kinh doanh nhỏ ở {p} chuyển sang kê khai thuế được hướng dẫn ở đâu?", "kinh_te", "Có lớp hướng dẫn tại hội trường vào ngày 10 và ngày 25 hằng tháng.", "", ""),
]
MINUTES = "Người chủ trì nghe và trả lời tại chỗ các câu hỏi thuộc thẩm quyền, giao cơ quan chuyên môn trả lời những việc còn lại, hẹn ngày báo lại Nhân dân."
PROGRESS, FINISHED = "Đã khảo sát tại chỗ cùng tổ dân phố, lập dự toán, đang bố trí kinh phí.", "Đã làm xong, bàn giao và thông báo tới Nhân dân nơi có ý kiến."

# --- supervision -----------------------------------------------------------------------------------
BASES = ["217-QĐ/TW", "18-CT/TW", "10/2022/QH15"]
PLANS = {
    2025: ("Kế hoạch giám sát, phản biện xã hội 6 tháng cuối năm 2025", "07/KH-MTTQ", date(2025, 7, 28)),
    2026: ("Kế hoạch giám sát, phản biện xã hội năm 2026", "03/KH-MTTQ", date(2026, 1, 20)),
}
PURPOSE = "Giám sát việc phục vụ Nhân dân ở các phường, xã sau sắp xếp và việc thực hiện quy chế dân chủ; kiến nghị đến đúng nơi có trách nhiệm, theo dõi việc trả lời."
TEAM = "Phó Chủ tịch Ủy ban MTTQ Việt Nam thành phố làm trưởng đoàn; đại diện các tổ chức chính trị - xã hội"
# year, subject, rhythm, first and last month, units, held from, held on, findings (kind, unit, words),
# recommendations (unit, sent, title, content, (replied, kind, words) or None, verified or None)
ROUNDS = [
    (2025, "Hoạt động của Trung tâm Phục vụ hành chính công phường, xã", "chuyen_de", 9, 10, ["AH", "SV"], date(2025, 10, 7), date(2025, 10, 9),
     [("uu_diem", "AH", "Có bàn hướng dẫn và sổ ghi ý kiến của người dân hằng ngày."), ("han_che", "SV", "Đường truyền chậm, hồ sơ trực tuyến phải nộp lại nhiều lần.")],
     [("SV", date(2025, 10, 17), "Khắc phục đường truyền tại điểm tiếp nhận hồ sơ", "Đề nghị UBND xã làm việc với đơn vị cung cấp, có đường truyền dự phòng.", (date(2025, 11, 5), "tiep_thu", "Xã đã lắp đường truyền thứ hai và máy phát dự phòng."), date(2025, 11, 24)),
      ("AH", date(2025, 10, 17), "Bố trí người hỗ trợ ở điểm cũ", "Đề nghị UBND phường cử người hỗ trợ tại trụ sở cũ hai buổi mỗi tuần.", (date(2025, 11, 12), "tiep_thu_mot_phan", "Phường bố trí một buổi mỗi tuần do thiếu người, sẽ tăng khi đủ biên chế."), date(2025, 12, 2))]),
    (2026, "Thực hiện quy chế dân chủ trong quản lý vệ sinh môi trường", "thuong_xuyen", 4, 5, ["BG", "LG", "S-NNMT"], date(2026, 4, 14), date(2026, 4, 16),
     [("uu_diem", "BG", "Lịch thu gom được niêm yết ở từng tổ dân phố."), ("han_che", "LG", "Điểm tập kết ven đê chưa có rào chắn, rác tràn xuống bờ."), ("han_che", "S-NNMT", "Chưa công khai kết quả quan trắc nước mặt quý I.")],
     [("LG", date(2026, 4, 24), "Rào chắn, đổi giờ thu gom ở điểm tập kết ven đê", "Đề nghị UBND phường làm rào chắn và đổi giờ thu gom trước 6 giờ.", (date(2026, 5, 19), "tiep_thu", "Phường đã làm xong rào chắn, đơn vị thu gom đổi giờ từ ngày 15/5."), date(2026, 6, 9)),
      ("S-NNMT", date(2026, 4, 24), "Công khai kết quả quan trắc nước mặt hằng quý", "Đề nghị Sở công khai kết quả trên cổng thông tin và gửi các phường ven sông.", (date(2026, 5, 22), "tiep_thu", "Sở đã công khai kết quả quý I và sẽ công khai trong tháng đầu mỗi quý."), date(2026, 6, 9))]),
    (2026, "Việc trả lời ý kiến Nhân dân sau hội nghị đối thoại", "chuyen_de", 7, 7, ["CS", "TL", "BG"], date(2026, 7, 14), date(2026, 7, 16),
     [("uu_diem", "CS", "Mỗi ý kiến có phiếu theo dõi, ghi rõ người trả lời và ngày hẹn."), ("han_che", "TL", "Còn 05 ý kiến chưa trả lời quá ngày hẹn.")],
     [("TL", date(2026, 7, 23), "Trả lời dứt điểm các ý kiến quá hẹn", "Đề nghị UBND xã trả lời 05 ý kiến quá hẹn và công khai kết quả ở các thôn.", None, None),
      ("BG", date(2026, 7, 23), "Công khai tiến độ các việc đã hứa", "Đề nghị UBND phường niêm yết tiến độ từng việc đã hứa ở nhà văn hóa.", (date(2026, 8, 12), "tiep_thu", "Phường đã lập bảng theo dõi, niêm yết ngày 10 hằng tháng."), None)]),
]
# which regulation of the city a round was about
ABOUT = {"Thực hiện quy chế dân chủ trong quản lý vệ sinh môi trường": "tp_moi_truong", "Hoạt động của Trung tâm Phục vụ hành chính công phường, xã": "tp_hanh_chinh_cong"}
CO_SIGNERS = ["PN", "ND", "CCB", "LDLD"]
VERIFIED = "Đã xem hồ sơ và xuống cơ sở, việc làm đúng như trả lời."
# the Front of one ward looks at a school of its own
WARD_ROUND = ("Công khai các khoản thu đầu năm học", date(2026, 8, 18), date(2026, 8, 19), "Thông báo khoản thu còn chung chung, chưa ghi mức và mục đích từng khoản.",
              date(2026, 8, 25), "Ghi rõ mức và mục đích từng khoản thu tự nguyện", "Đề nghị nhà trường niêm yết lại thông báo, ghi rõ từng khoản và lấy ý kiến cha mẹ học sinh.")
WARD_TEAM = "Chủ tịch Ủy ban MTTQ Việt Nam phường làm trưởng đoàn; đại diện các tổ chức chính trị - xã hội của phường"

# --- reports of the units: results, limits, tasks, proposals ------------------------------------------------
WARD_TEXTS = [
    ("{U} giữ nền nếp tiếp công dân, đối thoại; cán bộ xuống {p} nghe và trả lời tại chỗ. Tổ công nghệ số cộng đồng giúp người cao tuổi nộp hồ sơ trực tuyến.", "Cán bộ mới nhận việc sau sắp xếp, địa bàn rộng, nắm tình hình có lúc chậm.", "Đối thoại theo từng cụm dân cư; theo dõi đến cùng các việc đã hứa.", "Đề nghị Ban Tuyên giáo và Dân vận Thành ủy mở lớp bồi dưỡng cho cán bộ mới."),
    ("Phong trào “Dân vận khéo” gắn với việc cụ thể ở {p}; ý kiến của Nhân dân được ghi phiếu, hẹn ngày trả lời.", "Một số việc liên quan nhiều cơ quan nên trả lời còn chậm.", "Rà soát các ý kiến chưa trả lời, công khai kết quả hằng tháng.", "Đề nghị các sở trả lời kiến nghị của cơ sở đúng hẹn."),
    ("Ban Xây dựng Đảng phối hợp Mặt trận và các tổ chức chính trị - xã hội nắm dư luận sau sắp xếp, giải thích việc đổi địa chỉ, giấy tờ ở {p}.", "Số liệu của các tổ dân phố, thôn gửi về chưa đều.", "Hướng dẫn tổ dân phố, thôn báo cáo theo mẫu chung.", "Đề nghị hướng dẫn thống nhất biểu mẫu cho trường học và tổ dân phố."),
]
SCHOOL_TEXTS = ("Nhà trường họp cha mẹ học sinh, công khai các khoản thu, trả lời ý kiến ngay tại hội nghị.", "Ý kiến về bữa ăn bán trú trả lời còn chậm.", "Niêm yết thực đơn và giá hằng tuần.", "Đề nghị phường hỗ trợ cải tạo cổng trường.")
GROUP_TEXTS = ("Họp {g} đúng lịch, bàn việc vệ sinh ngõ, phòng cháy và đóng góp tự nguyện; ý kiến chuyển ngay trong tuần.", "Hộ thuê trọ ít dự họp.", "Đến từng dãy trọ mời họp, gửi thông báo qua nhóm chung.", "Đề nghị sửa loa và đèn ở nhà văn hóa.")
ASKED = {
    "HT": ("mc_ontime", "Số hồ sơ đúng hạn thấp hơn hẳn kỳ trước, đề nghị đối chiếu với phần mềm của Trung tâm Phục vụ hành chính công hoặc ghi rõ nguyên nhân."),
    "BG-T2": ("hop_households", "Số lượt hộ dự họp cao hơn số hộ của tổ, đề nghị kiểm tra lại."),
}

# --- the city's annual report ----------------------------------------------------------------------------------
ANNUAL = {
    "A.I": "Thành phố gồm bảy phường và hai xã, vận hành mô hình chính quyền địa phương hai cấp từ ngày 01/7/2025. Nhân dân đồng tình với chủ trương sắp xếp, quan tâm việc đi lại làm thủ tục, giấy tờ, địa chỉ và việc bố trí trụ sở.",
    "A.II.1": "Thành ủy chỉ đạo các đảng ủy phường, xã kiện toàn Ban Xây dựng Đảng, phân công rõ công tác dân vận; giao Ban Tuyên giáo và Dân vận hướng dẫn, kiểm tra và báo cáo hằng quý.",
    "A.II.2": "Chính quyền các cấp lấy sự hài lòng của người dân làm thước đo; các Trung tâm Phục vụ hành chính công phường, xã có bàn hướng dẫn, người trực ngày thứ Bảy.",
    "A.II.3": "Các phường, xã rà soát, ban hành lại quy chế dân chủ theo mô hình mới; trường học, tổ dân phố và thôn công khai những việc Nhân dân cần biết.",
    "A.II.4": "Mặt trận Tổ quốc tập trung giám sát việc phục vụ Nhân dân sau sắp xếp; người đứng đầu các phường, xã đối thoại với Nhân dân trong quý IV.",
    "A.II.5": "Các tổ chức chính trị - xã hội sắp xếp về trực thuộc Mặt trận Tổ quốc, giữ sinh hoạt ở địa bàn dân cư không gián đoạn.",
    "A.II.6": "Công tác dân tộc, tôn giáo ổn định; các cơ sở tôn giáo tham gia từ thiện, giữ gìn môi trường.",
    "A.II.7": "Đợt đăng ký “Dân vận khéo” sáu tháng cuối năm hướng vào việc giúp người dân làm thủ tục, giữ vệ sinh và an toàn ở khu dân cư.",
    "A.III": "Ban Tuyên giáo và Dân vận Thành ủy hướng dẫn nghiệp vụ cho cán bộ dân vận phường, xã, nắm dư luận sau sắp xếp và tham mưu xử lý những việc nổi lên.",
    "A.IV.1": "Công tác dân vận không gián đoạn trong sắp xếp; ý kiến của Nhân dân được trả lời có hẹn ngày.",
    "A.IV.2": "Cán bộ dân vận ở cơ sở mới, kiêm nhiệm; số liệu của tổ dân phố, thôn chưa đều. Nguyên nhân là địa bàn rộng hơn, biểu mẫu chưa thống nhất.",
    "A.IV.3": "Việc gì liên quan đến quyền lợi của Nhân dân phải công khai và giải thích trước khi làm; đã hẹn với dân thì phải giữ hẹn.",
    "B.I": "Đưa công tác dân vận của hệ thống chính trị hai cấp vào nền nếp; gần dân, sát cơ sở.",
    "B.II": "Thống nhất biểu mẫu; mỗi phường, xã đối thoại ít nhất một lần trong năm; theo dõi đến cùng các cam kết; nhân rộng mô hình “Dân vận khéo” hiệu quả.",
    "B.III": "Đề nghị Ban Tuyên giáo và Dân vận Trung ương hướng dẫn thống nhất chế độ báo cáo công tác dân vận ở phường, xã.",
}
