"""A list of places as letters: there and back, and what a broken address does."""

import re
from uuid import UUID

import pytest

from madobe.directory.rules.kept import letters_of_places, places_of_letters

ONE = UUID("00112233-4455-6677-8899-aabbccddeeff")
TWO = UUID("ffffffff-ffff-4fff-bfff-ffffffffffff")


def test_a_list_comes_back_in_its_order():
    assert places_of_letters(letters_of_places([TWO, ONE])) == (TWO, ONE)


def test_the_letters_are_those_of_base64_for_addresses():
    assert letters_of_places([ONE]) == "ABEiM0RVZneImaq7zN3u_w"
    assert re.fullmatch(r"[\w-]+", letters_of_places([ONE, TWO]))


@pytest.mark.parametrize("letters", ["", "A", "あ" * 22, "!" * 22, "A" * 21])
def test_what_is_no_list_is_empty(letters: str):
    assert places_of_letters(letters) == ()


def test_an_address_cut_off_keeps_what_is_whole():
    assert places_of_letters(letters_of_places([ONE, TWO])[:-1]) == (ONE,)


def test_a_place_named_twice_is_there_once():
    assert places_of_letters(letters_of_places([ONE, ONE])) == (ONE,)
