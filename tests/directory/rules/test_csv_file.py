"""Files that are broken: refused with one sentence that names the place, before anything is written."""

import gzip
import zlib

import pytest

from madobe.directory.rules import csv_file
from madobe.directory.rules.csv_file import FileRefusedError, read_csv

GOOD = "id,name\nA,まどべ\nB,ここから\n"


def refusal(content: bytes, columns=("id", "name")) -> str:
    with pytest.raises(FileRefusedError) as refused:
        read_csv(content, name="x.csv", columns=columns)
    sentence = str(refused.value)
    assert "x.csv" in sentence
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        gzip.compress(GOOD.encode(), mtime=0),
        GOOD.replace("\n", "\r\n").encode(),
    ],
)
def test_utf8_with_and_without_bom_and_gzip_are_read(content):
    rows = read_csv(content, name="x.csv", columns=("id", "name")).rows
    assert [(row.number, row.cells["id"], row.cells["name"]) for row in rows] == [
        (2, "A", "まどべ"),
        (3, "B", "ここから"),
    ]


@pytest.mark.parametrize("text", [GOOD, "id,name\nA,髙橋①〜\nB,ここから\n"])
def test_cp932_is_read_like_utf8(text):
    read = read_csv(text.replace("〜", "～").encode("cp932"), name="x.csv", columns=("id", "name"))
    assert [row.cells["name"] for row in read.rows][-1] == "ここから"


def test_utf16_is_named_as_such():
    assert "UTF-16" in refusal(GOOD.encode("utf-16"))


@pytest.mark.parametrize("code", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_refused(code):
    assert refusal(GOOD.encode(code))


def test_euc_is_not_taken_for_cp932():
    text = "id,name\nA,ひきこもりの相談の窓口\nB,くらしの相談\n"
    assert "neither" in refusal(text.encode("euc_jp"))


def test_utf8_with_one_broken_place_is_refused_with_its_row_and_not_read_as_cp932():
    broken = GOOD.encode() + b"C,\x82\xa0\n"  # a letter of CP932 in a file of UTF-8
    assert "row 4" in refusal(broken)


def test_bytes_of_no_known_code_are_refused_with_their_row():
    assert "row 3" in refusal(b"id,name\nA,a\n" + b"B,\xff\xfe\xff\n")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0)])
def test_an_empty_file_is_refused(content):
    assert "empty" in refusal(content)


def test_missing_columns_are_named():
    sentence = refusal(b"id,title\nA,a\n", columns=("id", "name", "phone"))
    assert "name, phone" in sentence


def test_a_column_twice_is_refused():
    assert "twice" in refusal(b"id,name,name\nA,a,b\n")


def test_a_quote_left_open_is_refused_with_its_row():
    assert "row 3" in refusal(b'id,name\nA,a\nB,"open\nC,c\n')


def test_a_quote_in_the_middle_is_refused_with_its_row():
    assert "row 2" in refusal(b'id,name\nA,"a"b\n')


def test_a_nul_is_refused_with_its_row():
    assert "row 3" in refusal(b"id,name\nA,a\nB,\0b\n")


def test_an_endless_cell_is_refused_with_its_row():
    assert "row 2" in refusal(b"id,name\nA," + b"a" * 30_000 + b"\n")


def test_a_damaged_gzip_is_refused():
    whole = gzip.compress(GOOD.encode() * 50, mtime=0)
    assert "too early" in refusal(whole[:-20]) or "damaged" in refusal(whole[:-20])
    assert "damaged" in refusal(b"\x1f\x8bnot gzip at all")


def test_a_gzip_that_unpacks_to_too_much_is_refused_without_unpacking_it(monkeypatch):
    monkeypatch.setattr(csv_file, "MOST_BYTES", 10_000)
    unpacked = []
    real = zlib.decompressobj

    class Counting:
        def __init__(self, **kwargs):
            self.inner = real(**kwargs)

        def decompress(self, data, limit):
            out = self.inner.decompress(data, limit)
            unpacked.append(len(out))
            return out

        @property
        def eof(self):
            return self.inner.eof

    monkeypatch.setattr(zlib, "decompressobj", Counting)
    assert "larger" in refusal(gzip.compress(b"a" * 5_000_000, mtime=0))
    assert sum(unpacked) <= 10_001


def test_rows_of_another_width_are_set_aside():
    table = read_csv(b"id,name\nA,a\nB\nC,c,c\n\nD,d\n", name="x.csv", columns=("id", "name"))
    assert [row.cells["id"] for row in table.rows] == ["A", "D"]
    assert table.misshapen == ((3, ("B",)), (4, ("C", "c", "c")))


def test_a_row_of_endless_cells_is_refused_with_its_row_before_it_is_taken_apart():
    assert "row 3" in refusal(b"id,name\nA,a\n" + b"," * 2_000_000 + b"\n")


def test_a_record_of_endless_lines_is_refused():
    assert "longer than" in refusal(b"id,name\nA,a\n" + b'"\n",' * 600_000 + b"\n")


def test_a_million_columns_are_refused():
    assert refusal(b",".join(b"%d" % one for one in range(1_000_000)) + b"\n")
    assert "columns" in refusal(b",".join(b"%d" % one for one in range(5_000)) + b"\n")


def test_a_cell_like_a_formula_stays_text():
    table = read_csv(
        b'id,name\nA,"=HYPERLINK(""http://x"")"\n', name="x.csv", columns=("id", "name")
    )
    assert table.rows[0].cells["name"] == '=HYPERLINK("http://x")'
