from django.db import transaction

from danvan.common import clock
from danvan.common.exceptions import Refused
from danvan.common.models import signed
from danvan.registers.guards import guarded
from danvan.registers.registry import register_of
from danvan.workflow.services import change_status
from models_awards.choices import Stage
from models_awards.models import Registration, StageRecord
from models_awards.permissions import check_can_move_stage, check_can_restore, check_can_withdraw

DATE_OF = {Stage.SURVEYED: "surveyed_on", Stage.APPRAISED: "appraised_on", Stage.RECOGNISED: "recognised_on"}


@transaction.atomic
def record_stage(registration, stage, *, by, held_on, level="", decision_number="", occasion="", note=""):
    """Writes the step and moves the registration to it; done twice, nothing the second time.

    A step never lies before registration nor in the future.
    """
    if held_on < registration.registered_on:
        raise Refused("Ngày của bước này không được trước ngày đăng ký.", field="held_on")
    if held_on > clock.today():
        raise Refused("Ngày của bước này chưa tới.", field="held_on")
    if stage == Stage.STOPPED and not note.strip():
        raise Refused("Anh/chị ghi lý do chưa được công nhận.", field="note")
    if stage == Stage.RECOGNISED and not (level and decision_number):
        raise Refused("Công nhận cần cấp công nhận và số quyết định.", field="decision_number")
    dates = {DATE_OF[stage]: held_on} if stage in DATE_OF else {}
    if stage == Stage.RECOGNISED:
        dates["recognised_level"] = level
    with guarded(register_of(Registration), registration):
        if change_status(registration, stage, by=by, check=check_can_move_stage, note=note, **dates):
            step = StageRecord(
                registration=registration, stage=stage, level=level, held_on=held_on,
                decision_number=decision_number, occasion=occasion, note=note,
            )  # fmt: skip
            signed(step, by).save()
    return registration


def withdraw_registration(registration, *, by, reason):
    if not reason.strip():
        raise Refused("Anh/chị ghi lý do rút đăng ký.", field="reason")
    with guarded(register_of(Registration), registration):
        change_status(registration, Stage.WITHDRAWN, by=by, check=check_can_withdraw, note=reason, withdrawn_on=clock.today())
    return registration


def restore_registration(registration, *, by):
    with guarded(register_of(Registration), registration):
        change_status(registration, Stage.REGISTERED, by=by, check=check_can_restore, note="Khôi phục đăng ký", withdrawn_on=None)
    return registration
