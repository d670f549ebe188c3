"""Which rows are one record: NO within a service kind, and what happens when two offices share one."""

import pytest

from madobe.directory.rules.csv_file import FileRefusedError
from madobe.directory.rules.wam import columns as c
from madobe.directory.rules.wam.source import WamFiles, office_identity, read_files

from .rows import csv_bytes, row

ONE = row(NO="A1", NAME="いち", OFFICE_NUMBER="1", STREET="昭和町1")
OTHER = row(NO="A1", NAME="に", OFFICE_NUMBER="2", STREET="昭和町2")


def files(*rows: dict[str, str], known: dict[str, dict[str, str]] | None = None) -> WamFiles:
    return read_files([("a.csv", csv_bytes(list(rows)))], known=known)


def test_the_same_no_in_two_kinds_is_two_records_and_is_told_when_the_offices_differ():
    read = files(ONE, OTHER | {c.KIND: "就労定着支援"})
    assert {office.key for office in read.offices} == {"060:A1", "062:A1"}
    assert (read.doubles, read.repeated) == (set(), 0)
    assert [(one.row, one.column) for one in read.problems] == [(3, c.NO)]


def test_the_same_no_in_two_kinds_of_one_office_is_nothing_to_tell():
    assert files(ONE, ONE | {c.KIND: "就労定着支援"}).problems == []


def test_two_different_offices_of_one_no_are_both_kept_and_the_second_is_a_duplicate():
    read = files(ONE, OTHER)
    assert [office.cells[c.NAME] for office in read.offices] == ["いち", "に"]
    assert len({office.key for office in read.offices}) == 2
    assert read.doubles == {read.offices[1].key}
    assert [(one.row, one.column, one.value) for one in read.problems] == [(3, c.NO, "A1")]


def test_the_same_office_once_more_however_wide_its_letters_is_left_out():
    read = files(ONE, ONE | {c.STREET: "昭和町１", c.CAPACITY: "6"})
    assert (len(read.offices), read.repeated, len(read.problems)) == (1, 1, 1)


def test_three_offices_of_one_no_have_three_keys():
    third = OTHER | {c.NAME: "さん"}
    assert len({office.key for office in files(ONE, OTHER, third).offices}) == 3


@pytest.mark.parametrize("rows", [(ONE, OTHER), (OTHER, ONE), (OTHER,), (ONE,)])
def test_each_keeps_its_key_in_the_next_release_whatever_the_order(rows):
    first = {office_identity(o.cells): o.key for o in files(ONE, OTHER).offices}
    again = files(*rows, known={"060:A1": first})
    assert all(first[office_identity(office.cells)] == office.key for office in again.offices)


def test_wide_letters_in_the_kind_and_the_number_are_one_spelling():
    read = files(row(NO="Ａ0000000001", KIND="就労継続支援Ａ型"), row(NO="A2", KIND="就労継続支援A型"))  # fmt: skip
    assert [office.key for office in read.offices] == ["045:A0000000001", "045:A2"]


def test_a_kind_nobody_knows_is_kept_under_its_own_name():
    (office,) = files(row(KIND="新しいサービス")).offices
    assert (office.key, office.kind.kinds) == ("新しいサービス:A0000000001", ())


@pytest.mark.parametrize("column", ["NO", "KIND", "NAME", "COMPANY"])
def test_a_row_without_what_makes_it_a_record_keeps_its_place_in_the_report(column):
    read = files(row(), row(NO="A2", **{column: " "}) if column != "NO" else row(NO="　"))
    assert (read.rows, len(read.offices), read.rejected) == (2, 1, 1)
    assert [(one.row, one.column) for one in read.problems] == [(3, getattr(c, column))]


def test_a_row_of_another_width_is_rejected_and_its_office_is_not_missing():
    content = csv_bytes([row()]) + b'"13000","A0000000002","x"\n'
    read = read_files([("a.csv", content)])
    assert (read.rows, read.rejected, read.refused_keys) == (2, 1, {"060:A0000000002"})
    assert read.problems[0].row == 3


def test_with_several_files_the_report_says_which():
    read = read_files([("a.csv", csv_bytes([row()])), ("b.csv", csv_bytes([row(NO="")]))])
    assert [one.in_file.startswith("b.csv: ") for one in read.problems] == [True]


def test_a_file_without_a_row_that_can_be_taken_is_refused():
    with pytest.raises(FileRefusedError, match="row 2"):
        files(row(NAME=""))
