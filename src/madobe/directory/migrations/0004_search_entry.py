
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0003_import_digest'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='directory.service')),
                ('release', models.CharField(db_index=True, max_length=16)),
                ('text', models.TextField()),
                ('concepts', models.TextField()),
                ('kinds', models.BigIntegerField()),
                ('facts', models.BigIntegerField()),
                ('youngest', models.SmallIntegerField()),
                ('oldest', models.SmallIntegerField()),
                ('months', models.SmallIntegerField()),
                ('dated_limits', models.TextField(blank=True)),
                ('timetable', models.TextField(blank=True)),
                ('areas', models.TextField()),
                ('points', models.TextField()),
            ],
            options={
                'verbose_name_plural': 'search entries',
            },
        ),
        migrations.AddField(
            model_name='revision',
            name='series',
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
    ]
