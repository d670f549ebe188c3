"""A text is sealed in whichever writing is shortest, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.open_case import as_bytes, as_text

JAPANESE = "夜になると目がさえて、朝の音が聞こえるころに眠ります。母とは、もう長く話していません。"
ENGLISH = "At night I lie awake and when I hear the sounds of the morning I fall asleep at last."


@given(st.text() | st.text(alphabet="ねむれない夜", min_size=40))
def test_every_text_comes_back(text: str):
    assert as_text(as_bytes(text)) == text


def test_a_short_japanese_word_takes_two_bytes_a_sign():
    assert len(as_bytes("眠れない")) == 1 + 2 * 4


def test_japanese_prose_is_less_than_two_thirds_of_its_utf_8():
    assert len(as_bytes(JAPANESE)) * 3 < len(JAPANESE.encode()) * 2


def test_english_prose_is_shorter_than_itself():
    assert len(as_bytes(ENGLISH)) < len(ENGLISH)


@given(st.text(max_size=20))
def test_nothing_gets_longer_than_one_byte_more(text: str):
    assert len(as_bytes(text)) <= 1 + len(text.encode())


@pytest.mark.parametrize("plain", [b"", b"\x00\xff", b"\x01a", b"\x02nothing packed", b"\x04text"])
def test_bytes_that_are_no_text_are_refused(plain: bytes):
    with pytest.raises(NotOpenedError):
        as_text(plain)
