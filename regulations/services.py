import datetime

from django.db import transaction
from django.db.models import F

from danvan.catalogues.models import LegalNumber, legal_number
from danvan.common import clock, text
from danvan.common.exceptions import Conflict, Refused
from danvan.common.models import signed
from danvan.figures.periods import span_of, words_of
from danvan.registers.guards import guarded
from danvan.registers.registry import register_of
from danvan.units.models import Unit
from danvan.workflow.services import change_status
from regulations import permissions
from regulations.choices import DAYS_OF, Status
from regulations.models import Disclosure, NilReturn, Regulation, period_title
from regulations.selectors import DISCLOSURES, nil_opens_on, nil_return_of

ONE_DAY = datetime.timedelta(days=1)


# --- regulations ------------------------------------------------------------------------


@transaction.atomic
def save_regulation(form, *, by):
    """Saves the form. A draft that got its number and dates is issued with it, and ends the one it replaces."""
    regulation = form.save()
    if regulation.status != Status.DRAFT:
        return _keep_dates_together(regulation, by=by)
    return issue_regulation(regulation, by=by) if regulation.number else regulation


@transaction.atomic
def issue_regulation(regulation, *, by):
    """Puts a draft in force. The one it replaces ends the day before, in the same transaction."""
    _lock(regulation.unit_id)
    _check_complete(regulation)
    _check_only_one(regulation)
    if regulation.replaces:
        replace_regulation(regulation.replaces, by=by, successor=regulation)
    with guarded(register_of(Regulation), regulation):
        change_status(regulation, Status.IN_FORCE, by=by, check=permissions.check_can_issue)
    return regulation


def replace_regulation(regulation, *, by, successor):
    """Ends a regulation on the day before its successor comes into force."""
    if (regulation.unit_id, regulation.subject_id) != (successor.unit_id, successor.subject_id):
        raise Refused("Chỉ thay thế được quy chế cùng loại của chính đơn vị.", field="replaces")
    if regulation.status != Status.IN_FORCE:
        raise Refused(f"“{regulation}” không còn hiệu lực hoặc chưa ban hành, không thay thế được.", field="replaces")
    ended_on = successor.in_force_from - ONE_DAY
    _check_end(regulation, ended_on, field="in_force_from")
    with guarded(register_of(Regulation), regulation):
        note = f"Được thay thế bằng {successor.number}"
        change_status(regulation, Status.REPLACED, by=by, check=permissions.check_can_end, note=note, ended_on=ended_on)


def abolish_regulation(regulation, *, by, ended_on, reason):
    if not reason.strip():
        raise Refused("Anh/chị ghi lý do bãi bỏ.", field="reason")
    if ended_on > clock.today():
        raise Refused("Ngày hết hiệu lực chưa tới.", field="ended_on")
    _check_end(regulation, ended_on, field="ended_on")
    with guarded(register_of(Regulation), regulation):
        change_status(regulation, Status.ABOLISHED, by=by, check=permissions.check_can_abolish, note=reason, ended_on=ended_on)
    return regulation


@transaction.atomic
def drop_draft(regulation, *, by, base):
    """An own draft is really deleted as it was seen, at version `base`; its history stays."""
    permissions.check_can_drop_draft(by, regulation)
    if not Regulation.objects.filter(pk=regulation.pk, status=Status.DRAFT, version=base).select_for_update().exists():
        raise Conflict("Dự thảo vừa được người khác sửa, ban hành hoặc xóa nên chưa xóa. Anh/chị mở lại để xem bản mới.")
    signed(regulation, by, "Xóa dự thảo").delete()


def _lock(unit_id):
    """Two who issue for one unit at once go one after the other."""
    list(Unit.objects.select_for_update().filter(pk=unit_id).values_list("pk"))


def _check_complete(regulation):
    if not (regulation.number and regulation.issued_on and regulation.in_force_from):
        raise Refused("Quy chế đã ban hành cần đủ số, ngày ban hành và ngày có hiệu lực.", field="number")
    if regulation.in_force_from < regulation.issued_on:
        raise Refused("Ngày có hiệu lực không được trước ngày ban hành.", field="in_force_from")
    if regulation.in_force_from > clock.today():
        words = "Ngày có hiệu lực chưa tới. Anh/chị để trống số và các ngày, lưu dự thảo đến ngày có hiệu lực."
        raise Refused(words, field="in_force_from")


def _check_only_one(regulation):
    rivals = Regulation.objects.filter(unit=regulation.unit_id, subject=regulation.subject_id, status=Status.IN_FORCE)
    standing = rivals.exclude(pk=regulation.pk).first()
    if standing and standing.pk != regulation.replaces_id:
        words = f"Đơn vị đã có quy chế loại này đang có hiệu lực, số {standing.number} ngày {text.format_date(standing.issued_on)}."
        raise Refused(f"{words} Anh/chị chọn quy chế đó ở mục “Thay thế”, hoặc bãi bỏ trước.", field="replaces")


def _check_end(regulation, ended_on, *, field):
    if regulation.in_force_from and ended_on < regulation.in_force_from:
        since = text.format_date(regulation.in_force_from)
        raise Refused(f"“{regulation}” có hiệu lực từ {since}, không hết hiệu lực trước ngày đó.", field=field)


def _keep_dates_together(regulation, *, by):
    """After a correction: what ended stays in order, and the replaced one still ends the day before."""
    if regulation.ended_on and regulation.in_force_from > regulation.ended_on:
        words = f"Quy chế đã hết hiệu lực ngày {text.format_date(regulation.ended_on)}; ngày có hiệu lực phải trước ngày đó."
        raise Refused(words, field="in_force_from")
    old = regulation.replaces
    ended_on = regulation.in_force_from - ONE_DAY
    if old and old.status == Status.REPLACED and old.ended_on != ended_on:
        _check_end(old, ended_on, field="in_force_from")
        with guarded(register_of(Regulation), old):
            Regulation.objects.filter(pk=old.pk).update(version=F("version") + 1)
            old.refresh_from_db()
            old.ended_on = ended_on
            signed(old, by, f"Chỉnh theo ngày có hiệu lực của {regulation.number}").save()
    return regulation


# --- disclosures and nil returns ------------------------------------------------------------


@transaction.atomic
def save_disclosure(form, *, by):
    """Keeps the number of days that the law of its day asks for; a quarter declared empty takes no record."""
    disclosure = form.instance
    disclosure.day_rule = day_rule(disclosure.channel, disclosure.disclosed_on)
    _lock(disclosure.unit_id)
    standing = nil_return_of(disclosure.unit_id, disclosure.quarter)
    if standing:
        words = f"{disclosure.unit} đã báo không phát sinh {words_of(disclosure.quarter)}."
        raise Refused(f"{words} Anh/chị rút báo không phát sinh trước khi thêm.", field="disclosed_on")
    return form.save()


def day_rule(channel, on):
    """The LegalNumber that sets the least days of this channel on that day, or None."""
    try:
        return legal_number(DAYS_OF[channel], on) if channel in DAYS_OF else None
    except LegalNumber.DoesNotExist:
        return None


@transaction.atomic
def declare_nil(unit, period, *, by):
    """ "Không phát sinh" of one quarter. Said twice, nothing the second time; refused when there is a record."""
    permissions.check_can_declare_nil(by, unit)
    starts_on, ends_on = span_of(period)
    if clock.today() < nil_opens_on(period):
        raise Refused(f"{period_title(period)} báo không phát sinh từ ngày {text.format_date(nil_opens_on(period))}.")
    _lock(unit.pk)
    count = Disclosure.objects.filter(unit=unit, disclosed_on__range=(starts_on, ends_on)).count()
    if count:
        words = f"{period_title(period)} {unit} đã có {text.format_number(count)} nội dung công khai"
        raise Refused(f"{words}, không báo không phát sinh được.")
    fields = {"unit": unit, "register_code": DISCLOSURES, "period": period, "withdrawn_on": None}
    return NilReturn.objects.get_or_create(**fields, defaults={"declared_by": by, "declared_at": clock.now()})[0]


def withdraw_nil(nil_return, *, by, reason):
    permissions.check_can_withdraw_nil(by, nil_return)
    if not reason.strip():
        raise Refused("Anh/chị ghi lý do rút.", field="reason")
    standing = NilReturn.objects.filter(pk=nil_return.pk, withdrawn_on=None)
    if not standing.update(withdrawn_on=clock.today(), withdrawn_by=by, withdrawn_reason=text.nfc(reason).strip()):
        raise Conflict("Báo không phát sinh này vừa được người khác rút.")
    nil_return.refresh_from_db()
    return nil_return
