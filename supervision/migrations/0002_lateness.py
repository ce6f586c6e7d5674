"""The second threshold of lateness: a number that an office edits."""

from django.db import migrations

CODE = "recommendation_seriously_late"


def enter(apps, schema_editor):
    apps.get_model("catalogues", "LegalNumber").objects.get_or_create(
        code=CODE,
        valid_from="2013-12-12",
        defaults={
            "label": "Trả lời kiến nghị quá hạn nghiêm trọng, tính từ sau hạn",
            "value": 30,
            "day_kind": "ngay",
            "source": "Mặc định của phần mềm, cơ quan sửa được",
            "needs_check": True,
        },
    )


def remove(apps, schema_editor):
    apps.get_model("catalogues", "LegalNumber").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial"), ("catalogues", "0002_standard_lists")]
    operations = [migrations.RunPython(enter, remove)]
