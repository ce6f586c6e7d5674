from danvan.registers.declare import Action, Column, Register, Rights, Section
from danvan.registers.registry import declare
from danvan.reporting.choices import TONES
from danvan.reporting.models import Report

reports = declare(
    Register(
        model=Report,
        code="report",
        slug="bao-cao/kho",
        label="Kho báo cáo",
        noun="báo cáo",
        icon="archive",
        date="issued_on",
        columns=(
            Column("title", link=True),
            Column("unit"),
            Column("period"),
            Column("number_words", label="Số"),
            Column("issued_on"),
            Column("status", tones=TONES),
        ),
        sections=(Section("Báo cáo", ("title", "unit", "period", "number_words", "issued_on", "override_reason")),),
        rights=Rights("report.view"),
        filters={"don_vi": "unit", "trang_thai": "status"},
        actions=(Action("Mở báo cáo", "reporting:open", lambda user, obj: None, "arrow-right"),),
        order=("-period", "unit__sort_key", "pk"),
        empty="Báo cáo đã lập, đã phát hành được giữ ở đây.",
        menu="Báo cáo",
    )
)
