"""The office's own words in its annual report of 2019. They hold no figure: those come from the records."""
# ruff: noqa: E501
# fmt: off

WORDS = {
    "A.I": (
        "Năm qua, kinh tế của quận giữ đà phát triển, thương mại, dịch vụ và nghề truyền thống tiếp tục mở rộng; an ninh chính trị, trật tự an toàn xã hội được giữ vững. Nhiều công trình dân sinh, tuyến phố, vườn hoa được cải tạo với sự tham gia của Nhân dân; đời sống vật chất và tinh thần của các tầng lớp nhân dân được nâng lên.\n"
        "Nhân dân phấn khởi trước những đổi thay của quận, đồng tình với chủ trương chỉnh trang đô thị và cải cách thủ tục hành chính. Bên cạnh đó, một bộ phận nhân dân còn băn khoăn về tiến độ giải phóng mặt bằng, trật tự vỉa hè, vệ sinh môi trường ở một số khu dân cư, điều kiện ở của người lao động thuê trọ và cuộc sống lâu dài của các hộ sống ngoài đê."
    ),
    "A.II.1": (
        "Quận ủy cụ thể hóa các nghị quyết, chỉ thị, kết luận của Trung ương và Thành ủy về công tác dân vận thành chương trình, kế hoạch sát với từng loại hình đơn vị; đưa kết quả công tác dân vận vào đánh giá chất lượng tổ chức đảng và cán bộ chủ chốt. Ban Thường vụ Quận ủy nghe báo cáo tình hình nhân dân định kỳ, làm việc trực tiếp với các phường có việc khó, việc mới.\n"
        "Cấp ủy cơ sở phân công cấp ủy viên phụ trách khối dân vận, duy trì giao ban khối, chỉ đạo tổ dân vận bám địa bàn. Nhiều chi bộ chuyển sinh hoạt chuyên đề ra nơi có việc cần bàn, mời quần chúng nòng cốt cùng dự, qua đó ý kiến của nhân dân được nắm sớm và giải quyết từ cơ sở."
    ),
    "A.II.2": (
        "Các cơ quan, đơn vị, UBND các phường tiếp tục thực hiện chủ đề “Năm Dân vận chính quyền”, chọn nội dung gắn với nhiệm vụ chuyên môn, tập trung vào cải cách thủ tục hành chính, kỷ cương công vụ và văn hóa giao tiếp với nhân dân. Hai bộ quy tắc ứng xử được niêm yết, kiểm tra thường xuyên; nhiều bộ phận một cửa có cách làm mới như gửi thư xin lỗi khi trễ hẹn, trả kết quả tận nhà cho người cao tuổi, hướng dẫn nộp hồ sơ trực tuyến.\n"
        "Lãnh đạo quận, phường tiếp công dân theo lịch, trực tiếp xuống cơ sở nghe và trả lời kiến nghị. Trong giải phóng mặt bằng, chính quyền phối hợp với Mặt trận và các đoàn thể đến từng hộ để giải thích phương án trước khi ra quyết định."
    ),
    "A.II.3": (
        "Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở và Tổ giúp việc được kiện toàn, phân công thành viên phụ trách từng loại hình. Các phường công khai những việc nhân dân cần biết, đưa ra bàn bạc những công trình nhân dân đóng góp; cơ quan, trường học, chợ rà soát, bổ sung quy chế sát với thực tế. Sáu quy chế dân chủ của quận tiếp tục được triển khai trong quản lý trật tự xây dựng, bồi thường, thu thuế hộ kinh doanh, cấp giấy chứng nhận, trật tự đô thị và vệ sinh môi trường.\n"
        "Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng và tổ hòa giải phát huy vai trò, nhiều mâu thuẫn trong cộng đồng được hóa giải ngay tại tổ dân phố."
    ),
    "A.II.4": (
        "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội xây dựng kế hoạch liên tịch về giám sát, chọn những việc nhân dân quan tâm như thực hiện quy chế dân chủ của quận, hoạt động của bộ phận một cửa, việc thực hiện nêu gương của người đứng đầu. Kiến nghị sau giám sát được gửi đến đúng nơi có trách nhiệm và theo dõi việc trả lời.\n"
        "Hội nghị phản biện tập trung vào các đề án tác động trực tiếp đến đời sống dân cư. Hội nghị đối thoại giữa người đứng đầu cấp ủy, chính quyền với Mặt trận, các đoàn thể và nhân dân được tổ chức ở quận và các phường; những việc chưa trả lời được tại chỗ được giao đơn vị chủ trì, hẹn ngày và công khai kết quả."
    ),
    "A.II.5": (
        "Ủy ban MTTQ quận và các đoàn thể đổi mới cách vận động theo hướng gần dân, rõ việc. Cuộc vận động “Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh” được cụ thể hóa thành các tuyến phố tự quản, vườn hoa nhân dân; Hội Liên hiệp Phụ nữ đẩy mạnh giúp nhau vốn, việc làm; Quận đoàn hỗ trợ dịch vụ công trực tuyến; Hội Cựu chiến binh tham gia giữ gìn an ninh; Liên đoàn Lao động chăm lo người lao động thuê trọ.\n"
        "Việc cưới, việc tang theo nếp sống văn minh trở thành thói quen ở nhiều tổ dân phố. Công tác an sinh, giúp hộ nghèo và gia đình chính sách được thực hiện công khai, đúng đối tượng."
    ),
    "A.II.6": (
        "Ban Dân vận phối hợp với Phòng Nội vụ, Công an và Ủy ban MTTQ quận nắm tình hình, thăm hỏi các cơ sở tôn giáo, tín ngưỡng nhân các ngày lễ trọng; hướng dẫn tổ chức lễ hội trang trọng, tiết kiệm, bảo đảm an toàn. Chức sắc, chức việc và đồng bào có đạo chấp hành pháp luật, tham gia các hoạt động từ thiện, bảo vệ môi trường, thả cá đúng cách, hạn chế đốt vàng mã.\n"
        "Những kiến nghị liên quan đến đất đai, tu bổ di tích được xem xét từ cơ sở, không để phát sinh việc phức tạp. Công tác đối với đồng bào các dân tộc sinh sống trên địa bàn được quan tâm, thực hiện bình đẳng."
    ),
    "A.II.7": (
        "Phong trào thi đua “Dân vận khéo” được phát động từ đầu năm, có hướng dẫn thống nhất về nội dung đăng ký; các đơn vị chọn việc từ chính yêu cầu của địa bàn, gắn với người chịu trách nhiệm và kết quả kiểm chứng được. Ban Dân vận khảo sát tại cơ sở, tổ chức thẩm định, bình xét và đề xuất Hội đồng Thi đua - Khen thưởng quận theo đúng trình tự.\n"
        "Nhiều cách làm hay về chỉnh trang ngõ phố, phòng cháy ở khu tập thể cũ, giúp nhau làm kinh tế, văn minh trong việc cưới, việc tang được tuyên truyền và học tập giữa các phường. Những mô hình tiếp tục từ năm trước đều bổ sung nội dung mới, mở rộng địa bàn hoặc đối tượng tham gia."
    ),
    "A.III": (
        "Ban Dân vận bám sát chương trình công tác của Quận ủy, tham mưu kịp thời các văn bản chỉ đạo về công tác dân vận, tôn giáo, quy chế dân chủ. Ban duy trì chương trình phối hợp với Ban Chỉ huy Quân sự, Công an, UBND quận và ngành y tế; hướng dẫn khối dân vận, tổ dân vận các phường đổi mới sinh hoạt, chấn chỉnh việc ghi chép, thông tin, báo cáo.\n"
        "Công tác nắm tình hình nhân dân được thực hiện qua nhiều kênh, phản ánh sớm những vấn đề nổi lên về môi trường, đền bù, nhà ở, an toàn thực phẩm. Ban tổ chức bồi dưỡng nghiệp vụ cho cán bộ dân vận cơ sở, tọa đàm nhân ngày truyền thống công tác dân vận và ngày Dân vận của cả nước."
    ),
    "A.IV.1": (
        "Công tác dân vận của hệ thống chính trị quận có chuyển biến rõ về nhận thức và cách làm; trách nhiệm của người đứng đầu được đề cao. Chính quyền các cấp chủ động lắng nghe, đối thoại và giải quyết kiến nghị; dân vận chính quyền gắn chặt với cải cách hành chính. Mặt trận và các đoàn thể hướng mạnh về địa bàn dân cư, giám sát, phản biện có chiều sâu hơn.\n"
        "Phong trào “Dân vận khéo” phát triển đều ở các phường, cơ quan, trường học, chợ và lực lượng vũ trang, góp phần giải quyết những việc khó ở cơ sở, củng cố niềm tin của Nhân dân với Đảng và chính quyền."
    ),
    "A.IV.2": (
        "Một số cấp ủy cơ sở chưa thường xuyên kiểm tra việc thực hiện quy chế công tác dân vận; việc nắm tình hình nhân dân ở khu đô thị mới, khu nhà trọ còn chậm. Kiến nghị sau giám sát, đối thoại ở vài nơi chưa được theo dõi đến cùng. Có mô hình “Dân vận khéo” còn nặng về đăng ký, kết quả khó kiểm chứng; chất lượng số liệu báo cáo chưa đồng đều.\n"
        "Nguyên nhân chủ yếu là cán bộ dân vận cơ sở phần lớn kiêm nhiệm, thay đổi nhiều; sự phối hợp giữa chính quyền với Mặt trận, đoàn thể có lúc thiếu chặt chẽ; việc hướng dẫn, kiểm tra của Ban Dân vận ở một số nội dung chưa kịp thời."
    ),
    "A.IV.3": (
        "Cấp ủy, trước hết là người đứng đầu, phải trực tiếp lãnh đạo và làm công tác dân vận; việc gì liên quan đến lợi ích của nhân dân đều cần được bàn kỹ, công khai và giải thích đến từng hộ trước khi làm. Chọn việc thiết thực, vừa sức, có người chịu trách nhiệm, có thời hạn và kết quả để nhân dân kiểm tra.\n"
        "Phát huy người có uy tín, cán bộ hưu trí, lực lượng trẻ ở cơ sở; kết hợp gặp gỡ trực tiếp với các kênh thông tin mới. Coi trọng sơ kết, rút kinh nghiệm, biểu dương kịp thời; nơi nào giữ lời hứa với dân thì nơi đó vận động thuận lợi."
    ),
    "B.I": (
        "Tiếp tục quán triệt, thực hiện các nghị quyết, chỉ thị của Trung ương, Thành ủy, Quận ủy về công tác dân vận trong tình hình mới; đổi mới nội dung, phương thức theo hướng trọng dân, gần dân, hiểu dân, học dân và có trách nhiệm với dân. Trọng tâm là vận động nhân dân tham gia chuẩn bị và tổ chức thành công đại hội đảng bộ các cấp, thực hiện thắng lợi nhiệm vụ phát triển kinh tế - xã hội, giữ vững quốc phòng, an ninh của quận.\n"
        "Nâng cao chất lượng dân vận chính quyền, thực hiện dân chủ ở cơ sở; phát huy vai trò giám sát, phản biện của Mặt trận và các đoàn thể; đưa phong trào “Dân vận khéo” đi vào chiều sâu."
    ),
    "B.II": (
        "Tham mưu cấp ủy lãnh đạo công tác dân vận phục vụ đại hội đảng bộ các cấp; nắm chắc tình hình nhân dân, nhất là ở địa bàn giải phóng mặt bằng, khu đô thị mới và khu nhà trọ. Phối hợp với chính quyền nâng chất lượng tiếp công dân, đối thoại, giải quyết kiến nghị; theo dõi đến cùng các việc đã hẹn với nhân dân.\n"
        "Hướng dẫn thực hiện các quy chế dân chủ theo từng loại hình; kiểm tra việc công khai ở phường, trường học, chợ. Rà soát, nâng chất lượng đăng ký “Dân vận khéo”, nhân rộng mô hình hiệu quả. Kiện toàn khối dân vận, tổ dân vận; bồi dưỡng kỹ năng cho cán bộ cơ sở; làm tốt công tác tôn giáo và các chương trình phối hợp."
    ),
    "B.III": (
        "Đề nghị Ban Dân vận Thành ủy tiếp tục hướng dẫn thống nhất tiêu chí đánh giá mô hình, điển hình “Dân vận khéo”; mở lớp bồi dưỡng kỹ năng đối thoại, vận động cho cán bộ chuyên trách ở cơ sở; cung cấp tài liệu tuyên truyền kịp thời, phù hợp với từng nhóm đối tượng.\n"
        "Đề nghị Thường trực Quận ủy quan tâm bố trí cán bộ dân vận ổn định, có chế độ phù hợp cho tổ dân vận; chỉ đạo các đơn vị trả lời kiến nghị sau giám sát, đối thoại đúng thời hạn. Đề nghị UBND quận bảo đảm kinh phí cho phong trào thi đua “Dân vận khéo” và thực hiện quy chế dân chủ ở cơ sở."
    ),
}
REASON = "Lập dự thảo phục vụ Hội nghị tổng kết công tác dân vận; số liệu của các phường chưa duyệt sẽ được cập nhật khi lập lại."
