"""Danger is read by whoever is on duty, by whichever way it came and whosever the thread is."""

from uuid import uuid4

import pytest

from madobe.consult.actions.doors.linking import link
from madobe.consult.actions.doors.talks import note_talk
from madobe.consult.actions.doors.writer import note_writer
from madobe.consult.actions.staff import holding
from madobe.consult.choices import Who
from madobe.consult.models import Consultation
from madobe.consult.queries.staff.inbox import inbox
from madobe.consult.reach import NotOpenedHere, NotReached, open_thread
from madobe.consult.rules.doors.talks import Talk
from madobe.consult.times import day_of
from tests.factories.answering import MORNING, Person, make_colleague, send
from tests.factories.doors import came, texts, threads

pytestmark = pytest.mark.django_db
DANGER = "もう死にたいです。今夜、薬をたくさん飲もうと思っています。"


@pytest.fixture
def riku(world) -> Person:
    """On duty like the others, and nothing else."""
    return make_colleague(world, "riku@example.jp", "見本 りく")


def claimed(hana: Person, thread) -> None:
    holding.claim(hand=hana.hand, thread_id=thread, at=MORNING)


def test_by_mail_once_somebody_with_the_key_came_by(hana: Person, riku: Person):
    came("こんにちは")
    (row,) = threads()
    claimed(hana, row.pk)
    came(DANGER)
    with pytest.raises((NotReached, NotOpenedHere)):
        open_thread(riku.hand, row.pk, at=MORNING)
    assert DANGER in texts(hana, row.pk)
    assert open_thread(riku.hand, row.pk, at=MORNING)


def test_by_mail_from_behind_a_row_of_letters_alike(hana: Person):
    came("こんにちは")
    Consultation.objects.update(held="abc123")
    assert inbox(hana.hand, at=MORNING).rows == ()
    came(DANGER)
    assert [one.is_opened for one in inbox(hana.hand, at=MORNING).rows] == [True]


def test_in_a_call_that_is_noted(hana: Person, riku: Person):
    sent = send("こんばんは")
    claimed(hana, sent.id)
    with pytest.raises(NotReached):
        open_thread(riku.hand, sent.id, at=MORNING)
    note_talk(
        hand=hana.hand, thread_id=sent.id, talk=Talk(DANGER, "phone"), message=uuid4(), at=MORNING
    )
    assert open_thread(riku.hand, sent.id, at=MORNING)


def test_in_what_was_put_together(hana: Person, riku: Person):
    sent = send("こんばんは", who="self")
    claimed(hana, sent.id)
    came(DANGER)
    mail = Consultation.objects.get(door="email")
    texts(hana, mail.pk)
    note_writer(hand=hana.hand, thread_id=mail.pk, who=Who.SELF, at=MORNING)
    link(
        hand=hana.hand, thread_id=sent.id, other_id=mail.pk, wish="電話で", wished_on=day_of(MORNING),
        at=MORNING,
    )  # fmt: skip
    assert open_thread(riku.hand, sent.id, at=MORNING)
