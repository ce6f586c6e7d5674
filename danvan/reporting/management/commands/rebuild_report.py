import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from danvan.access.rows import whole_office
from danvan.jobs.outputs import publish, stage
from danvan.reporting.models import Report, ReportVersion
from danvan.reporting.production import rendered
from danvan.reporting.snapshot import digest, of_report


class Command(BaseCommand):
    help = (
        "Dựng lại tệp đã mất của một bản báo cáo từ nội dung đã chốt (mã băm phải trùng), rồi lập nội dung mới từ hồ sơ hiện nay "
        "và so mã băm với bản đó. Không ghi đè tệp đang có, không ghi gì vào cơ sở dữ liệu."
    )

    def add_arguments(self, parser):
        parser.add_argument("kind", metavar="KIND", help="loại báo cáo: annual hoặc unit")
        parser.add_argument("unit", metavar="UNIT_CODE", help="mã đơn vị lập báo cáo, ví dụ BDV")
        parser.add_argument("period", metavar="PERIOD", help="kỳ, ví dụ 2019")
        parser.add_argument("--number", type=int, help="bản thứ mấy; mặc định là bản mới nhất")

    @whole_office("rebuild_report reads what it is asked for", patient=True)
    def handle(self, *args, kind, unit, period, number, **options):
        report = Report.objects.filter(kind=kind, unit__code=unit, period=period).select_related("unit").first()
        versions = report.versions.filter(**({"number": number} if number else {})) if report else ReportVersion.objects.none()
        version = versions.first()
        if version is None:
            raise CommandError(f"Chưa có bản báo cáo nào của {unit}, loại {kind}, kỳ {period}.")
        restored = [self.restore(version, path, sha256, figures) for path, sha256, figures in files_of(version)]
        fresh = digest(as_frozen(of_report(report), version))
        same = fresh == version.snapshot_sha256
        self.stdout.write(f"nội dung đã chốt  {version.snapshot_sha256}\nlập lại từ hồ sơ  {fresh}  {'trùng' if same else 'KHÁC'}")
        if not same or not all(restored):
            raise CommandError("Có mã băm không trùng.")

    def restore(self, version, path, sha256, figures):
        if (Path(settings.PRIVATE_ROOT) / path).exists():
            self.stdout.write(f"{path}: còn, giữ nguyên")
            return True
        data = rendered(version.snapshot, figures=figures)
        same = hashlib.sha256(data).hexdigest() == sha256
        if same:
            publish(stage(path, data))
        self.stdout.write(f"{path}: {'đã dựng lại, mã băm trùng' if same else 'dựng lại được nhưng mã băm KHÁC, không ghi'}")
        return same


def files_of(version):
    return [(version.path, version.sha256, False), (version.figures_path, version.figures_sha256, True)]


def as_frozen(snapshot, version):
    """Number and date are no records: they were written on the day of issue."""
    header = {**snapshot["header"], **{name: version.snapshot["header"][name] for name in ("number", "issued_on")}}
    return {**snapshot, "header": header, "draft": version.snapshot["draft"]}
