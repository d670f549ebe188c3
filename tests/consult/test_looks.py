"""The person sees who opened their letters: once they were answered, of their own thread alone (trust.md G24, E17)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from madobe.audit import queries as trail
from madobe.consult.actions.staff import answers, holding
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.models import Consultation
from madobe.consult.queries import looks
from madobe.vault.rules.receipts import Receipt
from tests.factories.answering import MORNING, Person, Sent, make_colleague, people, send
from tests.factories.desk import World, form_of, make_world, open_by, words_of

pytestmark = pytest.mark.django_db

BUTTON = 'value="looks"'
LATER = MORNING + timedelta(hours=1)


@pytest.fixture(autouse=True)
def world() -> World:
    with time_machine.travel(MORNING, tick=False):
        return make_world()


@pytest.fixture
def hana(world: World) -> Person:
    return people(world)[0]


def opens(who: Person, sent: Sent) -> None:
    read_thread(hand=who.hand, thread_id=sent.id, at=MORNING)


def answer(who: Person, sent: Sent) -> None:
    if not sent.row.owner:
        holding.claim(hand=who.hand, thread_id=sent.id, at=MORNING)
    draft = answers.Draft(uuid4(), sent.row.messages_count, "読みました。")
    answers.reply(hand=who.hand, thread_id=sent.id, draft=draft, at=MORNING)


def page(client: Client, sent: Sent, path: str = "/ja/talk/") -> str:
    """What its person is shown, an hour later."""
    words = " ".join(Receipt(sent.secret).words)
    with time_machine.travel(LATER, tick=False):
        opened = client.post(path, {"go": "words", "words": words}).content
        shown: bytes = client.post(path, form_of(opened) | {"go": "looks"}).content
        return shown.decode()


def rows(shown: str) -> list[tuple[str, str]]:
    found = BeautifulSoup(shown, "html.parser").select("dl.facts")
    return [
        (day.get_text(), part.get_text("、"))
        for one in found
        for day, part in zip(one.select("dt"), one.select("dd"), strict=True)
    ]


def test_who_opened_it_is_shown_with_day_and_part_once_it_was_answered(
    client: Client, world: World, hana: Person
):
    sent, (_, sora) = send(), people(world)
    opens(hana, sent)
    opens(sora, sent)
    answer(hana, sent)
    opens(hana, sent)
    assert rows(page(client, sent)) == [
        ("2026年11月27日", "当番の相談員（2人）、担当の相談員"),
    ]


def test_while_an_answer_is_awaited_an_opening_is_not_shown(client: Client, hana: Person):
    sent = send()
    before = without_token(page(client, sent))
    opens(hana, sent)
    assert without_token(page(client, sent)) == before
    assert "まだありません" in before


def without_token(shown: str) -> str:
    found = BeautifulSoup(shown, "html.parser")
    for field in found.select("input[name=token]"):
        field.decompose()
    return str(found)


def test_no_name_no_hour_and_no_number_of_the_trail_is_on_it(client: Client, hana: Person):
    sent = send()
    opens(hana, sent)
    answer(hana, sent)
    main = BeautifulSoup(page(client, sent), "html.parser").select_one("main")
    assert main is not None
    assert not [one for one in (hana.user.name, hana.id, "10:20", "#") if one in main.get_text()]


def test_somebody_who_stands_beside_the_one_who_answers_has_helped(
    client: Client, world: World, hana: Person
):
    sent = send()
    riku = make_colleague(world, "riku@example.jp", "見本 りく")
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    holding.hand_over(
        hand=hana.hand, thread_id=sent.id, to=riku.id, co_holder=hana.id, at=MORNING
    )  # fmt: skip
    opens(hana, sent)
    opens(riku, sent)
    answer(riku, sent)
    assert rows(page(client, sent)) == [("2026年11月27日", "手伝いに入った相談員、担当の相談員")]


def test_a_look_from_before_parts_were_written_down_is_still_shown(client: Client, hana: Person):
    from madobe.audit.actions import record

    sent = send()
    record(by=hana.id, action="talk.read", at=MORNING, table="consultation", record_id=sent.id)
    answer(hana, sent)
    assert rows(page(client, sent)) == [("2026年11月27日", "相談員")]


def test_what_opens_another_thread_is_not_shown(client: Client, hana: Person):
    mine, theirs = send(), send(who="family")
    opens(hana, theirs)
    answer(hana, theirs)
    answer(hana, mine)
    assert rows(page(client, mine)) == []


def test_a_page_that_took_another_threads_looks_would_be_seen(
    client: Client, hana: Person, monkeypatch: pytest.MonkeyPatch
):
    """Negative control."""
    mine, theirs = send(), send(who="family")
    opens(hana, theirs)
    answer(hana, mine)
    real: Callable[..., list[trail.AuditEvent]] = trail.events_of
    everywhere = lambda **given: [  # noqa: E731
        event
        for one in Consultation.objects.all()
        for event in real(action=given["action"], record_id=str(one.pk))
    ]
    monkeypatch.setattr(looks, "events_of", everywhere)
    assert rows(page(client, mine)) != []


def test_a_letter_that_was_set_aside_is_offered_no_such_page(client: Client):
    with time_machine.travel(MORNING, tick=False):
        first = form_of(client.get("/ja/talk/").content)
        aside = client.post("/ja/talk/", first | {"text": "とちゅう", "go": "aside_first"}).content
        opened = open_by(client, words_of(aside)).content
        assert BUTTON not in opened.decode()
        shown = client.post("/ja/talk/", form_of(opened) | {"go": "looks"}).content.decode()
    assert "とちゅう" in shown
    assert "ひらいた人" not in shown


@pytest.mark.parametrize(
    ("path", "title"),
    [("/yasashii/talk/", "おたよりを ひらいた"), ("/en/talk/", "Who opened these letters")],
)
def test_the_page_is_there_in_every_language(client: Client, path: str, title: str):
    assert title in page(client, send(), path)
