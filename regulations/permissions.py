"""Who may do what now. The sentence of a refusal is the one the screen shows."""

from functools import partial

from danvan.access.permissions import acts_for, says_yes, sees_as
from danvan.common.exceptions import Refused
from regulations.choices import Status


def _writes(user, regulation):
    return acts_for(user, regulation.unit_id, "regulation.edit_own") or _helps(user, regulation)


def _helps(user, regulation):
    return sees_as(user, regulation.unit, "regulation.edit_any")


def check_can_edit_regulation(user, regulation):
    """What has ended is the record of its time; the office corrects it."""
    if regulation.is_ended and not _helps(user, regulation):
        raise Refused("Quy chế này đã hết hiệu lực. Anh/chị đề nghị cơ quan dân vận chỉnh lý giúp.")


def check_can_issue(user, regulation):
    if not _writes(user, regulation):
        raise Refused("Chỉ đơn vị ban hành hoặc cơ quan dân vận ghi ban hành được quy chế này.")


def check_can_end(user, regulation):
    if not _writes(user, regulation):
        raise Refused("Chỉ đơn vị ban hành hoặc cơ quan dân vận ghi hết hiệu lực được quy chế này.")


def check_can_abolish(user, regulation):
    check_can_end(user, regulation)
    if regulation.status != Status.IN_FORCE:
        raise Refused("Chỉ bãi bỏ được quy chế đang có hiệu lực.")


def check_can_drop_draft(user, regulation):
    if not _writes(user, regulation):
        raise Refused("Chỉ đơn vị soạn thảo hoặc cơ quan dân vận xóa được dự thảo này.")
    if regulation.status != Status.DRAFT:
        raise Refused("Chỉ xóa được dự thảo; quy chế đã ban hành thì bãi bỏ hoặc thay thế.")


def check_can_declare_nil(user, unit):
    if not acts_for(user, unit.pk, "disclosure.edit_own"):
        raise Refused("Cán bộ của đơn vị báo không phát sinh cho đơn vị mình.")


def check_can_withdraw_nil(user, nil_return):
    check_can_declare_nil(user, nil_return.unit)
    if nil_return.withdrawn_on:
        raise Refused("Báo không phát sinh này đã rút trước đó.")


can_issue = partial(says_yes, check_can_issue)
can_declare_nil = partial(says_yes, check_can_declare_nil)
can_withdraw_nil = partial(says_yes, check_can_withdraw_nil)
