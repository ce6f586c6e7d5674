import danvan.common.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations

from danvan.common.filling import units_from
from danvan.common.text import plain


def titles(apps, schema_editor):
    rows = apps.get_model('supervision', 'Recommendation').objects
    for row in rows.select_related('round', 'finding__unit'):
        found = row.finding
        told = f'{found.get_kind_display()}, {found.unit.name}: {plain(found.text, 100)}' if found else ''
        rows.filter(pk=row.pk).update(round_title=row.round.title if row.round else '', finding_title=told)


class Migration(migrations.Migration):

    dependencies = [
        ('catalogues', '0004_regulation_subjects'),
        ('regulations', '0001_initial'),
        ('supervision', '0004_history_of_lists'),
        ('units', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='deadlinechange',
            name='unit',
            field=danvan.common.models.UnitOf('recommendation', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị gửi'),
        ),
        migrations.AddField(
            model_name='finding',
            name='lead',
            field=danvan.common.models.UnitOf('round', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị chủ trì'),
        ),
        migrations.AddField(
            model_name='historicaldeadlinechange',
            name='unit',
            field=danvan.common.models.UnitOf('recommendation', blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unit', verbose_name='đơn vị gửi'),
        ),
        migrations.AddField(
            model_name='historicalfinding',
            name='lead',
            field=danvan.common.models.UnitOf('round', blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unit', verbose_name='đơn vị chủ trì'),
        ),
        migrations.AddField(
            model_name='historicalplanitem',
            name='unit',
            field=danvan.common.models.UnitOf('plan', blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unit', verbose_name='đơn vị chủ trì'),
        ),
        migrations.AddField(
            model_name='historicalprogressnote',
            name='unit',
            field=danvan.common.models.UnitOf('recommendation', blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='units.unit', verbose_name='đơn vị gửi'),
        ),
        migrations.AddField(
            model_name='planitem',
            name='unit',
            field=danvan.common.models.UnitOf('plan', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị chủ trì'),
        ),
        migrations.AddField(
            model_name='progressnote',
            name='unit',
            field=danvan.common.models.UnitOf('recommendation', editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị gửi'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='finding_title',
            field=danvan.common.models.CopiedTitle('finding', blank=True, editable=False, verbose_name='nội dung phát hiện'),
        ),
        migrations.AddField(
            model_name='recommendation',
            name='round_title',
            field=danvan.common.models.CopiedTitle('round', blank=True, editable=False, verbose_name='tên cuộc giám sát'),
        ),
        units_from(
            'supervision',
            ('deadlinechange', 'recommendation', 'unit'),
            ('finding', 'round', 'lead'),
            ('historicaldeadlinechange', 'recommendation', 'unit'),
            ('historicalfinding', 'round', 'lead'),
            ('historicalplanitem', 'plan', 'unit'),
            ('historicalprogressnote', 'recommendation', 'unit'),
            ('planitem', 'plan', 'unit'),
            ('progressnote', 'recommendation', 'unit'),
        ),
        migrations.RunPython(titles, migrations.RunPython.noop),
    ]
