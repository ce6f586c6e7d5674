"""Filling, sending, returning, accepting and reopening a unit's report."""

from django.db import IntegrityError, transaction
from django.db.models import F

from danvan.audit.choices import Kind
from danvan.audit.services import record_event
from danvan.common import clock
from danvan.common.exceptions import Conflict, Refused
from danvan.common.models import signed
from danvan.common.text import format_date
from danvan.figures.periods import span_of, words_of
from danvan.registers import drafts
from danvan.submissions import freezing, permissions, selectors
from danvan.submissions.choices import Status
from danvan.submissions.models import CorrectionRequest, Period, ReturnItem, ReturnSlip, Round, Submission, TypedValue
from danvan.workflow.services import change_status


def open_period(*, by, regime, unit, code, opens_on, due_on, review_due_on):
    """A period for the units of the regime's kind below `unit`; they read it from today on. `code` is a period key."""
    permissions.check_can_open(by, unit)
    starts_on, ends_on = span_of(code)
    words = words_of(code)
    period = Period(
        regime=regime, unit=unit, code=code, name=f"{words[:1].upper()}{words[1:]}", starts_on=starts_on, ends_on=ends_on,
        opens_on=opens_on, due_on=due_on, review_due_on=review_due_on, published_on=clock.today(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            signed(period, by).save()
    except IntegrityError:
        raise Refused(f"Kỳ báo cáo {period} của {unit} đã mở từ trước.", field="year") from None
    return period


@transaction.atomic
def reschedule(period, *, by, base, opens_on, due_on, review_due_on):
    """`base` is the newest row of the history when the form was made: every save of a period leaves one."""
    permissions.check_can_open(by, period.unit)
    period = Period.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if version_of(period) != base:
        raise Conflict("Thời hạn của kỳ vừa được người khác đổi.")
    period.opens_on, period.due_on, period.review_due_on = opens_on, due_on, review_due_on
    signed(period, by).save(update_fields=["opens_on", "due_on", "review_due_on"])


def version_of(period):
    """A period has no version of its own: it is opened once and its days are moved now and then."""
    return period.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0


def start(period, unit, *, by):
    """The unit's report of the period, begun when it is not there yet."""
    if clock.today() < period.opens_on:
        raise Refused("Kỳ báo cáo này chưa mở.")
    same = Submission.objects.filter(period=period, unit=unit)
    if found := same.first():
        return found
    submission = signed(Submission(period=period, unit=unit), by)
    try:
        with transaction.atomic():
            submission.save()
    except IntegrityError:  # a colleague began it in the same moment
        return same.get()
    return submission


@transaction.atomic
def fill(submission, *, by, base, values, narrative, explanations, key=None, url=""):
    """Stores typed figures ({code: Decimal or None}) and paragraphs at version `base`; a stale one raises Conflict."""
    permissions.check_can_fill(by, submission)
    claimed = Submission.objects.filter(pk=submission.pk, version=base, status=submission.status).update(version=F("version") + 1)
    # every column is written, so the report must have been read at that version too
    if not claimed or submission.version != base:
        raise Conflict("Báo cáo vừa được người khác sửa.")
    submission.version = base + 1
    submission.narrative, submission.explanations = narrative, explanations
    signed(submission, by).save()
    rows = {row.code: row for row in submission.typed.all()}
    for code, value in values.items():
        _store(submission, rows.get(code), code, value, by)
    if key:
        drafts.settle(by, key, url)
    return submission


def _store(submission, row, code, value, by):
    if value is None:
        if row:
            signed(row, by).delete()
        return
    if row is None:
        period = submission.period
        row = TypedValue(submission=submission, unit_id=submission.unit_id, code=code, period_code=period.code, ends_on=period.ends_on)
    if row.value != value:
        row.value = value
        signed(row, by).save()


def check_complete(submission):
    """What stands between the sheet and sending: [(field name, sentence)]."""
    values = selectors.current_values(submission)
    codes = submission.period.regime.typed_codes
    lacking = [
        (c, f"Chưa nhập “{selectors.label_of(c, submission)}”. Nếu không phát sinh, ghi 0.")
        for c in selectors.missing_codes(submission, values)
    ]
    broken = list(selectors.broken_rules(values, codes).items())
    unwritten = [(p["name"], f"Chưa viết mục “{p['title']}”.") for p in selectors.paragraphs(submission)[:1] if not p["text"].strip()]
    return [*lacking, *broken, *unwritten]


def _refuse_incomplete(submission):
    problems = check_complete(submission)
    if problems:
        raise Refused(f"Còn {len(problems)} chỗ cần sửa trước khi gửi: {problems[0][1]}", field=problems[0][0])


def hand_to_head(submission, *, by):
    """The officer is done; the head of the unit confirms and sends. False when it is the head's turn already."""
    if submission.status == Status.READY:
        return False
    permissions.check_can_fill(by, submission)
    _refuse_incomplete(submission)
    return change_status(submission, Status.READY, by=by)


def take_back(submission, *, by, note=""):
    """The head asks the officer to change something before it is sent."""
    permissions.check_can_send(by, submission)
    return change_status(submission, Status.DRAFT, by=by, note=note)


@transaction.atomic
def send(submission, *, by):
    """Confirms and sends; returns the round with its receipt code. Sending twice gives the same round."""
    if submission.status == Status.SUBMITTED:
        return submission.rounds.latest("number")
    permissions.check_can_send(by, submission)
    _refuse_incomplete(submission)
    signature = {"confirmed_by": by, "submitted_at": clock.now(), "submitted_on": clock.today(), "reopened_until": None}
    try:
        change_status(submission, Status.SUBMITTED, by=by, **signature)
    except Conflict:
        submission.refresh_from_db()
        if submission.status != Status.SUBMITTED:
            raise
        return submission.rounds.latest("number")
    return _new_round(submission, by)


@transaction.atomic
def resend(submission, *, by):
    """The officer answers a slip. Where more than the slip asked for was changed, the head confirms again.

    Gives the round, or None when it is the head's turn; asked twice, the same again.
    """
    if submission.status in (Status.SUBMITTED, Status.READY):
        return submission.rounds.latest("number") if submission.status == Status.SUBMITTED else None
    permissions.check_can_resend(by, submission)
    _refuse_incomplete(submission)
    if not_asked(submission):
        change_status(submission, Status.READY, by=by, note="Có thay đổi ngoài phiếu trả lại")
        return None
    change_status(submission, Status.SUBMITTED, by=by, submitted_at=clock.now(), submitted_on=clock.today())
    return _new_round(submission, by)


def not_asked(submission):
    """Labels of typed figures and paragraphs changed since the last round that the slip did not name."""
    last = submission.rounds.latest("number")
    asked = set(selectors.open_remarks(submission))
    values = selectors.values_as_text(submission, selectors.current_values(submission))
    changed = {c for c in submission.period.regime.typed_codes if values.get(c) != last.values.get(c)}
    changed |= {f"{selectors.PARAGRAPH}{k}" for k, text in submission.narrative.items() if text != last.narrative.get(k, "")}
    return [selectors.label_of(code, submission) for code in sorted(changed - asked)]


def _new_round(submission, by):
    number = submission.rounds.count() + 1
    values = selectors.values_as_text(submission, selectors.current_values(submission))
    code = f"{submission.unit.code[:12]}-{submission.period.code[:12]}-{submission.pk:04d}-{number:02d}"
    return Round.objects.create(
        submission=submission, number=number, code=code, values=values, narrative=submission.narrative, sent_by=by, sent_at=clock.now()
    )


@transaction.atomic
def return_submission(submission, *, by, remarks, due_on):
    """Sends a report back. `remarks` maps figure codes or paragraph names to reasons; at least one is needed."""
    remarks = {code: reason.strip() for code, reason in remarks.items() if reason.strip()}
    if not remarks:
        raise Refused("Anh/chị ghi ít nhất một ý kiến bên cạnh chỉ tiêu cần bổ sung.")
    if due_on < clock.today():
        raise Refused("Hạn bổ sung không được trước hôm nay.", field="due_on")
    change_status(submission, Status.RETURNED, by=by, check=permissions.check_can_review, note="; ".join(remarks.values()))
    slip = ReturnSlip.objects.create(
        submission=submission, round=submission.rounds.latest("number"), returned_by=by, returned_at=clock.now(), due_on=due_on
    )
    ReturnItem.objects.bulk_create(ReturnItem(slip=slip, figure=code, reason=reason) for code, reason in remarks.items())
    return slip


def check_round_is_newest(submission, number):
    """A verdict is about the round that was read: one that came in meanwhile has to be read first."""
    newest = submission.rounds.order_by("-number").values_list("number", flat=True).first()
    if number is not None and number != newest:
        raise Conflict("Đơn vị vừa gửi lại báo cáo. Trang này đã hiện lần gửi mới; anh/chị đọc rồi kết luận.")


@transaction.atomic
def accept(submission, *, by):
    """Accepts and freezes the values; from here the counted records of the period are closed."""
    moved = change_status(submission, Status.ACCEPTED, by=by, check=permissions.check_can_review, accepted_on=clock.today())
    if moved:
        freezing.freeze(submission)
    return submission


@transaction.atomic
def request_correction(submission, *, by, reason):
    permissions.check_can_request_correction(by, submission)
    if not reason.strip():
        raise Refused("Anh/chị ghi lý do đề nghị chỉnh lý.", field="reason")
    try:
        with transaction.atomic():
            return CorrectionRequest.objects.create(submission=submission, reason=reason, requested_by=by, requested_at=clock.now())
    except IntegrityError:  # the head and the officer asked in the same moment
        raise Refused("Đã có một đề nghị chỉnh lý đang chờ lãnh đạo cơ quan dân vận trả lời.") from None


@transaction.atomic
def refuse_correction(submission, *, by, reason):
    """The leader says no, and why: the unit reads it in the history of its report."""
    permissions.check_can_reopen(by, submission)
    if not reason.strip():
        raise Refused("Anh/chị ghi lý do không mở lại.", field="reason")
    asked = submission.corrections.filter(answered_at=None)
    if not asked.update(answered_by=by, answered_at=clock.now(), granted=False, answer=reason):
        raise Refused("Không có đề nghị chỉnh lý nào đang chờ trả lời.")


@transaction.atomic
def reopen(submission, *, by, reason, until):
    """Opens an accepted report again until a day. What was frozen stays in the rounds; the values become live."""
    if not reason.strip():
        raise Refused("Anh/chị ghi lý do mở lại.", field="reason")
    if until < clock.today():
        raise Refused("Ngày hết hạn mở lại không được trước hôm nay.", field="until")
    if submission.reopening_expired:
        _extend(submission, by=by, reason=reason, until=until)
    else:
        change_status(
            submission, Status.RETURNED, by=by, check=permissions.check_can_reopen, note=reason, reopened_until=until, accepted_on=None
        )
    freezing.unfreeze(submission)
    submission.corrections.filter(answered_at=None).update(answered_by=by, answered_at=clock.now(), granted=True)
    record_event(Kind.REOPENING, user=by, obj=submission, detail={"until": format_date(until)}, reason=reason)
    return submission


def _extend(submission, *, by, reason, until):
    """The last day has passed and nothing was sent: a new last day, the status stays."""
    permissions.check_can_reopen(by, submission)
    same = Submission.objects.filter(pk=submission.pk, version=submission.version, status=submission.status)
    if not same.update(version=F("version") + 1):
        raise Conflict("Báo cáo vừa được người khác mở lại hoặc sửa. Anh/chị xem lại bản mới rồi làm tiếp.")
    submission.reopened_until, submission.version = until, submission.version + 1
    signed(submission, by, reason).save(update_fields=["reopened_until", "version", "updated_at"])
