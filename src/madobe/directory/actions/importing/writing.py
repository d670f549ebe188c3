"""Rows gathered for bulk writes, questions in pieces a database can hold, and ids that stay the same."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model

from madobe.directory.models import FieldSource, SourceRecord

CHUNK = 500
# ids that stay the same from import to import
NAMESPACE = uuid.UUID("5d0cbb0a-52d5-5f0e-9a3b-4a8f1a6f2a11")


@dataclass
class Writing:
    """Rows gathered for one bulk write a table."""

    at: datetime
    rows: dict[type[Model], list[Model]] = field(default_factory=lambda: defaultdict(list))

    def add(self, rows: Iterable[Model]) -> None:
        for row in rows:
            self.rows[type(row)].append(row)

    def save(self) -> None:
        """Write everything, tables that others point to first (the order in which they were first added)."""
        for table, rows in self.rows.items():
            table._default_manager.bulk_create(rows, batch_size=CHUNK)


def fixed_id(*parts: str) -> UUID:
    """This will give the same id for the same words, for ever."""
    return uuid.uuid5(NAMESPACE, ":".join(parts))


def chunked(manager: Any, lookup: str, values: Sequence[Any]) -> Iterable[Any]:
    """This will give the rows with one of these values, asked for in pieces."""
    for start in range(0, len(values), CHUNK):
        yield from manager.filter(**{lookup: values[start : start + CHUNK]})


def field_source(
    table: str, key: UUID, name: str, value: Any, record: SourceRecord, at: datetime
) -> FieldSource:
    """This will give the unsaved note of what an import said a field is."""
    return FieldSource(
        table=table, record_id=key, field=name, last_imported=value, source_record=record, set_at=at
    )
