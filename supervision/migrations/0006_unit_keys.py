import danvan.common.constraints
import danvan.common.models
import django.db.models.deletion
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('supervision', '0005_unit_of_parts'),
        ('units', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='deadlinechange',
            name='unit',
            field=danvan.common.models.UnitOf('recommendation', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị gửi'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='lead',
            field=danvan.common.models.UnitOf('round', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị chủ trì'),
        ),
        migrations.AlterField(
            model_name='planitem',
            name='unit',
            field=danvan.common.models.UnitOf('plan', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị chủ trì'),
        ),
        migrations.AlterField(
            model_name='progressnote',
            name='unit',
            field=danvan.common.models.UnitOf('recommendation', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị gửi'),
        ),
        migrations.AddConstraint(
            model_name='jointplan',
            constraint=danvan.common.constraints.UnitKey(name='joint_plan_with_unit'),
        ),
        migrations.AddConstraint(
            model_name='planitem',
            constraint=danvan.common.constraints.UnitKey(name='plan_item_with_unit'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=danvan.common.constraints.UnitKey(name='recommendation_with_unit'),
        ),
        migrations.AddConstraint(
            model_name='supervisionround',
            constraint=danvan.common.constraints.UnitKey(name='round_with_unit'),
        ),
        migrations.AddConstraint(
            model_name='deadlinechange',
            constraint=danvan.common.constraints.SameUnit('recommendation', name='deadline_change_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=danvan.common.constraints.SameUnit('round', name='finding_lead', unit='lead'),
        ),
        migrations.AddConstraint(
            model_name='planitem',
            constraint=danvan.common.constraints.SameUnit('plan', name='plan_item_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='progressnote',
            constraint=danvan.common.constraints.SameUnit('recommendation', name='progress_note_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='recommendation',
            constraint=danvan.common.constraints.SameUnit('round', name='recommendation_round_unit', unit='unit'),
        ),
        migrations.AddConstraint(
            model_name='supervisionround',
            constraint=danvan.common.constraints.SameUnit('item', name='round_item_unit', unit='unit'),
        ),
    ]
