"""What "Dân vận khéo" and awards say in the year's reports. Every number comes from the context; no digit stands here."""

from collections import Counter

from danvan.common.text import format_date
from danvan.figures.registry import figure
from danvan.reporting.blocks import column, numbered_rows, paragraph, table, wide_appendix
from danvan.reporting.kinds import appendix, chapter
from models_awards.choices import Level, Stage
from models_awards.models import Award
from models_awards.selectors import recognised_records, registered, summary_by_unit_and_field

AWARD_FIGURES = ["kt_btv_kl62", "kt_btv_kl101", "kt_btv_qcdc", "kt_btv_tuyen_giao", "kt_ubnd_dvcq", "kt_bo_ton_giao", "kt_dvk"]


@chapter("annual", at="A.II.7")
def movement(context):
    n = context.n
    return [
        paragraph(
            f"{context.words.whole} có {n('dvk_model')} mô hình và {n('dvk_exemplar')} điển hình “Dân vận khéo” đăng ký "
            f"{context_words(context)}, trong đó {n('dvk_new')} đăng ký mới, {n('dvk_continued')} tiếp tục từ năm trước; "
            f"{n('dvk_collective')} của tập thể, {n('dvk_individual')} của cá nhân; {n('dvk_households')} hộ tham gia. "
            f"Đã khảo sát {n('dvk_surveyed')}, thẩm định {n('dvk_appraised')} mô hình, điển hình."
        ),
        paragraph(
            f"Đã công nhận {context.words.upper} {n('dvk_model_recognised')} mô hình (đạt {n('dvk_model_rate')} số đăng ký) và "
            f"{n('dvk_exemplar_recognised')} điển hình (đạt {n('dvk_exemplar_rate')} số đăng ký){occasion_words(context)}."
            f"{others_words(context)}"
        ),
        *field_table(context),
        *award_table(context),
    ]


def context_words(context):
    return f"năm {context.year}"


def occasion_words(context):
    """The decisions and the occasion of the recognitions, from the stage records."""
    steps = recognised_records(context)
    decisions = sorted({(step.held_on, step.decision_number) for step in steps})
    occasions = sorted({step.occasion for step in steps if step.occasion})
    told = " và ".join(f"{number} ngày {format_date(day)}" for day, number in decisions)
    words = f" theo {'các quyết định' if len(decisions) > 1 else 'Quyết định'} số {told}" if decisions else ""
    return words + (f", nhân dịp {'; '.join(occasions)}" if occasions else "")


def others_words(context):
    """Said only while it is true: none of the registered was stopped."""
    rows = list(registered(context))
    others = [row for row in rows if not is_recognised(context, row)]
    going_on = others and all(row.status != Stage.STOPPED for row in others)
    return " Các mô hình, điển hình khác tiếp tục thực hiện." if going_on else ""


def field_table(context):
    rows = list(registered(context))
    if not rows:
        return []
    columns = [
        column("Lĩnh vực", 5),
        *[column(label, 2, "right") for label in ("Mô hình đăng ký", "Điển hình đăng ký", "Được công nhận")],
    ]
    fields = sorted({row.field for row in rows}, key=lambda field: (field.position, field.pk))
    lines = [[field.name, *_field_counts(context, [row for row in rows if row.field_id == field.pk])] for field in fields]
    total = ["Cộng", *_field_counts(context, rows)]
    return [table(columns, lines, total=total, caption="Đăng ký và công nhận theo lĩnh vực")]


def _field_counts(context, rows):
    kinds = Counter(row.kind for row in rows)
    return [str(kinds["mo_hinh"]), str(kinds["dien_hinh"]), str(sum(is_recognised(context, row) for row in rows))]


def is_recognised(context, row):
    starts_on, ends_on = context.span
    return bool(row.recognised_on and starts_on <= row.recognised_on <= ends_on and row.recognised_level == Level.DISTRICT)


def award_table(context):
    """Awards always by occasion, never one sum without its parts; the rewards for "Dân vận khéo" stand apart."""
    given = [code for code in AWARD_FIGURES if context.values.value(code)]
    lines = [[context.words.told(figure(code).label), figure(code).unit_of_measure, context.n(code)] for code in given]
    if not lines:
        return []
    columns = [column("Hình thức, dịp khen", 8), column("Đơn vị tính", 3), column("Số lượng", 2, "right")]
    return [
        paragraph("Công tác khen thưởng trong năm, tính theo từng dịp:"),
        table(columns, lines, caption="Khen thưởng theo dịp"),
    ]


@chapter("unit", at="A.II.7")
def ward_movement(context):
    n = context.n
    return [
        paragraph(
            f"Đơn vị đăng ký {n('dvk_model')} mô hình, {n('dvk_exemplar')} điển hình “Dân vận khéo”, trong đó {n('dvk_new')} đăng ký mới, "
            f"{n('dvk_continued')} tiếp tục từ năm trước; {n('dvk_households')} hộ tham gia. Được công nhận {context.words.upper} "
            f"{n('dvk_model_recognised')} mô hình, {n('dvk_exemplar_recognised')} điển hình."
        )
    ]


@appendix("annual", "unit", code="D1")
def list_of_registered(context):
    rows = list(registered(context))
    if not rows:
        return None
    columns = [
        column("TT", 3, "center"), column("Tên mô hình, điển hình", 20), column("Loại", 4), column("Chủ thể", 4),
        column("Lĩnh vực", 8), column("Đơn vị", 8), column("Mới/tiếp tục", 4), column("Ngày đăng ký", 5),
    ]  # fmt: skip
    lines = [
        [
            row.name, row.get_kind_display(), row.get_subject_type_display(), row.field.name, context.names[row.unit_id],
            "Tiếp tục" if row.continues_id else "Mới", format_date(row.registered_on),
        ]
        for row in rows
    ]  # fmt: skip
    return wide_appendix("DANH SÁCH MÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO” ĐĂNG KÝ", table(columns, numbered_rows(lines)))


@appendix("annual", code="D2")
def summary(context):
    lines, total = summary_by_unit_and_field(context)
    if not lines:
        return None
    labels = [
        "Mô hình đăng ký",
        "Điển hình đăng ký",
        "Khảo sát",
        "Thẩm định",
        "Công nhận cấp cơ sở",
        "Công nhận cấp trên cơ sở",
        "Công nhận cấp tỉnh, thành phố",
        "Tỷ lệ",
    ]
    columns = [column("Đơn vị", 5), column("Lĩnh vực", 5), *[column(context.words.told(label), 2, "right") for label in labels]]
    return wide_appendix("TỔNG HỢP ĐĂNG KÝ, CÔNG NHẬN THEO ĐƠN VỊ VÀ LĨNH VỰC", table(columns, lines, total=total), *charts(context))


def charts(context):
    values, last = context.values, context.last
    codes = ["dvk_model", "dvk_exemplar", "dvk_surveyed", "dvk_appraised", "dvk_model_recognised", "dvk_exemplar_recognised"]
    labels = ["Mô hình đăng ký", "Điển hình đăng ký", "Đã khảo sát", "Đã thẩm định", "Mô hình công nhận", "Điển hình công nhận"]
    return [
        {
            "type": "chart", "chart": "years", "title": f"Phong trào “Dân vận khéo” năm {context.year - 1} và {context.year}",
            "desc": "So sánh số đăng ký, khảo sát, thẩm định và công nhận của hai năm.", "categories": labels,
            "series": [
                {"label": f"Năm {context.year - 1}", "values": [last.value(code) for code in codes]},
                {"label": f"Năm {context.year}", "values": [values.value(code) for code in codes]},
            ],
        }
    ]  # fmt: skip


@appendix("annual", code="D3")
def list_of_recognised(context):
    """Recognitions and rewards are two acts of different bodies: each has its own table and its own numbers."""
    tables = [*recognition_table(context), *reward_table(context)]
    return wide_appendix("DANH SÁCH CÔNG NHẬN, KHEN THƯỞNG", *tables) if tables else None


def recognition_table(context):
    lines = [
        [
            step.registration.name, context.words.told(step.get_level_display()), f"{step.decision_number}, {format_date(step.held_on)}",
            step.occasion,
        ]
        for step in recognised_records(context)
    ]  # fmt: skip
    columns = [
        column("TT", 3, "center"), column("Tên mô hình, điển hình", 22), column("Cấp công nhận", 6), column("Số, ngày quyết định", 9),
        column("Dịp", 12),
    ]  # fmt: skip
    return [table(columns, numbered_rows(lines), caption="Công nhận mô hình, điển hình “Dân vận khéo”")] if lines else []


def reward_table(context):
    lines = [
        [
            row.name, row.get_form_display(), context.words.told(row.get_granting_body_display()),
            f"{row.decision_number}, {format_date(row.decided_on)}", row.get_occasion_display(),
        ]
        for row in awards_of(context)
    ]  # fmt: skip
    columns = [
        column("TT", 3, "center"), column("Tập thể, cá nhân", 18), column("Hình thức khen", 6), column("Cơ quan khen", 9),
        column("Số, ngày quyết định", 9), column("Dịp", 12),
    ]  # fmt: skip
    return [table(columns, numbered_rows(lines), caption="Khen thưởng")] if lines else []


def awards_of(context):
    starts_on, ends_on = context.span
    rows = Award.objects.filter(unit__in=context.units, awarded_on__range=(starts_on, ends_on))
    return rows.order_by("occasion", "granting_body", "sort_key", "unit__code", "decision_number")
