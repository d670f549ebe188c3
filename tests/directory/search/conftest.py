"""Searches of these tests stand on a folder of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from madobe.directory.actions.indexing import build_index
from madobe.directory.search.files import folder_of
from tests.directory.search.worlds import AT


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    """Where snapshots of this test lie; none yet."""
    settings.DATA_DIR = tmp_path
    return folder_of(tmp_path)


@pytest.fixture
def snapshot(folder: Path) -> Callable[[], str]:
    """Makes a snapshot of what stands in the tables."""
    return lambda: build_index(folder, at=AT)
