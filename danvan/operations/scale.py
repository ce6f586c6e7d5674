"""A made-up office of any size for measuring: the same arguments give the same rows. Never the data of anybody."""

import datetime
import random
from dataclasses import dataclass, field
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from danvan.access.roles import ADMINISTRATOR, HEAD, LEADER, OFFICER, REVIEWER
from danvan.accounts.models import Membership, User
from danvan.catalogues.models import FieldOfWork
from danvan.common import clock
from danvan.figures import registry
from danvan.figures.compute import compute
from danvan.figures.declare import UNIT, Typed
from danvan.figures.models import FigureValue
from danvan.submissions.choices import Status
from danvan.submissions.models import Period, Regime, Round, Submission, TypedValue
from danvan.submissions.selectors import sheet_codes
from danvan.units.models import Kind, Unit, UnitVersion
from danvan.units.services import create_unit
from danvan.workflow.models import StatusChange
from models_awards.choices import Level, ModelKind, Stage, SubjectType
from models_awards.models import Campaign, Registration

BATCH = 2000
ROOT, BOARD = "TL", "TL-BDV"
FOUNDED_ON = datetime.date(2000, 1, 1)
ACCOUNTS = {"tl-can-bo": OFFICER, "tl-truong-don-vi": HEAD, "tl-chuyen-vien": REVIEWER, "tl-lanh-dao": LEADER, "tl-quan-tri": ADMINISTRATOR}
WORK = [
    "Tuyến đường tự quản", "Tổ hòa giải giỏi", "Ngõ phố xanh sạch đẹp", "Chi hội giúp nhau làm kinh tế", "Khu dân cư an toàn",
    "Camera an ninh", "Thu gom rác tại nguồn", "Giải phóng mặt bằng", "Bếp ăn tình thương", "Lớp học xóa mù chữ",
    "Hũ gạo nghĩa tình", "Cải cách hành chính",
]  # fmt: skip
PLACES = ["khu phố", "tổ dân phố", "ấp", "chung cư", "chợ", "trường học", "hẻm", "kênh"]
STAGES = [Stage.REGISTERED, Stage.RUNNING, Stage.SURVEYED, Stage.RECOGNISED, Stage.RECOGNISED, Stage.CONTINUED, Stage.STOPPED]


@dataclass
class Scale:
    """One run: what was asked for and what exists so far."""

    units: int
    years: int
    registrations: int
    seed: int
    step: object = lambda done, total: None
    say: object = lambda text: None
    wards: list = field(default_factory=list)

    def __post_init__(self):
        self.random = random.Random(self.seed)  # noqa: S311 - data for measuring, no secret
        last = clock.today().year
        self.span = range(last - self.years + 1, last + 1)

    def in_batches(self, model, rows, total):
        """Writes rows as they are made: flat in memory."""
        batch, done = [], 0
        for row in rows:
            batch.append(row)
            if len(batch) == BATCH:
                done += len(model.objects.bulk_create(batch))
                batch = []
                self.step(done, total)
        done += len(model.objects.bulk_create(batch))
        self.step(done, total)
        return done


@transaction.atomic
def load(scale):
    create_units(scale)
    users = create_accounts(scale)
    scale.say(f"{scale.units} đơn vị, {len(users)} tài khoản")
    count = scale.in_batches(Registration, registrations(scale), scale.registrations)
    scale.say(f"{count} đăng ký trong {scale.years} năm")
    regime = Regime.objects.get(code="dan_van")
    for year in scale.span:
        report_year(scale, regime, year, users)
    scale.say(f"{scale.years} kỳ báo cáo, {FigureValue.objects.count()} số liệu đã chốt")


# --- who ------------------------------------------------------------------------------------


def create_units(scale):
    root = create_unit(code=ROOT, name="Cấp ủy thử quy mô", kind=Kind.PARTY_COMMITTEE, valid_from=FOUNDED_ON, place="Thử nghiệm")
    create_unit(code=BOARD, name="Cơ quan dân vận thử quy mô", kind=Kind.MOBILIZATION_BOARD, valid_from=FOUNDED_ON, parent=root)
    names = [(f"{ROOT}-{number:04d}", f"Đơn vị số {number}") for number in range(1, scale.units + 1)]
    wards = Unit.objects.bulk_create(Unit(code=code, name=name, scope_path=f"new-{code}.") for code, name in names)
    for ward in wards:
        ward.scope_path = f"{root.scope_path}{ward.pk}."
    Unit.objects.bulk_update(wards, ["scope_path"], batch_size=BATCH)
    UnitVersion.objects.bulk_create(
        UnitVersion(unit=ward, valid_from=FOUNDED_ON, parent=root, path=ward.scope_path, name=ward.name, kind=Kind.WARD) for ward in wards
    )
    scale.root, scale.wards = root, wards


def create_accounts(scale):
    """No password: a measuring program logs in by itself."""
    board = Unit.objects.get(code=BOARD)
    places = {OFFICER: (scale.wards[0],) * 2, HEAD: (scale.wards[0],) * 2, ADMINISTRATOR: (scale.root,) * 2}
    users = {}
    for username, role in ACCOUNTS.items():
        powers = {"is_staff": True, "is_superuser": True} if role == ADMINISTRATOR else {}
        users[username] = User.objects.create_user(username, display_name=f"Tài khoản thử ({username})", **powers)
        unit, sees = places.get(role, (board, scale.root))
        Membership.objects.create(user=users[username], unit=unit, sees=sees, role=role, starts_on=FOUNDED_ON)
    return users


# --- what they registered -------------------------------------------------------------------


def registrations(scale):
    campaigns = [create_campaign(scale.root, year) for year in scale.span]
    fields = list(FieldOfWork.objects.order_by("pk"))
    for number in range(scale.registrations):
        yield registration(scale.random, campaigns[number % len(campaigns)], scale.random.choice(scale.wards), fields, number)


def create_campaign(root, year):
    day = datetime.date(year, 1, 15)
    return Campaign.objects.create(
        unit=root, year=year, name=f"Đăng ký “Dân vận khéo” năm {year}", opens_on=day, closes_on=datetime.date(year, 4, 26),
        late_until=datetime.date(year, 12, 31), published_on=day,
    )  # fmt: skip


def registration(chance, campaign, unit, fields, number):
    work, place = chance.choice(WORK), f"{chance.choice(PLACES)} {chance.randrange(1, 60)}"
    registered_on = campaign.opens_on + datetime.timedelta(days=chance.randrange(100))
    status = chance.choice(STAGES)
    recognised = status == Stage.RECOGNISED
    said = f"{work} tại {place}, {unit.name}, giai đoạn {number % 7 + 1}: vận động nhân dân cùng làm, cùng giám sát, cùng thụ hưởng."
    return Registration(
        campaign=campaign, unit=unit, kind=chance.choice(ModelKind.values), subject_type=chance.choice(SubjectType.values),
        field=chance.choice(fields), registered_on=registered_on, households=chance.randrange(5, 400), name=f"{work} {place}, đợt {number}",
        situation=said, goals=said, content=said, area=f"{place}, {unit.name}", forces=said, resources=said, outputs=said,
        sustainability=said, status=status, recognised_on=datetime.date(campaign.year, 10, 15) if recognised else None,
        recognised_level=Level.DISTRICT if recognised else "",
    )  # fmt: skip


# --- what they reported ----------------------------------------------------------------------


def report_year(scale, regime, year, users):
    """Every ward's report: accepted and frozen in all years but the last, where every second one waits for its review."""
    closed = year != scale.span[-1]
    period = create_period(regime, scale.root, year)
    wards = scale.wards if closed else scale.wards[::2]
    submissions = Submission.objects.bulk_create(submission(period, ward, users, closed) for ward in wards)
    typed = [value for sent in submissions for value in typed_values(scale.random, sent, regime)]
    TypedValue.objects.bulk_create(typed, batch_size=BATCH)
    values = compute(period.code, Unit.objects.filter(pk__in=[ward.pk for ward in wards]), live_only=True)
    Round.objects.bulk_create((round_of(sent, values, users) for sent in submissions), batch_size=BATCH)
    if closed:
        FigureValue.objects.bulk_create(frozen(submissions, values, regime), batch_size=BATCH)
        StatusChange.objects.bulk_create((acceptance(sent, users) for sent in submissions), batch_size=BATCH)


def create_period(regime, unit, year):
    return Period.objects.create(
        regime=regime, unit=unit, code=str(year), name=f"Năm {year}", starts_on=datetime.date(year, 1, 1),
        ends_on=datetime.date(year, 12, 31), opens_on=datetime.date(year, 12, 1), published_on=datetime.date(year, 12, 1),
        due_on=datetime.date(year + 1, 1, 10), review_due_on=datetime.date(year + 1, 1, 20),
    )  # fmt: skip


def moment(day):
    return datetime.datetime(day.year, day.month, day.day, 9, tzinfo=timezone.get_default_timezone())


def submission(period, ward, users, accepted):
    sent_on = period.ends_on - datetime.timedelta(days=10)
    return Submission(
        period=period, unit=ward, status=Status.ACCEPTED if accepted else Status.SUBMITTED, confirmed_by=users["tl-truong-don-vi"],
        submitted_on=sent_on, submitted_at=moment(sent_on), accepted_on=period.review_due_on if accepted else None,
        narrative={}, explanations={},
    )  # fmt: skip


def typed_values(chance, sent, regime):
    for code in regime.typed_codes:
        yield TypedValue(
            submission=sent, unit_id=sent.unit_id, code=code, period_code=sent.period.code, ends_on=sent.period.ends_on,
            value=Decimal(chance.randrange(1, 900)),
        )  # fmt: skip


def round_of(sent, values, users):
    printed = {code: values.text(code, {sent.unit_id}) for code in sheet_codes(sent.period.regime)}
    return Round(
        submission=sent, number=1, code=f"{sent.unit.code}-{sent.period.code}", values=printed, narrative={},
        sent_by=users["tl-truong-don-vi"], sent_at=sent.submitted_at,
    )  # fmt: skip


def frozen(submissions, values, regime):
    """What danvan.submissions.freezing leaves on acceptance, for all wards at once."""
    items = [item for item in registry.counted() if item.owner == UNIT] + [registry.figure(code) for code in regime.typed_codes]
    for sent in submissions:
        for item in items:
            value = values.value(item.code, {sent.unit_id})
            source = FigureValue.Source.TYPED if isinstance(item, Typed) else FigureValue.Source.RECORDS
            if value is not None:
                yield FigureValue(unit_id=sent.unit_id, period=sent.period.code, code=item.code, value=value, source=source)


def acceptance(sent, users):
    return StatusChange(
        content_type=ContentType.objects.get_for_model(Submission), object_id=sent.pk, from_status=Status.SUBMITTED,
        to_status=Status.ACCEPTED, changed_by=users["tl-chuyen-vien"], changed_at=moment(sent.accepted_on),
    )  # fmt: skip
