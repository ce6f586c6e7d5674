"""What dialogues say in the year's report. Every number comes from the context; no digit stands here."""

from danvan.reporting.blocks import column, numbered_rows, paragraph, table, wide_appendix
from danvan.reporting.kinds import appendix, chapter
from dialogues.selectors import lines_of_g4


@chapter("annual", at="A.II.4")
def dialogues_and_commitments(context):
    """Left out when the period knows no dialogue and no commitment."""
    value, n = context.values.value, context.n
    told = []
    if value("dth_held"):
        told.append(
            f"Công tác đối thoại của người đứng đầu với Nhân dân: đã tổ chức {n('dth_held')} cuộc đối thoại, trong đó "
            f"{n('dth_periodic')} cuộc định kỳ, với {n('dth_people')} lượt người dự; {n('dth_owed_held')} trong {n('dth_owed')} đơn vị "
            f"có kế hoạch đã đối thoại định kỳ (đạt {n('dth_owed_rate')}). Có {n('dth_questions')} câu hỏi, kiến nghị, trả lời tại chỗ "
            f"{n('dth_onspot')} (đạt {n('dth_onspot_rate')}), chuyển xử lý {n('dth_forwarded')}."
        )
        told.append(
            f"{n('dth_notice_ontime')} cuộc được thông báo đủ số ngày quy định (đạt {n('dth_notice_rate')}); trong "
            f"{n('dth_result_due')} cuộc đến hạn công bố kết quả có {n('dth_result_ontime')} cuộc công bố đúng hạn "
            f"(đạt {n('dth_result_rate')})."
        )
    if value("ck_due") or value("ck_done"):
        told.append(
            f"Sau đối thoại, có {n('ck_due')} cam kết đến hạn, {n('ck_ontime')} cam kết hoàn thành đúng hạn (đạt {n('ck_rate')}); "
            f"trong kỳ đã hoàn thành {n('ck_done')} cam kết."
        )
    return [paragraph(text) for text in told]


@appendix("annual", code="G4")
def list_of_dialogues(context):
    lines, total = lines_of_g4(context)
    if not lines:
        return None
    columns = [
        column("TT", 2, "center"), column("Đơn vị", 7), column("Loại", 5), column("Người chủ trì", 9), column("Ngày", 5),
        *[column(label, 4, "right") for label in ("Người dự", "Ý kiến", "Trả lời tại chỗ", "Chuyển xử lý", "Đã xong", "Tỷ lệ")],
    ]  # fmt: skip
    return wide_appendix("CÁC CUỘC ĐỐI THOẠI", table(columns, numbered_rows(lines), total=total))
