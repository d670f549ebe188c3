from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0007_changerequest_lead_told'),
    ]

    operations = [
        migrations.AddField(
            model_name='appointment',
            name='off_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='appointment',
            name='off_told',
            field=models.BooleanField(default=False),
        ),
    ]
