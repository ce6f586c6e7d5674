"""What people ask at dialogues and what they are answered. {p} is a place of the ward. Nobody is named."""
# ruff: noqa: E501
# fmt: off

CITY, ECONOMY, SOCIETY, ORDER, SYSTEM = (
    "xay_dung_do_thi_van_minh", "kinh_te", "van_hoa_xa_hoi", "quoc_phong_an_ninh", "xay_dung_he_thong_chinh_tri",
)

PLACES = {
    "AP": ["phố Cầu Gỗ Cũ", "ngõ Giếng Đình", "phố Hàng Bông Bạc"], "BM": ["phố Vườn Cam", "tổ dân phố 5", "hồ Bán Nguyệt"],
    "CD": ["ngõ Ao Sen", "bờ kênh Tây", "tổ dân phố 9"], "DS": ["dốc Đông Sơn", "xóm nhà trọ Đồi Thông", "đường gom khu nhà ở công nhân"],
    "HL": ["đê sông Lạc", "tổ dân phố 2", "xóm Bãi"], "HT": ["phố Bến Nứa", "phố Lò Rèn Cũ", "tổ dân phố 6"],
    "KL": ["phố Kim Long", "khu đô thị Kim Long", "ngõ Lò Bát"], "LH": ["khu bến xe Lộc Hạ", "đình Lộc Hạ", "khu tái định cư Lộc Hạ"],
    "QU": ["các phường ven sông", "địa bàn quận", "các khu tập thể cũ"], "UBND": ["cụm công nghiệp Đông Sơn", "các doanh nghiệp nhỏ", "khu nhà ở công nhân"],
}

# field, question, answer on the spot
ON_THE_SPOT = [
    (CITY, "Việc thu gom rác ở {p} còn chậm vào cuối tuần, đề nghị cho biết giờ thu gom.", "Đơn vị thu gom bố trí thêm chuyến 19 giờ thứ Bảy, Chủ nhật; giờ thu gom niêm yết tại nhà văn hóa."),
    (CITY, "Xe đỗ kín lòng đường {p} giờ tan học, phường có biện pháp gì?", "Tổ tự quản và lực lượng trật tự ứng trực giờ tan học các ngày trong tuần, nhắc nhở trước khi xử lý."),
    (SYSTEM, "Thời gian chứng thực giấy tờ ở bộ phận một cửa là bao lâu?", "Chứng thực bản sao trả trong ngày; hồ sơ nộp sau 15 giờ trả vào sáng hôm sau."),
    (SYSTEM, "Đề nghị thông tin kết quả sử dụng quỹ Đền ơn đáp nghĩa năm qua.", "Bảng thu, chi quỹ đã niêm yết tại trụ sở và gửi các tổ dân phố; hội nghị được thông tin số liệu cụ thể."),
    (ORDER, "Tình hình trộm cắp vặt quanh {p} được xử lý thế nào?", "Công an phường đã tăng tuần tra ban đêm, lập nhóm thông tin với các tổ dân phố; số vụ giảm so với cùng kỳ."),
    (SOCIETY, "Hộ cận nghèo được hỗ trợ thẻ bảo hiểm y tế ra sao?", "Hộ cận nghèo được hỗ trợ theo quy định hiện hành; cán bộ phường hướng dẫn hồ sơ tại nhà văn hóa."),
    (SOCIETY, "Nhà văn hóa ở {p} mở cửa giờ nào cho người cao tuổi sinh hoạt?", "Mở cửa từ 6 giờ đến 21 giờ hằng ngày; lịch sinh hoạt của các hội treo tại cửa."),
    (CITY, "Tiếng ồn từ loa kéo ở {p} sau 22 giờ chưa chấm dứt.", "Phường đã nhắc nhở các hộ; người dân báo số điện thoại trực của Công an phường để xử lý ngay."),
    (ECONOMY, "Mức thuế khoán hộ kinh doanh được công khai ở đâu?", "Danh sách và mức thuế khoán niêm yết tại trụ sở phường và tại chợ trước ngày 20 tháng 01."),
    (ECONOMY, "Hộ kinh doanh nhỏ ở {p} vay vốn giải quyết việc làm cần điều kiện gì?", "Hồ sơ nộp qua tổ tiết kiệm và vay vốn của hội, đoàn thể; ngân hàng trả lời trong thời hạn quy định."),
    (SYSTEM, "Đề nghị công khai quy hoạch chi tiết khu vực {p}.", "Bản đồ quy hoạch đã niêm yết tại trụ sở; hội nghị được xem trực tiếp và giải thích."),
    (SOCIETY, "Trẻ trong độ tuổi của phường có đủ chỗ học lớp 1 không?", "Nhà trường đã rà soát, đủ chỗ theo tuyến; danh sách tuyến tuyển sinh niêm yết trước ngày 01 tháng 6."),
    (CITY, "Cây xanh ở {p} che khuất đèn chiếu sáng.", "Đã ghi nhận, đơn vị quản lý cắt tỉa trong tuần, phường kiểm tra và thông báo lại tổ dân phố."),
    (ORDER, "Việc đăng ký tạm trú cho người thuê trọ có phải đến trụ sở không?", "Chủ nhà trọ đăng ký với cảnh sát khu vực; Công an phường tiếp nhận cả ngày thứ Bảy."),
    (SOCIETY, "Gia đình có công ở {p} được hỗ trợ sửa nhà theo trình tự nào?", "Tổ dân phố bình xét, phường thẩm tra rồi đề nghị quận; danh sách được niêm yết 7 ngày."),
    (SYSTEM, "Góp ý của Nhân dân gửi qua hòm thư của phường được trả lời trong bao lâu?", "Hòm thư mở thứ Sáu hằng tuần; góp ý rõ nội dung được trả lời trong 20 ngày."),
    (ECONOMY, "Người bán hàng rong ở {p} được sắp xếp vào đâu?", "Phường đã bố trí điểm bán tạm trong chợ, miễn phí chỗ ngồi sáu tháng đầu."),
    (CITY, "Việc bắn pháo, đốt vàng mã nơi công cộng được nhắc nhở ra sao?", "Các tổ dân phố ký cam kết, lực lượng trật tự nhắc nhở trong các ngày rằm, lễ."),
    (ORDER, "Phòng cháy ở nhà ống và nhà trọ quanh {p} đã kiểm tra chưa?", "Đã kiểm tra toàn bộ nhà trọ trên 10 phòng, hướng dẫn lối thoát thứ hai và trang bị bình chữa cháy."),
    (SYSTEM, "Khoản vận động xã hội hóa làm đường ngõ được quản lý thế nào?", "Tổ dân phố bầu ban giám sát, thu chi công khai sau mỗi đợt, quyết toán trước hội nghị nhân dân."),
    (SOCIETY, "Câu lạc bộ thể thao ở {p} muốn dùng sân trường buổi tối.", "Nhà trường mở sân từ 18 giờ đến 20 giờ ba ngày trong tuần, các câu lạc bộ đăng ký tại phường."),
    (ECONOMY, "Việc kiểm tra an toàn thực phẩm bếp ăn, hàng ăn sáng làm thường xuyên không?", "Đoàn kiểm tra liên ngành làm hằng tháng; kết quả niêm yết tại trụ sở phường."),
    (CITY, "Biển tên ngõ ở {p} bị mờ, khó tìm.", "Phường thay biển trong tháng, mẫu biển theo quy định chung của quận."),
    (SYSTEM, "Tổ hòa giải của tổ dân phố có được tập huấn không?", "Mỗi năm tập huấn hai lần; tài liệu gửi tới từng tổ hòa giải."),
]

# field, question, the office that does it ("" is the ward itself), answer in writing, what is promised
PASSED_ON = [
    (CITY, "Nước thải từ các hộ làm nghề chảy ra {p}, có mùi vào ngày nắng.", "P-TNMT", "Phòng Tài nguyên và Môi trường đã lấy mẫu, yêu cầu các hộ lắp bể lắng.", "Kiểm tra, xử lý dứt điểm nước thải của các hộ làm nghề ở {p}"),
    (CITY, "Rãnh thoát nước {p} tắc, cứ mưa là ngập.", "P-QLDT", "Phòng Quản lý đô thị đưa vào kế hoạch nạo vét quý tới.", "Nạo vét và thay tấm đan rãnh thoát nước {p}"),
    (CITY, "Hồ sơ cấp giấy chứng nhận của các hộ ở {p} chậm trả.", "P-TNMT", "Phòng đã rà soát hồ sơ, phân loại hồ sơ đủ điều kiện và hồ sơ cần bổ sung.", "Trả kết quả hồ sơ cấp giấy chứng nhận đủ điều kiện của các hộ ở {p}"),
    (CITY, "Đèn chiếu sáng {p} hỏng nhiều bóng từ đầu năm.", "P-QLDT", "Đơn vị quản lý thay bóng theo kế hoạch duy tu.", "Thay bóng và bổ sung cột đèn chiếu sáng ở {p}"),
    (SOCIETY, "Trường học trên địa bàn thiếu phòng chức năng, học sinh phải học luân phiên.", "P-GDDT", "Phòng Giáo dục và Đào tạo đã khảo sát, đề xuất cải tạo trong năm học.", "Cải tạo phòng chức năng cho trường học gần {p}"),
    (CITY, "Điểm tập kết rác cạnh {p} gây mùi, đề nghị di chuyển.", "P-TNMT", "Phòng chủ trì cùng phường chọn vị trí mới, lấy ý kiến các hộ lân cận.", "Di chuyển điểm tập kết rác cạnh {p} sang vị trí mới"),
    (ECONOMY, "Chợ tạm quanh {p} họp lấn đường, đề nghị sắp xếp.", "P-KT", "Phòng Kinh tế phối hợp sắp xếp hộ kinh doanh vào chợ.", "Sắp xếp các hộ kinh doanh ở chợ tạm quanh {p} vào chợ"),
    (SOCIETY, "Người lao động thuê trọ ở {p} khó tiếp cận hỗ trợ việc làm.", "P-LDTBXH", "Phòng Lao động - Thương binh và Xã hội mở phiên tư vấn tại phường.", "Mở phiên tư vấn việc làm cho người thuê trọ ở {p}"),
    (CITY, "Lối đi chung ở {p} bị lấn, nhiều lần hòa giải chưa xong.", "", "Phường đã đo đạc lại, mời các hộ làm việc.", "Giải tỏa phần lấn chiếm lối đi chung ở {p}"),
    (SOCIETY, "Sân chơi trẻ em ở {p} hỏng thiết bị.", "", "Phường bố trí kinh phí sửa chữa trong quý.", "Sửa chữa, thay thiết bị sân chơi trẻ em ở {p}"),
    (CITY, "Bụi từ bãi vật liệu gần {p} ảnh hưởng các hộ dân.", "P-TNMT", "Phòng kiểm tra, yêu cầu che chắn và rửa xe trước khi ra đường.", "Kiểm tra bãi vật liệu gần {p}, buộc che chắn theo quy định"),
    (SYSTEM, "Nhà họp tổ dân phố ở {p} chật, thiếu ghế.", "", "Phường lập phương án cải tạo từ nguồn xã hội hóa và ngân sách.", "Cải tạo nhà họp tổ dân phố ở {p}"),
]

PROGRESS = [
    "Đã kiểm tra thực địa cùng tổ dân phố, thống nhất cách làm.", "Đã có dự toán, đang chờ bố trí kinh phí.",
    "Đã làm được khoảng một nửa khối lượng; phần còn lại làm tiếp trong tháng.", "Đã làm việc với các hộ liên quan, lập biên bản thống nhất.",
]
FINISHED = "Đã hoàn thành, bàn giao cho phường và thông báo tới tổ dân phố."
HELD_UP = ["Chờ bố trí kinh phí của quận.", "Phải lấy thêm ý kiến các hộ lân cận.", "Mưa kéo dài, chưa thi công được."]
NOT_POSSIBLE = "Vị trí thuộc phạm vi dự án của thành phố nên không thực hiện được; đã báo cáo UBND quận kiến nghị chủ đầu tư."
TOPICS = [
    "Trật tự đô thị và vệ sinh môi trường", "Cải cách thủ tục hành chính ở cơ sở", "Đời sống, việc làm và an sinh xã hội",
    "Xây dựng nếp sống văn minh đô thị", "Thực hiện dân chủ ở tổ dân phố",
]
MINUTES = (
    "Người chủ trì nghe ý kiến của Nhân dân, trả lời trực tiếp các câu hỏi thuộc thẩm quyền, giao cơ quan chuyên môn trả lời bằng văn bản "
    "các câu hỏi còn lại và kết luận hội nghị."
)
