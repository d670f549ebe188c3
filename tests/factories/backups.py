"""Backing one machine up and restoring on another, as tests do it."""

from datetime import datetime
from pathlib import Path

from django.db import connections

from madobe.web.actions.backups.making import BackupMade, make_backup
from madobe.web.actions.backups.restoring import Restored, identity_from_sheets, restore_backup
from tests.factories.hosts import ALIASES, Host
from tests.factories.houses import AT, House, furnish


def backed_up(host: Host, folder: Path, *, at: datetime = AT) -> tuple[House, BackupMade]:
    """Furnishes the machine and backs it up."""
    with host.entered():
        house = furnish()
        return house, make_backup(folder=folder, at=at)


def restore(host: Host, made: BackupMade, house: House, **other: Path) -> Restored:
    """With the last two of the three sheets. `other`: another file for `data` or `keys`."""
    with host.entered():
        return restore_backup(
            **{"data": made.data, "keys": made.keys} | other,
            identity=identity_from_sheets(house.sheets[1:]),
        )


def is_empty(host: Host) -> bool:
    """Not even a table."""
    with host.entered():
        return not any(connections[alias].introspection.table_names() for alias in ALIASES)
