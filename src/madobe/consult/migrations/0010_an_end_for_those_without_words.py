"""Threads that came without words ended on no day, and nobody could erase them: they get a year from their last day."""

from datetime import timedelta

from django.db import migrations

DAYS = 366  # desks.rules.keeping, on the day this was written


def give_an_end(apps, schema_editor):
    threads = apps.get_model("consult", "Consultation").objects.filter(
        keep="until_erased", receipt__isnull=True
    )
    for thread in threads.only("pk", "last_date").iterator():
        end = thread.last_date + timedelta(days=DAYS)
        threads.filter(pk=thread.pk).update(keep="year", expires_date=end)


class Migration(migrations.Migration):
    dependencies = [("consult", "0009_erasing")]

    operations = [migrations.RunPython(give_an_end, migrations.RunPython.noop)]
