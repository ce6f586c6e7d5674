from functools import partial

from danvan.access.permissions import says_yes
from danvan.attachments.models import Scan
from danvan.common.exceptions import Refused

HELD = {
    Scan.PENDING: "đang chờ quét vi rút. Anh/chị tải lại sau ít phút.",
    Scan.INFECTED: "có vi rút nên đã bị khóa. Anh/chị báo quản trị hệ thống, rồi gửi lại tệp sạch.",
}


def check_can_download(attachment):
    if attachment.scan in HELD:
        raise Refused(f"Tệp “{attachment.name}” {HELD[attachment.scan]}")


def check_can_withdraw(user, attachment):
    """`keeps_files` of a record says, in words, why what it was judged by stays; "" while it is still being worked on."""
    if attachment.withdrawn_at:
        raise Refused(f"Tệp “{attachment.name}” đã được rút trước đó.")
    if attachment.uploaded_by_id != user.pk:
        raise Refused(f"Chỉ người đã gửi tệp “{attachment.name}” mới rút được tệp này.")
    if why := getattr(attachment.owner, "keeps_files", ""):
        raise Refused(f"Tệp “{attachment.name}” ở lại cùng hồ sơ vì {why}, không rút được nữa.")


can_withdraw = partial(says_yes, check_can_withdraw)
