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

    COLUMNS = ("id", "table", "record_id", "field", "source_record", "set_by", "set_at", "last_imported")  # fmt: skip

    def __init__(self, at: datetime) -> None:
        self.rows: list[tuple[Any, ...]] = []
        by_name = {one.name: one for one in FieldSource._meta.concrete_fields}
        fields = [by_name[name] for name in self.COLUMNS]
        self._prepared = {
            one.name: lambda value, one=one: one.get_db_prep_save(value, connection)
            for one in fields
        }
        # columns an import says nothing about hold what an unsaid field holds
        unsaid = [one for name, one in by_name.items() if name not in self.COLUMNS]
        self._unsaid = tuple(one.get_db_prep_save(one.get_default(), connection) for one in unsaid)
        quote = connection.ops.quote_name
        names = ", ".join(quote(str(one.column)) for one in (*fields, *unsaid))
        places = ", ".join(["%s"] * (len(fields) + len(unsaid)))
        self._insert = (
            f"insert into {quote(FieldSource._meta.db_table)} ({names}) values ({places})"  # noqa: S608 (our own names)
        )
        self._at = self._prepared["set_at"](at)

    def add(self, table: str, key: UUID, values: Mapping[str, Any], record: SourceRecord) -> None:
        """Note the fields of one record, all taken from one row."""
        own = self._prepared["record_id"](key)
        source = self._prepared["source_record"](record.pk)
        new_id, said = self._prepared["id"], self._prepared["last_imported"]
        self.rows.extend(
            (
                new_id(uuid.uuid4()),
                table,
                own,
                name,
                source,
                "",
                self._at,
                said(value),
                *self._unsaid,
            )
            for name, value in values.items()
        )

    def save(self) -> None:
        """Write them, after what they speak of."""
        if self.rows:
            with connection.cursor() as cursor:
                cursor.executemany(self._insert, self.rows)
        self.rows = []
