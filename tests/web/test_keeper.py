"""The process beside the server: one, and one again when it dies."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from madobe.web.keeper import Keeper

CHILD = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()} '); time.sleep(60)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "started"


@pytest.fixture
def keeper(folder: Path) -> Iterator[Keeper]:
    made = Keeper([sys.executable, "-c", CHILD, str(folder)], pause=0.05)
    yield made
    made.end()


def started(folder: Path) -> list[int]:
    return [int(one) for one in folder.read_text().split()] if folder.exists() else []


def running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def until(true: Callable[[], bool]) -> None:
    for _ in range(400):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it did not come to that")


def test_one_that_dies_is_started_again_and_never_twice(keeper: Keeper, folder: Path):
    keeper.start()
    for times in (1, 2, 3):
        until(lambda times=times: len(started(folder)) == times)
        assert [pid for pid in started(folder) if running(pid)] == started(folder)[-1:]
        if times < 3:
            os.kill(started(folder)[-1], signal.SIGKILL)


def test_the_end_ends_it_and_it_does_not_come_back(keeper: Keeper, folder: Path):
    keeper.start()
    until(lambda: len(started(folder)) == 1)
    keeper.end()
    assert not running(started(folder)[0])
    time.sleep(0.3)
    assert len(started(folder)) == 1


def test_the_end_in_the_pause_keeps_it_from_coming_back(folder: Path):
    keeper = Keeper([sys.executable, "-c", CHILD, str(folder)], pause=0.5)
    keeper.start()
    until(lambda: len(started(folder)) == 1)
    os.kill(started(folder)[0], signal.SIGKILL)
    keeper.end()
    time.sleep(0.8)
    assert len(started(folder)) == 1
