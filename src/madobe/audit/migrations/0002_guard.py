from django.db import migrations

from madobe.audit import guard


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_core")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: guard.put_up(schema_editor.connection),
            lambda apps, schema_editor: guard.take_down(schema_editor.connection),
        )
    ]
