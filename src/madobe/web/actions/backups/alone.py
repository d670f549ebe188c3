"""One backup or restore of an installation at a time."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from madobe.web.actions.backups.refusals import AnotherOneRuns


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """This will hold the folder until the end, or the end of the process. Raises AnotherOneRuns."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherOneRuns(
                "Another backup or restore runs here. Wait until it is done."
            ) from None
        yield
    finally:
        os.close(handle)
