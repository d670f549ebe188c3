"""A desk gets a new key while a mail comes in or a talk is noted: it is there, for whoever holds the new one."""

from uuid import uuid4

import pytest

from madobe.channels.actions.taking import Outcome
from madobe.consult.actions.doors import incoming, talks
from madobe.consult.rules.doors.talks import Talk
from madobe.vault.keystore.models import ShredKey
from tests.factories.answering import MORNING, Person
from tests.factories.desk import World
from tests.factories.doors import came, texts, threads
from tests.factories.renewing import renewed_just_before

pytestmark = pytest.mark.django_db


def test_a_mail_that_comes_in_is_taken(world: World, hana: Person, monkeypatch: pytest.MonkeyPatch):
    renewed_just_before(monkeypatch, world, incoming, "begin_case")
    assert came("ねむれません") == Outcome.TAKEN
    (thread,) = threads()
    assert texts(hana, thread.pk) == ["ねむれません"]


def test_a_call_is_noted(world: World, hana: Person, monkeypatch: pytest.MonkeyPatch):
    renewed_just_before(monkeypatch, world, talks, "begin_case")
    talk = Talk("ねむれないとのこと", "phone")
    talks.note_talk(hand=hana.hand, talk=talk, message=uuid4(), at=MORNING)
    (thread,) = threads()
    assert "ねむれないとのこと" in texts(hana, thread.pk)[0]
    assert ShredKey.objects.filter(case=thread.pk).exists()
