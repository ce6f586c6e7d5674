"""Which files are taken. Extension and content must agree, and nothing inside may run."""

import math
import shutil
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Sum

from danvan.access.rows import whole_office
from danvan.attachments.models import Attachment
from danvan.attachments.names import clean_name, extension_of
from danvan.attachments.office import checked_office
from danvan.attachments.pdf import checked_pdf
from danvan.attachments.pictures import cleaned_picture
from danvan.attachments.unfit import Unfit
from danvan.common.exceptions import Refused
from danvan.common.text import format_number

MB = 1024 * 1024
FREE_BYTES = 200 * MB
EXTENSIONS = {"pdf": "pdf", "docx": "docx", "xlsx": "xlsx", "jpg": "jpg", "jpeg": "jpg", "png": "png"}
CONTENT = {"pdf": checked_pdf, "docx": checked_office, "xlsx": checked_office, "jpg": cleaned_picture, "png": cleaned_picture}
ACCEPTED = "Hệ thống nhận tệp PDF, Word (.docx), Excel (.xlsx) và ảnh (.jpg, .png)."
RESAVE = {
    "doc": "là tệp Word kiểu cũ. Anh/chị mở bằng Word, chọn “Lưu thành” loại .docx hoặc PDF rồi gửi lại.",
    "xls": "là tệp Excel kiểu cũ. Anh/chị mở bằng Excel, chọn “Lưu thành” loại .xlsx hoặc PDF rồi gửi lại.",
    "docm": "là tệp Word có macro. Anh/chị lưu lại thành loại .docx (không macro) rồi gửi lại.",
    "xlsm": "là tệp Excel có macro. Anh/chị lưu lại thành loại .xlsx (không macro) rồi gửi lại.",
    "heic": "là ảnh HEIC của điện thoại. Anh/chị đổi sang ảnh .jpg rồi gửi lại.",
}


class Checked(NamedTuple):
    name: str
    kind: str
    data: bytes  # as it will be stored: a picture is written anew


def check_upload(upload):
    """The upload as it may be stored; raises Refused with a sentence that names the file."""
    name = clean_name(upload.name)
    try:
        kind = kind_of(name)
        check_size(upload.size)
        check_free_space(upload.size)
        upload.seek(0)
        return Checked(name, kind, CONTENT[kind](kind, upload.read()))
    except Unfit as reason:
        raise Refused(f"Tệp “{name}” {reason}") from reason


def kind_of(name):
    extension = extension_of(name)
    if extension in EXTENSIONS:
        return EXTENSIONS[extension]
    if extension in RESAVE:
        raise Unfit(RESAVE[extension])
    if not extension:
        raise Unfit(f"không có đuôi tên tệp nên không rõ là loại gì. {ACCEPTED}")
    raise Unfit(f"có đuôi .{extension}, không thuộc loại được nhận. {ACCEPTED}")


def check_size(size):
    if not size:
        raise Unfit("không có nội dung (0 byte). Anh/chị mở tệp trên máy để kiểm tra rồi chọn lại.")
    if size > settings.UPLOAD_MAX_BYTES:
        raise Unfit(f"nặng {in_mb(size)}, vượt mức {limit_in_mb()}. Anh/chị nén lại hoặc tách thành nhiều tệp nhỏ rồi gửi lại.")


def in_mb(size):
    """Rounded up, so that a file just above the limit does not read as the limit itself."""
    return f"{format_number(math.ceil(size * 10 / MB) / 10, 1)} MB"


def limit_in_mb():
    return f"{format_number(round(settings.UPLOAD_MAX_BYTES / MB, 1))} MB"


def check_quota(attachment):
    """Per record and per unit: one unit cannot fill the disk of all. Counted whole: who answers another unit sees a part of its files."""
    with whole_office("the files of a record and of a unit are counted whole"):
        beside = Attachment.objects.filter(content_type=attachment.content_type, object_id=attachment.object_id, withdrawn_at=None).count()
        stored = Attachment.objects.filter(unit=attachment.unit_id).aggregate(stored=Sum("size"))["stored"] or 0
    if beside >= settings.UPLOAD_MAX_PER_RECORD:
        raise Refused(
            f"Hồ sơ này đã có {beside} tệp, mức nhiều nhất. "
            f"Anh/chị gộp các tệp lại, hoặc rút tệp không còn dùng rồi gửi tệp “{attachment.name}”."
        )
    if stored + attachment.size > settings.UNIT_QUOTA_BYTES:
        raise Refused(
            f"Tệp “{attachment.name}” chưa được nhận: đơn vị đã dùng {in_mb(stored)} trên {in_mb(settings.UNIT_QUOTA_BYTES)} được cấp. "
            "Anh/chị báo quản trị hệ thống để tăng mức."
        )


def check_free_space(size):
    root = Path(settings.PRIVATE_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(root).free - size < FREE_BYTES:
        raise Unfit("chưa được nhận vì máy chủ sắp hết chỗ lưu. Anh/chị báo quản trị hệ thống, rồi gửi lại sau.")
