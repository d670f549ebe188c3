"""The packaged files are what the maker makes of the open data, nothing edited by hand."""

import csv

import pytest
from tools.make_municipalities import make

from madobe.directory.municipalities.table import DATA


@pytest.mark.open_data
def test_the_packaged_files_are_what_the_maker_makes(open_data):
    for file, made in zip(("municipalities.csv", "prefectures.csv"), make(open_data), strict=True):
        with (DATA / file).open(encoding="utf-8", newline="") as lines:
            assert list(csv.DictReader(lines)) == made
