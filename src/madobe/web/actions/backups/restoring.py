"""The way back from a backup: into an empty installation, all of it or nothing."""

import os
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from pyrage import IdentityError, x25519

from madobe.vault.installed import forget_what_is_kept, installation
from madobe.vault.keystore.models import ShredKey
from madobe.vault.models import Grant
from madobe.vault.router import KEYS as KEYS_DATABASE
from madobe.vault.rules.age_keys import identity_of
from madobe.vault.rules.recovery import SharesDoNotFitError, joined
from madobe.web.actions.backups.alone import alone
from madobe.web.actions.backups.manifest import DATA, KEYS, SIGNING, Manifest, Table
from madobe.web.actions.backups.refusals import (
    NotOpened,
    NotWhole,
    OfANewerRelease,
    OfAnotherDatabase,
    OfAnotherInstallation,
    WrongPart,
)
from madobe.web.actions.backups.sealed import Sink, make_sure, pour, read_manifest
from madobe.web.actions.backups.stores import Place, Store, store_of


@dataclass(frozen=True)
class Restored:
    """What is in each table now, each the same as in the backup; and how many cases have no key any more.

    Tables of the key store stand as "keys.…".
    """

    made_at: str
    tables: dict[str, Table]
    cases_without_key: int


def identity_from_sheets(sheets: Iterable[str]) -> x25519.Identity:
    """This will give what opens the backups of this house, from two of its sheets. Raises NotOpened."""
    try:
        return x25519.Identity.from_str(identity_of(joined(sheets)))
    except SharesDoNotFitError:
        raise NotOpened(
            "These sheets do not fit together. Two different sheets of one printing are needed, each with all its words."
        ) from None


def identity_from_text(text: str) -> x25519.Identity:
    """This will read a file that `age-keygen` wrote. Raises NotOpened."""
    lines = [line.strip() for line in text.splitlines() if not line.lstrip().startswith("#")]
    try:
        (line,) = filter(None, lines)
        return x25519.Identity.from_str(line)
    except (ValueError, IdentityError):
        raise NotOpened(
            "The file holds no private key of age: one line that begins with AGE-SECRET-KEY-1, as `age-keygen` writes it."
        ) from None


def restore_backup(*, data: Path, keys: Path, identity: x25519.Identity) -> Restored:
    """This will put a backup into this installation, compare every table with it, and bring the tables up to date.

    Raises one of `refusals`; nothing was changed then.
    """
    with alone(settings.DATA_DIR):
        stores = {DATA: store_of("default"), KEYS: store_of(KEYS_DATABASE)}
        stores[DATA].refuse_unless_empty()
        files = {DATA: data, KEYS: keys}
        known = {part: read_manifest(file, identity=identity) for part, file in files.items()}
        _refuse_what_does_not_fit(known, stores)
        if not _is_there_already(stores[KEYS], known[KEYS]):
            stores[KEYS].refuse_unless_empty()
        with ExitStack() as stack:
            # Both files are read to their end before anything is changed.
            place: dict[str, Place] = {}
            for part in (KEYS, DATA):
                content = partial(_pour, files[part], identity)
                prepared = stores[part].prepared(content, expected=known[part].tables)
                place[part] = stack.enter_context(prepared)
            _place(stores, place, known)
        _keep_signing(known[KEYS].signing)
    call_command("migrate", verbosity=0)
    forget_what_is_kept()
    installation()  # the two halves know each other
    keys_tables = {f"{KEYS}.{name}": table for name, table in known[KEYS].tables.items()}
    return Restored(known[DATA].made_at, {**known[DATA].tables, **keys_tables}, _without_key())


def _pour(file: Path, identity: x25519.Identity, into: Sink) -> None:
    pour(file, identity=identity, into=into)


def _place(stores: dict[str, Store], place: dict[str, Place], known: dict[str, Manifest]) -> None:
    """Keys first: ended between the two, the same command finds them there and goes on with the data."""
    with ExitStack() as undo:
        for part in (KEYS, DATA):
            undo.callback(stores[part].clear)
            place[part]()
            found = stores[part].tables()
            if found != known[part].tables:
                raise NotWhole(
                    "What was written does not read back as it was; it was taken out again. Look at the disk."
                )
        undo.pop_all()


def _is_there_already(store: Store, manifest: Manifest) -> bool:
    there = set(store.connection.introspection.table_names())
    return there == set(manifest.tables) and store.tables() == manifest.tables


def _refuse_what_does_not_fit(known: dict[str, Manifest], stores: dict[str, Store]) -> None:
    for part, manifest in known.items():
        if manifest.part != part:
            raise WrongPart(
                f"The file given as {part} is a {manifest.part} backup. First data-….age, then keys-….age."
            )
        if manifest.engine != stores[part].engine:
            raise OfAnotherDatabase(
                f"The {part} backup is of {manifest.engine}, and here is {stores[part].engine}. "
                "Set DATABASE_URL and KEYS_DATABASE_URL to databases of its kind and run this again."
            )
    if known[DATA].installation != known[KEYS].installation:
        raise OfAnotherInstallation(
            "The two files are of different installations. Take a keys backup of the same one."
        )
    ours = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    done = {name for manifest in known.values() for name in manifest.migrations}
    if done - ours:
        raise OfANewerRelease(
            f"The backup was made by a newer release ({min(done - ours)}). Update Madobe and run this again."
        )


def _keep_signing(text: str) -> None:
    if not text:
        return
    path = settings.DATA_DIR / SIGNING
    with NamedTemporaryFile("w", dir=path.parent, prefix=".key-", delete=False) as file:  # 0600
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)
    make_sure(path.parent)


def _without_key() -> int:
    """Erased after the data were copied: what is left of them opens for nobody, as was promised."""
    with_key = set(ShredKey.objects.values_list("case", flat=True))
    return len(set(Grant.objects.values_list("case", flat=True)) - with_key)
