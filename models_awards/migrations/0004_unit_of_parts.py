import danvan.common.models
import django.db.models.deletion
from django.db import migrations

from danvan.common.filling import units_from
from danvan.common.text import vi_key


def titles(apps, schema_editor):
    rows = apps.get_model('models_awards', 'Replication').objects
    for row in rows.select_related('registration'):
        name = row.registration.name
        rows.filter(pk=row.pk).update(registration_title=name, title_key=vi_key(name)[:500])


class Migration(migrations.Migration):

    dependencies = [
        ('catalogues', '0004_regulation_subjects'),
        ('models_awards', '0003_order_of_lists'),
        ('units', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='historicalstagerecord',
            name='unit',
            field=danvan.common.models.UnitOf('registration', blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        migrations.AddField(
            model_name='replication',
            name='registration_title',
            field=danvan.common.models.CopiedTitle('registration', blank=True, editable=False, verbose_name='tên mô hình, điển hình gốc'),
        ),
        migrations.AddField(
            model_name='replication',
            name='title_key',
            field=danvan.common.models.SortKeyField(blank=True, editable=False, max_length=500, sources=('registration_title',)),
        ),
        migrations.AddField(
            model_name='stagerecord',
            name='unit',
            field=danvan.common.models.UnitOf('registration', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị'),
        ),
        units_from(
            'models_awards',
            ('historicalstagerecord', 'registration', 'unit'),
            ('stagerecord', 'registration', 'unit'),
        ),
        migrations.RunPython(titles, migrations.RunPython.noop),
    ]
