"""What the year's reports say of grassroots democracy. Every number comes from the context; no digit stands here."""

from danvan.catalogues.models import LegalBasis
from danvan.common.text import format_date
from danvan.figures.periods import words_of
from danvan.reporting.blocks import column, numbered_rows, paragraph, table, wide_appendix
from danvan.reporting.kinds import appendix, chapter
from regulations.choices import Scope
from regulations.models import Disclosure
from regulations.selectors import in_force_on

FIGURES = ["qc_district_issued", "qc_district_replaced", "qc_issued", "qc_replaced", "cong_khai_total"]


@chapter("annual", at="A.II.3")
def democracy(context):
    rows = district_regulations(context)
    if not rows and not happened(context):
        return []
    n, when, words = context.n, words_of(context.period), context.words
    issuers = ", ".join(dict.fromkeys([words.below, "trường học", "đơn vị"]))
    issued = (
        f"Trong {when}, {words.upper} ban hành {n('qc_district_issued')} quy chế dân chủ, thay thế {n('qc_district_replaced')} quy chế cũ; "
        f"các {issuers} ban hành {n('qc_issued')} quy chế, thay thế {n('qc_replaced')} quy chế cũ."
    )
    return [paragraph(issued), *regulation_table(context, rows), paragraph(disclosed_words(context))]


def happened(context):
    return any(context.values.value(code) for code in FIGURES)


def disclosed_words(context):
    n = context.n
    return (
        f"Các {context.words.below} đã công khai {n('cong_khai_total')} nội dung, trong đó niêm yết {n('cong_khai_posting')}, "
        f"qua loa truyền thanh {n('cong_khai_loudspeaker')}, bằng hình thức khác {n('cong_khai_other')} nội dung."
    )


def district_regulations(context):
    """The district's regulations in force on the period's last day, in the order of the catalogue."""
    rows = in_force_on(context.span[1]).filter(subject__scope=Scope.DISTRICT, unit__in=context.units)
    return list(rows.select_related("owner_office").order_by("subject__position", "unit__code", "number"))


def regulation_table(context, rows):
    if not rows:
        return []
    columns = [column("TT", 2, "center"), column("Quy chế", 16), column("Số, ngày ban hành", 7), column("Cơ quan chủ trì", 7)]
    lines = [
        [
            row.name, f"{row.number}, {format_date(row.issued_on)}",
            context.names.get(row.owner_office_id or row.unit_id, str(row.owner_office or "")),
        ]
        for row in rows
    ]  # fmt: skip
    caption = f"Quy chế dân chủ {context.words.upper} có hiệu lực đến ngày {format_date(context.span[1])}"
    return [table(columns, numbered_rows(lines), caption=caption), *basis_words(context, rows)]


def basis_words(context, rows):
    """The legal bases that the regulations cite, as far as they were in force on the period's last day."""
    bases = LegalBasis.objects.in_force(context.span[1]).filter(pk__in=cited(rows))
    told = "; ".join(f"{basis.kind} {basis.number} của {basis.issuer}" for basis in bases.order_by("issued_on", "number"))
    return [paragraph(f"Các quy chế căn cứ: {told}.")] if told else []


def cited(rows):
    return {pk for row in rows for pk in row.legal_bases.values_list("pk", flat=True)}


@chapter("unit", at="A.II.1")
def unit_democracy(context):
    if not happened(context):
        return []
    n = context.n
    return [
        paragraph(
            f"Đơn vị ban hành {n('qc_issued')} quy chế dân chủ, thay thế {n('qc_replaced')} quy chế cũ; công khai {n('cong_khai_total')} "
            f"nội dung, trong đó niêm yết {n('cong_khai_posting')}, qua loa truyền thanh {n('cong_khai_loudspeaker')}, bằng hình thức khác "
            f"{n('cong_khai_other')} nội dung."
        )
    ]


@appendix("annual", "unit", code="T1")
def list_of_disclosures(context):
    rows = list(disclosures(context))
    if not rows:
        return None
    columns = [
        column("TT", 3, "center"), column("Đơn vị", 7), column("Nội dung công khai", 16), column("Cơ quan công khai", 8),
        column("Hình thức", 7), column("Theo kế hoạch số", 7), column("Ngày công khai", 6), column("Ghi chú", 6),
    ]  # fmt: skip
    lines = [
        [
            context.names[row.unit_id], row.content, row.body, row.get_channel_display(), row.plan_number, format_date(row.disclosed_on),
            row.note,
        ]
        for row in rows
    ]  # fmt: skip
    return wide_appendix("KẾT QUẢ THỰC HIỆN CÔNG KHAI", table(columns, numbered_rows(lines)))


def disclosures(context):
    rows = Disclosure.objects.filter(unit__in=context.units, disclosed_on__range=context.span)
    return context.by_unit(rows.order_by("disclosed_on", "sort_key", "channel", "pk"))
