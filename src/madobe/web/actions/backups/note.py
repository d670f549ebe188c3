"""When the last backup was made: a small file beside the data, for `madobe check`. It holds no key and no content."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

NOTE: Final = "backup.last"


@dataclass(frozen=True)
class LastBackup:
    at: datetime
    folder: Path


def note_backup(data: Path, *, folder: Path, at: datetime) -> None:
    """This will note where and when a backup was made."""
    text = json.dumps({"at": at.isoformat(), "folder": str(folder)}, ensure_ascii=False)
    (data / NOTE).write_text(f"{text}\n", "utf-8")


def last_backup(data: Path) -> LastBackup | None:
    """This will give the last backup noted; None where none was, or the note cannot be read."""
    try:
        fields = json.loads((data / NOTE).read_text("utf-8"))
        return LastBackup(datetime.fromisoformat(fields["at"]), Path(fields["folder"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
