from django.db.models import Q

from danvan.registers.declare import Action, Child, Column, Register, Rights, Section, Tab
from danvan.registers.registry import declare
from danvan.submissions import permissions
from danvan.submissions.choices import SENT, TONES, Status
from danvan.submissions.models import Submission, TypedValue

submissions = declare(
    Register(
        model=Submission,
        code="submission",
        slug="ky-bao-cao/cac-bao-cao",
        label="Các báo cáo kỳ",
        noun="báo cáo",
        icon="history",
        date="submitted_on",
        as_of="period__ends_on",
        columns=(
            Column("unit", link=True),
            Column("period", sort="period__ends_on"),
            Column("submitted_on"),
            Column("accepted_on", phone=False),
            Column("status", tones=TONES),
        ),
        sections=(Section("Báo cáo kỳ", ("unit", "period", "submitted_on", "accepted_on", "reopened_until")),),
        rights=Rights("submission.view"),
        filters={"don_vi": "unit", "ky_bao_cao": "period", "trang_thai": "status"},
        tabs=(
            Tab("cho-duyet", "Chờ duyệt", lambda: Q(status=Status.SUBMITTED), count=True),
            Tab("can-bo-sung", "Cần bổ sung", lambda: Q(status=Status.RETURNED), count=True),
            Tab("da-gui", "Đã gửi", lambda: Q(status__in=SENT)),
            Tab("da-duyet", "Đã duyệt", lambda: Q(status=Status.ACCEPTED)),
        ),
        actions=(
            Action("Mở báo cáo", "submissions:sheet", lambda user, obj: None, "arrow-right"),
            Action("Duyệt báo cáo", "submissions:review", permissions.check_can_review, "clipboard-list"),
        ),
        children=(Child("typed", "Số liệu đơn vị nhập", (Column("figure_label", label="Chỉ tiêu"), Column("value")), date="code"),),
        order=("-period__ends_on", "unit__sort_key", "pk"),
        empty="Chưa có báo cáo kỳ nào.",
        menu="Báo cáo",
    )
)

typed_values = declare(
    Register(
        model=TypedValue,
        code="typed_value",
        slug="ky-bao-cao/so-lieu",
        label="Số liệu đơn vị nhập",
        noun="số liệu",
        icon="chart-column",
        date="ends_on",
        columns=(
            Column("unit", link=True),
            Column("figure_label", label="Chỉ tiêu"),
            Column("period_code", label="Kỳ"),
            Column("value", total=True),
            Column("submission", label="Báo cáo", phone=False, sort="-"),
        ),
        sections=(Section("Số liệu", ("unit", "figure_label", "period_code", "value", "submission")),),
        rights=Rights("submission.view"),
        filters={"don_vi": "unit"},
        order=("unit__sort_key", "pk"),
        empty="Chưa có số liệu nào được nhập.",
        menu="",
        select_related=("submission__unit", "submission__period"),
    )
)
