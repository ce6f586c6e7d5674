"""The joint plans of 2018 and 2019, their rounds, findings and recommendations. Chairs and teams are titles, never names."""

# ruff: noqa: E501

from datetime import date

TEAM = "Phó Chủ tịch Ủy ban MTTQ quận làm trưởng đoàn; đại diện các tổ chức chính trị - xã hội, Ban Thanh tra nhân dân phường"
SMALL_TEAM = "Ủy viên Thường trực Ủy ban MTTQ quận làm trưởng đoàn; đại diện Hội Liên hiệp Phụ nữ, Hội Cựu chiến binh quận"
PURPOSE = (
    "Giám sát việc thực hiện quy chế dân chủ của quận, hoạt động của bộ phận một cửa và việc nêu gương của người đứng đầu trong năm {year}; "
    "kiến nghị đến đúng nơi có trách nhiệm và theo dõi việc trả lời."
)
CO_SIGNERS = ["PN", "TN", "CCB", "LDLD"]
BASES = ["217-QĐ/TW", "218-QĐ/TW", "05-CT/TW", "34/2007/PL-UBTVQH11"]
PLANS = {
    2018: ("Kế hoạch liên tịch giám sát năm 2018", "05/KHLT-MTTQ", date(2018, 1, 22)),
    2019: ("Kế hoạch liên tịch giám sát năm 2019", "08/KHLT-MTTQ", date(2019, 1, 18)),
}
TEAM_FORM, BOARDS_FORM, PAPERS_FORM = "doan_giam_sat", "qua_ttnd_gsdtcd", "nghien_cuu_van_ban"
REGULAR, THEMATIC = "thuong_xuyen", "chuyen_de"

# key: subject, form, kind, first and last month, units, the district regulation that it is about
ITEMS = {
    "xay_dung": ("Thực hiện Quy chế dân chủ trong quản lý trật tự xây dựng", TEAM_FORM, REGULAR, 3, 4, ["AP", "CD"], "quan_trat_tu_xay_dung"),
    "moi_truong": ("Thực hiện Quy chế dân chủ trong quản lý vệ sinh môi trường", BOARDS_FORM, REGULAR, 4, 11, ["BM", "HL", "AP", "KL"], "quan_ve_sinh_moi_truong"),
    "mot_cua": ("Hoạt động của bộ phận một cửa “thân thiện, gần dân”", TEAM_FORM, THEMATIC, 5, 5, ["DS", "KL", "VP-UBND"], None),
    "mat_bang": ("Thực hiện Quy chế dân chủ trong bồi thường, hỗ trợ và tái định cư", TEAM_FORM, THEMATIC, 6, 6, ["P-TNMT", "CD"], "quan_giai_phong_mat_bang"),
    "thue": ("Thực hiện Quy chế dân chủ trong thu thuế đối với hộ kinh doanh", BOARDS_FORM, REGULAR, 7, 7, ["CHO-TB", "HT"], "quan_thue_ho_kinh_doanh"),
    "do_thi": ("Thực hiện Quy chế dân chủ trong quản lý trật tự đô thị", TEAM_FORM, REGULAR, 8, 8, ["LH", "P-QLDT"], "quan_trat_tu_do_thi"),
    "giay_chung_nhan": ("Thực hiện Quy chế dân chủ trong cấp giấy chứng nhận quyền sử dụng đất", PAPERS_FORM, REGULAR, 9, 9, ["P-TNMT", "KL"], "quan_cap_giay_chung_nhan"),
    "neu_guong": ("Người đứng đầu thực hiện Chỉ thị 05-CT/TW và hai quy tắc ứng xử", TEAM_FORM, THEMATIC, 10, 10, ["AP", "DS", "HT"], None),
}  # fmt: skip

GOOD, LIMIT, WRONG = "uu_diem", "han_che", "vi_pham"
YES, PARTLY, NO = "tiep_thu", "tiep_thu_mot_phan", "khong_tiep_thu"
DONE = "Đoàn giám sát đã xem hồ sơ và xuống cơ sở, việc làm đúng như trả lời."

# item (None: outside the plan), first and last day, units, what was found [(kind, unit, words)],
# recommendations [(unit, number of the finding, sent, title, words, (replied, kind, words) or None, verified or None)]
ROUNDS_2019 = [
    (
        "xay_dung", date(2019, 3, 12), date(2019, 3, 14), ["AP", "CD"],
        [(GOOD, "AP", "Phường niêm yết đầy đủ giấy phép xây dựng tại trụ sở và nhà văn hóa các tổ dân phố."),
         (LIMIT, "AP", "Sổ theo dõi ý kiến của Nhân dân về trật tự xây dựng ghi chưa đủ kết quả trả lời."),
         (WRONG, "CD", "Có 04 quyết định xử lý vi phạm trật tự xây dựng chưa công khai tại tổ dân phố.")],
        [("AP", 1, date(2019, 3, 22), "Ghi đủ kết quả trả lời ý kiến của Nhân dân về trật tự xây dựng", "Đề nghị UBND phường ghi đầy đủ ngày nhận, nội dung và kết quả trả lời trong sổ theo dõi.", (date(2019, 4, 12), YES, "Phường đã lập sổ mới và giao cán bộ địa chính ghi trong ngày."), date(2019, 5, 6)),
         ("CD", 2, date(2019, 3, 22), "Công khai quyết định xử lý vi phạm trật tự xây dựng", "Đề nghị UBND phường công khai các quyết định xử lý vi phạm tại trụ sở và tổ dân phố.", (date(2019, 4, 10), YES, "Phường đã niêm yết toàn bộ quyết định và thông báo qua loa truyền thanh."), date(2019, 5, 6)),
         ("CD", None, date(2019, 3, 22), "Mời Ban Thanh tra nhân dân dự kiểm tra trật tự xây dựng", "Đề nghị phường mời đại diện Ban Thanh tra nhân dân khi kiểm tra công trình.", (date(2019, 5, 3), PARTLY, "Phường mời dự các cuộc kiểm tra theo kế hoạch; kiểm tra đột xuất không kịp mời."), date(2019, 5, 20))],
    ),
    (
        "moi_truong", date(2019, 4, 9), date(2019, 4, 10), ["BM", "HL"],
        [(GOOD, "BM", "Các tổ dân phố duy trì tổng vệ sinh ngày thứ Bảy, có lịch công khai."),
         (LIMIT, "HL", "Giờ thu gom rác chưa được thông báo lại khi thay đổi.")],
        [("BM", None, date(2019, 4, 19), "Bổ sung thùng rác tại khu tập kết đầu ngõ", "Đề nghị phường bố trí thêm thùng rác có nắp tại điểm tập kết.", (date(2019, 5, 14), YES, "Phường đã bố trí 12 thùng rác tại 06 điểm."), date(2019, 6, 5)),
         ("HL", 1, date(2019, 4, 19), "Thông báo trước khi thay đổi giờ thu gom rác", "Đề nghị phường thông báo đến tổ dân phố ít nhất ba ngày trước khi đổi giờ.", (date(2019, 5, 16), YES, "Phường đã thống nhất với đơn vị thu gom cách thông báo qua tổ trưởng."), date(2019, 6, 5))],
    ),
    (
        "mot_cua", date(2019, 5, 14), date(2019, 5, 15), ["DS", "KL", "VP-UBND"],
        [(GOOD, "DS", "Bộ phận một cửa có bàn hướng dẫn, ghi ý kiến hài lòng của người dân hằng ngày."),
         (LIMIT, "KL", "Bảng thủ tục niêm yết còn 06 thủ tục đã hết hiệu lực."),
         (LIMIT, "VP-UBND", "Chưa tổng hợp ý kiến không hài lòng theo từng lĩnh vực.")],
        [("DS", None, date(2019, 5, 27), "Bố trí chỗ ngồi chờ cho người cao tuổi", "Đề nghị phường bố trí ghế và nước uống tại nơi chờ.", (date(2019, 6, 11), YES, "Phường đã bố trí xong trong tháng 6."), date(2019, 7, 2)),
         ("KL", 1, date(2019, 5, 27), "Thay bảng thủ tục đã hết hiệu lực", "Đề nghị phường rà soát, niêm yết đúng thủ tục đang có hiệu lực.", (date(2019, 6, 20), YES, "Phường đã thay toàn bộ bảng niêm yết."), date(2019, 7, 2)),
         ("VP-UBND", 2, date(2019, 5, 27), "Tổng hợp ý kiến không hài lòng theo lĩnh vực", "Đề nghị Văn phòng tổng hợp hằng quý và gửi Ủy ban MTTQ quận.", (date(2019, 7, 8), PARTLY, "Văn phòng tổng hợp sáu tháng một lần do biểu mẫu của thành phố quy định kỳ sáu tháng."), date(2019, 7, 30))],
    ),
    (
        "mat_bang", date(2019, 6, 11), date(2019, 6, 13), ["P-TNMT", "CD"],
        [(GOOD, "CD", "Tổ công tác đến từng hộ giải thích phương án trước khi niêm yết."),
         (WRONG, "P-TNMT", "Một dự án niêm yết phương án bồi thường chưa đủ thời gian theo quy định."),
         (LIMIT, "P-TNMT", "Biên bản lấy ý kiến chưa ghi số ý kiến không đồng ý và lý do.")],
        [("P-TNMT", 1, date(2019, 6, 24), "Niêm yết phương án bồi thường đủ thời gian", "Đề nghị phòng niêm yết lại phương án đủ thời gian và báo kết quả.", (date(2019, 7, 15), YES, "Phòng đã niêm yết lại đủ thời gian, có biên bản kết thúc niêm yết."), date(2019, 8, 6)),
         ("P-TNMT", 2, date(2019, 6, 24), "Ghi đủ ý kiến không đồng ý trong biên bản", "Đề nghị ghi số ý kiến không đồng ý, lý do và cách giải quyết.", (date(2019, 7, 22), YES, "Phòng đã sửa mẫu biên bản và hướng dẫn các phường."), date(2019, 8, 6)),
         ("CD", None, date(2019, 6, 24), "Duy trì tổ công tác đến từng hộ khi thu hồi đất", "Đề nghị phường duy trì cách làm này ở các dự án tiếp theo.", (date(2019, 7, 10), YES, "Phường đưa vào quy chế làm việc của tổ công tác."), date(2019, 8, 6))],
    ),
    (
        "thue", date(2019, 7, 9), date(2019, 7, 9), ["CHO-TB", "HT"],
        [(GOOD, "CHO-TB", "Mức thuế khoán của các hộ được niêm yết tại cổng chợ."),
         (LIMIT, "HT", "Danh sách hộ tạm ngừng kinh doanh cập nhật chậm.")],
        [("CHO-TB", None, date(2019, 7, 19), "Niêm yết số điện thoại nhận phản ánh về thuế khoán", "Đề nghị Ban Quản lý chợ niêm yết nơi nhận phản ánh của hộ kinh doanh.", (date(2019, 8, 7), YES, "Đã niêm yết tại hai cổng chợ."), date(2019, 9, 4)),
         ("HT", 1, date(2019, 7, 19), "Cập nhật danh sách hộ tạm ngừng kinh doanh hằng tháng", "Đề nghị phường phối hợp với chi cục thuế cập nhật hằng tháng.", (date(2019, 9, 3), YES, "Phường đã thống nhất ngày 05 hằng tháng cập nhật."), date(2019, 9, 24))],
    ),
    (
        "do_thi", date(2019, 8, 13), date(2019, 8, 14), ["LH", "P-QLDT"],
        [(GOOD, "LH", "Phường ký cam kết với các hộ mặt đường, công khai kết quả hằng tháng."),
         (WRONG, "P-QLDT", "Hai tuyến phố cấp phép trông giữ xe chưa lấy ý kiến tổ dân phố.")],
        [("LH", None, date(2019, 8, 23), "Nhân rộng cam kết trật tự đô thị ra các tuyến còn lại", "Đề nghị phường vận động các hộ ở ba tuyến còn lại ký cam kết.", (date(2019, 9, 17), YES, "Phường đã vận động, 95 hộ ký cam kết."), date(2019, 10, 8)),
         ("P-QLDT", 1, date(2019, 8, 23), "Lấy ý kiến tổ dân phố trước khi cấp phép trông giữ xe", "Đề nghị phòng lấy ý kiến tổ dân phố, công khai kết quả trước khi cấp phép.", (date(2019, 9, 20), NO, "Quy định hiện hành không bắt buộc lấy ý kiến tổ dân phố; phòng đã thông báo bằng văn bản đến phường."), None)],
    ),
    (
        "giay_chung_nhan", date(2019, 9, 10), date(2019, 9, 11), ["P-TNMT", "KL"],
        [(LIMIT, "P-TNMT", "Hồ sơ cấp giấy chứng nhận quá hạn chưa có thư xin lỗi và hẹn lại."),
         (GOOD, "KL", "Phường thông báo kết quả hồ sơ qua tin nhắn cho người dân.")],
        [("P-TNMT", 0, date(2019, 9, 23), "Có thư xin lỗi và hẹn lại với hồ sơ quá hạn", "Đề nghị phòng gửi thư xin lỗi, ghi rõ ngày hẹn lại và công khai danh sách hồ sơ quá hạn.", None, None),
         ("KL", 1, date(2019, 9, 23), "Giới thiệu cách báo kết quả qua tin nhắn", "Đề nghị phường giới thiệu cách làm với các phường khác.", (date(2019, 10, 14), YES, "Phường đã giới thiệu tại giao ban quý."), date(2019, 11, 5))],
    ),
    (
        "neu_guong", date(2019, 10, 8), date(2019, 10, 10), ["AP", "DS", "HT"],
        [(GOOD, "DS", "Người đứng đầu đăng ký nội dung nêu gương và công khai tại trụ sở."),
         (LIMIT, "AP", "Nội dung đăng ký nêu gương của một số chức danh còn chung chung."),
         (LIMIT, "HT", "Chưa lấy ý kiến nhận xét của Ban Công tác Mặt trận đối với người đứng đầu.")],
        [("AP", 1, date(2019, 10, 21), "Cụ thể hóa nội dung đăng ký nêu gương", "Đề nghị phường ghi việc cụ thể, có thời hạn và kết quả kiểm chứng được.", (date(2019, 11, 18), PARTLY, "Phường tiếp thu với các chức danh chủ chốt; công chức chuyên môn đăng ký theo mẫu của quận."), date(2019, 12, 3)),
         ("DS", None, date(2019, 10, 21), "Công khai kết quả thực hiện nêu gương cuối năm", "Đề nghị phường công khai kết quả cùng với nội dung đăng ký.", (date(2019, 11, 12), YES, "Phường sẽ công khai trong tháng 12, đã ghi vào kế hoạch."), date(2019, 12, 24)),
         ("HT", 2, date(2019, 10, 21), "Lấy ý kiến nhận xét của Ban Công tác Mặt trận", "Đề nghị phường lấy ý kiến nhận xét trước khi đánh giá cuối năm.", (date(2019, 12, 9), YES, "Phường đã lấy ý kiến 12 Ban Công tác Mặt trận."), None)],
    ),
    (
        None, date(2019, 11, 12), date(2019, 11, 13), ["BM", "LH"],
        [(WRONG, "BM", "Một công trình chuyển đổi công năng chưa công khai biên bản vi phạm."),
         (LIMIT, "LH", "Chưa thông báo kết quả giải quyết phản ánh về lấn chiếm vỉa hè.")],
        [("BM", 0, date(2019, 11, 25), "Công khai biên bản vi phạm của công trình chuyển đổi công năng", "Đề nghị phường công khai biên bản và biện pháp khắc phục.", (date(2019, 12, 20), YES, "Phường đã công khai tại trụ sở và nhà văn hóa tổ dân phố."), None),
         ("LH", 1, date(2019, 11, 25), "Thông báo kết quả giải quyết phản ánh về vỉa hè", "Đề nghị phường trả lời người phản ánh và thông báo tại tổ dân phố.", None, None)],
    ),
    (
        "moi_truong", date(2019, 11, 26), date(2019, 11, 27), ["AP", "KL"],
        [(LIMIT, "AP", "Hai điểm tập kết rác gần trường học chưa được di chuyển như đã hẹn với Nhân dân."),
         (LIMIT, "KL", "Chưa công khai mức thu dịch vụ vệ sinh đối với hộ kinh doanh.")],
        [("AP", 0, date(2019, 12, 16), "Di chuyển hai điểm tập kết rác gần trường học", "Đề nghị UBND phường di chuyển hai điểm tập kết rác, công khai vị trí mới và lấy ý kiến tổ dân phố.", None, None),
         ("KL", 1, date(2019, 12, 5), "Công khai mức thu dịch vụ vệ sinh", "Đề nghị phường niêm yết mức thu tại trụ sở và trên loa truyền thanh.", None, None)],
    ),
]  # fmt: skip

ROUNDS_2018 = [
    (
        "xay_dung", date(2018, 3, 20), date(2018, 3, 22), ["HL", "LH"],
        [(LIMIT, "HL", "Giấy phép xây dựng niêm yết chưa đủ thời gian."), (GOOD, "LH", "Ban Thanh tra nhân dân được mời dự kiểm tra công trình.")],
        [("HL", 0, date(2018, 4, 2), "Niêm yết giấy phép xây dựng đủ thời gian", "Đề nghị phường niêm yết đủ thời gian theo quy chế.", (date(2018, 4, 25), YES, "Phường đã thực hiện."), date(2018, 5, 15)),
         ("LH", None, date(2018, 4, 2), "Thông báo kết quả kiểm tra công trình đến tổ dân phố", "Đề nghị phường thông báo kết quả sau mỗi đợt kiểm tra.", (date(2018, 4, 27), YES, "Phường thông báo hằng tháng."), date(2018, 5, 15))],
    ),
    (
        "mot_cua", date(2018, 5, 15), date(2018, 5, 17), ["AP", "BM", "VP-UBND"],
        [(LIMIT, "AP", "Phiếu hẹn trả kết quả ghi thiếu số điện thoại liên hệ."), (LIMIT, "BM", "Hòm thư góp ý mở chưa đúng lịch."),
         (GOOD, "VP-UBND", "Có đường dây nóng và sổ theo dõi phản ánh.")],
        [("AP", 0, date(2018, 5, 28), "Ghi số điện thoại liên hệ trên phiếu hẹn", "Đề nghị phường bổ sung trên mẫu phiếu.", (date(2018, 6, 14), YES, "Đã bổ sung."), date(2018, 7, 3)),
         ("BM", 1, date(2018, 5, 28), "Mở hòm thư góp ý đúng lịch", "Đề nghị phường mở hằng tuần, có đại diện Mặt trận chứng kiến.", (date(2018, 7, 5), YES, "Phường đã phân công và ghi biên bản."), date(2018, 7, 24)),
         ("VP-UBND", None, date(2018, 5, 28), "Công khai kết quả xử lý phản ánh qua đường dây nóng", "Đề nghị Văn phòng công khai hằng quý.", (date(2018, 6, 22), YES, "Đã công khai trên trang tin của quận."), date(2018, 7, 24))],
    ),
    (
        "thue", date(2018, 7, 10), date(2018, 7, 11), ["CHO-TB", "CD"],
        [(LIMIT, "CHO-TB", "Một số hộ chưa được thông báo mức thuế khoán bằng văn bản."), (GOOD, "CD", "Hội đồng tư vấn thuế họp đủ kỳ.")],
        [("CHO-TB", 0, date(2018, 7, 20), "Thông báo mức thuế khoán bằng văn bản đến từng hộ", "Đề nghị Ban Quản lý chợ phối hợp thông báo đủ các hộ.", (date(2018, 8, 15), YES, "Đã thông báo đến 210 hộ."), date(2018, 9, 5)),
         ("CD", None, date(2018, 7, 20), "Mời hộ kinh doanh dự họp hội đồng tư vấn thuế", "Đề nghị phường mời đại diện hộ kinh doanh.", (date(2018, 8, 10), YES, "Phường đã mời đại diện ba ngành hàng."), date(2018, 9, 5))],
    ),
    (
        "do_thi", date(2018, 8, 14), date(2018, 8, 15), ["KL", "P-QLDT"],
        [(WRONG, "KL", "Thu phí trông giữ xe cao hơn mức niêm yết tại một điểm."), (LIMIT, "P-QLDT", "Danh mục tuyến phố được phép trông giữ xe chưa công khai.")],
        [("KL", 0, date(2018, 8, 24), "Xử lý điểm trông giữ xe thu quá mức niêm yết", "Đề nghị phường xử lý và công khai kết quả.", (date(2018, 9, 12), YES, "Phường đã xử phạt và công khai."), date(2018, 10, 2)),
         ("P-QLDT", 1, date(2018, 8, 24), "Công khai danh mục tuyến phố được phép trông giữ xe", "Đề nghị phòng công khai trên trang tin của quận.", (date(2018, 10, 10), YES, "Đã công khai."), date(2018, 10, 30))],
    ),
    (
        "giay_chung_nhan", date(2018, 9, 18), date(2018, 9, 19), ["P-TNMT", "DS", "HT"],
        [(LIMIT, "P-TNMT", "Chưa công khai danh sách hồ sơ chậm theo phường."), (LIMIT, "DS", "Chưa thông báo lý do hồ sơ phải bổ sung bằng văn bản."),
         (GOOD, "HT", "Phường có lịch hẹn trả lời trực tiếp hằng tuần.")],
        [("P-TNMT", 0, date(2018, 10, 1), "Công khai danh sách hồ sơ chậm theo phường", "Đề nghị phòng công khai hằng tháng.", (date(2018, 10, 29), PARTLY, "Phòng công khai hằng quý vì số liệu của văn phòng đăng ký chốt theo quý."), date(2018, 11, 20)),
         ("DS", 1, date(2018, 10, 1), "Thông báo lý do bổ sung hồ sơ bằng văn bản", "Đề nghị phường thông báo một lần, đủ nội dung cần bổ sung.", (date(2018, 10, 22), YES, "Phường đã thực hiện theo mẫu."), date(2018, 11, 20)),
         ("HT", None, date(2018, 10, 1), "Duy trì lịch trả lời trực tiếp hằng tuần", "Đề nghị phường duy trì và thông báo rộng rãi lịch này.", (date(2018, 10, 24), YES, "Phường đã niêm yết lịch."), date(2018, 11, 20))],
    ),
    (
        "neu_guong", date(2018, 10, 16), date(2018, 10, 18), ["AP", "KL", "LH"],
        [(LIMIT, "KL", "Chưa công khai nội dung đăng ký nêu gương."), (GOOD, "AP", "Người đứng đầu tiếp dân đúng lịch, có kết luận."),
         (LIMIT, "LH", "Ý kiến góp ý qua Mặt trận chưa được trả lời bằng văn bản.")],
        [("AP", None, date(2018, 10, 29), "Công khai kết luận sau tiếp dân", "Đề nghị phường công khai kết luận và thời hạn thực hiện.", (date(2018, 11, 20), YES, "Phường đã công khai."), date(2018, 12, 11)),
         ("KL", 0, date(2018, 10, 29), "Công khai nội dung đăng ký nêu gương", "Đề nghị phường công khai tại trụ sở.", (date(2018, 12, 12), YES, "Đã công khai."), date(2018, 12, 27)),
         ("LH", 2, date(2018, 10, 29), "Trả lời bằng văn bản ý kiến góp ý qua Mặt trận", "Đề nghị phường trả lời trong thời hạn quy định.", (date(2018, 11, 23), YES, "Phường đã trả lời đủ các ý kiến."), date(2018, 12, 11))],
    ),
]  # fmt: skip

ROUNDS = {2018: ROUNDS_2018, 2019: ROUNDS_2019}
UNPLANNED = "Giám sát việc khắc phục sau phản ánh của Nhân dân về trật tự xây dựng, trật tự đô thị"
UNPLANNED_REGULATION = "quan_trat_tu_xay_dung"
# the one that the team reopened: unit, title, day, words
REOPENED = (
    "P-QLDT", "Lấy ý kiến tổ dân phố trước khi cấp phép trông giữ xe", date(2019, 12, 20),
    "Quy chế dân chủ của quận có yêu cầu lấy ý kiến tổ dân phố; đề nghị phòng đối chiếu và trả lời lại.",
)  # fmt: skip
# confirmed by the head the day after the reply
CONFIRMED = {("BM", "Công khai biên bản vi phạm của công trình chuyển đổi công năng"): date(2019, 12, 23)}
EXTENDED = ("HT", "Cập nhật danh sách hộ tạm ngừng kinh doanh hằng tháng", date(2019, 8, 14), 10, "Chờ số liệu đối chiếu của chi cục thuế.")
