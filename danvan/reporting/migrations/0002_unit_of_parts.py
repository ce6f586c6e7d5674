import danvan.common.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations

from danvan.common.filling import units_from


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0001_initial'),
        ('reporting', '0001_initial'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='reportversion',
            name='unit',
            field=danvan.common.models.UnitOf('report', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        units_from(
            'reporting',
            ('reportversion', 'report', 'unit'),
        ),
    ]
