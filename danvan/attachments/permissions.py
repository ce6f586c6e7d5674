from functools import partial

from danvan.access.permissions import says_yes
from danvan.common.exceptions import Refused


def check_can_withdraw(user, attachment):
    if attachment.withdrawn_at:
        raise Refused(f"Tệp “{attachment.name}” đã được rút trước đó.")
    if attachment.uploaded_by_id != user.pk:
        raise Refused(f"Chỉ người đã gửi tệp “{attachment.name}” mới rút được tệp này.")


can_withdraw = partial(says_yes, check_can_withdraw)
