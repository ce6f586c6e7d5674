import danvan.common.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations

from danvan.common.filling import units_from
from dialogues.models.question import shortened


def titles(apps, schema_editor):
    questions, commitments = apps.get_model('dialogues', 'Question').objects, apps.get_model('dialogues', 'Commitment').objects
    for row in questions.select_related('dialogue'):
        questions.filter(pk=row.pk).update(dialogue_title=row.dialogue.topic)
    for row in commitments.select_related('dialogue', 'question'):
        asked = f'Câu {row.question.position}. {shortened(row.question.content)}' if row.question else ''
        commitments.filter(pk=row.pk).update(dialogue_title=row.dialogue.topic, question_title=asked)


class Migration(migrations.Migration):

    dependencies = [
        ('catalogues', '0004_regulation_subjects'),
        ('dialogues', '0002_order_of_lists'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='commitment',
            name='dialogue_title',
            field=danvan.common.models.CopiedTitle('dialogue', blank=True, editable=False, verbose_name='tên cuộc đối thoại'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='question_title',
            field=danvan.common.models.CopiedTitle('question', blank=True, editable=False, verbose_name='câu hỏi tóm tắt'),
        ),
        migrations.AddField(
            model_name='commitmentnote',
            name='unit',
            field=danvan.common.models.UnitOf('commitment', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị tổ chức đối thoại'),
        ),
        migrations.AddField(
            model_name='extensionline',
            name='unit',
            field=danvan.common.models.UnitOf('commitment', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị tổ chức đối thoại'),
        ),
        migrations.AddField(
            model_name='question',
            name='dialogue_title',
            field=danvan.common.models.CopiedTitle('dialogue', blank=True, editable=False, verbose_name='tên cuộc đối thoại'),
        ),
        migrations.AddField(
            model_name='questionasker',
            name='unit',
            field=danvan.common.models.UnitOf('question', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        units_from(
            'dialogues',
            ('commitmentnote', 'commitment', 'unit'),
            ('extensionline', 'commitment', 'unit'),
            ('questionasker', 'question', 'unit'),
        ),
        migrations.RunPython(titles, migrations.RunPython.noop),
    ]
