"""What an operator must know, in plain sentences: where data and keys lie, who can open them, what grew old."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connections
from django.db.models import Count, Q

from madobe.audit.models import AuditEvent
from madobe.consult.queries.lines import minutes_without_line
from madobe.directory.queries import crisis_lines
from madobe.directory.rules.hours import JAPAN
from madobe.vault.choices import Holder
from madobe.vault.installed import KeyStoreIsNotOurs, installation
from madobe.vault.keystore.models import Pepper
from madobe.vault.models import Grant, HolderKey, Installation
from madobe.vault.router import KEYS
from madobe.web.actions.backups.note import last_backup

DRILL: Final = timedelta(days=180)  # trust.md G27
LINES: Final = timedelta(days=90)  # trust.md G34
AHEAD: Final = timedelta(days=30)  # trust.md G34
BACKUP: Final = timedelta(days=8)  # trust.md G6
SLOW_CLOCK: Final = timedelta(minutes=5)  # between nodes
LITTLE_ROOM, NO_ROOM = 2 << 30, 200 << 20  # bytes
SMALLEST_GROUP: Final = 2  # holders of what comes in


class Weight(Enum):
    """`WRONG` ends the command with 1."""

    FINE = "ok"
    LOOK = "look"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    weight: Weight
    says: str


def findings(*, at: datetime) -> Iterator[Finding]:
    """This will look at everything in turn. Reads only: an installation that is not there yet is not made."""
    yield from _places()
    yield from _room()
    yield from _lines(at)
    yield from _nights(at)
    yield from _backup(at)
    if any(not _has_tables(alias) for alias in ("default", KEYS)):
        yield Finding(Weight.LOOK, "The database has no tables yet: run `madobe migrate`.")
        return
    yield from _clock(at)
    yield from _keys(at)


def _places() -> Iterator[Finding]:
    data, keys = _place("default"), _place(KEYS)
    yield Finding(Weight.FINE, f"Data lie in {data}, keys in {keys}.")
    if isinstance(data, Path) and isinstance(keys, Path):
        if _disk(data) == _disk(keys):
            yield Finding(
                Weight.LOOK,
                "Keys lie on the same disk as the data: who takes the disk has both. Set MADOBE_KEYS to a folder on another.",
            )
        if keys.is_relative_to(data.parent):
            yield Finding(
                Weight.LOOK,
                "Keys lie inside the data folder: a copy of the folder takes both, and keeps keys of what was erased. "
                "Set MADOBE_KEYS to a folder outside MADOBE_DATA.",
            )
    elif data == keys:
        yield Finding(
            Weight.LOOK,
            "Keys lie on the same database server as the data. Set KEYS_DATABASE_URL to another, with backups of its own.",
        )
    if isinstance(keys, Path) and _is_open(keys) and _is_open(keys.parent):
        yield Finding(
            Weight.LOOK,
            f"Other users of this machine can read {keys}. `chmod 700 {keys.parent}` ends that.",
        )


def _room() -> Iterator[Finding]:
    for folder in dict.fromkeys((settings.DATA_DIR, settings.KEYS_DIR)):
        free = shutil.disk_usage(_nearest(folder)).free
        says = f"{free / (1 << 30):.1f} GB are free at {folder}."
        if free < NO_ROOM:
            yield Finding(Weight.WRONG, f"{says} Words may be refused soon: make room.")
        elif free < LITTLE_ROOM:
            yield Finding(Weight.LOOK, f"{says} Make room.")
        else:
            yield Finding(Weight.FINE, says)


def _lines(at: datetime) -> Iterator[Finding]:
    lines = [line for line in crisis_lines(at=at) if not line.immediate]  # 119 and 110 stay
    old = [
        line.name
        for line in lines
        if not line.checked_date or at.date() - line.checked_date > LINES
    ]
    if old:
        yield Finding(
            Weight.LOOK,
            f"{len(old)} of {len(lines)} lines for people in danger were last compared with their operator's page more than "
            f"{LINES.days} days ago, or never: {', '.join(old)}. Take a newer release.",
        )
    else:
        yield Finding(
            Weight.FINE, f"All {len(lines)} lines for people in danger were checked lately."
        )


def _nights(at: datetime) -> Iterator[Finding]:
    bare = minutes_without_line(at=at, days=AHEAD.days)
    if bare:
        yield Finding(
            Weight.WRONG,
            f"In the next {AHEAD.days} days no line for people in danger is open for {len(bare)} minutes, the first at "
            f"{bare[0].astimezone(JAPAN):%Y-%m-%d %H:%M} (Japan). Take a newer release.",
        )
    else:
        yield Finding(
            Weight.FINE,
            f"At every minute of the next {AHEAD.days} days a line for people in danger is open.",
        )


def _backup(at: datetime) -> Iterator[Finding]:
    last = last_backup(settings.DATA_DIR)
    if last is None:
        yield Finding(
            Weight.LOOK, "No backup was made yet. Run `madobe backup DIR` once a day, by a timer."
        )
        return
    says = f"The last backup was made at {last.at:%Y-%m-%d %H:%M} (UTC), into {last.folder}."
    late = at - last.at > BACKUP
    yield Finding(
        Weight.LOOK if late else Weight.FINE, f"{says} Run it once a day." if late else says
    )
    data = _place("default")
    if isinstance(data, Path) and last.folder.exists() and _disk(last.folder) == _disk(data):
        yield Finding(
            Weight.LOOK,
            "Backups lie on the disk of the data, and would be lost with it: copy them away.",
        )


def _clock(at: datetime) -> Iterator[Finding]:
    newest = AuditEvent.objects.order_by("-number").values_list("at", flat=True).first()
    if newest is not None and newest - at > SLOW_CLOCK:
        yield Finding(
            Weight.WRONG,
            f"The clock of this machine says {at:%Y-%m-%d %H:%M} (UTC), and the trail has a later row ({newest:%Y-%m-%d %H:%M}): "
            "one of the two was wrong. Promised hours depend on it: set the clock.",
        )
    else:
        yield Finding(Weight.FINE, f"The clock says {at:%Y-%m-%d %H:%M} (UTC).")


def _keys(at: datetime) -> Iterator[Finding]:
    known = Installation.objects.filter(id=1).first()
    if known is None and not Pepper.objects.exists():
        yield Finding(Weight.FINE, "No key was needed yet.")
        return
    if known is None:
        yield Finding(
            Weight.LOOK,
            "The key store holds keys, and this database has used none. Is it the database that belongs to it?",
        )
        return
    try:
        installation()
    except KeyStoreIsNotOurs as error:
        yield Finding(Weight.WRONG, str(error))
        return
    living = HolderKey.objects.filter(retired_at__isnull=True)
    members = living.filter(kind=Holder.MEMBER).count()
    cases = Grant.objects.values("case").distinct().count()
    yield Finding(
        Weight.LOOK if members < SMALLEST_GROUP else Weight.FINE,
        f"{members} member(s) of staff have a key; {cases} case(s) are sealed."
        + (" With fewer than two, one lost passphrase locks everything." if members < 2 else ""),
    )
    usable = Count("seals", filter=Q(seals__member__retired_at__isnull=True))
    for group in living.filter(kind=Holder.DUTY).annotate(n=usable).filter(n__lt=SMALLEST_GROUP):
        yield Finding(
            Weight.LOOK if group.n else Weight.WRONG,
            f"The duty group {group.owner} has {group.n} member(s) who can read what comes in; two are needed.",
        )
    yield from _sheets(living.filter(kind=Holder.RECOVERY).first(), known, at)


def _sheets(key: HolderKey | None, known: Installation, at: datetime) -> Iterator[Finding]:
    if key is None:
        yield Finding(
            Weight.LOOK, "There are no recovery sheets: make them under /staff/ and print them."
        )
    elif known.drilled_at is None:
        yield Finding(
            Weight.LOOK,
            f"Recovery sheets were made on {key.made_at:%Y-%m-%d} and never tried: read two of them back under /staff/.",
        )
    elif at - known.drilled_at > DRILL:
        yield Finding(
            Weight.LOOK,
            f"Recovery sheets were last tried on {known.drilled_at:%Y-%m-%d}, more than {DRILL.days} days ago: try two again.",
        )
    else:
        yield Finding(
            Weight.FINE, f"Recovery sheets were last tried on {known.drilled_at:%Y-%m-%d}."
        )


def _place(alias: str) -> Path | str:
    """A file, or the server a database lies on."""
    connection = connections[alias]
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return Path(str(at["NAME"]))
    return f"the database server {at['HOST'] or 'localhost'}:{at['PORT'] or 5432}"


def _has_tables(alias: str) -> bool:
    needed = Pepper if alias == KEYS else HolderKey
    place = _place(alias)
    if isinstance(place, Path) and not place.exists():
        return False  # to ask would make the file
    return needed._meta.db_table in connections[alias].introspection.table_names()


def _is_open(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & 0o077)


def _disk(path: Path) -> int:
    return os.stat(_nearest(path)).st_dev


def _nearest(path: Path) -> Path:
    """The path itself, or the folder it would be made in."""
    return next(one for one in (path, *path.parents) if one.exists())
