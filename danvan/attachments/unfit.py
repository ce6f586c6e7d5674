class Unfit(Exception):
    """Why a file is not taken: the rest of a Vietnamese sentence that starts with the file's name."""


KINDS = {"pdf": "tệp PDF", "docx": "tệp Word (.docx)", "xlsx": "tệp Excel (.xlsx)", "jpg": "ảnh JPG", "png": "ảnh PNG"}


def not_what_it_says(kind):
    return Unfit(
        f"không phải là {KINDS[kind]}: nội dung bên trong không đúng định dạng. Anh/chị mở tệp gốc trên máy, lưu lại đúng loại rồi gửi lại."
    )


def another_kind(kind, actual):
    return Unfit(
        f"không phải là {KINDS[kind]}: nội dung bên trong là {KINDS[actual]}. Anh/chị sửa đuôi tên tệp thành .{actual} rồi gửi lại."
    )
