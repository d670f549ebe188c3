"""One database as a whole: copied at one moment, and put back at one moment. A file per kind of database."""

from madobe.web.actions.backups.stores.common import Place, Snapshot, Store, names_we_know
from madobe.web.actions.backups.stores.postgres import PostgresStore
from madobe.web.actions.backups.stores.sqlite import SqliteStore

__all__ = ["Place", "Snapshot", "Store", "names_we_know", "store_of"]


def store_of(alias: str) -> Store:
    """This will give the database of that alias ("default" or "keys")."""
    from django.db import connections

    kinds: dict[str, type[Store]] = {"sqlite": SqliteStore, "postgresql": PostgresStore}
    return kinds[connections[alias].vendor](alias)
