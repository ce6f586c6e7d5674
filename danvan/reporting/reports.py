"""The typed figures of the units in the year's reports. Every number comes from the context; no digit stands here."""

from danvan.figures.registry import figure
from danvan.reporting.blocks import column, paragraph, table
from danvan.reporting.kinds import OFFICE, chapter


def _known(context, *codes):
    """Whether any unit typed one of the figures: without, the sentence is left out."""
    return any(context.values.value(code) is not None for code in codes)


@chapter("annual", "unit", at="A.II.2")
def government(context):
    n = context.n
    told = []
    who = "Các đơn vị" if context.kind.issuer == OFFICE else "Đơn vị"
    if _known(context, "tcd_turns", "dt_in"):
        told.append(
            f"{who} đã tiếp {n('tcd_turns')} lượt công dân. Đơn thư kỳ trước chuyển sang {n('dt_carried')}, "
            f"tiếp nhận trong kỳ {n('dt_in')}, đã giải quyết {n('dt_done')}, còn lại {n('dt_left')}."
        )
    if _known(context, "mc_files"):
        told.append(f"Bộ phận một cửa giải quyết {n('mc_files')} hồ sơ, trong đó {n('mc_ontime')} đúng hạn (đạt {n('mc_rate')}).")
    return [paragraph(text) for text in told]


@chapter("annual", "unit", at="A.II.3")
def mediation(context):
    n = context.n
    if not _known(context, "hg_total"):
        return []
    return [
        paragraph(
            f"Các tổ hòa giải tiếp nhận {n('hg_total')} vụ việc, hòa giải thành {n('hg_success')} vụ (đạt {n('hg_rate')} số tiếp nhận), "
            f"không thành {n('hg_fail')} vụ."
        )
    ]


@chapter("annual", "unit", at="A.II.5")
def community(context):
    n = context.n
    told = []
    if _known(context, "tt_sessions"):
        told.append(f"Đã tổ chức {n('tt_sessions')} cuộc tuyên truyền với {n('tt_turns')} lượt người dự.")
    if _known(context, "cuoi_total", "tang_total"):
        told.append(
            f"Việc cưới, việc tang theo nếp sống văn minh: {n('cuoi_vm')}/{n('cuoi_total')} đám cưới (đạt {n('cuoi_rate')}), "
            f"{n('tang_vm')}/{n('tang_total')} đám tang (đạt {n('tang_rate')})."
        )
    return [paragraph(text) for text in told] + (unit_table(context) if context.kind.code == "annual" else [])


def unit_table(context):
    """Main typed figures by unit, with their sum: the reader sees where each number comes from."""
    codes = ["hg_total", "hg_success", "tcd_turns", "mc_files", "tt_sessions", "tt_turns"]
    units = [unit for unit in context.owing if any(context.values.units(code).get(unit.pk) is not None for code in codes)]
    if not units:
        return []
    columns = [column("Đơn vị", 4), *[column(figure(code).label, 3, "right") for code in codes]]
    live = {unit.pk for unit in context.not_accepted}
    rows = [[context.names[u.pk] + " (*)" * (u.pk in live), *[context.values.text(code, {u.pk}) for code in codes]] for u in units]
    total = ["Cộng", *[context.values.text(code) for code in codes]]
    return [table(columns, rows, total=total, caption="Một số kết quả theo đơn vị"), *live_note(context)]


def live_note(context):
    """Units whose report was not accepted are marked and named, also those that typed nothing."""
    if not context.not_accepted:
        return []
    names = ", ".join(context.names[unit.pk] for unit in context.not_accepted)
    return [paragraph(f"(*) Báo cáo kỳ chưa được duyệt, số liệu hiện tại, chưa chốt: {names}.")]
