"""The person sees who opened their letters: once they were answered, of their own thread alone (trust.md G24, E17)."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from madobe.audit.actions import record
from madobe.audit.queries import events_of
from madobe.consult.actions.doors import appointments
from madobe.consult.actions.seeker import threads
from madobe.consult.actions.staff import answers, holding
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.choices import State
from madobe.consult.door_choices import Meeting
from madobe.consult.models import Appointment, Consultation
from madobe.consult.queries import looks
from madobe.consult.rules.doors.talks import MeetingWords, Span
from madobe.consult.times import day_of
from madobe.vault.rules.receipts import Receipt
from tests.factories.answering import MORNING, Person, Sent, make_colleague, people, send
from tests.factories.desk import World, form_of, make_world, open_by, words_of

pytestmark = pytest.mark.django_db

BUTTON = 'value="looks"'
LATER = MORNING + timedelta(hours=1)
NEXT_DAY = MORNING + timedelta(days=1)
FRIDAY = "2026年11月27日"


@pytest.fixture(autouse=True)
def world() -> World:
    with time_machine.travel(MORNING, tick=False):
        return make_world()


@pytest.fixture
def hana(world: World) -> Person:
    return people(world)[0]


@pytest.fixture
def sora(world: World) -> Person:
    return people(world)[1]


def opens(who: Person, sent: Sent, at: datetime = MORNING, what: str = "") -> None:
    read_thread(hand=who.hand, thread_id=sent.id, at=at, what=what)


def answer(who: Person, sent: Sent, at: datetime = MORNING) -> None:
    if not sent.row.owner:
        holding.claim(hand=who.hand, thread_id=sent.id, at=at)
    draft = answers.Draft(uuid4(), sent.row.messages_count, "読みました。")
    answers.reply(hand=who.hand, thread_id=sent.id, draft=draft, at=at)


def page(client: Client, sent: Sent, at: datetime = LATER, path: str = "/ja/talk/") -> str:
    """What its person is shown."""
    words = " ".join(Receipt(sent.secret).words)
    with time_machine.travel(at, tick=False):
        opened = client.post(path, {"go": "words", "words": words}).content
        shown: bytes = client.post(path, form_of(opened) | {"go": "looks"}).content
    found = BeautifulSoup(shown, "html.parser")
    for field in found.select("input[name=token]"):
        field.decompose()
    return str(found)


def rows(shown: str) -> list[tuple[str, str]]:
    found = BeautifulSoup(shown, "html.parser").select("dl.facts")
    return [
        (day.get_text(), part.get_text("、"))
        for one in found
        for day, part in zip(one.select("dt"), one.select("dd"), strict=True)
    ]


def test_who_opened_it_is_shown_with_day_and_part_once_it_was_answered(
    client: Client, hana: Person, sora: Person
):
    sent = send()
    opens(hana, sent)
    opens(sora, sent)
    answer(hana, sent)
    assert rows(page(client, sent)) == [(FRIDAY, "窓口の相談員（2人）")]


def test_who_opens_it_and_takes_it_stands_there_once(client: Client, hana: Person):
    sent = send()
    opens(hana, sent)
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    opens(hana, sent)
    answer(hana, sent)
    assert rows(page(client, sent)) == [(FRIDAY, "担当の相談員")]


@pytest.mark.parametrize("urgent", [False, True])
def test_who_stands_beside_the_one_who_answers_has_helped(
    client: Client, world: World, hana: Person, urgent: bool
):
    sent = send(urgent=urgent)
    riku = make_colleague(world, "riku@example.jp", "見本 りく")
    holding.claim(hand=hana.hand, thread_id=sent.id, co_holder=riku.id, at=MORNING)
    opens(riku, sent)
    opens(hana, sent)
    answer(hana, sent)
    assert rows(page(client, sent)) == [(FRIDAY, "担当の相談員、手伝いに入った相談員")]


# --- no 既読 ---------------------------------------------------------------------------------------


def test_while_an_answer_is_awaited_an_opening_is_not_shown(client: Client, hana: Person):
    sent = send()
    month = MORNING + timedelta(days=31)
    before = [page(client, sent, at) for at in (LATER, month)]
    opens(hana, sent)
    assert [page(client, sent, at) for at in (LATER, month)] == before
    assert "まだありません" in before[0]


def test_that_a_counsellor_still_thinks_is_no_answer(client: Client, hana: Person):
    sent = send()
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    opens(hana, sent)
    day = day_of(MORNING + timedelta(days=3))
    answers.answer_later(hand=hana.hand, thread_id=sent.id, message=uuid4(), day=day, at=MORNING)
    assert rows(page(client, sent)) == []


def test_a_time_that_is_called_off_is_no_answer_to_what_waits(client: Client, hana: Person):
    sent = send()
    answer(hana, sent)
    at = MORNING + timedelta(days=5)
    span = Span(at, at + timedelta(hours=1))
    offer = {"kind": Meeting.OFFICE, "words": MeetingWords(), "spans": [span], "at": MORNING}
    appointments.offer_times(hand=hana.hand, thread_id=sent.id, **offer)
    sent.write("とても つらいです。", at=LATER)
    opens(hana, sent, NEXT_DAY)
    meeting = Appointment.objects.get(consultation=sent.id)
    appointments.call_off(hand=hana.hand, thread_id=sent.id, meeting_id=meeting.pk, at=NEXT_DAY)
    assert sent.row.state == State.WAITING_STAFF
    assert rows(page(client, sent, NEXT_DAY + timedelta(hours=1))) == []
    answer(hana, sent, NEXT_DAY + timedelta(hours=2))
    assert rows(page(client, sent, NEXT_DAY + timedelta(hours=3))) != []


def test_a_tab_that_stays_open_has_opened_nothing(client: Client, hana: Person):
    sent = send()
    opens(hana, sent, what="said")
    answer(hana, sent)
    assert rows(page(client, sent)) == []


def test_a_look_at_what_rests_is_shown_after_two_weeks_and_a_new_letter_does_not_hide_it(
    client: Client, hana: Person
):
    sent = send()
    answer(hana, sent)
    opens(hana, sent, LATER)
    weeks = LATER + timedelta(days=14)
    assert rows(page(client, sent, weeks - timedelta(days=1))) == []
    there = rows(page(client, sent, weeks))
    assert there == [(FRIDAY, "担当の相談員")]
    sent.write("ひさしぶりに書きます。", at=weeks)
    opens(hana, sent, weeks)
    assert rows(page(client, sent, weeks + timedelta(days=20))) == there


def test_who_rests_sees_what_was_opened_before(client: Client, hana: Person):
    sent = send()
    opens(hana, sent)
    threads.rest(secret=sent.secret, at=LATER)
    assert rows(page(client, sent, MORNING + timedelta(days=14))) == [(FRIDAY, "窓口の相談員")]


# --- nothing of anybody else -----------------------------------------------------------------------


def test_no_name_and_no_hour_is_on_it(client: Client, hana: Person):
    sent = send()
    opens(hana, sent)
    answer(hana, sent)
    shown = page(client, sent)
    assert rows(shown) != []
    assert not [one for one in (hana.user.name, hana.id, "10:20", str(sent.id)) if one in shown]


def test_what_else_the_trail_holds_changes_no_byte_of_it(
    client: Client, hana: Person, sora: Person
):
    sent = send()
    opens(hana, sent)
    answer(hana, sent)
    before = page(client, sent)
    theirs = send(who="family")
    for who in (hana, sora):
        opens(who, theirs)
    answer(sora, theirs)
    assert page(client, sent) == before


def test_a_page_that_took_another_threads_looks_would_be_seen(
    client: Client, hana: Person, monkeypatch: pytest.MonkeyPatch
):
    """Negative control."""
    mine, theirs = send(), send(who="family")
    opens(hana, theirs)
    answer(hana, mine)

    def of_all(*, action: str, record_id: str):
        ids = Consultation.objects.values_list("pk", flat=True)
        return [event for one in ids for event in events_of(action=action, record_id=str(one))]

    monkeypatch.setattr(looks, "events_of", of_all)
    assert rows(page(client, mine)) != []


# --- the page --------------------------------------------------------------------------------------


def test_a_look_from_before_parts_were_written_down_is_still_shown(client: Client, hana: Person):
    sent = send()
    record(by=hana.id, action="talk.read", at=MORNING, table="consultation", record_id=sent.id)
    answer(hana, sent)
    assert rows(page(client, sent)) == [(FRIDAY, "相談員")]


def test_a_letter_that_was_set_aside_is_offered_no_such_page(client: Client):
    with time_machine.travel(MORNING, tick=False):
        first = form_of(client.get("/ja/talk/").content)
        aside = client.post("/ja/talk/", first | {"text": "とちゅう", "go": "aside_first"}).content
        opened = open_by(client, words_of(aside)).content
        assert BUTTON not in opened.decode()
        shown = client.post("/ja/talk/", form_of(opened) | {"go": "looks"}).content.decode()
    assert "とちゅう" in shown
    assert "開いた人" not in shown


@pytest.mark.parametrize(
    ("path", "title", "row"),
    [
        ("/yasashii/talk/", "この お便りを 開いた 人", "窓口の 相談員（2人）"),
        ("/en/talk/", "Who opened these letters", "Desk counsellor (2)"),
    ],
)
def test_the_page_is_there_in_every_language(
    client: Client, hana: Person, sora: Person, path: str, title: str, row: str
):
    sent = send()
    for who in (hana, sora):
        opens(who, sent)
    answer(hana, sent)
    shown = page(client, sent, path=path)
    assert title in shown
    assert [part for _, part in rows(shown)] == [row]
