"""いますぐ: the page somebody opens in danger must never be empty."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

DISPLAYS = ("ja", "yasashii", "en")


def page(client: Client, display: str = "ja", **posted: str) -> BeautifulSoup:
    address = f"/{display}/now/"
    answer = client.post(address, posted) if posted else client.get(address)
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize("display", DISPLAYS)
def test_the_numbers_for_immediate_danger_stand_first_and_can_be_tapped(
    client: Client, display: str
):
    immediate = page(client, display).select_one("section.immediate")
    assert immediate is not None
    assert {link["href"] for link in immediate.select("a")} == {"tel:119", "tel:110"}


@pytest.mark.parametrize("display", DISPLAYS)
def test_a_line_open_at_every_hour_is_among_the_first(client: Client, display: str):
    first = page(client, display).select("main > article.line")
    assert any("0120-279-338" in line.text for line in first)
    assert all(line.select_one(".open, .closed, .unsure") for line in first)


def test_who_cannot_speak_meets_a_written_desk_first(client: Client):
    first = page(client, voice_free="yes").select("main > article.line")[0]
    assert first.select("a[href^=https]")
    assert not first.select("a[href^=tel]")


def test_every_line_says_whose_word_it_is_and_more_are_folded_away(client: Client):
    lines = page(client).select("article.line")
    assert len(lines) > 8
    assert all("出典" in line.text for line in lines)
    assert page(client).select("details article.line")


def test_the_page_promises_that_nobody_comes_unasked(client: Client):
    assert re.search("家に来たりすることはありません", page(client).text)


def test_the_choice_of_written_desks_is_kept_when_the_display_changes(client: Client):
    panel = page(client, voice_free="yes").select_one("details.display")
    assert {button["form"] for button in panel.select("button")} == {"now"}
    assert (
        page(client, voice_free="yes").select_one("#now input[name=voice_free]")["value"] == "yes"
    )
