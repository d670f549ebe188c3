from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0008_appointment_off'),
        ('desks', '0001_core'),
    ]

    operations = [
        migrations.AddField(
            model_name='consultation',
            name='erasing',
            field=models.CharField(blank=True, choices=[('person', 'Person'), ('days', 'Days')], max_length=8),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(condition=models.Q(('erasing', ''), _negated=True), fields=['erasing'], name='consultation_erasing'),
        ),
    ]
