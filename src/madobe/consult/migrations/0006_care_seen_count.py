from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0005_quiet_and_joint_threads'),
    ]

    operations = [
        migrations.AddField(
            model_name='care',
            name='seen_count',
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
