"""What schools and residential groups report where their ward asks them to."""

from django.db import migrations

PARAGRAPHS = [
    ["ket_qua", "Kết quả nổi bật"],
    ["han_che", "Hạn chế, nguyên nhân"],
    ["phuong_huong", "Việc làm kỳ tới"],
    ["kien_nghi", "Kiến nghị, đề xuất"],
]
REGIMES = [
    ("truong_hoc", "Báo cáo dân chủ trong nhà trường", "truong_hoc", ["nt_meetings", "nt_opinions", "nt_answered"]),
    ("to_dan_pho", "Báo cáo của tổ dân phố, thôn", "to_dan_pho", ["hop_meetings", "hop_households", "hop_opinions", "hop_passed_on"]),
]


def enter(apps, schema_editor):
    for code, name, kind, codes in REGIMES:
        values = {"name": name, "unit_kind": kind, "typed_codes": codes, "paragraphs": PARAGRAPHS}
        apps.get_model("submissions", "Regime").objects.get_or_create(code=code, defaults=values)


def remove(apps, schema_editor):
    apps.get_model("submissions", "Regime").objects.filter(code__in=[row[0] for row in REGIMES]).delete()


class Migration(migrations.Migration):
    dependencies = [("submissions", "0007_neutral_words")]

    operations = [migrations.RunPython(enter, remove)]
