from django.db import models


class Kind(models.TextChoices):
    LOGIN = "dang_nhap", "Đăng nhập"
    LOGIN_FAILED = "dang_nhap_sai", "Đăng nhập không thành"
    LOGOUT = "dang_xuat", "Đăng xuất"
    LOCKOUT = "khoa_dang_nhap", "Khóa, mở khóa đăng nhập"
    STEP_UP = "xac_thuc_lai", "Xác thực lại"
    CREDENTIAL = "mat_khau", "Đổi mật khẩu, xác thực hai lớp"
    ACCOUNT = "tai_khoan", "Tạo, sửa, khóa tài khoản"
    RIGHTS = "phan_cong", "Thay đổi phân công, quyền"
    UNIT = "don_vi", "Thay đổi đơn vị"
    SETTINGS = "thiet_lap", "Thay đổi danh mục, thiết lập"
    EXPORT = "xuat_du_lieu", "Xuất danh sách"
    DOWNLOAD = "tai_tep", "Tải tệp"
    PERSONAL_READ = "xem_ca_nhan", "Xem dữ liệu cá nhân"
    PERSONAL_CHANGE = "sua_ca_nhan", "Ghi, xóa dữ liệu cá nhân"
    ERASURE = "xoa_theo_yeu_cau", "Xóa dữ liệu cá nhân theo yêu cầu"
    ISSUE = "phat_hanh", "Phê duyệt, phát hành báo cáo"
    REOPENING = "mo_lai", "Mở lại báo cáo đã duyệt"
    DENIED = "bi_tu_choi", "Bị từ chối"
    RETENTION = "don_dinh_ky", "Dọn dữ liệu hết hạn lưu"


# Kept although the request that caused them was undone: the middleware writes them when its transaction has ended.
SURVIVING = frozenset({Kind.LOGIN_FAILED, Kind.LOCKOUT, Kind.DENIED})

# What may stand in an event's detail, and what the page calls it. Nothing about a citizen is written there.
DETAILS = {
    "account": "tài khoản",
    "attachment": "tệp số",
    "copy": "bản xuất",
    "draft_count": "bản nháp",
    "export_count": "tệp xuất",
    "asker_count": "người hỏi",
    "event_count": "dòng nhật ký",
    "places": "số chỗ",
    "filters": "bộ lọc",
    "file": "tên tệp",
    "method": "cách gửi",
    "months": "số tháng lưu",
    "mark": "mã thay thế",
    "number": "số",
    "path": "địa chỉ trang",
    "rows": "số dòng",
    "step": "việc",
    "through": "đến mắt xích",
    "until": "đến ngày",
    "what": "nội dung",
}
