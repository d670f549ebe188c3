"""Broken files: kept or not taken, never anything else, and never a marker out; 5,000 in `bench/desk_files.py`."""

from collections import Counter

import pytest

from madobe.consult.rules.attachments import NotTaken, clean
from tests.factories.files import MARKED, found_in, mutated

COUNT = 300
SEED = 20261126


def test_no_broken_file_brings_anything_but_a_reason_and_no_marker_gets_out():
    came: Counter[str] = Counter()
    got_out: set[str] = set()
    for file in mutated(SEED, COUNT):
        try:
            cleaned = clean(file.name, file.data)
        except NotTaken as said:
            came[said.reason] += 1
            continue
        came["kept"] += 1
        got_out |= found_in(cleaned.data, file.markers)
    assert got_out == set()
    assert sum(came.values()) == COUNT
    assert came["kept"] > 50  # broken a little, not beyond all reading
    assert len(came) > 3


def test_a_marker_that_gets_out_would_be_seen():
    seen = Counter(bool(found_in(file.data, file.markers)) for file in mutated(SEED, COUNT))
    assert seen[True] > COUNT // 2


def test_the_same_seed_breaks_the_same_files():
    assert [one.data for one in mutated(1, 5)] == [one.data for one in mutated(1, 5)]


@pytest.mark.parametrize("sort", list(MARKED))
def test_nothing_is_printed_and_nothing_logged(
    sort: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    caplog.set_level(0)
    file = MARKED[sort]()
    for data in (file.data, file.data[:-30], file.data.replace(b"1", b"2")):
        try:
            clean(file.name, data)
        except NotTaken:
            continue
    assert (*capfd.readouterr(), caplog.text) == ("", "", "")
