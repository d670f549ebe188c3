"""Danger that was read and is over: somebody who can open the thread says so; the next such words raise it again."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from madobe.audit.models import AuditEvent
from madobe.consult.actions.staff import answers, holding
from madobe.consult.actions.staff.marks import SomethingNewCame, keep_quiet, take_danger_back
from madobe.consult.actions.staff.safety import note_danger
from madobe.consult.models import Consultation, SafetyNote
from madobe.consult.queries.staff.inbox import QUIET, inbox
from madobe.consult.queries.threads import seen
from madobe.consult.reach import NotReached, open_thread
from madobe.consult.rules.noted import Danger
from madobe.consult.rules.waiting import Why
from madobe.consult.staff_choices import Safety
from madobe.consult.thread import find_thread
from madobe.consult.times import day_of
from tests.factories.answering import LETTER, MORNING, Person, Sent, send
from tests.factories.desk import World

pytestmark = pytest.mark.django_db
BUTTON = "読みました。いまは急ぎではありません"


@pytest.fixture
def sent(hana: Person, sora: Person) -> Sent:
    """Words of danger, an answer by はな, and a calm letter after it."""
    found = send(LETTER)
    found.write("もう死にたい。")
    holding.claim(hand=hana.hand, thread_id=found.id, at=MORNING)
    draft = answers.Draft(message=uuid4(), seen=2, text="読みました。")
    answers.reply(hand=hana.hand, thread_id=found.id, draft=draft, at=MORNING)
    found.write("ありがとう。落ち着きました。")
    return found


def take_back(person: Person, sent: Sent, count: int = 4) -> None:
    take_danger_back(hand=person.hand, thread_id=sent.id, seen=count, at=MORNING)


def whys(person: Person) -> list[Why]:
    (row,) = inbox(person.hand, at=MORNING).rows
    return [one.why for one in row.reasons]


def test_it_stands_where_its_promise_puts_it_and_the_trail_says_who_said_so(
    hana: Person, sent: Sent
):
    other = send("ほかの人", at=MORNING.replace(hour=9))
    Consultation.objects.filter(pk=other.id).update(reply_by=MORNING.replace(hour=17))
    order = [row.id for row in inbox(hana.hand, at=MORNING).rows]
    take_back(hana, sent)
    rows = inbox(hana.hand, at=MORNING).rows
    assert (order, [row.id for row in rows]) == ([sent.id, other.id], [other.id, sent.id])
    assert Why.DANGER not in [one.why for row in rows for one in row.reasons]
    entry = AuditEvent.objects.get(action="talk.danger_taken_back")
    assert (entry.by, entry.record_id) == (hana.id, str(sent.id))


@pytest.mark.parametrize(("text", "raised"), [("消えてしまいたい。死にたい。", True), ("こんにちは。", False)])  # fmt: skip
def test_the_next_words_of_danger_raise_it_again(hana: Person, sent: Sent, text: str, raised: bool):
    take_back(hana, sent)
    sent.write(text)
    assert (Why.DANGER in whys(hana)) is raised


def test_a_letter_nobody_has_read_is_not_taken_back(hana: Person, sent: Sent):
    sent.write("やっぱり死にたい。")
    with pytest.raises(SomethingNewCame):
        take_back(hana, sent)
    assert sent.row.is_urgent


def test_who_cannot_open_it_cannot(mei: Person, sent: Sent):
    with pytest.raises(NotReached):
        take_back(mei, sent)
    assert sent.row.is_urgent


def test_who_could_read_before_still_can(
    world: World, hana: Person, sora: Person, riku: Person, sent: Sent
):
    take_back(hana, sent)
    for one in (hana, sora, riku):  # りく through the duty group alone
        assert open_thread(one.hand, sent.id, at=MORNING).thread.pk == sent.id


def test_a_safety_note_is_another_thing_and_stays(hana: Person, sent: Sent):
    note_danger(
        hand=hana.hand, thread_id=sent.id, level=Safety.URGENT, danger=Danger("今夜と書かれている", ""),
        review_on=day_of(MORNING), at=MORNING,
    )  # fmt: skip
    take_back(hana, sent)
    assert SafetyNote.objects.get().ended_at is None
    assert whys(hana)[0] == Why.SAFETY_URGENT


def test_from_then_on_it_can_wait_in_quiet(hana: Person, sent: Sent):
    keep_quiet(hand=hana.hand, thread_id=sent.id, quiet=True, at=MORNING)
    assert inbox(hana.hand, at=MORNING, only=QUIET).rows == ()
    take_back(hana, sent)
    assert [one.id for one in inbox(hana.hand, at=MORNING, only=QUIET).rows] == [sent.id]


def test_its_person_sees_no_difference(hana: Person, sent: Sent):
    def page() -> object:
        return seen(find_thread(secret=sent.secret, on=day_of(MORNING)))

    before = page()
    take_back(hana, sent)
    assert page() == before


@pytest.mark.parametrize("noted", [False, True])
def test_the_button_stands_where_the_reason_stands(hana: Person, sent: Sent, noted: bool):
    if noted:
        note_danger(
            hand=hana.hand, thread_id=sent.id, level=Safety.WATCH, danger=Danger("きのうの手紙", ""),
            review_on=day_of(MORNING), at=MORNING,
        )  # fmt: skip
    client, page = hana.client(), f"/staff/talk/{sent.id}/"
    section = BeautifulSoup(client.get(page).content, "html.parser").find(
        "section", class_="safety"
    )
    assert section is not None
    assert "危ないことばがあります" in section.get_text()
    form = section.find("form")
    assert form is not None
    fields = {one["name"]: one["value"] for one in form.find_all("input", attrs={"name": "seen"})}
    assert BUTTON in form.get_text()
    after = client.post(f"{page}mark/", fields | {"go": "calm"}, follow=True).content.decode()
    assert BUTTON not in after
    assert "危ないことばがあります" not in after
    assert not sent.row.is_urgent


@pytest.mark.parametrize("said", [{}, {"seen": ""}, {"seen": "x"}, {"seen": "-1"}, {"seen": "3"}])
def test_a_page_that_has_not_shown_everything_takes_nothing_back(
    hana: Person, sent: Sent, said: dict[str, str]
):
    answer = hana.client().post(f"/staff/talk/{sent.id}/mark/", said | {"go": "calm"}, follow=True)
    assert "読んでから決められます" in answer.content.decode()
    assert sent.row.is_urgent
