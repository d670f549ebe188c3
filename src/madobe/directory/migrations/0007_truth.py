import django.db.models.deletion
import uuid
from django.db import migrations, models


RHYTHMS = ((45, 1), (135, 3), (270, 6))  # up to so many days, so many months
DAYS = ((1, 30), (3, 90), (6, 180))


def choose_a_rhythm(apps, schema_editor):
    """Days become the nearest of the rhythms an owner can choose.

    Each row is written once: PostgreSQL alters no table with rows written twice in one transaction.
    """
    nearest = [
        models.When(verify_every_days__lte=days, then=models.Value(months)) for days, months in RHYTHMS
    ]
    apps.get_model("directory", "Service").objects.update(
        recheck_months=models.Case(*nearest, default=models.Value(12))
    )


def go_back_to_days(apps, schema_editor):
    """The other way round, for an earlier release."""
    days = [models.When(recheck_months=months, then=models.Value(count)) for months, count in DAYS]
    apps.get_model("directory", "Service").objects.update(
        verify_every_days=models.Case(*days, default=models.Value(365))
    )


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0006_vetting'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConfirmationLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('made_by', models.CharField(max_length=100)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('owner', models.CharField(max_length=100)),
                ('target', models.CharField(max_length=36)),
                ('values', models.JSONField()),
                ('page', models.CharField(blank=True, max_length=32)),
                ('count', models.PositiveIntegerField(default=0)),
                ('updated_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='FieldChange',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('table', models.CharField(max_length=40)),
                ('record_id', models.UUIDField()),
                ('field', models.CharField(max_length=40)),
                ('old', models.JSONField(blank=True, null=True)),
                ('new', models.JSONField(blank=True, null=True)),
                ('by', models.CharField(max_length=100)),
                ('at', models.DateTimeField()),
                ('source_name', models.CharField(blank=True, max_length=200)),
                ('source_url', models.URLField(blank=True, max_length=500)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('group', models.UUIDField(default=uuid.uuid4)),
            ],
            options={
                'ordering': ['-at', 'field'],
            },
        ),
        migrations.CreateModel(
            name='ServiceAlert',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('full', '満席'), ('resting', 'お休み'), ('moved', '場所の変更'), ('hours', '時間の変更'), ('other', 'お知らせ')], max_length=10)),
                ('text', models.CharField(blank=True, max_length=300)),
                ('starts_date', models.DateField()),
                ('ends_date', models.DateField(blank=True, null=True)),
                ('by', models.CharField(max_length=100)),
                ('at', models.DateTimeField()),
                ('withdrawn_by', models.CharField(blank=True, max_length=100)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['starts_date', 'at'],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('phone', '電話やメールがちがう'), ('hours', 'あいている時間がちがう'), ('place', '場所がちがう'), ('closed', 'もうやっていないようだ'), ('conditions', '使える人や条件がちがう'), ('name', '名前がちがう'), ('other', 'そのほか')], max_length=12)),
                ('text', models.TextField(max_length=2000)),
                ('answer_to', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(max_length=10)),
                ('from_organization', models.BooleanField(default=False)),
                ('received_date', models.DateField()),
                ('state', models.CharField(choices=[('open', 'これから見る'), ('applied', '直しました'), ('set_aside', 'そのままにしました')], default='open', max_length=10)),
                ('settled_by', models.CharField(blank=True, max_length=100)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('answer_note', models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.AddField(
            model_name='fieldsource',
            name='checked_date',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='fieldsource',
            name='source_name',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='fieldsource',
            name='source_url',
            field=models.URLField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='reviewitem',
            name='decision',
            field=models.CharField(blank=True, choices=[('ours', 'こちらの値のまま'), ('theirs', '元のデータに合わせる'), ('seen', '見ました（そのまま）')], max_length=10),
        ),
        migrations.AddField(
            model_name='service',
            name='recheck_months',
            field=models.PositiveSmallIntegerField(choices=[(1, '毎月'), (3, '3か月ごと'), (6, '半年ごと'), (12, '1年ごと')], default=6),
        ),
        migrations.RunPython(choose_a_rhythm, go_back_to_days),
        migrations.RemoveField(
            model_name='service',
            name='verify_every_days',
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('recheck_months__in', [1, 3, 6, 12])), name='service_recheck_months_known'),
        ),
        migrations.AddField(
            model_name='confirmationlink',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmation_links', to='directory.service'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('owner', 'target'), name='draft_one_a_target'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('owner', ''), _negated=True), models.Q(('target', ''), _negated=True)), name='draft_is_owned'),
        ),
        migrations.AddField(
            model_name='fieldchange',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='field_changes', to='directory.service'),
        ),
        migrations.AddField(
            model_name='servicealert',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='directory.service'),
        ),
        migrations.AddField(
            model_name='suggestion',
            name='service',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='directory.service'),
        ),
        migrations.AddConstraint(
            model_name='confirmationlink',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='confirmation_link_lives_a_while'),
        ),
        migrations.AddIndex(
            model_name='fieldchange',
            index=models.Index(fields=['service', '-at'], name='field_change_of_service'),
        ),
        migrations.AddConstraint(
            model_name='fieldchange',
            constraint=models.CheckConstraint(condition=models.Q(('by', ''), _negated=True), name='field_change_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='servicealert',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['full', 'resting', 'moved', 'hours', 'other'])), name='service_alert_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='servicealert',
            constraint=models.CheckConstraint(condition=models.Q(('ends_date__isnull', True), ('ends_date__gte', models.F('starts_date')), _connector='OR'), name='service_alert_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='servicealert',
            constraint=models.CheckConstraint(condition=models.Q(('by', ''), _negated=True), name='service_alert_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='servicealert',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'other'), _negated=True), models.Q(('text', ''), _negated=True), _connector='OR'), name='service_alert_says_what'),
        ),
        migrations.AddIndex(
            model_name='suggestion',
            index=models.Index(fields=['state', 'received_date'], name='suggestion_open'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='suggestion_says_something'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['phone', 'hours', 'place', 'closed', 'conditions', 'name', 'other'])), name='suggestion_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='suggestion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by', ''), ('state', 'open')), models.Q(('settled_at__isnull', False), ('state__in', ['applied', 'set_aside']), models.Q(('settled_by', ''), _negated=True)), _connector='OR'), name='suggestion_settled_by_somebody'),
        ),
    ]
