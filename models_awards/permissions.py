"""Who may do what now. The sentence of a refusal is the one the screen shows."""

from functools import partial

from danvan.access.permissions import acts_for, has_right, says_yes
from danvan.common import clock, text
from danvan.common.exceptions import Refused
from models_awards.choices import Stage


def check_can_edit_registration(user, registration):
    if has_right(user, "registration.edit_any"):
        return
    if registration.withdrawn_on:
        raise Refused("Đăng ký này đã rút. Muốn sửa, anh/chị khôi phục đăng ký trước.")
    if not registration.campaign.is_open:
        raise Refused(_closed(registration.campaign))


def _closed(campaign):
    return (
        f"Đợt “{campaign}” nhận bổ sung đến {text.format_date(campaign.late_until)}, nay đã đóng. "
        "Anh/chị đề nghị Ban Dân vận chỉnh lý giúp."
    )


def check_can_move_stage(user, registration):
    if not has_right(user, "registration.move_stage"):
        raise Refused("Chuyên viên Ban Dân vận ghi các bước khảo sát, thẩm định, bình xét, công nhận.")
    if not registration.TRANSITIONS[registration.status]:
        raise Refused("Đăng ký này đã đi hết các bước.")


def check_can_withdraw(user, registration):
    if not (acts_for(user, registration.unit_id, "registration.edit_own") or has_right(user, "registration.edit_any")):
        raise Refused("Chỉ đơn vị đăng ký hoặc Ban Dân vận rút được đăng ký này.")
    if registration.status != Stage.REGISTERED:
        raise Refused("Chỉ rút được đăng ký chưa qua bước nào sau đăng ký.")
    check_can_edit_registration(user, registration)


def check_can_restore(user, registration):
    if registration.status != Stage.WITHDRAWN:
        raise Refused("Đăng ký này chưa rút.")
    if not (acts_for(user, registration.unit_id, "registration.edit_own") or has_right(user, "registration.edit_any")):
        raise Refused("Chỉ đơn vị đăng ký hoặc Ban Dân vận khôi phục được đăng ký này.")
    if clock.today() > registration.campaign.late_until and not has_right(user, "registration.edit_any"):
        raise Refused(_closed(registration.campaign))


can_move_stage = partial(says_yes, check_can_move_stage)
can_withdraw = partial(says_yes, check_can_withdraw)
