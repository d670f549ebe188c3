"""Which rows are taken, and what is said about the others."""

import pytest

from madobe.directory.rules.csv_file import FileRefusedError
from madobe.directory.rules.windows.source import read_release

from .rows import csv_bytes, release, row


def test_a_municipality_is_known_by_the_code_in_its_id():
    (window,) = release(row()).windows
    assert (window.coverage.extent, window.coverage.name, window.coverage.prefecture) == (
        "132071",
        "昭島市",
        "13",
    )


@pytest.mark.parametrize(
    ("named", "code"),
    [("osaka-toyonaka", "272035"), ("ibaraki-mito", "082015"), ("osaka-osaka", "271004")],
)
def test_an_id_in_latin_letters_is_read_when_the_file_comes_alone(named, code):
    assert release(row(municipalityId=named)).windows[0].coverage.extent == code


def test_other_ids_are_looked_up_in_municipalities_csv_by_the_first_five_digits():
    towns = csv_bytes(
        [{"id": "x-town", "municipalityCode": "131040", "name": "新宿区"}],
        ("id", "municipalityCode", "name"),
    )
    taken = read_release(
        csv_bytes([row(municipalityId="x-town")]), name="offices.csv", municipalities=towns
    )
    assert taken.windows[0].coverage.extent == "131041"
    assert [(p.column, p.value) for p in taken.problems] == [
        ("municipalities.csv:municipalityCode", "131040")
    ]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"municipalityId": "jp-99999"}, "municipalityId"),
        ({"municipalityId": "府中市"}, "municipalityId"),
        ({"municipalityId": "nagano-atlantis"}, "municipalityId"),
        ({"municipalityId": "atlantis-mito"}, "municipalityId"),
        ({"municipalityId": ""}, "municipalityId"),
        ({"name": ""}, "name"),
        ({"name": "窓" * 300}, "name"),
        ({"id": ""}, "id"),
        ({"scope": "moon"}, "scope"),
        ({"scope": "prefecture", "prefectureCode": "48"}, "prefectureCode"),
        ({"status": "draft"}, "status"),
    ],
)
def test_a_row_that_cannot_be_placed_is_rejected_with_its_reason(cells, column):
    taken = release(row(id="good"), row(id="bad") | cells)
    assert (taken.rows, taken.rejected, len(taken.windows)) == (2, 1, 1)
    assert [(p.row, p.column) for p in taken.problems] == [(3, column)]
    assert taken.problems[0].reason.endswith("取りこんでいません。")


def test_the_same_id_twice_counts_as_a_duplicate_and_the_first_stays():
    taken = release(row(name="はじめ"), row(name="あと"))
    assert (taken.duplicates, [w.cells["name"] for w in taken.windows]) == (1, ["はじめ"])
    assert "2行目" in taken.problems[0].reason


def test_a_file_without_one_row_that_can_be_taken_is_refused():
    with pytest.raises(FileRefusedError, match="row 2, municipalityId"):
        release(row(municipalityId="jp-00000"))


def test_a_file_with_a_header_only_is_refused():
    with pytest.raises(FileRefusedError, match="no row"):
        release()


def test_a_free_mail_address_is_neither_shown_nor_kept():
    (window,) = release(row(email="someone@gmail.com")).windows
    assert "gmail" not in str(window.cells)


def test_control_characters_are_left_out():
    (window,) = release(row(name="まど\x08べ\u200b相談室\x1b")).windows
    assert "\x08" not in window.cells["name"]
    assert "\x1b" not in window.cells["name"]
