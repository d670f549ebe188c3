"""What a desk says of itself stands before the first word: who reads, what happens in danger, when somebody is there."""

from datetime import date
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup, Tag
from django.test import Client

from madobe.consult.views.seeker import first_pages
from madobe.directory.rules.lines import Line
from tests.desks.calendars import jst
from tests.factories.desk import AT, World, make_world

pytestmark = pytest.mark.django_db

NOON, NIGHT = jst("2026-11-26 12:00"), AT
SAYS: dict[str, str] = {
    "name": "川べりの窓口",
    "name_en": "The riverside desk",
    "name_easy": "かわべりの まどぐち",
    "organisation_line": "市から頼まれて、NPOが開いています。",
    "organisation_line_en": "Run by an NPO for the city.",
    "organisation_line_easy": "市の 仕事を NPOが しています。",
    "danger_line": "そのときは、当番の二人が電話で相談します。",
    "danger_line_en": "Then two people on duty talk it over.",
    "danger_line_easy": "そのときは、二人で 話します。",
    "readers": "川べりの相談員が読みます。",
    "readers_en": "The riverside counsellors read it.",
    "readers_easy": "かわべりの 人が 読みます。",
}


def page(client: Client, at: Any = NOON, language: str = "ja", **desk: Any) -> Tag:
    with time_machine.travel(at, tick=False):
        make_world(at, **SAYS | desk)
        return BeautifulSoup(client.get(f"/{language}/talk/").content, "html.parser")


def open_text(shown: Tag) -> str:
    """What is seen before anything is unfolded and before the box."""
    before = BeautifulSoup(str(shown).partition("<textarea")[0], "html.parser")
    for folded in before.find_all("details"):
        folded.decompose()
    return before.get_text(" ", strip=True)


@pytest.mark.parametrize(("language", "ending"), [("ja", ""), ("en", "_en"), ("yasashii", "_easy")])
@pytest.mark.parametrize("what", ["name", "organisation_line", "danger_line", "readers"])
def test_what_a_desk_says_is_seen_in_the_language_of_the_page(
    client: Client, language: str, ending: str, what: str
):
    assert SAYS[what + ending] in open_text(page(client, language=language)).replace("\n", " ")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ja",
            (
                "例外は、だれかの命があぶないときと、虐待を知ったときです",
                "助けに行くことはできません",
            ),
        ),
        ("en", ("life is in danger", "abuse", "cannot come")),
        ("yasashii", ("命が あぶない", "虐待", "行けません")),
    ],
)
def test_the_exceptions_are_named_before_anything_is_unfolded(
    client: Client, language: str, words: tuple[str, ...]
):
    shown = open_text(page(client, language=language))
    assert [one for one in words if one not in shown] == []


def test_the_hours_are_those_of_the_desk(client: Client):
    notice = page(client).find(class_="notice")
    assert notice is not None
    assert "月〜金 10:00〜17:00" in notice.get_text()
    assert "夜や休みの日は、相談員がお休みです" not in notice.get_text()


@pytest.mark.parametrize("at", [NOON, NIGHT])
def test_night_duty_is_told_where_there_is_one(client: Client, at: Any):
    told = page(
        client,
        at,
        has_night_duty=True,
        night_call="当番長",
        night_call_checked_on=date(2026, 11, 20),
    )
    assert "夜も当番がいて" in told.get_text()


@pytest.mark.parametrize("at", [NOON, NIGHT])
def test_night_duty_is_not_told_where_there_is_none(client: Client, at: Any):
    assert "当番がいて" not in page(client, at).get_text()


def test_at_night_the_lines_that_are_open_then_stand_on_the_page(client: Client):
    form = page(client, NIGHT).find("form", id="told")
    assert form is not None
    numbers = [one["href"] for one in form.select("details a[href^='tel:']")]
    assert "tel:0120279338" in numbers  # day and night
    assert "いま開いている電話や文字の窓口" in form.get_text()
    assert "つぎに開くのは、きょう 10:00 です" in form.get_text()


def test_while_somebody_is_there_no_other_line_stands_in_the_way(client: Client):
    form = page(client, NOON).find("form", id="told")
    assert form is not None
    assert form.select("a[href^='tel:']") == []


def test_a_kept_page_of_the_night_shows_no_line_that_has_closed_since(
    client: Client, world_at_night: World, monkeypatch: pytest.MonkeyPatch
):
    open_lines = [Line("a", "はやく閉まる線", number="0120-000-001")]
    monkeypatch.setattr(first_pages, "lines_now", lambda *, at: tuple(open_lines))
    assert "はやく閉まる線" in client.get("/ja/talk/").content.decode()
    open_lines[:] = [Line("b", "おそくまでの線", number="0120-000-002")]
    later = client.get("/ja/talk/").content.decode()
    assert "おそくまでの線" in later
    assert "はやく閉まる線" not in later


def test_the_page_of_a_closed_desk_asks_the_database_once(
    client: Client, world_at_night: World, django_assert_num_queries: Any
):
    client.get("/ja/talk/")
    with django_assert_num_queries(1):
        client.get("/ja/talk/")


@pytest.fixture
def world_at_night() -> Any:
    with time_machine.travel(NIGHT, tick=False):
        yield make_world(NIGHT)
