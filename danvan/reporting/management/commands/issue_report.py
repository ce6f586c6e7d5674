from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from danvan.access.roles import RIGHTS
from danvan.access.rows import whole_office
from danvan.accounts.models import Membership
from danvan.figures.periods import span_of
from danvan.reporting.kinds import KINDS, OFFICE
from danvan.reporting.models import Report
from danvan.reporting.snapshot import build
from danvan.units.models import Unit, UnitVersion

FORMATS = ("pdf",)


class Command(BaseCommand):
    help = (
        "Lập báo cáo ngay tại chỗ, không qua hàng đợi, và in đường dẫn các tệp. Lời văn lấy từ báo cáo đang soạn trên cổng, "
        "nếu có; số văn bản và ngày để trống. Không ghi gì vào cơ sở dữ liệu."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND", help="loại báo cáo: " + ", ".join(KINDS))
        parser.add_argument("unit", metavar="UNIT_CODE", help="mã đơn vị lập báo cáo, ví dụ BDV")
        parser.add_argument("period", metavar="PERIOD", help="kỳ: 2019, 2019-Q3, 2019-6M, 2019-9M hoặc 2016..2020")
        parser.add_argument("--out", required=True, metavar="DIR", type=Path, help="thư mục chứa tệp, tạo mới nếu chưa có")
        parser.add_argument("--formats", default="pdf", help="các định dạng, cách nhau dấu phẩy; hiện có: " + ", ".join(FORMATS))
        parser.add_argument("--profile", help="thể thức văn bản; mặc định theo đơn vị")

    def handle(self, *args, kind, unit, period, out, formats, profile, **options):
        check_formats(formats)
        check_profile(profile)
        kind = kind_of(kind)
        check_period(period)
        unit = unit_of(unit, kind, period)
        with whole_office("issue_report prints what it is asked for"):
            snapshot = snapshot_of(kind, unit, period, profile)
        self.tell_unaccepted(snapshot)
        for path in write_files(snapshot, out, f"{kind.code}-{unit.code}-{period}"):
            self.stdout.write(str(path))

    def tell_unaccepted(self, snapshot):
        if snapshot["live_units"]:
            names = ", ".join(snapshot["live_units"])
            self.stderr.write(f"Lưu ý: số liệu chưa duyệt của {len(snapshot['live_units'])} đơn vị: {names}.")


# --- what was asked for -----------------------------------------------------------------


def check_formats(formats):
    wanted = [name.strip() for name in formats.split(",") if name.strip()]
    if not wanted:
        raise CommandError(f"--formats: hãy ghi ít nhất một định dạng. Hiện có: {', '.join(FORMATS)}.")
    if wrong := [name for name in wanted if name not in FORMATS]:
        raise CommandError(f"Chưa xuất được định dạng {', '.join(wrong)}. Hiện có: {', '.join(FORMATS)}.")


def check_profile(profile):
    from danvan.reporting.rendering.profiles import PROFILES

    if profile and profile not in PROFILES:
        raise CommandError(f"Chưa có thể thức “{profile}”. Hiện có: {', '.join(PROFILES)}.")


def kind_of(code):
    if code not in KINDS:
        raise CommandError(f"Không có loại báo cáo “{code}”. Hiện có: {', '.join(KINDS)}.")
    return KINDS[code]


def check_period(period):
    try:
        starts_on, ends_on = span_of(period)
    except ValueError as error:
        raise CommandError(f"{error} Viết 2019, 2019-Q3, 2019-6M, 2019-9M hoặc 2016..2020.") from None
    if starts_on > ends_on:
        raise CommandError(f"Kỳ “{period}” kết thúc trước khi bắt đầu.")


def unit_of(code, kind, period):
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise CommandError(f"Không có đơn vị mã “{code}”.")
    if not UnitVersion.objects.valid_on(span_of(period)[1]).filter(unit=unit, closed=False).exists():
        raise CommandError(f"{unit} không hoạt động vào ngày cuối của kỳ {period}.")
    composing = Membership.objects.filter(unit=unit, role__in=RIGHTS["report.compose"])
    if kind.issuer == OFFICE and not composing.exists():
        raise CommandError(f"“{kind.label}” do cơ quan tổng hợp lập; {unit} không phải là cơ quan đó.")
    return unit


# --- the files ----------------------------------------------------------------------------


def snapshot_of(kind, unit, period, profile):
    composed = Report.objects.filter(kind=kind.code, unit=unit, period=period).first()
    words = {"narrative": composed.narrative, "override_reason": composed.override_reason} if composed else {}
    snapshot = build(kind, unit, period, **words)
    return {**snapshot, "profile": profile or snapshot["profile"]}


def write_files(snapshot, out, name):
    # imported here: only this command and the workers carry the PDF engine
    from danvan.reporting.rendering import render_figures_pdf, render_pdf

    files = {out / f"{name}.pdf": render_pdf, out / f"{name}-chi-tieu.pdf": render_figures_pdf}
    contents = {path: render(snapshot) for path, render in files.items()}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path, content in contents.items():
            path.write_bytes(content)
    except OSError as error:
        raise CommandError(f"Không ghi được vào {out}: {error.strerror}.") from None
    return [path.resolve() for path in contents]
