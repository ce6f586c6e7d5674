"""What must always hold in the data, told in sentences. Reads only; `manage.py check_data` runs all of it."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, FileField, Max, OuterRef, Q, Subquery
from django.utils import timezone

from danvan.attachments.models import Attachment
from danvan.audit import chain
from danvan.common import text
from danvan.common.constraints import SameUnit
from danvan.common.models import CopiedTitle
from danvan.figures.models import FigureValue
from danvan.jobs.models import Job, State
from danvan.operations import erasure, tree_checks
from danvan.operations.backup import names_below
from danvan.reporting.choices import Status as ReportStatus
from danvan.reporting.models import Report, ReportVersion
from danvan.reporting.snapshot import digest
from danvan.submissions.choices import SENT, Status
from danvan.submissions.models import Round, Submission, TypedValue
from danvan.workflow.models import StatusChange

# A file is written before its row: younger ones may belong to an upload or a job that is under way.
YOUNG_SECONDS = 3600


@dataclass(frozen=True)
class Check:
    label: str
    problems: Callable[[], Iterator[str]]


# --- what belongs together ------------------------------------------------------------------------


def same_units():
    """A row has the unit of the record it belongs to. PostgreSQL holds it by a key of two columns, SQLite has only this."""
    for model in apps.get_models():
        for key in (found for found in model._meta.constraints if isinstance(found, SameUnit)):
            theirs = F(f"{key.parent}__unit")
            for row in model._base_manager.exclude(**{key.parent: None}).exclude(**{key.unit: theirs}).order_by("pk"):
                yield f"{model._meta.verbose_name} {row.pk}: đơn vị khác đơn vị của {model._meta.get_field(key.parent).verbose_name}"


def copied_titles():
    """A title kept beside a reference is what the record is called."""
    for model in apps.get_models():
        for field in (found for found in model._meta.fields if isinstance(found, CopiedTitle)):
            for row in model._base_manager.select_related(field.source).order_by("pk").iterator(500):
                record = getattr(row, field.source)
                if getattr(row, field.name) != ("" if record is None else str(record)):
                    yield f"{model._meta.verbose_name} {row.pk}: {field.verbose_name} khác hồ sơ gốc"


# --- submissions and frozen figures -----------------------------------------------------------


def accepted():
    return Submission.objects.filter(status=Status.ACCEPTED).select_related("period__regime", "unit").order_by("pk")


def frozen_values():
    """{(unit id, period): {code: value}}"""
    found = {}
    for unit, period, code, value in FigureValue.objects.values_list("unit", "period", "code", "value"):
        found.setdefault((unit, period), {})[code] = value
    return found


def frozen_equals_sent():
    """What was frozen on acceptance is what the last round sent, as it was printed there."""
    frozen, rounds = frozen_values(), {}
    for row in Round.objects.order_by("number"):
        rounds[row.submission_id] = row
    shared = Counter((s.unit_id, s.period.code, code) for s in accepted() for code in s.period.regime.typed_codes)
    for submission in accepted():
        sent = rounds[submission.pk].values if submission.pk in rounds else {}
        values = frozen.get((submission.unit_id, submission.period.code), {})
        for code in submission.period.regime.typed_codes:
            # a figure that two accepted reports type was frozen by the first of them
            if shared[submission.unit_id, submission.period.code, code] > 1 or code not in sent:
                continue
            if _printed(values.get(code)) != sent[code]:
                yield f"{submission}: chỉ tiêu {code} đã chốt {_printed(values.get(code))}, lần gửi cuối ghi {sent[code]}"


def _printed(value):
    return text.format_number(value) if value is None or value != value.to_integral_value() else text.format_number(int(value))


def typed_equals_frozen():
    """An accepted report's typed rows were not changed behind its frozen values."""
    frozen = frozen_values()
    for row in TypedValue.objects.filter(submission__status=Status.ACCEPTED).order_by("pk"):
        kept = frozen.get((row.unit_id, row.period_code), {}).get(row.code)
        if kept is not None and kept != row.value:
            yield f"số liệu nhập {row.pk}: {row.code} là {_printed(row.value)}, đã chốt {_printed(kept)}"


def typed_belongs():
    """Unit, period and date on a typed value are those of its report."""
    own = Q(unit=F("submission__unit"), period_code=F("submission__period__code"), ends_on=F("submission__period__ends_on"))
    for row in TypedValue.objects.exclude(own).order_by("pk"):
        yield f"số liệu nhập {row.pk} ({row.code}): đơn vị, kỳ hoặc ngày khác báo cáo {row.submission_id} của nó"


def submission_facts():
    """Status and dates of a report say the same."""
    for row in Submission.objects.filter(status=Status.ACCEPTED, accepted_on=None):
        yield f"báo cáo {row.pk}: đã duyệt mà không có ngày duyệt"
    for row in Submission.objects.exclude(status=Status.ACCEPTED).exclude(accepted_on=None):
        yield f"báo cáo {row.pk}: chưa duyệt mà có ngày duyệt {text.format_date(row.accepted_on)}"
    for row in Submission.objects.filter(status__in=SENT, rounds=None):
        yield f"báo cáo {row.pk}: đã gửi mà không có lần gửi nào"
    for row in Submission.objects.filter(status__in=SENT, submitted_on=None):
        yield f"báo cáo {row.pk}: đã gửi mà không có ngày gửi"


def report_facts():
    """An issued report has number, date and an issued version, unless its production is still under way."""
    issued = Report.objects.filter(status__in=[ReportStatus.ISSUED, ReportStatus.ARCHIVED])
    for row in issued.filter(Q(number=None) | Q(issued_on=None)):
        yield f"báo cáo {row.pk}: đã phát hành mà thiếu số hoặc ngày"
    under_way = Job.objects.exclude(state=State.DONE).filter(kind="report", params__issue=True).values_list("params__report", flat=True)
    for row in issued.exclude(versions__issued=True).exclude(pk__in=list(under_way)):
        yield f"báo cáo {row.pk}: đã phát hành mà không có bản phát hành"


def statuses():
    """The status of a record is where its last recorded move led."""
    for model in apps.get_models():
        if hasattr(model, "TRANSITIONS") and any(field.name == "status" for field in model._meta.fields):
            yield from _statuses_of(model)


def _statuses_of(model):
    changes = StatusChange.objects.filter(content_type=ContentType.objects.get_for_model(model))
    last = changes.filter(object_id=OuterRef("pk")).order_by("-pk").values("to_status")[:1]
    rows = model._default_manager.annotate(_moved_to=Subquery(last)).exclude(_moved_to=None).exclude(status=F("_moved_to"))
    for row in rows.order_by("pk"):
        yield f"{model._meta.verbose_name} {row.pk}: bước “{row.status}”, lần chuyển cuối ghi “{row._moved_to}”"
    gone = changes.values("object_id").annotate(newest=Max("pk")).exclude(object_id__in=model._default_manager.values("pk"))
    for change in gone:
        yield f"{model._meta.verbose_name} {change['object_id']}: còn lịch sử chuyển bước mà không còn hồ sơ"


# --- files --------------------------------------------------------------------------------------


def stored_files():
    """(who, path, sha256 or "", size or None) of every private file that a row names."""
    for row in Attachment.objects.order_by("pk"):
        yield f"tệp kèm theo {row.pk}", row.file.name, row.sha256, row.size
    for row in ReportVersion.objects.order_by("pk"):
        yield f"bản báo cáo {row.pk}", row.path, row.sha256, None
        yield f"bản báo cáo {row.pk}", row.figures_path, row.figures_sha256, None
    for row in Job.objects.exclude(output_path="").order_by("pk"):
        yield f"việc chạy nền {row.pk}", row.output_path, row.output_sha256, None
    for model in apps.get_models():
        for field in [f for f in model._meta.fields if isinstance(f, FileField) and model is not Attachment]:
            for pk, name in model._default_manager.exclude(**{field.name: ""}).values_list("pk", field.name):
                if name and not model._meta.model_name.startswith("historical"):
                    yield f"{model._meta.verbose_name} {pk}", name, "", None


def files_of_rows():
    """Every file a row names is there, with the bytes that were stored."""
    root, seen = Path(settings.PRIVATE_ROOT), {}
    for who, name, sha256, size in stored_files():
        path = root / name
        if not path.is_file():
            yield f"{who}: thiếu tệp {name}"
            continue
        seen[name] = seen.get(name) or _sha256(path)
        if sha256 and seen[name] != sha256:
            yield f"{who}: tệp {name} khác mã băm đã ghi"
        elif size is not None and path.stat().st_size != size:
            yield f"{who}: tệp {name} khác số byte đã ghi"


def _sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def rows_of_files():
    """Every private file belongs to a row; those just written may be waiting for theirs."""
    root, known = Path(settings.PRIVATE_ROOT), {name for _, name, *_ in stored_files()}
    limit = timezone.now().timestamp() - YOUNG_SECONDS
    for name in sorted(set(names_below(root)) - known - {erasure.REGISTER}):
        if (root / name).stat().st_mtime < limit:
            yield f"tệp {name}: không hồ sơ nào ghi nhận"


def snapshots():
    """The content of each version is the one whose hash was kept."""
    for row in ReportVersion.objects.order_by("pk").iterator(20):
        if digest(row.snapshot) != row.snapshot_sha256:
            yield f"bản báo cáo {row.pk}: nội dung đã chốt khác mã băm"


CHECKS = [
    Check("Nhánh đơn vị", tree_checks.unit_paths),
    Check("Thông tin đơn vị hôm nay", tree_checks.units_of_today),
    Check("Cơ cấu đơn vị theo thời gian", tree_checks.trees_in_time),
    Check("Đơn vị đã kết thúc không hoạt động lại", tree_checks.revived),
    Check("Kế tục giữa các đơn vị", tree_checks.successions),
    Check("Quyết định sắp xếp khớp với những gì đã ghi", tree_checks.decisions),
    Check("Phần con cùng đơn vị với hồ sơ cha", same_units),
    Check("Tên hồ sơ ghi kèm đúng với hồ sơ gốc", copied_titles),
    Check("Số liệu đã chốt bằng số đã gửi", frozen_equals_sent),
    Check("Số liệu nhập bằng số đã chốt", typed_equals_frozen),
    Check("Số liệu nhập đúng đơn vị và kỳ của báo cáo", typed_belongs),
    Check("Báo cáo kỳ: trạng thái khớp ngày và lần gửi", submission_facts),
    Check("Báo cáo: trạng thái khớp số, ngày và bản phát hành", report_facts),
    Check("Trạng thái hồ sơ khớp lịch sử chuyển bước", statuses),
    Check("Tệp của hồ sơ còn đủ, đúng mã băm", files_of_rows),
    Check("Không có tệp mồ côi", rows_of_files),
    Check("Nội dung bản báo cáo đúng mã băm", snapshots),
    Check("Người đã xóa theo yêu cầu không trở lại", erasure.returned),
    Check("Chuỗi niêm phong của nhật ký", chain.problems),
]
