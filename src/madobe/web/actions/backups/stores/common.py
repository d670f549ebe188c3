"""What both kinds of database have in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from madobe.web.actions.backups.manifest import Table
from madobe.web.actions.backups.refusals import NotEmpty
from madobe.web.actions.backups.sealed import Sink, Source

Pour = Callable[[Sink], None]  # writes the content of a backup into something
Place = Callable[[], None]  # puts it into the database, all or nothing

# What `migrate` fills an empty database with.
_MADE_BY_MIGRATING = {"django_migrations", "django_content_type", "auth_permission"}


@dataclass(frozen=True)
class Snapshot:
    """A database at one moment: what is in its tables, and all of it as bytes."""

    tables: Mapping[str, Table]
    content: Source


class Store(ABC):
    """One database."""

    engine: ClassVar[str]

    def __init__(self, alias: str) -> None:
        self.alias = alias

    @property
    def connection(self) -> Any:
        return connections[self.alias]

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[Snapshot]:
        """This will hold the database still, for this reader alone: others go on writing."""

    @abstractmethod
    def prepared(
        self, pour: Pour, *, expected: Mapping[str, Table]
    ) -> AbstractContextManager[Place]:
        """This will read a backup to its end, and then give what puts it in place of what is there.

        Raises NotWhole before anything is changed, and whatever `pour` raises.
        """

    @abstractmethod
    def tables(self) -> dict[str, Table]:
        """This will give what is in the tables now."""

    @abstractmethod
    def clear(self) -> None:
        """This will take out every table: only of a database that was empty before we filled it."""

    def refuse_unless_empty(self) -> None:
        """Raises NotEmpty, naming a table that holds something, or that is none of ours."""
        known = names_we_know()
        for name in self.connection.introspection.table_names():
            if name not in known:
                raise NotEmpty(
                    f"The database {self.where()} holds a table that is not Madobe's ({name}); it is left alone. "
                    "Give Madobe a database of its own and run this again."
                )
            if name not in _MADE_BY_MIGRATING and self._holds_rows(name):
                raise NotEmpty(
                    f"The database {self.where()} holds something already ({name}); a backup is put into an empty "
                    "installation only. Set MADOBE_DATA and MADOBE_KEYS to empty folders (or DATABASE_URL and "
                    "KEYS_DATABASE_URL to empty databases) and run this again."
                )

    def migrations(self) -> tuple[str, ...]:
        """This will give the migrations done here, "app.name" each."""
        done = MigrationRecorder(self.connection).applied_migrations()
        return tuple(sorted(f"{app}.{name}" for app, name in done))

    def where(self) -> str:
        """This will name the database for an operator, without any password."""
        return str(self.connection.settings_dict["NAME"])

    def _holds_rows(self, table: str) -> bool:
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {self.connection.ops.quote_name(table)} LIMIT 1")
            return cursor.fetchone() is not None


def names_we_know() -> set[str]:
    """This will give every table of this release, in either database."""
    known = set(connections["default"].introspection.django_table_names(include_views=False))
    for alias in connections:
        with_keys = connections[alias].introspection.django_table_names(include_views=False)
        known.update(with_keys)
    passing = {str(cache.get("LOCATION", "")) for cache in settings.CACHES.values()}
    return known | passing | {"django_migrations"}
