"""What the page of a thread begins with, however the thread stands: one true sentence, and no fright."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from madobe.consult.actions.doors import appointments
from madobe.consult.actions.seeker import threads
from madobe.consult.actions.staff import answers, holding, marks
from madobe.consult.actions.upkeep import renew_promises
from madobe.consult.choices import State
from madobe.consult.door_choices import Meeting
from madobe.consult.models import Appointment, Consultation
from madobe.consult.rules.doors.talks import MeetingWords, Span
from madobe.consult.staff_choices import ClosingKind
from madobe.vault.rules.receipts import Receipt
from tests.factories.answering import MORNING, Person, Sent, send
from tests.factories.desk import form_of, open_by

pytestmark = pytest.mark.django_db

TUESDAY = datetime.fromisoformat("2026-12-01T14:00:00+09:00")
RECEIVED, PROMISED, NOT_PROMISED = (
    "受けとりました。",
    "ごろまでに、人が読んで書きます。",
    "いまはまだお約束できません",
)
ANSWERED, LATE = "お返事があります。", "約束の時間に間にあわず、すみません。"
NOTHING = "いまは、待つことも、急ぐこともありません。書きたくなったときに、いつでも書けます。"
TIME = "お話しする時間は、12月1日（火）14:00 からです。"
RESTING = "お休み中です。書きたくなったときに、いつでも書けます。"
CLOSED = "ここで一区切りです。また書くと、続きからはじまります。"


def status(sent: Sent, at: datetime = MORNING) -> str:
    """The sentence the page begins with."""
    with time_machine.travel(at, tick=False):
        page = open_by(Client(), " ".join(Receipt(sent.secret).words))
    shown = BeautifulSoup(page.content, "html.parser").find(id="status")
    assert shown is not None
    return " ".join(shown.get_text().split())


def answer(hana: Person, sent: Sent, text: str = "お便りをありがとう。") -> None:
    draft = answers.Draft(message=uuid4(), seen=sent.row.messages_count, text=text)
    answers.reply(hand=hana.hand, thread_id=sent.id, draft=draft, at=MORNING)


def offer(hana: Person, sent: Sent, *days: int) -> None:
    spans = [
        Span(TUESDAY + timedelta(days=n), TUESDAY + timedelta(days=n, minutes=30))
        for n in days or (0, 1)
    ]
    appointments.offer_times(
        hand=hana.hand, thread_id=sent.id, kind=Meeting.PHONE, spans=spans, words=MeetingWords(), at=MORNING
    )  # fmt: skip


def choose(sent: Sent, which: str = "1.1") -> None:
    appointments.choose_time(secret=sent.secret, offer=which, at=MORNING)


def cancel(sent: Sent) -> None:
    appointments.cancel(secret=sent.secret, number="1", at=MORNING)


def call_off(hana: Person, sent: Sent) -> None:
    key = Appointment.objects.get().pk
    appointments.call_off(hand=hana.hand, thread_id=sent.id, meeting_id=key, at=MORNING)


def fix(hana: Person, sent: Sent) -> None:
    key = Appointment.objects.get().pk
    appointments.fix_time(
        hand=hana.hand, thread_id=sent.id, meeting_id=key, number=1, at=MORNING
    )  # fmt: skip


def later(hana: Person, sent: Sent) -> None:
    answers.answer_later(
        hand=hana.hand, thread_id=sent.id, message=uuid4(), day=date(2026, 12, 1), at=MORNING
    )


def another(hana: Person, sora: Person, sent: Sent) -> None:
    holding.claim(hand=hana.hand, thread_id=sent.id, co_holder=sora.id, at=MORNING)
    sent.ask_for_another()


def unpromised(sent: Sent) -> None:
    Consultation.objects.filter(pk=sent.id).update(reply_by=None)


def close(hana: Person, sent: Sent) -> None:
    answer(hana, sent)
    marks.close(hand=hana.hand, thread_id=sent.id, kind=ClosingKind.WISH, helped="", at=MORNING)


Steps = list[Callable[[Person, Person, Sent], object]]
WAITS: list[tuple[str, Steps, tuple[str, ...], tuple[str, ...]]] = [
    ("just sent", [], (RECEIVED, PROMISED), (NOT_PROMISED,)),
    ("no promise", [lambda h, s, t: unpromised(t)], (RECEIVED, NOT_PROMISED), (LATE,)),
    ("thought about", [lambda h, s, t: later(h, t)], (ANSWERED, "つづきは、12月1日"), (RECEIVED,)),
    ("answered", [lambda h, s, t: answer(h, t)], (ANSWERED,), (RECEIVED, NOT_PROMISED)),
    ("invited", [lambda h, s, t: offer(h, t)], (ANSWERED,), (RECEIVED, NOT_PROMISED)),
    ("chosen", [lambda h, s, t: offer(h, t), lambda h, s, t: choose(t)], (TIME,), (RECEIVED, NOT_PROMISED, NOTHING)),
    ("any", [lambda h, s, t: offer(h, t), lambda h, s, t: choose(t, "1.any")], (RECEIVED, PROMISED), (NOTHING,)),
    ("any, then fixed", [lambda h, s, t: offer(h, t), lambda h, s, t: choose(t, "1.any"), lambda h, s, t: fix(h, t)], (ANSWERED, TIME), (RECEIVED, PROMISED, LATE)),
    ("cancelled by the person", [lambda h, s, t: offer(h, t), lambda h, s, t: choose(t), lambda h, s, t: cancel(t)], (NOTHING,), (RECEIVED, NOT_PROMISED, TIME)),
    ("cancelled before choosing", [lambda h, s, t: offer(h, t), lambda h, s, t: cancel(t)], (NOTHING,), (RECEIVED, NOT_PROMISED)),
    ("cancelled by the desk", [lambda h, s, t: offer(h, t), lambda h, s, t: choose(t), lambda h, s, t: call_off(h, t)], (ANSWERED,), (RECEIVED, TIME)),
    ("written after choosing", [lambda h, s, t: offer(h, t), lambda h, s, t: choose(t), lambda h, s, t: t.write("もう一つ")], (RECEIVED, PROMISED, TIME), (NOT_PROMISED,)),
    ("rests", [lambda h, s, t: threads.rest(secret=t.secret, at=MORNING)], (RESTING,), (RECEIVED, NOT_PROMISED)),
    ("rests with a time", [lambda h, s, t: offer(h, t), lambda h, s, t: choose(t), lambda h, s, t: threads.rest(secret=t.secret, at=MORNING)], (RESTING, TIME), (RECEIVED,)),
    ("closed", [lambda h, s, t: close(h, t)], (CLOSED,), (RECEIVED, NOT_PROMISED)),
    ("opened again", [lambda h, s, t: close(h, t), lambda h, s, t: marks.reopen(hand=h.hand, thread_id=t.id, at=MORNING)], (ANSWERED,), (RECEIVED,)),
    ("another counsellor asked", [lambda h, s, t: another(h, s, t)], (RECEIVED, "別の相談員をさがしています。"), (NOT_PROMISED,)),
    ("another asked after choosing", [lambda h, s, t: offer(h, t), lambda h, s, t: choose(t), lambda h, s, t: t.ask_for_another()], (TIME, "別の相談員をさがしています。"), (RECEIVED, NOT_PROMISED)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "shown", "absent"), [one[1:] for one in WAITS], ids=[one[0] for one in WAITS]
)
def test_the_page_begins_with_what_is_true(
    hana: Person, sora: Person, steps: Steps, shown: tuple[str, ...], absent: tuple[str, ...]
):
    sent = send()
    for step in steps:
        step(hana, sora, sent)
    said = status(sent)
    assert [one for one in shown if one not in said] == []
    assert [one for one in absent if one in said] == []


@pytest.mark.parametrize("renewed", [True, False])
@pytest.mark.parametrize("thought", [True, False])
def test_a_promise_that_was_missed_is_apologised_for_whoever_wrote_last(
    hana: Person, renewed: bool, thought: bool
):
    sent = send()
    if thought:
        later(hana, sent)
    after = MORNING + timedelta(days=7)
    if renewed:
        renew_promises(after)
    said = status(sent, after)
    assert LATE in said
    assert (PROMISED in said) == renewed
    assert ANSWERED not in said


def test_a_time_that_has_passed_is_no_longer_said(hana: Person):
    sent = send()
    offer(hana, sent)
    choose(sent)
    assert status(sent, TUESDAY + timedelta(days=1)) == NOTHING


def test_the_nearest_of_two_times_is_said(hana: Person):
    sent = send()
    offer(hana, sent, 2)
    choose(sent, "1.1")
    offer(hana, sent, 0)
    choose(sent, "2.1")
    assert TIME in status(sent)


def test_a_time_fixed_is_the_answer_to_any_of_them_and_no_other_is_owed(hana: Person):
    sent = send()
    offer(hana, sent)
    choose(sent, "1.any")
    fix(hana, sent)
    assert (sent.row.state, sent.row.reply_by) == (State.WAITING_PERSON, None)


def test_a_letter_written_beside_any_of_them_is_still_owed_an_answer(hana: Person):
    sent = send()
    offer(hana, sent)
    sent.write("それと、ききたいことがあります")
    choose(sent, "1.any")
    fix(hana, sent)
    assert sent.row.state == State.WAITING_STAFF
    assert "つづきは、" in status(sent)


def look(client: Client, token: str, tag: str = "", display: str = "ja"):
    """What the page asks by itself."""
    asked = {"x-madobe-thread": token, "x-madobe-display": display, "if-none-match": tag}
    with time_machine.travel(MORNING, tick=False):
        return client.get("/talk/poll", headers=asked)


def test_a_look_for_news_brings_how_it_stands_the_letters_and_the_times_together(hana: Person):
    sent, client = send(), Client()
    with time_machine.travel(MORNING, tick=False):
        page = open_by(client, " ".join(Receipt(sent.secret).words)).content
    token = form_of(page)["token"]
    first = look(client, token)
    assert look(client, token, first.headers["ETag"]).status_code == 304
    offer(hana, sent)
    news = BeautifulSoup(look(client, token, first.headers["ETag"]).content, "html.parser")
    said = news.find(id="status").get_text()  # type: ignore[union-attr]
    assert ANSWERED in said
    assert RECEIVED not in said
    assert len(news.select("#letters > li")) == 2
    assert len(news.select("#offers [name=offer]")) == 4
    assert news.select_one("[data-said]").get_text() == ANSWERED  # type: ignore[union-attr]
    assert not news.select("textarea, [name=token]")


def test_the_page_and_a_look_for_news_say_the_same(hana: Person):
    sent, client = send(), Client()
    offer(hana, sent)
    choose(sent)
    with time_machine.travel(MORNING, tick=False):
        page = open_by(client, " ".join(Receipt(sent.secret).words)).content
    news = look(client, form_of(page)["token"]).content
    for part in ("status", "letters", "offers"):
        there, here = (BeautifulSoup(one, "html.parser").find(id=part) for one in (page, news))
        assert there == here
        assert TIME in page.decode()


def test_looking_for_news_does_not_lengthen_the_half_hour_of_a_page(hana: Person):
    sent, client = send(), Client()
    words = " ".join(Receipt(sent.secret).words)
    with time_machine.travel(MORNING, tick=False):
        token = form_of(open_by(client, words).content)["token"]
    for minutes, answered in ((20, 200), (29, 200), (31, 410)):
        with time_machine.travel(MORNING + timedelta(minutes=minutes), tick=False):
            assert client.get("/talk/poll", headers={"x-madobe-thread": token}).status_code == answered  # fmt: skip


def test_the_page_holds_what_it_says_once_it_no_longer_looks(hana: Person):
    sent = send()
    page = BeautifulSoup(open_by(Client(), " ".join(Receipt(sent.secret).words)).content, "html.parser")  # fmt: skip
    gone = page.select_one("template[data-news=gone]")
    assert gone is not None
    assert gone.select_one("button[form=told][value=open]") is not None
