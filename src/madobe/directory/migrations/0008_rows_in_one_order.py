from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0007_truth'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='condition',
            options={'ordering': ['position', 'id']},
        ),
        migrations.AlterModelOptions(
            name='fieldchange',
            options={'ordering': ['-at', 'field', 'id']},
        ),
        migrations.AlterModelOptions(
            name='phone',
            options={'ordering': ['position', 'number', 'id']},
        ),
        migrations.AlterModelOptions(
            name='scheduleexception',
            options={'ordering': ['date', 'id']},
        ),
        migrations.AlterModelOptions(
            name='servicealert',
            options={'ordering': ['starts_date', 'at', 'id']},
        ),
        migrations.AlterModelOptions(
            name='textdoor',
            options={'ordering': ['position', 'id']},
        ),
    ]
