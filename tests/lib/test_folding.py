"""One spelling for many ways of writing, with the way back to what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.lib.folding import Stream, fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("シニタイ", "しにたい"),
        ("ｼﾆﾀｲ", "しにたい"),
        ("か\u3099っこう", "がっこう"),  # as some telephones send it: the mark stands by itself
        ("カ\u3099ッコウ", "がっこう"),
        ("ｶﾞｯｺｳ", "がっこう"),
        ("ガッコウ", "がっこう"),
        ("ＬＩＮＥ２", "line2"),
        ("Help", "help"),
        ("獨りの聲", "独りの声"),
        ("つづき", "つずき"),
        ("つらぁい", "つらい"),
        ("ウェルビー", "うえるび"),
        ("死 に　た…い", "死にたい"),
        ("きっっと", "きっと"),
        ("時々", "時時"),
    ],
)
def test_many_ways_of_writing_are_one(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_what_was_written_is_found_again() -> None:
    stream = Stream.of("もう、シ ニタ\u3099イ。")
    start = stream.text.index("しに")
    assert stream.slice(start, start + 4) == ("シ ニタ\u3099イ", 3, 9)


@given(st.text(alphabet="かがカガｶﾞ\u3099ﾟーっッぁァ一獨aＡ1、。？\n 😀々"))
def test_every_sign_has_its_place_in_order(written: str) -> None:
    stream = Stream.of(written)
    assert len(stream.text) == len(stream.starts) == len(stream.ends)
    assert list(stream.starts) == sorted(stream.starts)
    assert all(0 <= a < b <= len(written) for a, b in zip(stream.starts, stream.ends, strict=True))
