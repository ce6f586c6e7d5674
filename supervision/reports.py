"""What joint supervision says in the year's report. Every number comes from the context; no digit stands here."""

from danvan.common.text import format_date
from danvan.reporting.blocks import column, numbered_rows, paragraph, table, wide_appendix
from danvan.reporting.kinds import appendix, chapter
from supervision.selectors import COUNTS, counts_by_round, rounds_of

# column of the appendix -> the figure that its sum equals
SUMS = {
    "sent": "gs_rec_sent",
    "answered": "gs_rec_answered",
    "on_time": "gs_rec_ontime",
    "resolved": "gs_rec_verified",
    "left": "gs_rec_left",
}


@chapter("annual", at="A.II.4")
def supervision(context):
    n = context.n
    if not context.values.value("gs_rounds") and not context.values.value("gs_rec_sent"):
        return []
    text = (
        f"Mặt trận Tổ quốc và các tổ chức chính trị - xã hội đã tổ chức {n('gs_rounds')} cuộc giám sát, trong đó "
        f"{n('gs_regular')} cuộc giám sát thường xuyên, {n('gs_topic')} cuộc giám sát chuyên đề. Sau giám sát đã gửi "
        f"{n('gs_rec_sent')} kiến nghị; {n('gs_rec_answered')} kiến nghị đã được trả lời (đạt {n('gs_rec_rate')}), "
        f"{n('gs_rec_ontime')} kiến nghị được trả lời đúng hạn; {n('gs_rec_verified')} kiến nghị đã giải quyết, "
        f"{n('gs_rec_left')} kiến nghị đang giải quyết."
    )
    return [paragraph(text)]


@appendix("annual", code="G1")
def table_of_rounds(context):
    lines, total = lines_of(context)
    if not lines:
        return None
    columns = [
        column("TT", 4, "center"), column("Đơn vị chủ trì", 8), column("Phối hợp", 8), column("Nội dung", 12),
        column("Đối tượng được giám sát", 9), column("Hình thức", 8), column("Thường xuyên/ chuyên đề", 7), column("Ngày", 9),
        *[column(label, 6, "right") for label in ("Số kiến nghị", "Đã trả lời", "Đúng hạn", "Đã giải quyết", "Đang giải quyết")],
    ]  # fmt: skip
    return wide_appendix("TỔNG HỢP GIÁM SÁT VÀ KIẾN NGHỊ SAU GIÁM SÁT", table(columns, lines, total=total))


def lines_of(context):
    """(lines, total line). The total is the figures'; a line without round holds what was sent after rounds of other periods."""
    counts = counts_by_round(context)
    rows = list(rounds_of(context))
    lines = numbered_rows([*_words(context, row), *_cells(counts[row.pk])] for row in rows)
    if None in counts:
        lines.append(["", "", "", "Kiến nghị không gắn với cuộc giám sát trong kỳ", "", "", "", "", *_cells(counts[None])])
    text = context.values.text
    total = ["", "Cộng", "", f"{text('gs_rounds')} cuộc", "", "", "", "", *[text(SUMS[name]) for name in COUNTS]]
    return lines, total


def _words(context, row):
    helpers = row.item.plan.co_signers.all() if row.item else []
    return [
        context.names[row.unit_id], ", ".join(unit.name for unit in helpers), row.title,
        ", ".join(context.names.get(unit.pk, unit.name) for unit in row.target_units.all()), row.get_form_display(),
        row.get_rhythm_display(), format_date(row.held_on),
    ]  # fmt: skip


def _cells(counts):
    return [str(counts[name]) for name in COUNTS]
