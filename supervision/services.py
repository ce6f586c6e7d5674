"""Every write that is more than one form.save()."""

from django.db import transaction
from django.db.models import F, ProtectedError

from danvan.attachments.services import attach
from danvan.catalogues.models import LegalNumber, holidays, legal_number
from danvan.common import clock
from danvan.common.exceptions import Conflict, Refused
from danvan.common.models import signed
from danvan.registers.guards import guarded
from danvan.registers.registry import register_of
from danvan.registers.values import renew_titles
from danvan.units.selectors import check_living
from danvan.workflow.services import change_status
from supervision import permissions
from supervision.choices import NEEDS_REASON, REPLY_NUMBER, Status
from supervision.models import DeadlineChange, JointPlan, PlanItem, ProgressNote, Recommendation

# --- plans and what stands below a plan or a round -----------------------------------------------


@transaction.atomic
def copy_plan(plan, *, year, by):
    """The plan of another year with the same items. Number and date stay open: the new plan is issued for itself."""
    permissions.check_leads(by, plan)
    if JointPlan.objects.filter(unit=plan.unit_id, year=year).exists():
        raise Refused(f"{plan.unit} đã có kế hoạch liên tịch năm {year}. Anh/chị mở kế hoạch đó để sửa.", field="year")
    check_living(plan.unit, clock.today())
    title = plan.title.replace(str(plan.year), str(year))
    copy = JointPlan(unit=plan.unit, year=year, title=title, purpose=plan.purpose.replace(str(plan.year), str(year)))
    with guarded(register_of(JointPlan), copy):
        signed(copy, by, f"Chép từ kế hoạch năm {plan.year}").save()
        copy.co_signers.set(plan.co_signers.all())
        copy.legal_bases.set({_in_force(basis, clock.datetime.date(year, 1, 1)) for basis in plan.legal_bases.all()})
        for item in plan.items.all():
            _copy_item(item, copy, by)
    return copy


def _in_force(basis, day):
    """The text itself, or the one that replaced it by that day."""
    ended = basis.valid_to is not None and basis.valid_to < day
    return basis.replaced_by if ended and basis.replaced_by else basis


def _copy_item(item, plan, by):
    targets = list(item.target_units.all())
    copied = PlanItem(
        plan=plan, subject=item.subject.replace(str(item.plan.year), str(plan.year)), form=item.form, rhythm=item.rhythm,
        month_from=item.month_from, month_to=item.month_to, team=item.team,
    )  # fmt: skip
    signed(copied, by).save()
    copied.target_units.set(targets)


@transaction.atomic
def save_part(form, owner, *, by, base):
    """An item of a plan or a finding of a round, from its valid form. `base` is the owner's version that the form was made with.

    What is new overwrites nothing: it needs no base.
    """
    permissions.check_leads(by, owner)
    _claim_owner(owner, by, **({"version": base} if form.instance.pk else {}))
    with guarded(register_of(type(owner)), owner):
        signed(form.instance, by)
        part = form.save()
        renew_titles(part)
    return part


@transaction.atomic
def delete_part(part, owner, *, by, base):
    """Nothing hangs on it yet, or it stays."""
    permissions.check_leads(by, owner)
    _claim_owner(owner, by, version=base)
    with guarded(register_of(type(owner)), owner):
        try:
            signed(part, by).delete()
        except ProtectedError as error:
            raise Refused(f"Không xóa được {part._meta.verbose_name} này vì đã có hồ sơ dẫn tới.") from error


def _claim_owner(owner, by, **at):
    """Every change of a part is a change of its owner; the row in the owner's history says when its version began."""
    claimed = type(owner).objects.filter(pk=owner.pk, **at).update(version=F("version") + 1)
    # the part was read after the owner: who read an older owner may have read an older part
    if not claimed or owner.version != at.get("version", owner.version):
        raise Conflict(f"{owner._meta.verbose_name.capitalize()} vừa được người khác sửa.")
    owner.refresh_from_db()
    signed(owner, by).save(update_fields=["version", "updated_at"])


# --- the deadline --------------------------------------------------------------------------------


def reply_due_on(rule, start, extra=0):
    """The last day for the reply: the days of the rule and those added, counted as the rule counts."""
    working = rule.day_kind == LegalNumber.DayKind.WORKING
    return clock.due_date(start, int(rule.value) + extra, working=working, holidays=holidays())


def set_deadline(recommendation):
    """By the rule in force on the day it was sent; days that were added stay added."""
    added = sum(recommendation.extensions.filter(turn=0).values_list("days", flat=True)) if recommendation.pk else 0
    recommendation.due_rule = legal_number(REPLY_NUMBER, recommendation.sent_on)
    recommendation.due_on = reply_due_on(recommendation.due_rule, recommendation.sent_on, added)


def save_recommendation(form, *, by):
    """The register's save: sending it is saving it."""
    permissions.check_leads(by, form.instance)
    set_deadline(form.instance)
    return form.save()


@transaction.atomic
def extend(recommendation, *, by, days, reason):
    permissions.check_can_extend(by, recommendation)
    if not reason.strip():
        raise Refused("Anh/chị ghi lý do gia hạn.", field="reason")
    with guarded(register_of(Recommendation), recommendation):
        again = recommendation.status == Status.REOPENED
        start = recommendation.reopened_on if again else recommendation.sent_on
        due_on = reply_due_on(recommendation.due_rule, start, recommendation.counted_days - int(recommendation.due_rule.value) + days)
        _claim(recommendation, by, "Gia hạn trả lời", **{"reopened_due_on" if again else "due_on": due_on})
        change = DeadlineChange(
            recommendation=recommendation, turn=recommendation.reopenings, days=days, reason=reason, decided_on=clock.today()
        )
        signed(change, by).save()
    return recommendation


def _claim(recommendation, by, note, **values):
    """Writes fields that are no status, if nobody wrote first."""
    rows = Recommendation.objects.filter(pk=recommendation.pk, version=recommendation.version, status=recommendation.status)
    if not rows.update(version=F("version") + 1, **values):
        raise Conflict("Kiến nghị vừa được người khác cập nhật. Anh/chị xem lại bản mới rồi làm tiếp.")
    recommendation.refresh_from_db()
    Recommendation.history.bulk_history_create([signed(recommendation, by, note)], update=True)


# --- reply, confirmation, verification -----------------------------------------------------------


@transaction.atomic
def reply(recommendation, *, by, kind, text, upload=None):
    """The addressed unit's answer, with a file when there is one. The head's confirmation may follow, it is not waited for."""
    if kind in NEEDS_REASON and not text.strip():
        raise Refused("Tiếp thu một phần hoặc không tiếp thu: anh/chị ghi lý do.", field="text")
    today = clock.today()
    if today < recommendation.sent_on:
        raise Refused("Kiến nghị này có ngày gửi chưa tới.")
    dates = {"replied_again_on": today} if recommendation.status == Status.REOPENED else {"replied_on": today}
    with guarded(register_of(Recommendation), recommendation):
        moved = change_status(
            recommendation, Status.ANSWERED, by=by, check=permissions.check_can_reply, reply_kind=kind, reply_text=text, **dates
        )
        if upload is not None and moved:
            add_file(recommendation, upload, unit_id=recommendation.addressed_to_id, by=by)
    return recommendation


def add_file(recommendation, upload, *, unit_id, by):
    """Beside the record, for both sides: the uploader's unit owns it, the other reads it."""
    other = recommendation.unit_id if unit_id == recommendation.addressed_to_id else recommendation.addressed_to_id
    try:
        return attach(recommendation, upload, unit_id=unit_id, addressed_to_id=other, by=by)
    except Refused as refusal:
        raise Refused(refusal.message, field="upload") from refusal


@transaction.atomic
def confirm_reply(recommendation, *, by):
    permissions.check_can_confirm(by, recommendation)
    _claim(recommendation, by, "Người đứng đầu xác nhận trả lời", confirmed_on=clock.today(), confirmed_by=by)
    return recommendation


@transaction.atomic
def note_progress(recommendation, *, by, text, upload=None):
    permissions.check_can_note_progress(by, recommendation)
    if not text.strip():
        raise Refused("Anh/chị ghi việc đã làm.", field="text")
    note = ProgressNote(recommendation=recommendation, noted_on=clock.today(), text=text)
    signed(note, by).save()
    if upload is not None:
        add_file(recommendation, upload, unit_id=recommendation.addressed_to_id, by=by)
    return note


def verify(recommendation, *, by, note):
    """The team looked: done as answered."""
    if not note.strip():
        raise Refused("Anh/chị ghi kết quả xác minh.", field="note")
    with guarded(register_of(Recommendation), recommendation):
        change_status(
            recommendation, Status.VERIFIED, by=by, check=permissions.check_can_verify, note=note,
            verified_on=clock.today(), verification=note,
        )  # fmt: skip
    return recommendation


def reopen(recommendation, *, by, note):
    """Not done as answered: a new reply is due, counted from today. The first reply keeps its date; its words stand in the history."""
    if not note.strip():
        raise Refused("Anh/chị ghi lý do mở lại.", field="note")
    today = clock.today()
    with guarded(register_of(Recommendation), recommendation):
        change_status(
            recommendation, Status.REOPENED, by=by, check=permissions.check_can_reopen, note=note,
            verified_on=None, verification="", confirmed_on=None, confirmed_by=None,
            reopenings=F("reopenings") + 1, reopened_on=today, reopened_due_on=reply_due_on(recommendation.due_rule, today),
            replied_again_on=None,
        )  # fmt: skip
    return recommendation


def withdraw_recommendation(recommendation, *, by, note):
    if not note.strip():
        raise Refused("Anh/chị ghi lý do rút.", field="note")
    with guarded(register_of(Recommendation), recommendation):
        change_status(recommendation, Status.WITHDRAWN, by=by, check=permissions.check_can_withdraw, note=note, withdrawn_on=clock.today())
    return recommendation
