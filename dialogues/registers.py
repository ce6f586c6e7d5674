import datetime

from django.db.models import F, Q

from danvan.common import clock
from danvan.registers.declare import Action, Child, Column, Register, Rights, Section, Tab
from danvan.registers.registry import declare
from dialogues import permissions
from dialogues.choices import ANSWER_TONES, COMMITMENT_TONES, DIALOGUE_TONES, OPEN_COMMITMENTS, Answered, CommitmentStatus
from dialogues.forms import CommitmentForm, DialogueForm, ObligationForm, QuestionForm
from dialogues.models import Commitment, Dialogue, DialogueObligation, Question
from dialogues.promises import save_commitment
from dialogues.services import save_dialogue, save_obligation, save_question

RIGHTS = Rights("dialogue.view", own="dialogue.edit_own", any="dialogue.edit_any")
WEEK = datetime.timedelta(days=7)


def overdue():
    return Q(status__in=OPEN_COMMITMENTS, deadline_on__lt=clock.today())


def due_in_a_week():
    return Q(status__in=OPEN_COMMITMENTS, deadline_on__range=(clock.today(), clock.today() + WEEK))


dialogues = declare(
    Register(
        model=Dialogue,
        code="dialogue",
        slug="doi-thoai/cuoc",
        label="Đối thoại",
        noun="cuộc đối thoại",
        icon="message-square-text",
        date="held_on",
        columns=(
            Column("topic", link=True),
            Column("unit"),
            Column("kind", phone=False),
            Column("chair_title", phone=False),
            Column("held_on"),
            Column("attendance", total=True),
            Column("status", tones=DIALOGUE_TONES),
        ),
        sections=(
            Section("Cuộc đối thoại", ("unit", "kind", "topic", "chair_title", "place")),
            Section("Thông báo và tổ chức", ("scheduled_on", "noticed_on", "held_on", "notice_words")),
            Section("Thành phần dự", ("attendance", "women", "party_members")),
            Section("Nội dung và kết luận", ("minutes", "conclusion_number", "conclusion_on", "result_words")),
        ),
        rights=RIGHTS,
        form=DialogueForm,
        filters={"don_vi": "unit", "loai": "kind", "trang_thai": "status"},
        tabs=(
            Tab("sap-toi", "Sắp tổ chức", lambda: Q(held_on=None)),
            Tab("cho-ket-luan", "Quá hạn công bố kết quả", lambda: Q(conclusion_on=None, result_due_on__lt=clock.today()), count=True),
            Tab("thong-bao-cham", "Thông báo chậm", lambda: Q(noticed_on__gt=F("notice_due_on"))),
        ),
        children=(
            Child(
                "questions",
                "Câu hỏi, kiến nghị",
                (Column("content"), Column("field", phone=False), Column("answered", tones=ANSWER_TONES), Column("forwarded_to")),
                date="position",
            ),
            Child(
                "commitments",
                "Cam kết",
                (Column("content"), Column("owner"), Column("deadline_on"), Column("status", tones=COMMITMENT_TONES)),
                date="deadline_on",
            ),
        ),
        actions=(Action("Ghi câu hỏi", "dialogues:question_lines", permissions.check_can_record, "list-checks"),),
        order=("-held_on", "-pk"),
        empty="Mỗi cuộc đối thoại là một hồ sơ: thông báo, thành phần dự, câu hỏi, kết luận và cam kết sau đối thoại.",
        attachments=True,
        select_related=("notice_rule", "result_rule"),
        save=save_dialogue,
    )
)

questions = declare(
    Register(
        model=Question,
        code="dialogue_question",
        slug="doi-thoai/cau-hoi",
        label="Câu hỏi, kiến nghị",
        noun="câu hỏi",
        icon="circle-help",
        date="asked_on",
        columns=(
            Column("content", link=True),
            Column("unit"),
            Column("asked_on"),
            Column("field", phone=False),
            Column("forwarded_to", phone=False),
            Column("answered", tones=ANSWER_TONES),
        ),
        sections=(
            Section("Câu hỏi", ("dialogue", "position", "content", "field", "channel")),
            Section("Trả lời", ("answered", "answered_on", "answer", "forwarded_to")),
        ),
        rights=RIGHTS,
        form=QuestionForm,
        check_edit=permissions.check_can_record,
        filters={"don_vi": "unit", "linh_vuc": "field", "tra_loi": "answered", "chuyen_den": "forwarded_to"},
        tabs=(
            Tab("chua-tra-loi", "Chưa trả lời", lambda: Q(answered=Answered.NOT_YET)),
            Tab("da-chuyen", "Đã chuyển cơ quan khác", lambda: Q(forwarded_to__isnull=False)),
        ),
        children=(
            Child(
                "commitments",
                "Cam kết",
                (Column("content"), Column("owner"), Column("deadline_on"), Column("status", tones=COMMITMENT_TONES)),
                date="deadline_on",
            ),
        ),
        actions=(
            Action("Thêm cam kết", "dialogues:commitment_add", permissions.check_can_promise, "handshake"),
            Action("Người hỏi", "dialogues:question_asker", permissions.check_can_keep_asker, "user"),
        ),
        order=("-asked_on", "dialogue_id", "position", "pk"),
        empty="Câu hỏi được ghi ở trang của từng cuộc đối thoại, bấm Ghi câu hỏi.",
        attachments=True,
        save=save_question,
    )
)

commitments = declare(
    Register(
        model=Commitment,
        code="commitment",
        slug="doi-thoai/cam-ket",
        label="Cam kết sau đối thoại",
        noun="cam kết",
        icon="handshake",
        date="due_on",
        columns=(
            Column("content", link=True),
            Column("owner"),
            Column("unit", phone=False),
            Column("due_on", phone=False),
            Column("deadline_on"),
            Column("lateness", sort="-"),
            Column("status", tones=COMMITMENT_TONES),
        ),
        sections=(
            Section("Cam kết", ("dialogue", "question", "owner", "content")),
            Section("Thời hạn và kết quả", ("due_on", "deadline_on", "lateness", "done_on", "confirmed_on")),
        ),
        rights=RIGHTS,
        form=CommitmentForm,
        check_edit=permissions.check_can_record,
        filters={"don_vi": "unit", "thuc_hien": "owner", "trang_thai": "status"},
        tabs=(
            Tab("qua-han", "Quá hạn", overdue, count=True),
            Tab("den-han", "Đến hạn 7 ngày", due_in_a_week, count=True),
            Tab("dang-lam", "Đang thực hiện", lambda: Q(status__in=OPEN_COMMITMENTS)),
            Tab("hoan-thanh", "Hoàn thành", lambda: Q(status=CommitmentStatus.DONE)),
        ),
        children=(
            Child("notes", "Tình hình thực hiện", (Column("noted_on"), Column("text"), Column("written_by")), date="noted_on"),
            Child("extensions", "Gia hạn", (Column("decided_on"), Column("new_due_on"), Column("reason")), date="decided_on"),
        ),
        actions=(
            Action("Báo cáo tình hình", "dialogues:commitment_progress", permissions.check_can_progress, "pencil"),
            Action("Xác nhận hoàn thành", "dialogues:commitment_confirm", permissions.check_can_confirm, "circle-check"),
            Action("Chưa đồng ý kết quả", "dialogues:commitment_dispute", permissions.check_can_dispute, "undo-2"),
            Action("Gia hạn", "dialogues:commitment_extend", permissions.check_can_extend, "calendar-clock"),
            Action("Mở lại", "dialogues:commitment_reopen", permissions.check_can_reopen, "rotate-ccw"),
        ),
        order=("-deadline_on", "-pk"),
        empty="Cam kết ghi việc đã hứa sau đối thoại, đơn vị thực hiện và thời hạn.",
        attachments=True,
        save=save_commitment,
    )
)

obligations = declare(
    Register(
        model=DialogueObligation,
        code="dialogue_obligation",
        slug="doi-thoai/ke-hoach",
        label="Kế hoạch đối thoại",
        noun="kế hoạch đối thoại",
        icon="calendar-clock",
        date="due_on",
        columns=(
            Column("head_title", link=True),
            Column("unit"),
            Column("year"),
            Column("due_on"),
            Column("held_on", phone=False),
            Column("state_words", sort="-"),
        ),
        sections=(Section("Kế hoạch", ("unit", "year", "kind", "head_title", "planned_on", "due_on", "state_words")),),
        rights=RIGHTS,
        form=ObligationForm,
        filters={"don_vi": "unit", "nam": "year"},
        tabs=(
            Tab("qua-han", "Quá hạn", lambda: Q(held_on=None, due_on__lt=clock.today()), count=True),
            Tab("chua-doi-thoai", "Chưa đối thoại", lambda: Q(held_on=None)),
            Tab("da-doi-thoai", "Đã đối thoại", lambda: Q(held_on__isnull=False)),
        ),
        order=("-year", "due_on", "pk"),
        empty="Mỗi năm, người đứng đầu đơn vị đối thoại định kỳ ít nhất một lần; ghi kế hoạch ở đây.",
        save=save_obligation,
    )
)
