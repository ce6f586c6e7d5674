"""The numbers of regulations and disclosures. The district's own belong to the office, the rest to the issuing units."""

from django.db.models import Q

from danvan.figures.declare import OFFICE, Balance, Figure
from regulations.choices import Channel, Scope, Status
from regulations.registers import disclosures, regulations

GROUP, DISCLOSED = "Quy chế dân chủ", "Công khai"
DISTRICT, ISSUED = Q(subject__scope=Scope.DISTRICT), ~Q(status=Status.DRAFT)
REPLACED = Q(status=Status.REPLACED)


def _regulation(code, label, on, where, words, **owner):
    return Figure(code, label, "quy chế", regulations, on, where, group=GROUP, words=words, **owner)


def _disclosure(code, label, where=None, words=""):
    return Figure(code, label, "nội dung", disclosures, "disclosed_on", where or Q(), group=DISCLOSED, words=words)


FIGURES = [
    _regulation(
        "qc_district_issued", "Quy chế dân chủ cấp trên cơ sở ban hành", "issued_on", DISTRICT & ISSUED,
        "loại hình cấp trên cơ sở, không tính dự thảo", owner=OFFICE,
    ),
    _regulation(
        "qc_district_replaced", "Quy chế dân chủ cấp trên cơ sở được thay thế", "ended_on", DISTRICT & REPLACED,
        "loại hình cấp trên cơ sở, đã được thay thế", owner=OFFICE,
    ),
    _regulation(
        "qc_issued", "Quy chế dân chủ cấp cơ sở, đơn vị ban hành", "issued_on", ~DISTRICT & ISSUED,
        "không tính loại hình cấp trên cơ sở và dự thảo",
    ),
    _regulation(
        "qc_replaced", "Quy chế dân chủ cấp cơ sở, đơn vị được thay thế", "ended_on", ~DISTRICT & REPLACED,
        "không tính loại hình cấp trên cơ sở, đã được thay thế",
    ),
    _disclosure("cong_khai_total", "Nội dung công khai"),
    _disclosure("cong_khai_posting", "Nội dung công khai bằng niêm yết", Q(channel=Channel.POSTING), "hình thức niêm yết"),
    _disclosure(
        "cong_khai_loudspeaker", "Nội dung công khai qua loa truyền thanh", Q(channel=Channel.LOUDSPEAKER), "hình thức loa truyền thanh"
    ),
    Balance(
        "cong_khai_other", "Nội dung công khai bằng hình thức khác", "nội dung",
        ("cong_khai_total",), ("cong_khai_posting", "cong_khai_loudspeaker"), DISCLOSED,
    ),
]  # fmt: skip
