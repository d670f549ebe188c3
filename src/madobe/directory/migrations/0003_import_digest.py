from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_core")]

    operations = [
        migrations.AddField(
            model_name="sourcerecord",
            name="draft_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
