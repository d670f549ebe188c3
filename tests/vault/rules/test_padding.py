"""What the size of a stored text tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.padding import padded, padded_size, unpadded


@given(st.binary(max_size=5000))
def test_padding_is_taken_off_again(plain: bytes):
    assert unpadded(padded(plain)) == plain


@pytest.mark.parametrize(
    ("size", "filled"),
    [(0, 256), (1, 256), (255, 256), (256, 256), (257, 272), (272, 272), (273, 288), (1000, 1024), (1025, 1088), (2049, 2176), (10_000, 10_240)],
)  # fmt: skip
def test_sizes_are_those_of_padme(size: int, filled: int):
    """Worked out by hand: of the highest bit's place E, all bits below the upper bit_length(E) are rounded up."""
    assert padded_size(size) == filled


@given(st.integers(257, 10_000_000))
def test_padding_costs_at_most_an_eighth(size: int):
    assert size <= padded_size(size) <= size * 1.12


def test_short_messages_all_look_alike():
    assert {len(padded(b"x" * size)) for size in range(255)} == {256}


def test_few_sizes_stand_for_many_texts():
    assert len({padded_size(size) for size in range(257, 10_001)}) < 100


@pytest.mark.parametrize("filled", [b"", bytes(256), b"text without an end"])
def test_a_text_without_its_end_is_refused(filled: bytes):
    with pytest.raises(NotOpenedError):
        unpadded(filled)
