"""The card as people read it: one text for the lines of this minute and the promise of an answer."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

import madobe.consult
from madobe.consult.queries.lines import card_lines, contract_lines
from madobe.consult.rules.card import CardLines
from madobe.directory.rules.hours import JAPAN

NIGHT = datetime(2027, 3, 2, 3, 0, tzinfo=JAPAN)
REPLY = datetime(2027, 3, 3, 10, 0, tzinfo=JAPAN)
TEMPLATES = Path(madobe.consult.__file__).parent / "templates" / "consult"
LANGUAGES = ("ja", "ja-easy", "en")


def shown(name: str, language: str = "ja", **context: object) -> BeautifulSoup:
    request = RequestFactory().get("/")
    with translation.override(language):
        return BeautifulSoup(render_to_string(f"consult/{name}", context, request), "html.parser")


def words(soup: BeautifulSoup) -> str:
    return re.sub(r"\s+", "", soup.get_text())


def test_the_first_words_are_thanks() -> None:
    card = shown("_crisis.html", lines=card_lines(at=NIGHT), reply_by=REPLY)
    assert words(card).startswith("書いてくれてありがとうございます")


def test_it_says_when_a_person_reads_and_that_one_may_send_at_any_time() -> None:
    card = words(shown("_crisis.html", lines=card_lines(at=NIGHT), reply_by=REPLY))
    assert "3月3日（水）10:00ごろです" in card
    assert "送ることは、いつでもできます" in card


def test_without_a_promise_it_promises_nothing_and_still_takes_the_letter() -> None:
    card = words(shown("_crisis.html", lines=card_lines(at=NIGHT), reply_by=None))
    assert "まだお約束できません" in card
    assert "送ることは、いつでもできます" in card


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reply_by", [REPLY, None])
def test_it_never_says_that_something_cannot_be_used(
    language: str, reply_by: datetime | None
) -> None:
    for lines in (card_lines(at=NIGHT), CardLines((), (), (), True, REPLY)):
        card = words(shown("_crisis.html", language, lines=lines, reply_by=reply_by))
        assert not re.search("使えな|つかえな|使えません|unavailable|cannotuse|notavailable", card)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_stands_with_its_number_hours_source_and_day(language: str) -> None:
    lines = card_lines(at=NIGHT, cannot_speak=True)
    card = shown("_crisis.html", language, lines=lines, reply_by=REPLY)
    items = card.select("li")
    assert len(items) == len(lines.shown) > 3
    for item, line in zip(items, lines.shown, strict=True):
        assert line.name in item.get_text()
        assert item.a["href"] == line.href
        assert line.hours_text in item.get_text()
        assert line.source_name in item.get_text()
        assert re.search("2022|2026", item.get_text())


def test_the_card_holds_nothing_that_could_hold_up_a_letter() -> None:
    card = shown("_crisis.html", lines=card_lines(at=NIGHT), reply_by=REPLY)
    assert not card.select("form, button, input, script, dialog, [disabled], [required]")


def test_where_nothing_to_write_to_is_open_it_says_until_when() -> None:
    silent = CardLines((), (), (), cannot_speak=True, text_opens_at=REPLY)
    assert "つぎに開くのは3月3日（水）10:00" in words(
        shown("_crisis.html", lines=silent, reply_by=None)
    )


def test_the_number_about_contracts_comes_from_the_data_and_stands_in_no_template() -> None:
    lines = contract_lines(at=NIGHT)
    card = shown("_contract.html", lines=lines)
    assert card.select_one("li a")["href"] == f"tel:{lines[0].number}"  # type: ignore[index]
    assert "188" not in words(shown("_contract.html", lines=[]))
    for name in ("_card_line.html", "_contract.html", "_crisis.html"):
        assert not re.search(r"\d{3}", (TEMPLATES / name).read_text(encoding="utf-8")), name


def test_plain_japanese_points_at_the_lines_below_and_not_at_the_people_of_this_desk() -> None:
    card = words(shown("_crisis.html", "ja-easy", lines=card_lines(at=NIGHT), reply_by=REPLY))
    assert "下の電話や文字で人と話せます" in card
    assert "ここの人と" not in card


def test_english_points_at_the_lines_below() -> None:
    card = words(shown("_crisis.html", "en", lines=card_lines(at=NIGHT), reply_by=REPLY))
    assert "throughthelinesbelow" in card


@pytest.mark.parametrize("language", LANGUAGES)
def test_above_words_that_were_not_sent_it_names_no_time_of_an_answer(language: str) -> None:
    sent = shown("_crisis.html", language, lines=card_lines(at=NIGHT), reply_by=REPLY)
    card = shown(
        "_crisis.html", language, lines=card_lines(at=NIGHT), reply_by=REPLY, is_unsent=True
    )
    assert "10:00" in sent.find_all("p")[-2].get_text()
    assert "10:00" not in card.find_all("p")[-2].get_text()


@pytest.mark.parametrize("language", ["ja-easy", "en"])
def test_the_texts_are_translated(language: str) -> None:
    for name, context in (
        ("_crisis.html", {"lines": card_lines(at=NIGHT), "reply_by": REPLY}),
        ("_contract.html", {"lines": contract_lines(at=NIGHT)}),
    ):
        assert words(shown(name, language, **context)) != words(shown(name, **context))
