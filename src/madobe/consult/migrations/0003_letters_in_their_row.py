"""On PostgreSQL a letter stays in its row: moved out of line, each would leave half a kilobyte of page unused."""

from typing import Any

from django.db import migrations

_COLUMN = "ALTER TABLE consult_message ALTER COLUMN body SET STORAGE {}"


def _inline(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_COLUMN.format("MAIN"))


def _as_before(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_COLUMN.format("EXTENDED"))


class Migration(migrations.Migration):
    dependencies = [("consult", "0002_staff")]
    operations = [migrations.RunPython(_inline, _as_before)]
