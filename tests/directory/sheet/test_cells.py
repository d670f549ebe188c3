"""One cell, in and out."""

import pytest

from madobe.directory.codes import codes
from madobe.directory.rules.sheet.cells import CellError, read_cell
from madobe.directory.rules.sheet.columns import column_of, columns
from madobe.directory.rules.sheet.hours import read_hours, write_hours
from madobe.directory.rules.sheet.neutral import looks_like_formula, neutral, whole

CODES = codes()


def value(column: str, text: str) -> object:
    return read_cell(columns()[column], text, CODES)


def refusal(column: str, text: str) -> str:
    with pytest.raises(CellError) as refused:
        value(column, text)
    assert str(refused.value).endswith("。")
    return str(refused.value)


@pytest.mark.parametrize(
    "header", ["使い時 [when_to_use]", "when_to_use", "使い時", "  使い時 [when_to_use] "]
)
def test_a_header_may_be_written_in_three_ways(header):
    found = column_of(header)
    assert found is not None
    assert found.id == "when_to_use"


def test_a_header_nobody_knows_is_none():
    assert column_of("すきな色") is None


@pytest.mark.parametrize(
    "text", ["居場所・フリースペース", "ibasho", "IBASHO", "居場所･フリースペース"]
)
def test_a_code_may_be_written_as_code_or_word(text):
    assert value("kinds", text) == ["ibasho"]


def test_a_word_nobody_knows_names_those_there_are():
    assert "無料" in refusal("fee", "ただ")


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("areas", "東京都昭島市", [["132071", "昭島市"]]),
        ("areas", "13207；東京都", [["13", "東京都"], ["132071", "昭島市"]]),
        ("areas", "全国", [["JP", "全国"]]),
        ("areas", "静岡県浜松市中区", [["221309", "浜松市"]]),
        ("anonymous_ok", "はい", True),
        ("anonymous_ok", "いいえ", False),
        ("capacity", "２０", 20),
        ("last_verified_date", "2026年11月1日", "2026-11-01"),
        ("last_verified_date", "2026/11/1", "2026-11-01"),
        ("postal_code", "〒1960015", "196-0015"),
        ("latitude", "35.7", 35.7),
        ("aliases", "ひなた；ひだまり\nひなた", ["ひなた", "ひだまり"]),
        ("methods", "来所；電話", ["in_person", "phone"]),
    ],
)
def test_values(column, text, expected):
    assert value(column, text) == expected


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("areas", "府中市"), ("areas", "まぼろし市"), ("anonymous_ok", "たぶん"), ("capacity", "二十"), ("capacity", "-1"),
        ("last_verified_date", "2026-02-30"), ("last_verified_date", "去年"), ("postal_code", "960015"), ("url", "www.a.jp"),
        ("email", "soudan@"), ("corporate_number", "123"), ("phones", "26-5008"), ("doors", "のろし 山の上"),
        ("doors", "メール だれか"), ("hours", "朝から"), ("hours", "月〜金 25:00-26:00"), ("hours", "月〜金 9:00-17:00［雨の日休み］"),
        ("more", "{"), ("more", "[1]"), ("name", "あ" * 201), ("more", "[" * 5000),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_how_to_write_it(column, text):
    assert len(refusal(column, text)) > 10


def test_phones_with_extension_and_note():
    first, second = value(
        "phones", "042-000-0000 内線12〜15（相談専用）；FAX ０４２−０００−０００１"
    )  # type: ignore[misc]
    assert (first["number"], first["extension"], first["extension_last"], first["description"]) == ("042-000-0000", 12, 15, "相談専用")  # fmt: skip
    assert (second["kind"], second["number"]) == ("fax", "042-000-0001")


def test_doors_without_a_voice():
    assert value("doors", "フォーム https://a.jp/f（相談）；メール a@a.jp；窓口でメモを見せる") == [
        {"kind": "form", "address": "https://a.jp/f", "label": "相談"},
        {"kind": "mail", "address": "a@a.jp", "label": ""},
        {"kind": "counter_memo", "address": "", "label": ""},
    ]


HOURS = [
    ("月〜金 09:00-17:00［祝日休み 年末年始12-29〜01-03］", {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "closed_on_holidays": True, "year_end_start": "12-29", "year_end_end": "01-03"}),
    ("火・土 13:30-15:30", {"freq": "WEEKLY", "byday": "TU,SA"}),
    ("第1土・第3土 10:00-12:00［期間04-01〜09-30］", {"freq": "MONTHLY", "byday": "1SA,3SA", "season_start": "04-01", "season_end": "09-30"}),
    ("最終木 18:00-20:00※会場は毎回ちがいます", {"freq": "MONTHLY", "byday": "-1TH", "notes": "会場は毎回ちがいます"}),
    ("毎月5・20日 10:00-12:00", {"freq": "MONTHLY", "bymonthday": "5,20"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HOURS)
def test_hours_are_read_and_written_back_the_same(text, expected):
    (row,) = read_hours([text])
    assert {name: row[name] for name in expected} == expected
    assert write_hours([row]) == ([text], [])


@pytest.mark.parametrize(
    ("text", "byday"),
    [("平日 9:00-17:00", "MO,TU,WE,TH,FR"), ("毎日 0:00-24:00", "MO,TU,WE,TH,FR,SA,SU"), ("月曜日・水曜日 10:00〜12:00", "MO,WE"), ("第1・3土 10:00-12:00", "1SA,3SA")],
)  # fmt: skip
def test_hours_as_people_write_them(text, byday):
    assert read_hours([text])[0]["byday"] == byday


def test_hours_no_cell_can_hold_are_left_to_the_machine():
    row = {"kind": "opening_hours", "freq": "WEEKLY", "byday": "MO", "opens_at": "10:00", "closes_at": "12:00", "notes": "", "interval": 2, "dtstart": "2026-01-05"}  # fmt: skip
    assert write_hours([row]) == ([], [row])


@pytest.mark.parametrize(
    "text", ["=1+1", "+81", "-1", "@flower", "\tx", "＝1", "'=1", "''=1", "\r=1", "ふつう", "'ふつう", "", "0120"]
)  # fmt: skip
def test_a_cell_never_runs_and_comes_back_whole(text):
    assert not looks_like_formula(neutral(text))
    assert whole(neutral(text)) == text


def test_control_without_the_apostrophe_it_would_run():
    assert looks_like_formula("=HYPERLINK(1)")
    assert neutral("=HYPERLINK(1)") != "=HYPERLINK(1)"
