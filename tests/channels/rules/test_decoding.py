"""Japanese letters are read whatever their header says they are."""

from email.header import Header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.channels.rules.mail.decoding import header_text, text_of

SAID = "こんにちは。窓辺のみなさん、漢字とカタカナとabc。"


@pytest.mark.parametrize(
    ("codec", "charset"),
    [
        ("iso2022_jp", "iso-2022-jp"), ("cp932", "shift_jis"), ("cp932", "Shift_JIS"), ("euc_jp", "euc-jp"),
        ("utf-8", "utf-8"), ("utf-8", ""), ("iso2022_jp", ""), ("cp932", ""), ("euc_jp", ""),
        ("cp932", "utf-8"), ("utf-8", "us-ascii"), ("euc_jp", "us-ascii"), ("cp932", "x-unheard-of"),
        ("utf-8", "hex"), ("utf-8", "idna"), ("iso2022_jp", "utf-8"), ("iso2022_jp", "us-ascii"), ("utf-8", '"utf-8"'),
    ],
)  # fmt: skip
def test_a_letter_is_read_by_what_it_is_not_by_what_it_claims(codec: str, charset: str):
    assert text_of(SAID.encode(codec), charset) == SAID


def test_signs_that_mail_programs_put_into_iso_2022_jp_against_the_rule_are_read():
    # ① ㈱ № of NEC's row 13, and half-width kana
    assert text_of(b"\x1b$B-!-j-b\x1b(B abc \x1b(I1234\x1b(B", "iso-2022-jp") == "①㈱№ abc ｱｲｳｴ"


def test_a_line_end_between_two_kanji_shifts_nothing():
    assert text_of(b"\x1b$B$O$$\n$O$$\r\n\x1b(Babc\n", "iso-2022-jp") == "はい\nはい\nabc\n"


def test_older_escapes_and_supplementary_kanji_are_read():
    assert text_of(b"\x1b$@$O$$\x1b(J.", "iso-2022-jp") == "はい."
    assert text_of(b"\x1b$(D0!\x1b(B", "iso-2022-jp-1") == "丂"


def test_line_ends_are_one_kind_and_control_signs_are_gone():
    assert text_of(b"a\r\nb\rc\x00\x07\td", "utf-8") == "a\nb\nc\td"


def test_what_is_no_text_at_all_is_still_shown_somehow():
    assert text_of(b"\xff\xfe\xfa abc", "utf-8").endswith(" abc")


@given(
    st.binary(max_size=200),
    st.sampled_from(["", "utf-8", "iso-2022-jp", "shift_jis", "utf-16", "rot13", "x"]),
)
def test_no_bytes_are_refused(data: bytes, charset: str):
    assert isinstance(text_of(data, charset), str)


@given(st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=("Cs", "Cc")), max_size=60))
def test_utf_8_comes_through_whole(text: str):
    assert text_of(text.encode(), "utf-8") == text


@pytest.mark.parametrize("codec", ["iso-2022-jp", "utf-8", "shift_jis", "euc-jp"])
def test_an_encoded_header_is_read(codec: str):
    assert header_text(Header("おねがいがあります、とても長い題でも", codec).encode()) == (
        "おねがいがあります、とても長い題でも"
    )


def test_a_header_with_raw_bytes_is_read():
    raw = "窓辺へのお便り".encode("cp932").decode("ascii", "surrogateescape")
    assert header_text(raw) == "窓辺へのお便り"


def test_a_letter_cut_in_the_middle_between_two_words_is_put_together():
    # 窓 = e7 aa 93, cut after its first byte
    assert header_text("=?utf-8?B?5w==?= =?utf-8?B?qpM=?=") == "窓"


def test_a_broken_header_is_shown_as_it_stands_on_one_line():
    assert header_text("=?utf-8?B?a\r\n b") == "=?utf-8?B?a b"


@given(st.text(max_size=80))
def test_no_header_is_refused_and_none_has_a_second_line(value: str):
    assert "\n" not in header_text(value)
