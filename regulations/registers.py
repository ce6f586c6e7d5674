from django.db.models import Q

from danvan.access.permissions import own_unit_ids
from danvan.common import clock
from danvan.registers.declare import Action, Child, Column, Register, Rights, Section, Tab
from danvan.registers.registry import declare
from danvan.units.models import Kind
from danvan.units.selectors import version_on
from regulations import permissions
from regulations.choices import ENDED, POSTING_TONES, STATUS_TONES, Channel, Status
from regulations.forms import DisclosureForm, DutyForm, RegulationForm
from regulations.models import Disclosure, Regulation, RegulationDuty
from regulations.services import save_disclosure, save_regulation


def _own_body(user):
    """The body that discloses is nearly always the unit itself."""
    own = own_unit_ids(user, "disclosure.edit_own")
    unit = next((m.unit for m in user.active_memberships() if m.unit_id in own), None)
    return {"body": body_of(unit) if unit else "", "disclosed_on": clock.today()}


def body_of(unit):
    name = unit.name
    return f"UBND {name[:1].lower()}{name[1:]}" if version_on(unit, clock.today()).kind == Kind.WARD else name


regulations = declare(
    Register(
        model=Regulation,
        code="regulation",
        slug="quy-che/danh-sach",
        label="Quy chế dân chủ",
        noun="quy chế",
        icon="landmark",
        date="issued_on",
        columns=(
            Column("name", link=True),
            Column("unit"),
            Column("scope_label", label="Loại hình", phone=False, sort="subject__position"),
            Column("number"),
            Column("issued_on"),
            Column("in_force_from", phone=False),
            Column("owner_office", phone=False),
            Column("status", tones=STATUS_TONES),
        ),
        sections=(
            Section("Quy chế", ("unit", "subject", "name", "owner_office", "replaces")),
            Section("Ban hành", ("number", "issued_on", "in_force_from", "ended_on", "published_on", "signer_title")),
            Section("Phạm vi và căn cứ", ("scope_words", "legal_bases")),
        ),
        rights=Rights("regulation.view", own="regulation.edit_own", any="regulation.edit_any"),
        form=RegulationForm,
        filters={
            "don_vi": "unit", "loai_hinh": "subject__scope", "trang_thai": "status", "loai": "subject", "chu_tri": "owner_office",
        },
        tabs=(
            Tab("hieu-luc", "Đang có hiệu lực", lambda: Q(status=Status.IN_FORCE)),
            Tab("du-thao", "Dự thảo", lambda: Q(status=Status.DRAFT)),
            Tab("het-hieu-luc", "Hết hiệu lực", lambda: Q(status__in=ENDED)),
        ),
        children=(
            Child(
                "replaced_by",
                "Được thay thế bằng",
                (Column("name"), Column("number"), Column("issued_on"), Column("in_force_from"), Column("status", tones=STATUS_TONES)),
                date="in_force_from",
            ),
        ),
        actions=(
            Action("Bãi bỏ quy chế", "regulations:regulation_abolish", permissions.check_can_abolish, "x"),
            Action("Xóa dự thảo", "regulations:regulation_drop", permissions.check_can_drop_draft, "trash-2"),
        ),
        order=("subject__position", "unit__sort_key", "-issued_on", "-pk"),
        check_edit=permissions.check_can_edit_regulation,
        empty="Mỗi quy chế dân chủ đơn vị đã ban hành là một hồ sơ; quy chế mới ghi rõ thay thế quy chế nào.",
        attachments=True,
        select_related=("subject",),
        save=save_regulation,
        links=(("Độ phủ quy chế", "regulations:coverage", "layout-dashboard"),),
    )
)  # fmt: skip

disclosures = declare(
    Register(
        model=Disclosure,
        code="disclosure",
        slug="quy-che/cong-khai",
        label="Công khai",
        noun="nội dung công khai",
        icon="eye",
        date="disclosed_on",
        columns=(
            Column("content", link=True),
            Column("unit"),
            Column("body", phone=False),
            Column("channel"),
            Column("plan_number", phone=False),
            Column("disclosed_on"),
            Column("quarter_words", label="Quý", phone=False, sort="disclosed_on"),
            Column("posting_state", label="Số ngày", tones=POSTING_TONES, sort="-"),
        ),
        sections=(
            Section("Nội dung", ("unit", "content", "body", "plan_number", "note")),
            Section("Hình thức, thời gian", ("channel", "disclosed_on", "posted_until", "quarter_words", "posted_days_words")),
        ),
        rights=Rights("disclosure.view", own="disclosure.edit_own", any="disclosure.edit_any"),
        form=DisclosureForm,
        filters={"don_vi": "unit", "hinh_thuc": "channel"},
        tabs=(
            Tab("niem-yet", "Niêm yết", lambda: Q(channel=Channel.POSTING)),
            Tab("loa", "Loa truyền thanh", lambda: Q(channel=Channel.LOUDSPEAKER)),
        ),
        order=("-disclosed_on", "-pk"),
        empty="Mỗi nội dung đơn vị đã công khai trong quý là một dòng. Quý không có nội dung nào thì báo không phát sinh.",
        attachments=True,
        select_related=("day_rule",),
        save=save_disclosure,
        initial=_own_body,
        links=(("Không phát sinh", "regulations:nil_returns", "circle-dashed"),),
    )
)

duties = declare(
    Register(
        model=RegulationDuty,
        code="regulation_duty",
        slug="quy-che/ap-dung",
        label="Phạm vi áp dụng quy chế",
        noun="phạm vi áp dụng",
        icon="list-checks",
        date="",
        columns=(Column("unit", link=True), Column("subject"), Column("applies")),
        sections=(Section("Phạm vi áp dụng", ("unit", "subject", "applies")),),
        rights=Rights("regulation.view", any="regulation.edit_any"),
        form=DutyForm,
        filters={"don_vi": "unit", "loai": "subject", "ap_dung": "applies"},
        order=("unit__sort_key", "subject__position", "pk"),
        empty="Không có dòng nào nghĩa là mọi loại quy chế đều bắt buộc với đơn vị cùng loại hình.",
        menu="",
        links=(("Độ phủ quy chế", "regulations:coverage", "layout-dashboard"),),
    )
)
