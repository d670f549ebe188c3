"""A backup that is killed leaves no half file under a name somebody would trust, and the next one goes through."""

import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from madobe.web.actions.backups import making
from madobe.web.actions.backups.making import make_backup
from madobe.web.actions.backups.restoring import identity_from_sheets
from madobe.web.actions.backups.sealed import Nowhere, pour
from tests.factories.backups import restore
from tests.factories.hosts import Host
from tests.factories.houses import AT, furnish

LONGEST = 30  # seconds until the child is where it is to be killed


class StopsAfter:
    """Content that says so and stops for good after so many reads."""

    def __init__(self, content: Any, reads: int, say: Callable[[], None]) -> None:
        self._content, self._reads, self._say = content, reads, say

    def read(self, size: int, /) -> bytes:
        if self._reads == 0:
            self._say()
            time.sleep(LONGEST * 2)
        self._reads -= 1
        return self._content.read(size)


def killed_while(host: Host, out: Path, part: str, reads: int) -> None:
    """A child makes the backup and is killed with SIGKILL after so many reads of this part."""
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        write = making.write_sealed

        def stopping(path: Path, *, manifest: Any, content: Any, to: Any) -> None:
            if manifest.part == part:
                content = StopsAfter(content, reads, lambda: os.write(say, b"."))
            write(path, manifest=manifest, content=content, to=to)

        try:
            making.write_sealed = stopping
            with host.entered():
                make_backup(folder=out, at=AT)
        finally:
            os._exit(1)
    os.close(say)
    try:
        assert os.read(hear, 1) == b"."  # it ended before it was stopped, if this fails
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(hear)


@pytest.mark.parametrize(
    ("part", "reads", "whole"),
    [("data", 0, 0), ("data", 1, 0), ("data", 3, 0), ("keys", 0, 1), ("keys", 1, 1)],
)
def test_no_half_file_has_a_name_of_a_whole_one(new_host, tmp_path, part, reads, whole):
    old, fresh, out = new_host(), new_host(migrated=False), tmp_path / "out"
    with old.entered():
        house = furnish()
    killed_while(old, out, part, reads)

    named = sorted(file for file in out.iterdir() if not file.name.startswith("."))
    assert len(named) == whole
    identity = identity_from_sheets(house.sheets[:2])
    for file in named:
        pour(file, identity=identity, into=Nowhere())  # raises for half a file
    assert [file.name for file in out.glob(".*.part")] == [f".{part}-20261126T030000Z.age.part"]

    later = datetime.now(UTC) + timedelta(days=2)  # files carry the clock of the machine
    with old.entered():
        made = make_backup(folder=out, at=later)
    assert not [file for file in [*out.iterdir(), *old.data.iterdir()] if file.name[0] == "."]
    restore(fresh, made, house)
    assert fresh.content() == old.content()


def test_a_snapshot_left_by_a_killed_one_is_swept(new_host, tmp_path):
    old = new_host()
    with old.entered():
        furnish()
        if making.store_of("default").engine == "sqlite":
            (old.data / ".taken-left").write_bytes(b"half")
        make_backup(folder=tmp_path / "out", at=AT)
    assert not list(old.data.glob(".taken-*"))
