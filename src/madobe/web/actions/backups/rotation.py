"""Which backups of the key store go: what was erased is unreadable in old data once no old key is left (trust.md G26)."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

KEPT: Final = timedelta(days=7)
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_KEYS: Final = re.compile(r"keys-(\d{8}T\d{6}Z)\.age")


def stamp(at: datetime) -> str:
    """This will give a moment as it stands in the name of a backup, in UTC."""
    return at.astimezone(UTC).strftime(_STAMP)


def outdated(names: Iterable[str], *, at: datetime) -> list[str]:
    """This will give the backups of the key store made seven days ago or earlier, but never the newest.

    By the moment in the name: copying a file changes its own. Other names are no business of ours.
    """
    made = {
        name: datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
        for name in names
        if (found := _KEYS.fullmatch(name)) and _is_a_moment(found[1])
    }
    newest = max(made.values(), default=None)
    return sorted(name for name, when in made.items() if when != newest and at - when >= KEPT)


def _is_a_moment(text: str) -> bool:
    try:
        datetime.strptime(text, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return False
    return True
