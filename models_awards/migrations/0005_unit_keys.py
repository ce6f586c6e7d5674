import danvan.common.constraints
import danvan.common.models
import django.db.models.deletion
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('models_awards', '0004_unit_of_parts'),
        ('units', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='stagerecord',
            name='unit',
            field=danvan.common.models.UnitOf('registration', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=danvan.common.constraints.UnitKey(name='registration_with_unit'),
        ),
        migrations.AddConstraint(
            model_name='award',
            constraint=danvan.common.constraints.SameUnit('registration', name='award_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=danvan.common.constraints.SameUnit('continues', name='registration_continues_own', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='stagerecord',
            constraint=danvan.common.constraints.SameUnit('registration', name='stage_unit', unit='unit'),
        ),
    ]
