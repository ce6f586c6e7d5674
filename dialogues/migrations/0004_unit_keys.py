import danvan.common.constraints
import danvan.common.models
import django.db.models.deletion
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('dialogues', '0003_unit_of_parts'),
        ('units', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='question',
            options={'ordering': ['dialogue_id', 'position'], 'verbose_name': 'câu hỏi, kiến nghị', 'verbose_name_plural': 'câu hỏi, kiến nghị'},
        ),
        migrations.AlterField(
            model_name='commitmentnote',
            name='unit',
            field=danvan.common.models.UnitOf('commitment', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị tổ chức đối thoại'),
        ),
        migrations.AlterField(
            model_name='extensionline',
            name='unit',
            field=danvan.common.models.UnitOf('commitment', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị tổ chức đối thoại'),
        ),
        migrations.AlterField(
            model_name='questionasker',
            name='unit',
            field=danvan.common.models.UnitOf('question', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=danvan.common.constraints.UnitKey(name='commitment_with_unit'),
        ),
        migrations.AddConstraint(
            model_name='dialogue',
            constraint=danvan.common.constraints.UnitKey(name='dialogue_with_unit'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=danvan.common.constraints.UnitKey(name='question_with_unit'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=danvan.common.constraints.SameUnit('dialogue', name='commitment_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=danvan.common.constraints.SameUnit('question', name='commitment_question_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='commitmentnote',
            constraint=danvan.common.constraints.SameUnit('commitment', name='commitment_note_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='extensionline',
            constraint=danvan.common.constraints.SameUnit('commitment', name='extension_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=danvan.common.constraints.SameUnit('dialogue', name='question_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='questionasker',
            constraint=danvan.common.constraints.SameUnit('question', name='asker_unit', unit='unit'),
        ),
    ]
