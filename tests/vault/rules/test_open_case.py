"""A text is sealed in whichever writing is shorter, and comes back as it was."""

from hypothesis import given
from hypothesis import strategies as st

from madobe.vault.rules.open_case import as_bytes, as_text


@given(st.text())
def test_every_text_comes_back(text: str):
    assert as_text(as_bytes(text)) == text


def test_japanese_is_a_third_shorter():
    assert (
        len(as_bytes("眠れない夜が続いています。" * 50)) * 3
        < len(("眠れない夜が続いています。" * 50).encode()) * 2 + 6
    )


def test_english_is_not_made_longer():
    assert len(as_bytes("sleepless")) == len("sleepless") + 1
