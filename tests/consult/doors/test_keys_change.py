"""A desk gets a new key while a mail comes in or a talk is noted: it is there, for whoever holds the new one."""

from datetime import timedelta
from uuid import uuid4

import pytest

from madobe.accounts.actions.keys.groups import renew
from madobe.accounts.actions.keys.renewing import renew_some
from madobe.channels.actions.taking import Outcome
from madobe.consult import waiting
from madobe.consult.actions.doors import incoming, talks
from madobe.consult.actions.staff.holding import claim
from madobe.consult.models import WaitingLetter
from madobe.consult.rules.doors.talks import Talk
from madobe.lib.actor import EVERYWHERE, Actor
from madobe.vault.keystore.models import ShredKey
from madobe.vault.models import Grant
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


ADMIN = Actor("staff:admin", "管理", frozenset({("admin", str(EVERYWHERE))}))
LATER = MORNING + timedelta(minutes=1)


def renew_the_desk(world: World) -> None:
    renew(desk_id=world.desk.pk, by=ADMIN, at=MORNING)


@pytest.mark.parametrize("renews_first", [True, False])
def test_a_mail_between_the_new_key_of_the_desk_and_that_of_the_thread_is_read(
    world: World, hana: Person, sora: Person, renews_first: bool
):
    """The thread hangs on the old key until somebody presses 「新しい鍵にする」."""
    came("第一の手紙")
    (thread,) = threads()
    renew_the_desk(world)
    assert came("今夜しにたい", at=LATER) == Outcome.TAKEN
    if renews_first:
        renew_some(keyring=hana.keyring, by=hana.hand.actor, at=MORNING)
    for one in (hana, sora):
        assert texts(one, thread.pk) == ["第一の手紙", "今夜しにたい"]
    assert not WaitingLetter.objects.exists()
    thread.refresh_from_db()
    assert thread.is_urgent


def test_a_mail_while_the_desk_gets_its_key_for_the_second_time_is_read(
    world: World, hana: Person, monkeypatch: pytest.MonkeyPatch
):
    came("第一の手紙")
    renew_the_desk(world)
    renewed_just_before(monkeypatch, world, waiting, "begin_case")
    assert came("二通め", at=LATER) == Outcome.TAKEN
    assert texts(hana, threads()[0].pk) == ["第一の手紙", "二通め"]


def test_a_mail_that_only_the_house_on_paper_could_read_stays_at_the_host(
    world: World, hana: Person, sora: Person
):
    came("第一の手紙")
    (thread,) = threads()
    texts(hana, thread.pk)
    claim(hand=hana.hand, thread_id=thread.pk, at=MORNING)
    held = list(Grant.objects.filter(case=thread.pk).exclude(holder__kind="recovery"))
    Grant.objects.filter(pk__in=[one.pk for one in held]).delete()  # whoever read it has left
    assert came("二通め", at=LATER) == Outcome.LEFT
    thread.refresh_from_db()
    assert (thread.messages_count, WaitingLetter.objects.count()) == (1, 0)
    Grant.objects.bulk_create(held)  # and somebody is given its key again
    assert came("二通め", at=LATER) == Outcome.TAKEN
    assert texts(hana, thread.pk) == ["第一の手紙", "二通め"]
