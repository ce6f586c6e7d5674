from django.db.models import Q

from danvan.access.permissions import own_unit_ids
from danvan.common import clock
from danvan.registers.declare import Action, Child, Column, Register, Rights, Section, Tab
from danvan.registers.registry import declare
from supervision import permissions, services
from supervision.choices import CLOSED, LATENESS_TONES, OPEN, STATUS_TONES, Rhythm
from supervision.forms import JointPlanForm, RecommendationForm, SupervisionRoundForm
from supervision.models import JointPlan, Recommendation, SupervisionRound, overdue, serious_days

RIGHTS = Rights("supervision.view", own="supervision.edit_own", any="supervision.edit_any")


def _this_year(user):
    return {"year": clock.today().year}


def _sent_today(user):
    return {"sent_on": clock.today()}


def _to_my_units(user):
    return Q(addressed_to__in=own_unit_ids(user, "supervision.view"))


joint_plans = declare(
    Register(
        model=JointPlan,
        code="joint_plan",
        slug="giam-sat/ke-hoach",
        label="Kế hoạch liên tịch",
        noun="kế hoạch liên tịch",
        icon="clipboard-list",
        date="issued_on",
        columns=(
            Column("title", link=True),
            Column("unit"),
            Column("year"),
            Column("number"),
            Column("issued_on"),
            Column("co_signers", phone=False, sort="-"),
        ),
        sections=(
            Section("Kế hoạch", ("unit", "year", "title", "number", "issued_on", "purpose")),
            Section("Phối hợp và căn cứ", ("co_signers", "legal_bases")),
        ),
        rights=RIGHTS,
        form=JointPlanForm,
        filters={"don_vi": "unit", "nam": "year", "phoi_hop": "co_signers"},
        children=(
            Child(
                "items",
                "Nội dung giám sát",
                (
                    Column("subject"),
                    Column("target_units"),
                    Column("form"),
                    Column("rhythm"),
                    Column("months"),
                    Column("team"),
                ),
                date="month_from",
            ),
        ),
        actions=(
            Action("Ghi nội dung giám sát", "supervision:plan_items", permissions.check_leads, "list-checks"),
            Action("Chép kế hoạch sang năm sau", "supervision:plan_copy", permissions.check_leads, "copy"),
        ),
        order=("-year", "-pk"),
        empty="Mỗi năm đơn vị chủ trì cùng các đơn vị phối hợp có một kế hoạch liên tịch, gồm nội dung thường xuyên và chuyên đề.",
        attachments=True,
        menu="Giám sát",
        initial=_this_year,
    )
)

rounds = declare(
    Register(
        model=SupervisionRound,
        code="supervision_round",
        slug="giam-sat/cuoc",
        label="Cuộc giám sát",
        noun="cuộc giám sát",
        icon="scale",
        date="held_on",
        columns=(
            Column("title", link=True),
            Column("unit", phone=False),
            Column("rhythm"),
            Column("form", phone=False),
            Column("target_units", sort="-"),
            Column("held_on"),
        ),
        sections=(
            Section("Cuộc giám sát", ("unit", "item", "title", "form", "rhythm")),
            Section("Thời gian, thành phần", ("held_from", "held_on", "team", "target_units")),
            Section("Kết quả", ("summary",)),
        ),
        rights=RIGHTS,
        form=SupervisionRoundForm,
        filters={"don_vi": "unit", "doi_tuong": "target_units", "loai": "rhythm", "hinh_thuc": "form"},
        tabs=(
            Tab("chuyen-de", "Chuyên đề", lambda: Q(rhythm=Rhythm.THEMATIC)),
            Tab("thuong-xuyen", "Thường xuyên", lambda: Q(rhythm=Rhythm.REGULAR)),
            Tab("ngoai-ke-hoach", "Ngoài kế hoạch", lambda: Q(item=None)),
        ),
        children=(
            Child("findings", "Phát hiện", (Column("kind"), Column("unit"), Column("regulation"), Column("text")), date="pk"),
            Child(
                "recommendations",
                "Kiến nghị",
                (
                    Column("title"),
                    Column("addressed_to"),
                    Column("sent_on"),
                    Column("current_due_on", label="Hạn trả lời"),
                    Column("status", tones=STATUS_TONES),
                ),
                date="sent_on",
            ),
        ),
        actions=(
            Action("Ghi phát hiện", "supervision:round_findings", permissions.check_leads, "flag"),
            Action("Lập kiến nghị", "supervision:round_recommend", permissions.check_leads, "message-square-text"),
        ),
        order=("-held_on", "-pk"),
        empty="Mỗi cuộc giám sát ghi ngày, thành phần đoàn, đối tượng, phát hiện và kiến nghị; theo kế hoạch hoặc ngoài kế hoạch.",
        attachments=True,
        menu="Giám sát",
        select_related=("item",),
    )
)

recommendations = declare(
    Register(
        model=Recommendation,
        code="recommendation",
        slug="giam-sat/kien-nghi",
        label="Kiến nghị sau giám sát",
        noun="kiến nghị",
        icon="message-square-text",
        date="sent_on",
        columns=(
            Column("title", link=True),
            Column("unit", phone=False),
            Column("addressed_to"),
            Column("sent_on", phone=False),
            Column("due_on"),
            Column("replied_on", phone=False),
            Column("status", tones=STATUS_TONES),
            Column("lateness", tones=LATENESS_TONES, sort="-"),
        ),
        sections=(
            Section("Kiến nghị", ("unit", "addressed_to", "round", "finding", "sent_on", "title", "content")),
            Section("Hạn trả lời", ("due_on", "reopened_on", "reopened_due_on", "days_late", "why_due")),
            Section("Trả lời", ("reply_kind", "reply_text", "replied_on", "confirmed_on", "confirmed_by", "replied_again_on")),
            Section("Xác minh", ("verified_on", "verification")),
        ),
        rights=RIGHTS,
        form=RecommendationForm,
        filters={"don_vi": "unit", "noi_nhan": "addressed_to", "trang_thai": "status", "y_kien": "reply_kind"},
        tabs=(
            Tab("qua-han", "Quá hạn", overdue, count=True),
            Tab("qua-han-nghiem-trong", "Quá hạn nghiêm trọng", lambda: overdue(int(serious_days())), count=True),
            Tab("cho-tra-loi", "Chờ trả lời", lambda: Q(status__in=OPEN)),
            Tab("da-tra-loi", "Đã trả lời", lambda: Q(status__in=CLOSED)),
            Tab("gui-den", "Gửi đến đơn vị tôi", _to_my_units, of_user=True),
        ),
        children=(
            Child("extensions", "Gia hạn", (Column("decided_on"), Column("days"), Column("reason")), date="decided_on"),
            Child("progress", "Tiến độ thực hiện", (Column("noted_on"), Column("text")), date="noted_on"),
        ),
        actions=(
            Action("Trả lời kiến nghị", "supervision:recommendation_reply", permissions.check_can_reply, "send"),
            Action("Xác nhận trả lời", "supervision:recommendation_confirm", permissions.check_can_confirm, "stamp"),
            Action("Ghi tiến độ", "supervision:recommendation_progress", permissions.check_can_note_progress, "list-checks"),
            Action("Xác minh", "supervision:recommendation_verify", permissions.check_can_verify, "circle-check"),
            Action("Mở lại", "supervision:recommendation_reopen", permissions.check_can_reopen, "rotate-ccw"),
            Action("Gia hạn", "supervision:recommendation_extend", permissions.check_can_extend, "calendar-clock"),
            Action("Rút kiến nghị", "supervision:recommendation_withdraw", permissions.check_can_withdraw, "undo-2"),
        ),
        order=("-sent_on", "-pk"),
        check_edit=permissions.check_can_edit_recommendation,
        empty="Kiến nghị gửi sau cuộc giám sát đến cơ quan, đơn vị; có hạn trả lời, trả lời và xác minh.",
        attachments=True,
        menu="Giám sát",
        select_related=("due_rule", "confirmed_by"),
        save=services.save_recommendation,
        initial=_sent_today,
    )
)
