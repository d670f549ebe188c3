"""Making a backup: two files, sealed to keys that are not here. No secret is needed for it, and none is at hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from pyrage import x25519

from madobe.vault.choices import Holder
from madobe.vault.holders import HOUSE, holder
from madobe.vault.installed import installation
from madobe.vault.models import HolderKey, Installation
from madobe.vault.router import KEYS as KEYS_DATABASE
from madobe.vault.rules.age_keys import recipient_of
from madobe.web.actions.backups.alone import alone
from madobe.web.actions.backups.manifest import DATA, KEYS, SIGNING, Manifest
from madobe.web.actions.backups.note import note_backup
from madobe.web.actions.backups.refusals import (
    FolderIsNotThere,
    NoKeyToSealTo,
    TablesAreMissing,
)
from madobe.web.actions.backups.rotation import outdated, stamp
from madobe.web.actions.backups.sealed import make_sure, recipients, unfinished, write_sealed
from madobe.web.actions.backups.stores import Store, store_of

_FORGOTTEN = timedelta(days=1)  # after which a half file of a killed backup is swept


@dataclass(frozen=True)
class BackupMade:
    """The two files, how many keys open them, and which old backups of the key store were deleted."""

    data: Path
    keys: Path
    sealed_to: int
    rows: int
    deleted: tuple[str, ...]


def make_backup(*, folder: Path, at: datetime) -> BackupMade:
    """This will write `data-T.age` and `keys-T.age` and delete backups of the key store that are seven days old.

    Raises one of `refusals`; no file then stands under its name. Killed on the way: neither.
    """
    with alone(settings.DATA_DIR):
        data, keys = store_of("default"), store_of(KEYS_DATABASE)
        _refuse_late(data)
        to = _whom()
        here = str(installation())  # a key store that is not ours is not backed up as ours
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            files = folder / f"data-{stamp(at)}.age", folder / f"keys-{stamp(at)}.age"
            if any(file.exists() for file in files):
                raise FolderIsNotThere(f"{files[0]} is there already. Run this again.")
            # Data first, keys after. A case that began in between has a key and no rows: harmless. Keys first, it
            # would have rows and no key: lost words. A case erased in between has rows and no key: as it should be.
            rows = _write(data, DATA, files[0], to=to, here=here, at=at)
            rows += _write(keys, KEYS, files[1], to=to, here=here, at=at)
            deleted = _rotate(folder, at)
        except OSError as error:
            raise FolderIsNotThere(
                f"{folder} cannot be written to ({error.strerror}). Give a folder with room in it, for backups alone."
            ) from error
        note_backup(settings.DATA_DIR, folder=folder.resolve(), at=at)
        return BackupMade(files[0], files[1], len(to), rows, deleted)


def _whom() -> list[x25519.Recipient]:
    house = holder(Holder.RECOVERY, HOUSE)
    to = recipients(settings.BACKUP_KEYS)
    if house is not None:
        to += recipients([recipient_of(bytes(house.public))])
    if not to:
        raise NoKeyToSealTo(
            "There is no key to seal a backup to. Make the recovery sheets under /staff/, "
            "or set MADOBE_BACKUP_KEYS to a public key of age (age1…) whose other half is kept elsewhere."
        )
    return to


def _refuse_late(data: Store) -> None:
    needed = {HolderKey._meta.db_table, Installation._meta.db_table}
    if not needed <= set(data.connection.introspection.table_names()):
        raise TablesAreMissing(
            "The database misses tables of this release. Run `madobe migrate`, then this again."
        )


def _write(
    store: Store, part: str, file: Path, *, to: list[x25519.Recipient], here: str, at: datetime
) -> int:
    with store.snapshot() as taken:
        manifest = Manifest(
            part=part,
            installation=here,
            engine=store.engine,
            made_at=at.isoformat(),
            migrations=store.migrations(),
            tables=taken.tables,
            signing=_signing() if part == KEYS else "",
        )
        write_sealed(file, manifest=manifest, content=taken.content, to=to)
        return sum(table.rows for table in taken.tables.values())


def _signing() -> str:
    """What the codes of staff are sealed with: of no use to the data's backup alone, and lost without this one."""
    path = settings.DATA_DIR / SIGNING
    return path.read_text() if path.exists() else ""


def _rotate(folder: Path, at: datetime) -> tuple[str, ...]:
    old = outdated((file.name for file in folder.iterdir()), at=at)
    for name in old:
        (folder / name).unlink()
    for half in unfinished(folder):
        if at.timestamp() - half.stat().st_mtime > _FORGOTTEN.total_seconds():
            half.unlink()
    make_sure(folder)
    return tuple(old)
