import danvan.common.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations

from danvan.common.filling import units_from


class Migration(migrations.Migration):

    dependencies = [
        ('submissions', '0004_period_history'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='correctionrequest',
            name='unit',
            field=danvan.common.models.UnitOf('submission', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AddField(
            model_name='returnitem',
            name='unit',
            field=danvan.common.models.UnitOf('slip', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AddField(
            model_name='returnslip',
            name='unit',
            field=danvan.common.models.UnitOf('submission', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AddField(
            model_name='round',
            name='unit',
            field=danvan.common.models.UnitOf('submission', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        units_from(
            'submissions',
            ('correctionrequest', 'submission', 'unit'),
            ('returnslip', 'submission', 'unit'),
            ('round', 'submission', 'unit'),
            ('returnitem', 'slip', 'unit'),
        ),
    ]
