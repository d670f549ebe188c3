"""A demo takes in what lies in the open data, and says what it went without."""

from datetime import UTC, datetime

import pytest

from madobe.directory.models import Service
from madobe.web.actions.demo import make_demo
from tests.directory.wam.rows import csv_bytes, row

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def test_offices_of_the_register_in_tokyo_are_taken_in(tmp_path):
    folder = tmp_path / "wam_2024-09"
    folder.mkdir()
    tokyo, osaka = row(), row(NO="A9", NAME="おおさか", CITY="大阪府大阪市北区")
    (folder / "csvdownload042.csv.gz").write_bytes(
        csv_bytes([row(KIND="自立訓練（生活訓練）", NAME="くんれん")])
    )
    (folder / "csvdownload060.csv.gz").write_bytes(csv_bytes([tokyo, osaka]))
    said: list[str] = []
    assert make_demo(open_data=tmp_path, at=AT, say=said.append)
    shown = Service.objects.shown()
    assert set(shown.filter(source_records__source="wam").values_list("name", flat=True)) == {
        "まどべワークス",
        "くんれん",
    }
    assert any(line.startswith("2 rows of offices of the WAM register in 東京都") for line in said)


def test_without_open_data_the_demo_goes_without_and_says_so(tmp_path):
    said: list[str] = []
    make_demo(open_data=tmp_path, at=AT, say=said.append)
    assert sum("going without them" in line for line in said) == 2
