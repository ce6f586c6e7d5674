"""The regulations on grassroots democracy by kind of body, and the days of disclosure set by law.

The names of the district, ward and school regulations are the official ones; rows marked `needs_check` are not yet compared
with a text.
"""
# ruff: noqa: E501

import datetime

from django.db import migrations

FROM = "2007-07-01"  # Pháp lệnh 34/2007/PL-UBTVQH11
DISTRICT = "Quy chế dân chủ trong công tác "
# scope, code, full name, short name, needs check
SUBJECTS = [
    ("quan", "quan_trat_tu_xay_dung", DISTRICT + "quản lý trật tự xây dựng", "Trật tự xây dựng", False),
    ("quan", "quan_giai_phong_mat_bang", DISTRICT + "bồi thường, hỗ trợ và tái định cư, giải phóng mặt bằng, thu hồi đất", "Giải phóng mặt bằng", False),
    ("quan", "quan_thue_ho_kinh_doanh", DISTRICT + "thu thuế đối với hộ kinh doanh", "Thuế hộ kinh doanh", False),
    ("quan", "quan_cap_giay_chung_nhan", DISTRICT + "cấp giấy chứng nhận quyền sử dụng đất, sở hữu nhà ở và tài sản khác gắn liền với đất", "Cấp giấy chứng nhận", False),
    ("quan", "quan_trat_tu_do_thi", DISTRICT + "quản lý trật tự đô thị trên một số lĩnh vực", "Trật tự đô thị", False),
    ("quan", "quan_ve_sinh_moi_truong", DISTRICT + "quản lý vệ sinh môi trường trên địa bàn quận", "Vệ sinh môi trường", False),
    ("phuong", "phuong_tai_chinh", "Công khai tài chính trên địa bàn phường", "Công khai tài chính", False),
    ("phuong", "phuong_tai_san_cong", "Sử dụng, bảo vệ tài sản công", "Tài sản công", False),
    ("phuong", "phuong_nghia_trang", "Quản lý, sử dụng nghĩa trang", "Nghĩa trang", False),
    ("phuong", "phuong_hoat_dong_co_quan", "Hoạt động của cơ quan phường", "Hoạt động cơ quan", False),
    ("phuong", "phuong_ttnd_gsdtcd", "Hoạt động của Ban Thanh tra nhân dân và Ban Giám sát đầu tư của cộng đồng", "Ban TTND, Ban GSĐTCĐ", False),
    ("phuong", "phuong_qcdc_co_quan", "Quy chế dân chủ trong cơ quan phường", "Dân chủ trong cơ quan", False),
    ("truong", "truong_qcdc", "Quy chế dân chủ trong nhà trường", "Dân chủ trong trường", False),
    ("truong", "truong_lam_viec", "Quy chế làm việc", "Làm việc", False),
    ("truong", "truong_phoi_hop_cong_doan", "Quy chế phối hợp công tác giữa Công đoàn và nhà trường", "Phối hợp Công đoàn", False),
    ("truong", "truong_tdkt_tiep_dan", "Quy chế thi đua khen thưởng, tiếp công dân và giải quyết đơn thư", "Thi đua, tiếp dân, đơn thư", False),
    ("truong", "truong_chi_tieu", "Quy chế chi tiêu nội bộ", "Chi tiêu nội bộ", False),
    ("truong", "truong_tai_san_cong", "Quy chế quản lý tài sản công", "Tài sản công", False),
    ("cho", "cho_hoat_dong", "Quy chế dân chủ trong hoạt động của chợ", "Hoạt động của chợ", True),
    ("co_quan", "co_quan_hoat_dong", "Quy chế dân chủ trong hoạt động của cơ quan", "Hoạt động cơ quan", True),
]

CALENDAR, WORKING = "ngay", "ngay_lam_viec"
ORDINANCE, LAW = "Pháp lệnh 34/2007/PL-UBTVQH11", "Luật Thực hiện dân chủ ở cơ sở 10/2022/QH15"
AGENCY = "Nghị định 04/2015/NĐ-CP"
OLD_END, NEW = "2023-06-30", "2023-07-01"
# code, label, value, day kind, in force from, in force to, source, needs check
NUMBERS = [
    ("disclosure_posting", "Niêm yết công khai ít nhất", 30, CALENDAR, "2007-07-01", OLD_END, ORDINANCE, True),
    ("disclosure_posting", "Niêm yết công khai ít nhất", 20, CALENDAR, NEW, None, LAW, True),
    ("disclosure_loudspeaker", "Công khai qua loa truyền thanh liên tục ít nhất", 3, CALENDAR, "2007-07-01", OLD_END, ORDINANCE, True),
    ("disclosure_loudspeaker", "Công khai qua loa truyền thanh liên tục ít nhất", 3, CALENDAR, NEW, None, LAW, False),
    ("disclosure_deadline", "Công khai sau khi có quyết định, văn bản, chậm nhất", 2, CALENDAR, "2007-07-01", OLD_END, ORDINANCE, True),
    ("disclosure_deadline", "Công khai sau khi có quyết định, văn bản, chậm nhất", 5, WORKING, NEW, None, LAW, True),
    ("agency_disclosure_posting", "Niêm yết công khai trong cơ quan ít nhất", 30, CALENDAR, "2015-02-25", OLD_END, AGENCY, True),
    ("agency_disclosure_posting", "Niêm yết công khai trong cơ quan ít nhất", 20, CALENDAR, NEW, None, LAW, True),
    ("agency_disclosure_deadline", "Công khai trong cơ quan, chậm nhất", 3, WORKING, "2015-02-25", OLD_END, AGENCY, True),
    ("information_posting", "Niêm yết thông tin khi luật khác không quy định, ít nhất", 30, CALENDAR, "2018-07-01", None, "Luật Tiếp cận thông tin, Điều 21", False),
    ("convention_draft_posting", "Niêm yết dự thảo hương ước, quy ước ít nhất", 30, CALENDAR, "2023-08-14", None, "Nghị định 61/2023/NĐ-CP", True),
]


def enter(apps, schema_editor):
    day = datetime.date.fromisoformat
    subjects, numbers = apps.get_model("catalogues", "RegulationSubject"), apps.get_model("catalogues", "LegalNumber")
    subjects.objects.bulk_create(
        subjects(scope=scope, code=code, name=name, short_name=short, needs_check=unsure, position=position, valid_from=day(FROM))
        for position, (scope, code, name, short, unsure) in enumerate(SUBJECTS, start=1)
    )
    names = ["code", "label", "value", "day_kind", "valid_from", "valid_to", "source", "needs_check"]
    numbers.objects.bulk_create(numbers(**dict(zip(names, row, strict=True))) for row in NUMBERS)


def remove(apps, schema_editor):
    apps.get_model("catalogues", "RegulationSubject").objects.filter(code__in=[row[1] for row in SUBJECTS]).delete()
    apps.get_model("catalogues", "LegalNumber").objects.filter(code__in={row[0] for row in NUMBERS}).delete()


class Migration(migrations.Migration):
    dependencies = [("catalogues", "0003_regulationsubject")]

    operations = [migrations.RunPython(enter, remove)]
