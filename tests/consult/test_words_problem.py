"""Words that do not fit: each correction is one whole sentence, in the language of the page."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from madobe.vault.rules.receipts import Receipt
from tests.factories.desk import make_world

pytestmark = pytest.mark.django_db

WORDS = Receipt(b"madobe-ten").words


@pytest.fixture(autouse=True)
def world():
    return make_world()


def said(client: Client, display: str, typed: list[str]) -> list[str]:
    """The sentences above the field."""
    page = client.post(f"/{display}/talk/", {"go": "words", "words": " ".join(typed)})
    place = BeautifulSoup(page.content, "html.parser").find(class_="errors")
    assert place is not None
    return [" ".join(line.get_text().split()) for line in place.find_all("p")]


@pytest.mark.parametrize(
    ("display", "begins"),
    [
        ("ja", "2番めと3番めは、こちらかもしれません："),
        ("yasashii", "2番めと 3番めは これかもしれません："),
        ("en", "No. 2 and no. 3 may be: "),
    ],
)
def test_two_words_that_changed_places_are_one_sentence(client: Client, display: str, begins: str):
    typed = [WORDS[0], WORDS[2], WORDS[1], *WORDS[3:]]
    between = ", " if display == "en" else "、"
    assert f"{begins}{WORDS[1]}{between}{WORDS[2]}" in said(client, display, typed)


@pytest.mark.parametrize(
    ("display", "sentence"),
    [
        ("ja", "ことばが10こあります。合言葉は八つのことばです。"),
        ("yasashii", "ことばが 10こ あります。合言葉は 8つの ことばです。"),
        ("en", "Words here: 10. A full set has eight."),
    ],
)
def test_more_words_than_eight_are_counted_naturally(client: Client, display: str, sentence: str):
    assert sentence in said(client, display, [WORDS[0]] * 10)


def test_a_group_of_digits_that_differs_is_one_sentence(client: Client):
    digits = Receipt(b"madobe-ten").digits.split()
    digits[4] = digits[4][1] + digits[4][0] + digits[4][2]
    assert f"5番めは、こちらかもしれません：{Receipt(b'madobe-ten').digits.split()[4]}" in said(
        client, "ja", digits
    )
