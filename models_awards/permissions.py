"""Who may do what now. The sentence of a refusal is the one the screen shows."""

from functools import partial

from danvan.access.permissions import acts_for, belongs_to, says_yes, sees_as
from danvan.common import clock, text
from danvan.common.exceptions import Refused
from models_awards.choices import Stage


def check_can_edit_registration(user, registration):
    if _helps(user, registration):
        return
    if registration.withdrawn_on:
        raise Refused("Đăng ký này đã rút. Muốn sửa, anh/chị khôi phục đăng ký trước.")
    check_can_register(user, registration)


def check_can_register(user, registration):
    """In time; the office may add and correct at any time."""
    if not registration.campaign.is_open and not _helps(user, registration):
        raise Refused(_closed(registration.campaign), field="campaign")


def _helps(user, registration):
    """As the office; for an own unit everybody is bound by its campaign's dates."""
    return sees_as(user, registration.unit, "registration.edit_any") and not belongs_to(user, registration.unit_id)


def _closed(campaign):
    return (
        f"Đợt “{campaign}” nhận đăng ký từ {text.format_date(campaign.opens_on)}, nhận bổ sung đến "
        f"{text.format_date(campaign.late_until)}, nay không nhận. Anh/chị đề nghị cơ quan dân vận chỉnh lý giúp."
    )


def check_can_move_stage(user, registration):
    if not sees_as(user, registration.unit, "registration.move_stage"):
        raise Refused("Chuyên viên cơ quan dân vận ghi các bước khảo sát, thẩm định, bình xét, công nhận.")
    if belongs_to(user, registration.unit_id):
        raise Refused(
            "Anh/chị không khảo sát, thẩm định hay công nhận đăng ký của chính đơn vị mình. Cơ quan dân vận cấp trên ghi các bước này."
        )
    if registration.withdrawn_on:
        raise Refused("Đăng ký này đã rút. Muốn ghi bước tiếp theo, anh/chị khôi phục đăng ký trước.")
    if not registration.TRANSITIONS[registration.status]:
        raise Refused("Đăng ký này đã đi hết các bước.")


def check_can_withdraw(user, registration):
    if not (acts_for(user, registration.unit_id, "registration.edit_own") or _helps(user, registration)):
        raise Refused("Chỉ đơn vị đăng ký hoặc cơ quan dân vận rút được đăng ký này.")
    if registration.status != Stage.REGISTERED:
        raise Refused("Chỉ rút được đăng ký chưa qua bước nào sau đăng ký.")
    check_can_edit_registration(user, registration)


def check_can_restore(user, registration):
    if registration.status != Stage.WITHDRAWN:
        raise Refused("Đăng ký này chưa rút.")
    if not (acts_for(user, registration.unit_id, "registration.edit_own") or _helps(user, registration)):
        raise Refused("Chỉ đơn vị đăng ký hoặc cơ quan dân vận khôi phục được đăng ký này.")
    if clock.today() > registration.campaign.late_until and not _helps(user, registration):
        raise Refused(_closed(registration.campaign))


can_move_stage = partial(says_yes, check_can_move_stage)
can_withdraw = partial(says_yes, check_can_withdraw)
