import danvan.common.constraints
import danvan.common.models
import django.db.models.deletion
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0005_unit_of_parts'),
        ('units', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='correctionrequest',
            name='unit',
            field=danvan.common.models.UnitOf('submission', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AlterField(
            model_name='returnitem',
            name='unit',
            field=danvan.common.models.UnitOf('slip', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AlterField(
            model_name='returnslip',
            name='unit',
            field=danvan.common.models.UnitOf('submission', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AlterField(
            model_name='round',
            name='unit',
            field=danvan.common.models.UnitOf('submission', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AddConstraint(
            model_name='returnslip',
            constraint=danvan.common.constraints.UnitKey(name='return_slip_with_unit'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=danvan.common.constraints.UnitKey(name='submission_round_with_unit'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=danvan.common.constraints.UnitKey(name='submission_with_unit'),
        ),
        migrations.AddConstraint(
            model_name='correctionrequest',
            constraint=danvan.common.constraints.SameUnit('submission', name='correction_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='returnitem',
            constraint=danvan.common.constraints.SameUnit('slip', name='return_item_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='returnslip',
            constraint=danvan.common.constraints.SameUnit('submission', name='return_slip_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='returnslip',
            constraint=danvan.common.constraints.SameUnit('round', name='return_slip_round_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=danvan.common.constraints.SameUnit('submission', name='submission_round_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='typedvalue',
            constraint=danvan.common.constraints.SameUnit('submission', name='typed_value_unit', unit='unit'),
        ),
    ]
