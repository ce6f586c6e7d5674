"""What the wards wrote beside their figures: results, limits and causes, tasks, proposals. No person is named."""
# ruff: noqa: E501
# fmt: off

PARTS = ("ket_qua", "han_che", "phuong_huong", "kien_nghi")

WORDS = {
    2018: {
        "AP": (
            "Khối dân vận phường phân công thành viên phụ trách từng cụm dân cư, dự họp tổ dân phố theo lịch và chuyển ý kiến đến UBND phường trong tuần. Tổ hòa giải ngõ Giếng Đình giải quyết dứt điểm các mâu thuẫn về lối đi chung.",
            "Một số tổ dân vận còn họp chung với chi bộ nên nội dung vận động chưa sâu. Tài liệu tuyên truyền đến chậm so với thời điểm triển khai.",
            "Củng cố tổ dân vận ở khu tập thể Dệt Lụa; gắn phong trào “Dân vận khéo” với chỉnh trang quanh hồ Bán Nguyệt.",
            "Đề nghị Ban Dân vận Quận ủy tổ chức tập huấn kỹ năng vận động cho tổ trưởng tổ dân vận.",
        ),
        "BM": (
            "Phường hoàn thành vận động cải tạo vườn hoa sau khu tập thể Cơ khí trên nền bãi phế thải cũ; Ban Giám sát đầu tư của cộng đồng theo dõi trọn vẹn công trình cống ngõ Lò Bát. Công tác hòa giải và tiếp công dân giữ nền nếp.",
            "Việc giữ vệ sinh phố Bến Gạch sau giờ bán hàng ăn chưa bền vững, do lực lượng nhắc nhở mỏng vào buổi tối.",
            "Mở rộng vườn hoa nhân dân ra các khoảnh đất trống; hướng dẫn khu tập thể Cơ khí giữ lối thoát nạn thông thoáng.",
            "Đề nghị quận bố trí thêm thùng rác và điểm trung chuyển gần phố Bến Gạch.",
        ),
        "CD": (
            "Phong trào cưới tiết kiệm lan từ cán bộ, đảng viên ra các tổ dân phố; các chi hội phụ nữ giúp nhau vốn bán hàng ở ngõ Ao Sen. Tổ xung kích bờ kênh Tây trực đủ các đợt mưa lớn.",
            "Một vài dòng họ vẫn giữ tục mời thuốc lá, cỗ bàn dài ngày trong việc tang. Nguyên nhân là vận động chưa đến người cao tuổi có uy tín.",
            "Mời người có uy tín tham gia tổ dân vận; đưa nội dung việc cưới, việc tang vào sinh hoạt chuyên đề của chi bộ.",
            "Đề nghị quận hỗ trợ nạo vét kênh Tây trước mùa mưa.",
        ),
        "DS": (
            "Ngày thứ Năm nghe dân được duy trì ở nhà văn hóa dốc Đông Sơn, ý kiến về đèn đường và an ninh khu nhà trọ được trả lời tại chỗ. Các hộ ở dốc Đông Sơn đồng thuận lùi tường rào.",
            "Công nhân thuê trọ đi làm theo ca nên khó mời dự họp; thông tin đến nhóm này còn đứt quãng.",
            "Thử nghiệm tuyên truyền lưu động tại khu nhà ở công nhân vào cuối tuần.",
            "Đề nghị Liên đoàn Lao động quận phối hợp vận động công nhân thuê trọ.",
        ),
        "HL": (
            "Nhân dân xóm Trại Hoa giảm dùng thuốc bảo vệ thực vật, làm việc tang gọn trong ngày. Tổ dân vận đi hết các nhà còn vướng mắc trước khi họp bàn sửa đường đê.",
            "Thu gom vỏ bao thuốc chưa đều giữa các nhóm hộ; điểm tập kết còn xa vườn.",
            "Nhân rộng cách làm của xóm Trại Hoa ra các tổ trồng hoa còn lại; giữ gìn hành lang đê sông Lạc.",
            "Đề nghị quận hỗ trợ bể chứa vỏ bao thuốc tại các vườn hoa.",
        ),
        "HT": (
            "Phố ẩm thực Bến Nứa thực hiện niêm yết giá, không chèo kéo khách; hàng phố Lò Rèn Cũ tự gỡ mái che lấn vỉa hè. Bộ phận một cửa thực hiện thư xin lỗi khi trễ hẹn.",
            "Trật tự đỗ xe cuối tuần ở Bến Nứa còn lộn xộn. Một số kiến nghị về bãi gửi xe kéo dài do chờ ý kiến của quận.",
            "Kẻ ô đỗ xe ở phố Lò Rèn Cũ; hướng dẫn người dân nộp hồ sơ trực tuyến.",
            "Đề nghị quận sớm bố trí điểm đỗ xe phục vụ khu phố ẩm thực.",
        ),
        "KL": (
            "Xóm Bãi vào mùa nước có dân quân và cảnh sát khu vực cùng giúp; ngõ Bàu Sen lập tổ liên gia báo cháy. Mặt bằng đường gom khu đô thị Kim Long được bàn giao trước hạn nhờ vận động theo dòng họ.",
            "Cư dân khu đô thị mới ít dự họp tổ dân phố; ban quản trị tòa nhà chưa thành cầu nối.",
            "Lập kênh trao đổi với ban quản trị các tòa nhà; nhân rộng tổ liên gia ra các ngõ sâu.",
            "Đề nghị quận sớm có phương án lâu dài cho các hộ xóm Bãi.",
        ),
        "LH": (
            "Dân cư Đầm Vịt thống nhất giờ đem rác, xóa điểm tập kết tự phát; tiền công đức đình Lộc Hạ được công khai trên bảng lớn mỗi tháng.",
            "Ý kiến về bồi thường đường Đầm Vịt còn nhiều, việc giải thích ban đầu chưa thống nhất giữa các bộ phận.",
            "Nghe từng nhà, khớp từng mét trước khi lập phương án; chăm lo việc làm cho hội viên mất đất.",
            "Đề nghị Hội đồng bồi thường của quận cử cán bộ cùng phường đối thoại với nhân dân.",
        ),
    },
    2019: {
        "AP": ("", "", "", ""),
        "BM": (
            "Phường giữ phong trào vườn hoa nhân dân, phát triển thêm ra các khoảnh đất ven phố Bến Gạch và sân chơi Đồng Vàng. Các vụ việc hòa giải đều thành, trong đó có mâu thuẫn kéo dài giữa hai tổ dân phố về nhà sinh hoạt chung. Khu tập thể Cơ khí dọn hành lang, mở lồng sắt và tập thoát nạn đều đặn; đội dân phòng hướng dẫn sơ cứu, cắt điện khi có cháy cho từng ngách.",
            "Hàng quán phố Bến Gạch vẫn còn bày bán quá giờ vào dịp cuối tuần. Nguyên nhân là nhiều hộ thuê lại chỗ bán, thay đổi thường xuyên nên chưa nắm cam kết; phường chưa có lực lượng nhắc nhở thường trực sau giờ hành chính.",
            "Vận động chủ nhà cho thuê cùng ký cam kết với người bán hàng; mở rộng lớp hướng dẫn nộp hồ sơ trực tuyến cho người lớn tuổi; tiếp tục giám sát cộng đồng đối với các công trình hè, cống, đèn đường.",
            "Đề nghị quận cho phép thí điểm khung giờ bán hàng ở phố Bến Gạch và hỗ trợ thiết bị chữa cháy cho khu tập thể cũ.",
        ),
        "CD": (
            "Mô hình góp vốn xoay vòng từ ngõ Ao Sen được nhân ra các ngõ ven kênh Tây. Việc hiếu, việc hỷ chuyển biến rõ: nhiều dòng họ ngõ Chùa Cẩm thống nhất bỏ tục mời thuốc lá, giảm mâm cỗ. Khối dân vận ghép cán bộ trẻ với người có uy tín khi đi vận động; hàng phố Cẩm Lụa đồng lòng hạ ngầm dây, thay biển hiệu cùng cỡ.",
            "Rác trôi từ thượng lưu khiến kết quả giữ sạch kênh Tây chưa bền. Một số đơn thư về xây dựng phải giải quyết nhiều lần do hồ sơ ranh giới cũ thiếu.",
            "Duy trì tổ tự quản bến đò, bãi tắm trong mùa hè; đưa nội dung hòa giải gia đình vào sinh hoạt chi hội phụ nữ; tiếp tục sinh hoạt chi bộ tại nơi có việc khó.",
            "Đề nghị quận phối hợp với các địa phương thượng lưu thu gom rác trên kênh; bổ sung tài liệu tuyên truyền nếp sống văn minh.",
        ),
        "DS": (
            "Ngày thứ Năm nghe dân đi lưu động đến xóm trọ Đồi Thông và khu nhà ở công nhân, thu hút đông người lao động thuê trọ tham gia. Chủ trọ cùng góp lắp đèn, camera ở đường gom; nhóm thứ Bảy diệt bọ gậy hoạt động đều trong mùa dịch. Nhân dân ngõ Đá Mài lùi tường rào để xe cứu thương vào được.",
            "Việc ghi chép số người dự các buổi tuyên truyền lưu động chưa thống nhất giữa các tổ. Một số kiến nghị của công nhân vượt thẩm quyền của phường, trả lời còn chậm.",
            "Giữ lịch nghe dân lưu động hằng tháng; giúp chủ trọ thực hiện nội quy phòng cháy; hỗ trợ thanh thiếu niên chậm tiến ở xóm trọ học nghề.",
            "Đề nghị Liên đoàn Lao động quận và doanh nghiệp cùng dự các buổi nghe dân tại khu nhà ở công nhân.",
        ),
        "HL": (
            "Làng hoa Hòa Lạc phân loại rác tại vườn, dùng chế phẩm sinh học và mở vườn đón khách cuối tuần. Các hộ ven đê tự tháo lều quán lấn chiếm; người cao tuổi hiến đất vườn mở lối ra đê. Đảng viên đến từng nhà vào cuối tháng, lập bản đồ vướng mắc để vận động đúng người, đúng việc.",
            "Một số hộ trồng hoa ngoài quy hoạch chưa tham gia tổ hợp tác. Việc gom vỏ bao thuốc phụ thuộc vào một đầu mối nên có lúc ùn ứ.",
            "Vận động hộ trồng hoa còn lại vào tổ hợp tác; giữ lễ hội đình Hòa Lạc tiết kiệm, không rác; chuẩn bị lực lượng cho mùa mưa bão.",
            "Đề nghị quận xem xét đầu tư điểm thu gom chất thải nông nghiệp của làng hoa.",
        ),
        "HT": (
            "Phố Bến Nứa niêm yết giá hai thứ tiếng và dọn sạch trước giờ đóng cửa; hàng phố Lò Rèn Cũ tự giữ dải ô đỗ xe, vạch đi bộ. Cư dân chung cư chung tay làm lối dạo, chia sẻ camera hành lang. Bộ phận một cửa có đoàn viên ngồi cạnh hướng dẫn người dân nộp hồ sơ qua mạng.",
            "Trong quý cuối năm, bộ phận một cửa thay đổi nhân sự và chuyển phần mềm nên một số hồ sơ trả kết quả chậm. Trật tự đỗ xe vào các tối cuối tuần còn phải nhắc nhở nhiều.",
            "Ổn định bộ phận một cửa, công khai hồ sơ trễ hẹn hằng tuần; vận động hộ kinh doanh kê khai doanh thu trung thực.",
            "Đề nghị quận hỗ trợ đường truyền và tập huấn phần mềm một cửa cho công chức phường.",
        ),
        "KL": (
            "Sổ hẹn lời hứa sau đối thoại được treo ở nhà văn hóa xóm Bãi và sảnh các tòa nhà khu đô thị, người dân theo dõi được từng việc. Tổ liên gia chuông báo cháy nhân ra toàn bộ ngõ sâu. Phường trả kết quả khai sinh, trợ cấp tận nhà cho người già, mẹ mới sinh; các hộ xóm Bãi tự di dời lều, chuồng trại trả hành lang thoát lũ.",
            "Cư dân khu đô thị tham gia họp tổ dân phố chưa đều, nhất là các hộ thuê nhà. Một số lời hẹn sau đối thoại phải lùi thời hạn do chờ kinh phí.",
            "Đưa việc phản ánh của cư dân khu đô thị vào lịch làm việc hằng tháng với ban quản trị; tiếp tục phủ xanh dải đất ven hồ Kim Quy.",
            "Đề nghị quận sớm quyết định phương án bảo đảm an toàn cho các hộ ngoài đê ở xóm Bãi.",
        ),
    },
}


def narrative(year, ward):
    return {part: text for part, text in zip(PARTS, WORDS[year][ward], strict=True) if text}


def taken_up_again(year, ward):
    """What a ward writes in later years, and where it had not written yet: its words of one of the two years in turn."""
    turn = 2018 + year % 2
    return {**narrative(2018, ward), **(narrative(turn, ward) if ward in WORDS[turn] else {})}
