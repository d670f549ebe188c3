"""One byte changed anywhere, or an end cut off: refused, and the host is as empty as before (trust.md G7)."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from madobe.web.actions.backups.making import BackupMade
from madobe.web.actions.backups.refusals import NotOpened, NotWhole
from tests.factories.backups import backed_up, is_empty, restore
from tests.factories.hosts import Host
from tests.factories.houses import House

FLIPS = 200
HEAD = 300  # bytes: age's own lines before the content


def accepted(copies: Iterator[BackupMade], host: Host, house: House) -> int:
    """How many of them were taken in; each refused one must leave nothing."""
    taken = 0
    for made in copies:
        try:
            restore(host, made, house)
            taken += 1
        except (NotOpened, NotWhole):
            assert is_empty(host)
    return taken


def changed(path: Path, folder: Path, place: int, bit: int) -> Path:
    data = bytearray(path.read_bytes())
    data[place] ^= 1 << bit
    (copy := folder / f"changed-{path.name}").write_bytes(data)
    return copy


def with_one_byte_changed(made: BackupMade, folder: Path) -> Iterator[BackupMade]:
    """Half of them in each file, every fourth in its head, which is small and not sealed itself."""
    draw = random.Random(7)
    for number in range(FLIPS):
        part = ("data", "keys")[number % 2]
        path = getattr(made, part)
        size = HEAD if number % 4 < 2 else path.stat().st_size
        place, bit = draw.randrange(size), draw.randrange(8)
        yield replace(made, **{part: changed(path, folder, place, bit)})


@pytest.fixture
def scene(new_host, tmp_path) -> tuple[House, BackupMade, Host]:
    house, made = backed_up(new_host(), tmp_path / "out")
    return house, made, new_host(migrated=False)


def test_a_changed_byte_is_refused_wherever_it_is(scene, tmp_path):
    house, made, fresh = scene
    assert accepted(with_one_byte_changed(made, tmp_path), fresh, house) == 0


def test_the_same_file_unchanged_is_taken(scene):
    """The control: what counts refusals above takes what is whole."""
    house, made, fresh = scene
    assert accepted(iter([made]), fresh, house) == 1


@pytest.mark.parametrize("left", [0, 1, 100, 250, 1000, -65552, -17, -16, -1])
@pytest.mark.parametrize("part", ["data", "keys"])
def test_a_file_cut_off_is_refused(scene, tmp_path, part, left):
    house, made, fresh = scene
    (short := tmp_path / "short.age").write_bytes(getattr(made, part).read_bytes()[:left])
    assert accepted(iter([replace(made, **{part: short})]), fresh, house) == 0


def test_a_byte_more_at_the_end_is_refused(scene, tmp_path):
    house, made, fresh = scene
    (long := tmp_path / "long.age").write_bytes(made.data.read_bytes() + b"\0")
    assert accepted(iter([replace(made, data=long)]), fresh, house) == 0


def test_a_file_that_is_not_there_is_named(scene, tmp_path):
    house, made, fresh = scene
    with pytest.raises(NotWhole, match=r"nothing\.age cannot be read"):
        restore(fresh, made, house, data=tmp_path / "nothing.age")
