"""The lists every office starts with: fields of work, public holidays, legal bases, numbers set by law.

Rows marked `needs_check` carry a date, a wording or a number that nobody has yet compared with the text itself.
"""
# ruff: noqa: E501

import datetime

from django.db import migrations

FIELDS = [
    ("kinh_te", "Kinh tế"),
    ("van_hoa_xa_hoi", "Văn hóa - xã hội"),
    ("quoc_phong_an_ninh", "Quốc phòng - an ninh"),
    ("xay_dung_he_thong_chinh_tri", "Xây dựng hệ thống chính trị"),
    ("xay_dung_do_thi_van_minh", "Xây dựng đô thị văn minh"),
]
FIELDS_FROM = "2009-01-01"

NEW_YEAR, TET, HUNG_KINGS = "Tết Dương lịch", "Tết Nguyên đán", "Giỗ Tổ Hùng Vương"
REUNIFICATION, LABOUR, NATIONAL = "Ngày Giải phóng miền Nam", "Quốc tế Lao động", "Quốc khánh"

# (first day, last day, name) as taken off by state offices, days in lieu included
OFF = [
    ("2018-01-01", "2018-01-01", NEW_YEAR), ("2018-02-14", "2018-02-20", TET), ("2018-04-25", "2018-04-25", HUNG_KINGS),
    ("2018-04-30", "2018-04-30", REUNIFICATION), ("2018-05-01", "2018-05-01", LABOUR), ("2018-09-02", "2018-09-03", NATIONAL),
    ("2018-12-31", "2019-01-01", NEW_YEAR), ("2019-02-04", "2019-02-08", TET), ("2019-04-14", "2019-04-15", HUNG_KINGS),
    ("2019-04-29", "2019-04-30", REUNIFICATION), ("2019-05-01", "2019-05-01", LABOUR), ("2019-09-02", "2019-09-02", NATIONAL),
    ("2020-01-01", "2020-01-01", NEW_YEAR), ("2020-01-23", "2020-01-29", TET), ("2020-04-02", "2020-04-02", HUNG_KINGS),
    ("2020-04-30", "2020-04-30", REUNIFICATION), ("2020-05-01", "2020-05-01", LABOUR), ("2020-09-02", "2020-09-02", NATIONAL),
    ("2021-01-01", "2021-01-01", NEW_YEAR), ("2021-02-10", "2021-02-16", TET), ("2021-04-21", "2021-04-21", HUNG_KINGS),
    ("2021-04-30", "2021-04-30", REUNIFICATION), ("2021-05-01", "2021-05-03", LABOUR), ("2021-09-02", "2021-09-03", NATIONAL),
    ("2022-01-01", "2022-01-03", NEW_YEAR), ("2022-01-31", "2022-02-04", TET), ("2022-04-10", "2022-04-11", HUNG_KINGS),
    ("2022-04-30", "2022-04-30", REUNIFICATION), ("2022-05-01", "2022-05-03", LABOUR), ("2022-09-01", "2022-09-02", NATIONAL),
    ("2023-01-01", "2023-01-02", NEW_YEAR), ("2023-01-20", "2023-01-26", TET), ("2023-04-29", "2023-04-29", HUNG_KINGS),
    ("2023-04-30", "2023-04-30", REUNIFICATION), ("2023-05-01", "2023-05-03", LABOUR), ("2023-09-01", "2023-09-04", NATIONAL),
    ("2024-01-01", "2024-01-01", NEW_YEAR), ("2024-02-08", "2024-02-14", TET), ("2024-04-18", "2024-04-18", HUNG_KINGS),
    ("2024-04-29", "2024-04-30", REUNIFICATION), ("2024-05-01", "2024-05-01", LABOUR), ("2024-09-02", "2024-09-03", NATIONAL),
    ("2025-01-01", "2025-01-01", NEW_YEAR), ("2025-01-27", "2025-01-31", TET), ("2025-04-07", "2025-04-07", HUNG_KINGS),
    ("2025-04-30", "2025-04-30", REUNIFICATION), ("2025-05-01", "2025-05-02", LABOUR), ("2025-09-01", "2025-09-02", NATIONAL),
    ("2026-01-01", "2026-01-02", NEW_YEAR), ("2026-02-16", "2026-02-20", TET), ("2026-04-26", "2026-04-27", HUNG_KINGS),
    ("2026-04-30", "2026-04-30", REUNIFICATION), ("2026-05-01", "2026-05-01", LABOUR), ("2026-08-31", "2026-09-02", NATIONAL),
]  # fmt: skip
# Saturdays worked in exchange for a day off above
SWAPPED = ["2019-01-05", "2019-05-04", "2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"]

# number, kind, issuer, issued on, in force from, in force to, title, needs check
BASES = [
    ("217-QĐ/TW", "Quyết định", "Bộ Chính trị", "2013-12-12", "2013-12-12", None,
     "Quy chế giám sát và phản biện xã hội của Mặt trận Tổ quốc Việt Nam và các đoàn thể chính trị - xã hội", False),
    ("218-QĐ/TW", "Quyết định", "Bộ Chính trị", "2013-12-12", "2013-12-12", None,
     "Quy định về việc Mặt trận Tổ quốc Việt Nam, các đoàn thể chính trị - xã hội và nhân dân tham gia góp ý xây dựng Đảng, xây dựng chính quyền", False),
    ("403/2017/NQLT-UBTVQH14-CP-ĐCTUBTWMTTQVN", "Nghị quyết liên tịch", "Ủy ban Thường vụ Quốc hội, Chính phủ, Đoàn Chủ tịch Ủy ban Trung ương MTTQ Việt Nam",
     "2017-06-15", "2017-06-15", None, "Quy định chi tiết các hình thức giám sát, phản biện xã hội của Mặt trận Tổ quốc Việt Nam", True),
    ("99-QĐ/TW", "Quyết định", "Ban Bí thư", "2017-10-03", "2017-10-03", None,
     "Hướng dẫn phát huy vai trò của nhân dân trong đấu tranh ngăn chặn, đẩy lùi sự suy thoái", True),
    ("124-QĐ/TW", "Quy định", "Ban Bí thư", "2018-02-02", "2018-02-02", None,
     "Giám sát của Mặt trận Tổ quốc, các tổ chức chính trị - xã hội và nhân dân đối với việc tu dưỡng, rèn luyện đạo đức, lối sống của cán bộ, đảng viên", True),
    ("18-CT/TW", "Chỉ thị", "Ban Bí thư", "2022-10-26", "2022-10-26", None,
     "Phát huy vai trò, nâng cao chất lượng, hiệu quả công tác giám sát, phản biện xã hội của Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội", False),
    ("05-CT/TW", "Chỉ thị", "Bộ Chính trị", "2016-05-15", "2016-05-15", None,
     "Đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", True),
    ("62-KL/TW", "Kết luận", "Bộ Chính trị", "2009-12-08", "2009-12-08", None,
     "Tiếp tục đổi mới nội dung, phương thức hoạt động của Mặt trận Tổ quốc và các đoàn thể chính trị - xã hội", True),
    ("34/2007/PL-UBTVQH11", "Pháp lệnh", "Ủy ban Thường vụ Quốc hội", "2007-04-20", "2007-07-01", "2023-06-30",
     "Thực hiện dân chủ ở xã, phường, thị trấn", True),
    ("04/2015/NĐ-CP", "Nghị định", "Chính phủ", "2015-01-09", "2015-02-25", "2023-06-30",
     "Thực hiện dân chủ trong hoạt động của cơ quan hành chính nhà nước và đơn vị sự nghiệp công lập", True),
    ("10/2022/QH15", "Luật", "Quốc hội", "2022-11-10", "2023-07-01", None, "Thực hiện dân chủ ở cơ sở", False),
    ("59/2023/NĐ-CP", "Nghị định", "Chính phủ", "2023-08-14", "2023-08-14", None,
     "Quy định chi tiết một số điều của Luật Thực hiện dân chủ ở cơ sở", True),
    ("36-HD/VPTW", "Hướng dẫn", "Văn phòng Trung ương Đảng", "2018-04-03", "2018-04-03", "2026-05-26",
     "Thể thức và kỹ thuật trình bày văn bản của Đảng", False),
    ("05-HD/VPTW", "Hướng dẫn", "Văn phòng Trung ương Đảng", "2026-05-27", "2026-05-27", None,
     "Thể thức và kỹ thuật trình bày văn bản của Đảng", True),
    ("30/2020/NĐ-CP", "Nghị định", "Chính phủ", "2020-03-05", "2020-03-05", None, "Công tác văn thư", True),
]  # fmt: skip
REPLACED = [("34/2007/PL-UBTVQH11", "10/2022/QH15"), ("04/2015/NĐ-CP", "10/2022/QH15"), ("36-HD/VPTW", "05-HD/VPTW")]

CALENDAR, WORKING = "ngay", "ngay_lam_viec"
DEFAULT = "Mặc định của phần mềm; quy định {text} chưa được đối chiếu nguyên văn"
LAW_2015 = "Luật Tổ chức chính quyền địa phương năm 2015, Điều 125"
LAW_2025 = "Luật Tổ chức chính quyền địa phương năm 2025, Điều 43"
# code, label, value, day kind, in force from, in force to, source, needs check
NUMBERS = [
    ("supervision_plan_notice", "Gửi kế hoạch giám sát đến nơi được giám sát trước", 15, CALENDAR, "2013-12-12", None, DEFAULT.format(text="217-QĐ/TW"), True),
    ("supervision_report", "Gửi báo cáo, kiến nghị sau khi kết thúc giám sát", 15, CALENDAR, "2013-12-12", None, DEFAULT.format(text="217-QĐ/TW"), True),
    ("recommendation_reply", "Trả lời kiến nghị sau giám sát", 30, CALENDAR, "2013-12-12", None, DEFAULT.format(text="217-QĐ/TW"), True),
    ("critique_draft_notice", "Gửi dự thảo đến MTTQ trước hội nghị phản biện", 15, CALENDAR, "2013-12-12", None, DEFAULT.format(text="217-QĐ/TW"), True),
    ("critique_reply", "Cơ quan soạn thảo trả lời ý kiến phản biện", 30, CALENDAR, "2013-12-12", None, DEFAULT.format(text="217-QĐ/TW"), True),
    ("opinion_reply", "Trả lời ý kiến góp ý", 20, CALENDAR, "2013-12-12", None, DEFAULT.format(text="218-QĐ/TW"), True),
    ("dialogue_notice", "Thông báo hội nghị đối thoại trước", 7, CALENDAR, "2016-01-01", "2025-06-30", LAW_2015, True),
    ("dialogue_notice", "Thông báo hội nghị đối thoại trước", 7, CALENDAR, "2025-07-01", None, LAW_2025, False),
    ("dialogue_result", "Công bố kết quả đối thoại", 10, CALENDAR, "2016-01-01", "2025-06-30", DEFAULT.format(text="trước năm 2025"), True),
    ("dialogue_result", "Công bố kết quả đối thoại", 10, CALENDAR, "2025-07-01", None, LAW_2025, False),
    ("community_ballot_report", "Gửi kết quả lấy phiếu của cộng đồng dân cư", 5, WORKING, "2023-07-01", None, "Luật Thực hiện dân chủ ở cơ sở 10/2022/QH15", False),
]  # fmt: skip


def days(first, last):
    start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    return [start + datetime.timedelta(days=n) for n in range((end - start).days + 1)]


def enter_fields(apps, schema_editor):
    model = apps.get_model("catalogues", "FieldOfWork")
    for position, (code, name) in enumerate(FIELDS, start=1):
        model.objects.get_or_create(code=code, defaults={"name": name, "position": position, "valid_from": FIELDS_FROM})


def remove_fields(apps, schema_editor):
    apps.get_model("catalogues", "FieldOfWork").objects.filter(code__in=[code for code, _ in FIELDS]).delete()


def enter_holidays(apps, schema_editor):
    model = apps.get_model("catalogues", "Holiday")
    rows = [model(day=day, name=name, kind="nghi") for first, last, name in OFF for day in days(first, last)]
    rows += [model(day=datetime.date.fromisoformat(day), name="Làm bù ngày nghỉ hoán đổi", kind="lam_bu") for day in SWAPPED]
    model.objects.bulk_create(rows)


def remove_holidays(apps, schema_editor):
    known = [day for first, last, _ in OFF for day in days(first, last)] + SWAPPED
    apps.get_model("catalogues", "Holiday").objects.filter(day__in=known).delete()


def enter_legal(apps, schema_editor):
    bases, numbers = apps.get_model("catalogues", "LegalBasis"), apps.get_model("catalogues", "LegalNumber")
    names = ["number", "kind", "issuer", "issued_on", "valid_from", "valid_to", "title", "needs_check"]
    bases.objects.bulk_create(bases(**dict(zip(names, row, strict=True))) for row in BASES)
    for old, new in REPLACED:
        bases.objects.filter(number=old).update(replaced_by=bases.objects.get(number=new))
    names = ["code", "label", "value", "day_kind", "valid_from", "valid_to", "source", "needs_check"]
    numbers.objects.bulk_create(numbers(**dict(zip(names, row, strict=True))) for row in NUMBERS)


def remove_legal(apps, schema_editor):
    bases = apps.get_model("catalogues", "LegalBasis").objects.filter(number__in=[row[0] for row in BASES])
    bases.update(replaced_by=None)
    bases.delete()
    apps.get_model("catalogues", "LegalNumber").objects.filter(code__in={row[0] for row in NUMBERS}).delete()


class Migration(migrations.Migration):
    dependencies = [("catalogues", "0001_initial")]

    operations = [
        migrations.RunPython(enter_fields, remove_fields),
        migrations.RunPython(enter_holidays, remove_holidays),
        migrations.RunPython(enter_legal, remove_legal),
    ]
