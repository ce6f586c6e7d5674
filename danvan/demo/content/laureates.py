"""The collectives and posts that were praised, by year and occasion. A person is named by post, as a decision's list would."""
# fmt: off

from datetime import date

# occasion: (granting body, form, subject, decision, its day, [(unit, name)])
AWARDS = {
    2019: {
        "kl_62": ("ban_thuong_vu", "giay_khen", "tap_the", "2207-QĐ/QU", date(2019, 12, 24), [
            ("MTTQ", "Ban Thường trực Ủy ban MTTQ quận"),
            ("PN", "Ban Thường vụ Hội Liên hiệp Phụ nữ quận"),
            ("TN", "Ban Thường vụ Quận đoàn"),
            ("AP", "Ủy ban MTTQ phường An Phú"),
            ("CD", "Hội Liên hiệp Phụ nữ phường Cẩm Đông"),
            ("KL", "Ủy ban MTTQ phường Kim Long"),
            ("LH", "Đoàn Thanh niên phường Lộc Hạ"),
        ]),
        "kl_101": ("ban_thuong_vu", "giay_khen", "tap_the", "2208-QĐ/QU", date(2019, 12, 24), [
            ("AP", "Khối dân vận phường An Phú"),
            ("BM", "Khối dân vận phường Bình Minh"),
            ("HL", "Khối dân vận phường Hòa Lạc"),
            ("HT", "Khối dân vận phường Hưng Thịnh"),
            ("CCB", "Hội Cựu chiến binh quận"),
            ("CA", "Đảng ủy Công an quận"),
        ]),
        "qcdc": ("ban_thuong_vu", "giay_khen", "tap_the", "2215-QĐ/QU", date(2019, 12, 27), [
            ("BM", "Ban Chỉ đạo thực hiện Quy chế dân chủ phường Bình Minh"),
            ("CD", "Ban Chỉ đạo thực hiện Quy chế dân chủ phường Cẩm Đông"),
            ("DS", "Ban Chỉ đạo thực hiện Quy chế dân chủ phường Đông Sơn"),
            ("KL", "Ban Chỉ đạo thực hiện Quy chế dân chủ phường Kim Long"),
            ("TH-AP", "Trường Tiểu học An Phú"),
            ("THCS-KL", "Trường THCS Kim Long"),
            ("CHO-TB", "Ban Quản lý Chợ Thanh Bình"),
            ("LDLD", "Liên đoàn Lao động quận"),
        ]),
        "tuyen_giao": ("ban_thuong_vu", "giay_khen", "tap_the", "2216-QĐ/QU", date(2019, 12, 27), [
            ("AP", "Đảng ủy phường An Phú"),
            ("CD", "Đảng ủy phường Cẩm Đông"),
            ("DS", "Đảng ủy phường Đông Sơn"),
            ("HL", "Đảng ủy phường Hòa Lạc"),
            ("HT", "Đảng ủy phường Hưng Thịnh"),
            ("LH", "Đảng ủy phường Lộc Hạ"),
            ("BCHQS", "Ban Chỉ huy Quân sự quận"),
            ("P-GDDT", "Chi bộ Phòng Giáo dục và Đào tạo"),
            ("TN", "Quận đoàn"),
        ]),
        "nam_dan_van_chinh_quyen": ("ubnd", "giay_khen", "tap_the", "27/QĐ-UBND", date(2020, 1, 6), [
            ("AP", "UBND phường An Phú"),
            ("BM", "UBND phường Bình Minh"),
            ("CD", "UBND phường Cẩm Đông"),
            ("HT", "UBND phường Hưng Thịnh"),
            ("KL", "UBND phường Kim Long"),
            ("LH", "UBND phường Lộc Hạ"),
            ("VP-UBND", "Văn phòng HĐND và UBND quận"),
            ("P-TNMT", "Phòng Tài nguyên và Môi trường"),
            ("P-LDTBXH", "Phòng Lao động - Thương binh và Xã hội"),
            ("P-TP", "Phòng Tư pháp"),
            ("CA", "Công an quận"),
        ]),
        "ton_giao": ("bo", "ky_niem_chuong", "ca_nhan", "1127/QĐ-BNV", date(2019, 12, 18), [
            ("P-NV", "Trưởng phòng Phòng Nội vụ quận"),
            ("MTTQ", "Phó Chủ tịch Ủy ban MTTQ quận phụ trách công tác tôn giáo"),
            ("BDV", "Phó Trưởng Ban Dân vận Quận ủy phụ trách công tác tôn giáo"),
        ]),
    },
    2018: {
        "kl_62": ("ban_thuong_vu", "giay_khen", "tap_the", "1854-QĐ/QU", date(2018, 12, 25), [
            ("MTTQ", "Ban Thường trực Ủy ban MTTQ quận"),
            ("CCB", "Ban Thường vụ Hội Cựu chiến binh quận"),
            ("LDLD", "Ban Thường vụ Liên đoàn Lao động quận"),
            ("BM", "Ủy ban MTTQ phường Bình Minh"),
            ("HT", "Hội Liên hiệp Phụ nữ phường Hưng Thịnh"),
        ]),
        "kl_101": ("ban_thuong_vu", "giay_khen", "tap_the", "1855-QĐ/QU", date(2018, 12, 25), [
            ("CD", "Khối dân vận phường Cẩm Đông"),
            ("DS", "Khối dân vận phường Đông Sơn"),
            ("KL", "Khối dân vận phường Kim Long"),
            ("BCHQS", "Đảng ủy Quân sự quận"),
        ]),
        "qcdc": ("ban_thuong_vu", "giay_khen", "tap_the", "1861-QĐ/QU", date(2018, 12, 27), [
            ("AP", "Ban Chỉ đạo thực hiện Quy chế dân chủ phường An Phú"),
            ("HL", "Ban Chỉ đạo thực hiện Quy chế dân chủ phường Hòa Lạc"),
            ("HT", "Ban Chỉ đạo thực hiện Quy chế dân chủ phường Hưng Thịnh"),
            ("LH", "Ban Chỉ đạo thực hiện Quy chế dân chủ phường Lộc Hạ"),
            ("CHO-TB", "Ban Quản lý Chợ Thanh Bình"),
            ("TH-AP", "Trường Tiểu học An Phú"),
        ]),
        "tuyen_giao": ("ban_thuong_vu", "giay_khen", "tap_the", "1862-QĐ/QU", date(2018, 12, 27), [
            ("AP", "Đảng ủy phường An Phú"),
            ("BM", "Đảng ủy phường Bình Minh"),
            ("KL", "Đảng ủy phường Kim Long"),
            ("PN", "Hội Liên hiệp Phụ nữ quận"),
            ("TN", "Quận đoàn"),
        ]),
        "nam_dan_van_chinh_quyen": ("ubnd", "giay_khen", "tap_the", "31/QĐ-UBND", date(2019, 1, 8), [
            ("AP", "UBND phường An Phú"),
            ("CD", "UBND phường Cẩm Đông"),
            ("DS", "UBND phường Đông Sơn"),
            ("HL", "UBND phường Hòa Lạc"),
            ("KL", "UBND phường Kim Long"),
            ("P-QLDT", "Phòng Quản lý đô thị"),
            ("P-TNMT", "Phòng Tài nguyên và Môi trường"),
            ("VP-UBND", "Văn phòng HĐND và UBND quận"),
        ]),
        "ton_giao": ("bo", "ky_niem_chuong", "ca_nhan", "986/QĐ-BNV", date(2018, 12, 19), [
            ("P-NV", "Phó Trưởng phòng Phòng Nội vụ quận"),
            ("CA", "Đội trưởng Đội An ninh Công an quận"),
        ]),
    },
}
