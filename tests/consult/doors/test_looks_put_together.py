"""What answered a letter of another way is no answer to the letter it was put together with (trust.md E17)."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from madobe.consult.actions.doors import linking
from madobe.consult.actions.doors.outgoing import send_by_door
from madobe.consult.actions.doors.writer import note_writer
from madobe.consult.actions.staff.answers import Draft
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.choices import State, Who
from madobe.consult.models import ChannelIdentity, Consultation
from madobe.consult.times import day_of
from tests.consult.test_looks import page, rows
from tests.factories.answering import MORNING, Person, send
from tests.factories.doors import came, texts

pytestmark = pytest.mark.django_db


def test_an_answer_by_mail_shows_no_opening_of_a_letter_that_waits(hana: Person, post):
    came("メールの一通")
    mail = Consultation.objects.get(door="email")
    texts(hana, mail.pk)
    note_writer(hand=hana.hand, thread_id=mail.pk, who=Who.SELF, at=MORNING)
    waits = send("窓からの一通")
    read_thread(hand=hana.hand, thread_id=waits.id, at=MORNING)
    at, way = MORNING + timedelta(days=1), ChannelIdentity.objects.get(consultation=mail)
    with time_machine.travel(at, tick=False):
        mail.refresh_from_db()
        draft = Draft(uuid4(), mail.messages_count, "返事")
        send_by_door(hand=hana.hand, thread_id=mail.pk, identity_id=way.pk, draft=draft, at=at)
        said = {"wish": "同じ人です", "wished_on": day_of(at), "at": at}
        linking.link(hand=hana.hand, thread_id=waits.id, other_id=mail.pk, **said)
    assert waits.row.state == State.WAITING_STAFF
    assert rows(page(Client(), waits, at + timedelta(hours=1))) == []
