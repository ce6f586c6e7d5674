"""What "Dân vận khéo" and awards say in the year's reports. Every number comes from the context; no digit stands here."""

from collections import Counter

from danvan.common.text import format_date
from danvan.reporting.kinds import appendix, chapter
from models_awards.choices import Level, Stage
from models_awards.models import Award
from models_awards.selectors import recognised_records, registered, summary_by_unit_and_field

AWARD_FIGURES = ["kt_btv_kl62", "kt_btv_kl101", "kt_btv_qcdc", "kt_btv_tuyen_giao", "kt_ubnd_dvcq", "kt_bo_ton_giao", "kt_dvk"]


def paragraph(text):
    return {"type": "paragraph", "text": text}


@chapter("annual", at="A.II.7")
def movement(context):
    n = context.n
    return [
        paragraph(
            f"Toàn quận có {n('dvk_model')} mô hình và {n('dvk_exemplar')} điển hình “Dân vận khéo” đăng ký {context_words(context)}, "
            f"trong đó {n('dvk_new')} đăng ký mới, {n('dvk_continued')} tiếp tục từ năm trước; {n('dvk_collective')} của tập thể, "
            f"{n('dvk_individual')} của cá nhân; {n('dvk_households')} hộ tham gia. Đã khảo sát {n('dvk_surveyed')}, "
            f"thẩm định {n('dvk_appraised')} mô hình, điển hình."
        ),
        paragraph(
            f"Đã công nhận cấp quận {n('dvk_model_recognised')} mô hình (đạt {n('dvk_model_rate')} số đăng ký) và "
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
        _column("Lĩnh vực", 5),
        *[_column(label, 2, "right") for label in ("Mô hình đăng ký", "Điển hình đăng ký", "Được công nhận")],
    ]
    fields = sorted({row.field for row in rows}, key=lambda field: (field.position, field.pk))
    lines = [[field.name, *_field_counts(context, [row for row in rows if row.field_id == field.pk])] for field in fields]
    total = ["Cộng", *_field_counts(context, rows)]
    return [
        {
            "type": "table",
            "caption": "Đăng ký và công nhận theo lĩnh vực",
            "unit_note": None,
            "columns": columns,
            "rows": lines,
            "total": total,
        }
    ]


def _field_counts(context, rows):
    kinds = Counter(row.kind for row in rows)
    return [str(kinds["mo_hinh"]), str(kinds["dien_hinh"]), str(sum(is_recognised(context, row) for row in rows))]


def is_recognised(context, row):
    starts_on, ends_on = context.span
    return bool(row.recognised_on and starts_on <= row.recognised_on <= ends_on and row.recognised_level == Level.DISTRICT)


def award_table(context):
    """Awards always by occasion, never one sum without its parts; the rewards for "Dân vận khéo" stand apart."""
    from danvan.figures.registry import figure

    lines = [
        [figure(code).label, figure(code).unit_of_measure, f"{context.values.value(code):02d}"]
        for code in AWARD_FIGURES
        if context.values.value(code)
    ]
    if not lines:
        return []
    columns = [_column("Hình thức, dịp khen", 8), _column("Đơn vị tính", 3), _column("Số lượng", 2, "right")]
    return [
        paragraph("Công tác khen thưởng trong năm, tính theo từng dịp:"),
        {"type": "table", "caption": "Khen thưởng theo dịp", "unit_note": None, "columns": columns, "rows": lines, "total": None},
    ]


def _column(label, width, align="left"):
    return {"label": label, "width": width, "align": align}


@chapter("unit", at="A.II.7")
def ward_movement(context):
    n = context.n
    return [
        paragraph(
            f"Đơn vị đăng ký {n('dvk_model')} mô hình, {n('dvk_exemplar')} điển hình “Dân vận khéo”, trong đó {n('dvk_new')} đăng ký mới, "
            f"{n('dvk_continued')} tiếp tục từ năm trước; {n('dvk_households')} hộ tham gia. Được công nhận cấp quận "
            f"{n('dvk_model_recognised')} mô hình, {n('dvk_exemplar_recognised')} điển hình."
        )
    ]


@appendix("annual", "unit", code="D1")
def list_of_registered(context):
    rows = list(registered(context))
    if not rows:
        return None
    columns = [
        _column("TT", 3, "center"), _column("Tên mô hình, điển hình", 20), _column("Loại", 4), _column("Chủ thể", 4),
        _column("Lĩnh vực", 8), _column("Đơn vị", 8), _column("Mới/tiếp tục", 4), _column("Ngày đăng ký", 5),
    ]  # fmt: skip
    lines = [
        [
            str(number), row.name, row.get_kind_display(), row.get_subject_type_display(), row.field.name, context.names[row.unit_id],
            "Tiếp tục" if row.continues_id else "Mới", format_date(row.registered_on),
        ]
        for number, row in enumerate(rows, start=1)
    ]  # fmt: skip
    table = {"type": "table", "caption": "", "unit_note": None, "columns": columns, "rows": lines, "total": None}
    return {"title": "DANH SÁCH MÔ HÌNH, ĐIỂN HÌNH “DÂN VẬN KHÉO” ĐĂNG KÝ", "orientation": "landscape", "blocks": [table]}


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
        "Công nhận cấp phường",
        "Công nhận cấp quận",
        "Công nhận cấp thành phố",
        "Tỷ lệ",
    ]
    columns = [_column("Đơn vị", 5), _column("Lĩnh vực", 5), *[_column(label, 2, "right") for label in labels]]
    table = {"type": "table", "caption": "", "unit_note": None, "columns": columns, "rows": lines, "total": total}
    return {"title": "TỔNG HỢP ĐĂNG KÝ, CÔNG NHẬN THEO ĐƠN VỊ VÀ LĨNH VỰC", "orientation": "landscape", "blocks": [table, *charts(context)]}


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
    steps, awards = recognised_records(context), list(awards_of(context))
    if not steps and not awards:
        return None
    columns = [
        _column("TT", 3, "center"), _column("Tên", 18), _column("Cấp công nhận", 5), _column("Số, ngày quyết định", 8),
        _column("Hình thức khen", 5), _column("Cơ quan khen", 8), _column("Dịp", 10),
    ]  # fmt: skip
    recognised = [
        [step.registration.name, step.get_level_display(), f"{step.decision_number}, {format_date(step.held_on)}", "", "", step.occasion]
        for step in steps
    ]
    rewarded = [
        [
            a.name,
            "",
            f"{a.decision_number}, {format_date(a.decided_on)}",
            a.get_form_display(),
            a.get_granting_body_display(),
            a.get_occasion_display(),
        ]
        for a in awards
    ]
    lines = [[str(number), *line] for number, line in enumerate([*recognised, *rewarded], start=1)]
    table = {"type": "table", "caption": "", "unit_note": None, "columns": columns, "rows": lines, "total": None}
    return {"title": "DANH SÁCH CÔNG NHẬN, KHEN THƯỞNG", "orientation": "landscape", "blocks": [table]}


def awards_of(context):
    starts_on, ends_on = context.span
    rows = Award.objects.filter(unit__in=context.units, awarded_on__range=(starts_on, ends_on))
    return rows.order_by("occasion", "granting_body", "sort_key", "unit__code", "decision_number")
