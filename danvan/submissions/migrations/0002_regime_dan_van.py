"""The yearly dân vận report that every ward owes."""

from django.db import migrations

CODE = "dan_van"
TYPED_CODES = [
    "hg_total", "hg_success", "hg_fail", "tcd_turns", "dt_carried", "dt_in", "dt_done", "mc_files", "mc_ontime",
    "cuoi_total", "cuoi_vm", "tang_total", "tang_vm", "tt_sessions", "tt_turns",
]  # fmt: skip
PARAGRAPHS = [
    ["ket_qua", "Kết quả nổi bật"],
    ["han_che", "Hạn chế, nguyên nhân"],
    ["phuong_huong", "Phương hướng, nhiệm vụ"],
    ["kien_nghi", "Kiến nghị, đề xuất"],
]


def enter(apps, schema_editor):
    values = {"name": "Báo cáo công tác dân vận năm", "unit_kind": "phuong", "typed_codes": TYPED_CODES, "paragraphs": PARAGRAPHS}
    apps.get_model("submissions", "Regime").objects.get_or_create(code=CODE, defaults=values)


def remove(apps, schema_editor):
    apps.get_model("submissions", "Regime").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies = [("submissions", "0001_initial")]

    operations = [migrations.RunPython(enter, remove)]
