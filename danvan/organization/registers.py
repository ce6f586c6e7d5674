from danvan.organization import permissions
from danvan.organization.forms import DecisionForm
from danvan.registers.declare import Action, Child, Column, Register, Rights, Section
from danvan.registers.registry import declare
from danvan.units.choices import TONES
from danvan.units.models import UnitDecision

declare(
    Register(
        model=UnitDecision,
        code="unit_decision",
        slug="don-vi/quyet-dinh",
        label="Quyết định sắp xếp",
        noun="quyết định",
        icon="stamp",
        date="effective_on",
        columns=(
            Column("number", link=True),
            Column("summary", phone=False),
            Column("decided_on", phone=False),
            Column("effective_on"),
            Column("status", tones=TONES),
        ),
        sections=(
            Section("Văn bản", ("unit", "number", "decided_on", "effective_on", "summary")),
            Section("Áp dụng", ("applied_by", "applied_at")),
        ),
        rights=Rights(permissions.RIGHT, own=permissions.RIGHT),
        form=DecisionForm,
        filters={"trang_thai": "status"},
        children=(Child("lines", "Các thay đổi", (Column("told", label="Nội dung"),), "position"),),
        actions=(
            Action("Soạn các thay đổi", "organization:lines", permissions.check_can_edit, "pencil"),
            Action("Xem trước và áp dụng", "organization:preview", permissions.check_can_edit, "eye"),
            Action("Hoàn tác quyết định", "organization:undo", permissions.check_can_undo, "undo-2"),
        ),
        check_edit=permissions.check_can_edit,
        order=("-effective_on", "-pk"),
        attachments=True,
        links=(("Cơ cấu đơn vị", "organization:tree", "building-2"),),
        menu="Quản trị",
        empty="Chưa có quyết định sắp xếp nào. Khi đơn vị nhập lại, đổi tên hoặc chuyển cấp trên, bắt đầu từ đây.",
    )
)
