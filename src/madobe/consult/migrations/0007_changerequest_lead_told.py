from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0006_care_seen_count'),
    ]

    operations = [
        migrations.AddField(
            model_name='changerequest',
            name='lead_told',
            field=models.BooleanField(default=False),
        ),
    ]
