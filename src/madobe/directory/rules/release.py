"""One release of a source, read and checked: which rows it has, which are taken, and what they say."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from madobe.directory.rules.csv_file import Problem


@dataclass(frozen=True)
class Entry:
    """One row that is taken. `scope`: the part of the source it belongs to; what a later release is compared by."""

    key: str  # the source's own, at most 200 characters
    scope: str
    number: int  # as a spreadsheet counts: the header is row 1
    cells: Mapping[str, str]  # kept as `SourceRecord.raw`

    def digest(self) -> str:
        """This will give the hash by which a later import sees that a column changed."""
        text = json.dumps(dict(self.cells), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Release:
    """rows = entries not among `doubles` + rejected + duplicates + unchanged_elsewhere. `refused_keys` are there, though not taken:
    they are not missing. `doubles` are keys of entries that are kept and counted under `duplicates`.
    """

    source: str
    name: str
    rows: int
    entries: Sequence[Entry]
    scopes: frozenset[str]
    refused_keys: frozenset[str] = frozenset()
    doubles: frozenset[str] = frozenset()
    rejected: int = 0
    duplicates: int = 0
    unchanged_elsewhere: int = (
        0  # rows that say what is here already from another source: nothing to keep
    )
    problems: Sequence[Problem] = ()
