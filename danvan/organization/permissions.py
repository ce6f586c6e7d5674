"""Who may prepare, apply and undo a decision about units, with the sentence for the screen."""

from functools import partial

from danvan.access.permissions import says_yes, sees_as
from danvan.common import clock
from danvan.common.exceptions import Refused
from danvan.common.text import format_date
from danvan.units.choices import EDITABLE, Status
from danvan.units.models import Unit

RIGHT = "unit.edit"


def manageable_units(user):
    """Units that the user may name in a decision."""
    return Unit.objects.visible_to(user, RIGHT)


def check_can_arrange(user, decision):
    if not sees_as(user, decision.unit, RIGHT):
        raise Refused("Quản trị hệ thống của đơn vị này soạn và áp dụng quyết định.")


def check_can_edit(user, decision):
    check_can_arrange(user, decision)
    if decision.status not in EDITABLE:
        raise Refused("Quyết định đã áp dụng nên không sửa được. Anh/chị hoàn tác trước, nếu còn hoàn tác được.")


def check_can_apply(user, decision):
    check_can_edit(user, decision)
    if not decision.lines.exists():
        raise Refused("Quyết định chưa có thay đổi nào.")
    if decision.effective_on > clock.today():
        raise Refused(f"Quyết định có hiệu lực từ {format_date(decision.effective_on)}. Anh/chị áp dụng từ ngày đó trở đi.")


def check_can_undo(user, decision):
    check_can_arrange(user, decision)
    if decision.status != Status.APPLIED:
        raise Refused("Chỉ hoàn tác quyết định đã áp dụng.")


can_edit = partial(says_yes, check_can_edit)
