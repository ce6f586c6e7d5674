from django.db.models import Q

from danvan.common import clock
from danvan.registers.declare import Action, Child, Column, Register, Rights, Section, Tab
from danvan.registers.registry import declare
from models_awards import permissions
from models_awards.choices import BEFORE_RECOGNITION, STAGE_TONES, Stage
from models_awards.forms import AwardForm, CampaignForm, RegistrationForm, ReplicationForm
from models_awards.models import Award, Campaign, Registration, Replication


def _save_award(form, *, by):
    form.instance.set_counting_date()
    return form.save()


def _save_registration(form, *, by):
    permissions.check_can_register(by, form.instance)
    return form.save()


def _open_campaign(user):
    today = clock.today()
    campaigns = Campaign.objects.readable_by(user).filter(opens_on__lte=today, late_until__gte=today)
    return {"campaign": campaigns.order_by("-year").first()}


registrations = declare(
    Register(
        model=Registration,
        code="registration",
        slug="dan-van-kheo/dang-ky",
        label="Đăng ký Dân vận khéo",
        noun="đăng ký",
        icon="handshake",
        date="registered_on",
        columns=(
            Column("name", link=True),
            Column("unit"),
            Column("kind"),
            Column("subject_type", phone=False),
            Column("field", phone=False),
            Column("registered_on"),
            Column("households", total=True),
            Column("status", tones=STAGE_TONES),
        ),
        sections=(
            Section("Thông tin chung", ("campaign", "unit", "kind", "subject_type", "field", "continues", "registered_on", "households")),
            Section("Tên và lý do", ("name", "situation", "goals")),
            Section("Cách làm", ("content", "area", "forces", "resources")),
            Section("Kết quả", ("outputs", "sustainability")),
        ),
        rights=Rights("registration.view", own="registration.edit_own", any="registration.edit_any"),
        form=RegistrationForm,
        filters={"don_vi": "unit", "dot": "campaign", "loai": "kind", "chu_the": "subject_type", "linh_vuc": "field", "buoc": "status"},
        tabs=(
            Tab("dang-lam", "Đang thực hiện", lambda: Q(status__in=BEFORE_RECOGNITION)),
            Tab("cong-nhan", "Được công nhận", lambda: Q(recognised_on__isnull=False)),
            Tab("tiep-tuc", "Tiếp tục thực hiện", lambda: Q(status=Stage.CONTINUED)),
            Tab("da-rut", "Đã rút", lambda: Q(withdrawn_on__isnull=False)),
        ),
        children=(
            Child(
                "stages",
                "Các bước đã qua",
                (Column("stage"), Column("level"), Column("held_on"), Column("decision_number"), Column("note")),
                date="held_on",
            ),
            Child(
                "awards",
                "Khen thưởng",
                (Column("name"), Column("form"), Column("granting_body"), Column("decision_number")),
                date="decided_on",
            ),
        ),
        actions=(
            Action("Ghi bước tiếp theo", "models_awards:stage_record", permissions.check_can_move_stage, "arrow-right"),
            Action("Rút đăng ký", "models_awards:registration_withdraw", permissions.check_can_withdraw, "undo-2"),
            Action("Khôi phục đăng ký", "models_awards:registration_restore", permissions.check_can_restore, "refresh-cw"),
        ),
        order=("-registered_on", "-pk"),
        check_edit=permissions.check_can_edit_registration,
        empty="Mỗi mô hình, điển hình “Dân vận khéo” của đơn vị là một đăng ký gồm chín nội dung. Bắt đầu bằng nút Thêm đăng ký.",
        attachments=True,
        select_related=("campaign", "continues"),
        save=_save_registration,
        initial=_open_campaign,
    )
)

awards = declare(
    Register(
        model=Award,
        code="award",
        slug="khen-thuong/danh-sach",
        label="Khen thưởng",
        noun="khen thưởng",
        icon="award",
        date="decided_on",
        columns=(
            Column("name", link=True),
            Column("unit"),
            Column("form"),
            Column("granting_body", phone=False),
            Column("occasion"),
            Column("decision_number", phone=False),
            Column("decided_on", phone=False),
            Column("award_year"),
        ),
        sections=(
            Section("Được khen", ("unit", "subject_type", "name", "registration")),
            Section("Quyết định", ("form", "granting_body", "decision_number", "decided_on", "award_year", "occasion")),
        ),
        rights=Rights("award.view", any="award.edit"),
        form=AwardForm,
        filters={
            "don_vi": "unit",
            "hinh_thuc": "form",
            "co_quan": "granting_body",
            "dip": "occasion",
            "chu_the": "subject_type",
            "nam": "award_year",
        },
        order=("-award_year", "-decided_on", "-pk"),
        empty="Khen thưởng ghi theo từng quyết định, tập thể và cá nhân riêng, tính theo năm khen.",
        attachments=True,
        select_related=("registration",),
        save=_save_award,
    )
)

campaigns = declare(
    Register(
        model=Campaign,
        code="campaign",
        slug="dan-van-kheo/dot",
        label="Đợt đăng ký",
        noun="đợt đăng ký",
        icon="calendar",
        date="opens_on",
        columns=(
            Column("name", link=True),
            Column("unit", phone=False),
            Column("year"),
            Column("opens_on"),
            Column("closes_on"),
            Column("late_until", phone=False),
            Column("published_on", phone=False),
        ),
        sections=(
            Section("Đợt đăng ký", ("unit", "year", "name", "guidance")),
            Section("Thời gian", ("opens_on", "closes_on", "late_until", "published_on")),
        ),
        rights=Rights("campaign.view", any="campaign.edit"),
        form=CampaignForm,
        filters={"nam": "year"},
        order=("-year", "-pk"),
        empty="Cơ quan dân vận mở một đợt đăng ký mỗi năm.",
        menu="",
    )
)

replications = declare(
    Register(
        model=Replication,
        code="replication",
        slug="dan-van-kheo/nhan-rong",
        label="Nhân rộng",
        noun="lần nhân rộng",
        icon="copy",
        date="replicated_on",
        columns=(Column("registration", link=True, sort="title_key"), Column("unit"), Column("replicated_on")),
        sections=(Section("Nhân rộng", ("unit", "registration", "replicated_on", "result")),),
        rights=Rights("registration.view", own="registration.edit_own", any="registration.edit_any"),
        form=ReplicationForm,
        filters={"don_vi": "unit"},
        order=("-replicated_on", "-pk"),
        empty="Mỗi đơn vị làm theo một mô hình, điển hình là một lần nhân rộng.",
        attachments=True,
    )
)
