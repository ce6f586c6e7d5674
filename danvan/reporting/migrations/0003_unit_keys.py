import danvan.common.constraints
import danvan.common.models
import django.db.models.deletion
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('reporting', '0002_unit_of_parts'),
        ('units', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='reportversion',
            name='unit',
            field=danvan.common.models.UnitOf('report', editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=danvan.common.constraints.UnitKey(name='report_with_unit'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=danvan.common.constraints.SameUnit('report', name='report_version_unit', unit='unit'),
        ),
    ]
