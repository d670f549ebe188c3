"""What goes into an import, and what it answers (contract.md, "What an import prints")."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from madobe.directory.rules.csv_file import Problem


def _quiet(_sentence: str) -> None:
    """Say nothing."""


def _unseen(_done: int, _all: int) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class ImportRequest:
    """Files to take. `by`: whose name stands beside the changes. `say` gets one line at each step."""

    files: Sequence[Path]
    by: str
    at: datetime
    dry_run: bool = False
    postal: Path | None = (
        None  # a file of postal codes; None: the one beside the data, if there is one
    )
    released: str = ""  # day or month of a release whose name does not say it
    prefecture: str = (
        ""  # `wam`: only offices there ("東京都"), for a demo; then nothing counts as gone
    )
    trust_source: str = (
        ""  # `hsds`: the register the operator vouches for; "": its records wait for vetting
    )
    kind: str = ""  # `hsds`: what a record is that names no kind of ours
    say: Callable[[str], None] = _quiet
    progress: Callable[[int, int], None] = _unseen  # done, of how many


@dataclass
class Report:
    """rows = added + changed + unchanged + rejected + duplicates. `removed`: gone since the last release."""

    source: str
    release: str
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: int = 0
    duplicates: int = 0
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """This will give the document of the contract."""
        return {
            "source": self.source, "release": self.release, "rows": self.rows, "added": self.added,
            "changed": self.changed, "unchanged": self.unchanged, "removed": self.removed, "rejected": self.rejected,
            "duplicates": self.duplicates,
            "problems": [
                {"row": one.row, "column": one.column, "value": one.value, "reason": one.in_file} for one in self.problems
            ],
        }  # fmt: skip
