"""Rows gathered for bulk writes, questions in pieces a database can hold, and ids that stay the same."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from madobe.directory.models import FieldSource, SourceRecord

CHUNK = 500
# ids that stay the same from import to import
NAMESPACE = uuid.UUID("5d0cbb0a-52d5-5f0e-9a3b-4a8f1a6f2a11")


@dataclass
class Writing:
    """Rows gathered for one bulk write a table, and the notes on their fields."""

    at: datetime
    rows: dict[type[Model], list[Model]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.notes = Notes(self.at)

    def add(self, rows: Iterable[Model]) -> None:
        for row in rows:
            self.rows[type(row)].append(row)

    def save(self) -> None:
        """Write everything, tables that others point to first (the order in which they were first added)."""
        for table, rows in self.rows.items():
            table._default_manager.bulk_create(rows, batch_size=CHUNK)
        self.notes.save()


def fixed_id(*parts: str) -> UUID:
    """This will give the same id for the same words, for ever."""
    return uuid.uuid5(NAMESPACE, ":".join(parts))


def chunked(manager: Any, lookup: str, values: Sequence[Any]) -> Iterable[Any]:
    """This will give the rows with one of these values, asked for in pieces."""
    for start in range(0, len(values), CHUNK):
        yield from manager.filter(**{lookup: values[start : start + CHUNK]})


class Notes:
    """What an import said each field is, one FieldSource a field, gathered for one write.

    A release brings hundreds of thousands: they go past the ORM, whose objects would take half of the time.
    """

    def __init__(self, at: datetime) -> None:
        self.rows: list[tuple[Any, ...]] = []
        self._fields = FieldSource._meta.concrete_fields
        # whatever else the table has stands at its default
        self._common = FieldSource(set_at=at)
        quote = connection.ops.quote_name
        names = ", ".join(quote(str(one.column)) for one in self._fields)
        places = ", ".join(["%s"] * len(self._fields))
        self._insert = (
            f"insert into {quote(FieldSource._meta.db_table)} ({names}) values ({places})"  # noqa: S608 (our own names)
        )

    def add(self, table: str, key: UUID, values: Mapping[str, Any], record: SourceRecord) -> None:
        """Note the fields of one record, all taken from one row."""
        common = self._common
        common.table, common.record_id, common.source_record_id = table, key, record.pk
        row = [
            one.get_db_prep_save(getattr(common, one.attname), connection) for one in self._fields
        ]
        own = {one.name: place for place, one in enumerate(self._fields)}
        new_id, said = self._fields[own["id"]], self._fields[own["last_imported"]]
        for name, value in values.items():
            row[own["id"]] = new_id.get_db_prep_save(uuid.uuid4(), connection)
            row[own["field"]] = name
            row[own["last_imported"]] = said.get_db_prep_save(value, connection)
            self.rows.append(tuple(row))

    def save(self) -> None:
        """Write them, after what they speak of."""
        if self.rows:
            with connection.cursor() as cursor:
                cursor.executemany(self._insert, self.rows)
        self.rows = []
