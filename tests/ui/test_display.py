"""The first segment of an address: every choice has one spelling, and only that one is an address."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from madobe.ui.display import Display, DisplayConverter

OPTIONS = ("", "-l", "-x", "-u", "-f", "-lu", "-lf", "-xu", "-xf", "-uf", "-luf", "-xuf")
SEGMENTS = [language + options for language in ("ja", "yasashii", "en") for options in OPTIONS]

displays = st.builds(
    Display,
    language=st.sampled_from(["ja", "yasashii", "en"]),
    size=st.sampled_from(["", "l", "x"]),
    letterform=st.booleans(),
    furigana=st.booleans(),
)


@pytest.mark.parametrize("segment", SEGMENTS)
def test_every_segment_is_read_and_written_the_same(segment: str):
    assert str(DisplayConverter().to_python(segment)) == segment


@given(displays)
def test_what_is_written_is_read_back(display: Display):
    assert DisplayConverter().to_python(str(display)) == display


@given(displays, displays)
def test_two_choices_never_share_a_segment(one: Display, other: Display):
    assert (str(one) == str(other)) == (one == other)


def test_each_letter_means_one_thing():
    read = DisplayConverter().to_python
    assert read("en-x") == Display("en", size="x")
    assert read("ja-l") == Display("ja", size="l")
    assert read("ja-u") == Display("ja", letterform=True)
    assert read("yasashii-f") == Display("yasashii", furigana=True)


@pytest.mark.parametrize(
    "segment",
    ["ja-", "ja-fl", "ja-ul", "ja-fu", "ja-ff", "ja-lx", "ja-z", "ja--f", "ja-l-f", "JA", "jp", "fr", "en-L", "ja-ｌ", "yasashii-", "ja%20", "ja.", "%00", "-f"],
)  # fmt: skip
def test_another_spelling_is_no_address(client: Client, segment: str):
    assert client.get(f"/{segment}/safety/").status_code == 404


@given(st.text(max_size=12).filter(lambda text: text not in SEGMENTS))
def test_no_other_text_is_a_segment(text: str):
    with pytest.raises(ValueError):  # noqa: PT011 - the segment itself is the message
        DisplayConverter().to_python(text)


@pytest.mark.parametrize("segment", SEGMENTS)
def test_every_segment_opens_a_page(client: Client, segment: str):
    assert client.get(f"/{segment}/privacy/").status_code == 200


@pytest.mark.parametrize(
    ("segment", "classes"),
    [("ja", ""), ("ja-l", "size-l"), ("en-xu", "size-x letterform"), ("ja-f", "furigana")],
)
def test_the_style_sheet_is_told_by_classes_of_the_page(client: Client, segment: str, classes: str):
    assert f'class="{classes}"' in client.get(f"/{segment}/privacy/").content.decode()
