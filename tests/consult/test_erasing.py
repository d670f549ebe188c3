"""What is erased by itself: only what was marked for it, or has run out; never what merely has no key here."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from madobe.channels.actions.taking import Outcome
from madobe.consult.actions import erasing, upkeep
from madobe.consult.actions.seeker import threads as acts
from madobe.consult.actions.seeker.threads import erase
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.actions.upkeep import forget_openings, forget_tombstones, let_go, sweep_keys
from madobe.consult.models import Consultation, Message, Opening, Tombstone, WaitingLetter
from madobe.consult.reach import NotReached, open_thread
from madobe.consult.thread import NoSuchThread, find_thread
from madobe.consult.times import day_of
from madobe.desks.models import Desk
from madobe.lib.chores import chores
from madobe.vault.actions import cases
from madobe.vault.installed import KeyStoreIsNotOurs
from madobe.vault.keystore.models import Pepper, ShredKey
from tests.factories.answering import MORNING, people, send
from tests.factories.desk import World, make_world
from tests.factories.doors import came, texts, threads

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[World]:
    with time_machine.travel(MORNING, tick=False):
        made = make_world()
        Desk.objects.filter(pk=made.desk.pk).update(channels=["web", "email"])
        yield made


class PowerIsGone(Exception):
    pass


def the_power_goes_at(patch: pytest.MonkeyPatch, name: str) -> None:
    def gone(*given: Any, **more: Any) -> None:
        raise PowerIsGone

    for module in (erasing, acts):
        if hasattr(module, name):
            patch.setattr(module, name, gone)


@pytest.fixture
def empty_key_store(world: World) -> None:
    """The disk of the keys is not there, and somebody made an empty store in its place."""
    for _ in range(3):
        send()
    ShredKey.objects.all().delete()
    Pepper.objects.all().delete()


@pytest.mark.parametrize("chore", [let_go, forget_tombstones, sweep_keys])
@pytest.mark.parametrize("years", [0, 9])
def test_beside_an_empty_key_store_the_upkeep_deletes_nothing(
    empty_key_store: None, chore: Any, years: int
):
    """However the days stand. The process knows the right pepper still: the store itself is asked."""
    with pytest.raises(KeyStoreIsNotOurs):
        chore(MORNING + timedelta(days=365 * years))
    assert (Consultation.objects.count(), Message.objects.count()) == (3, 3)
    assert not Tombstone.objects.exists()


def test_beside_a_foreign_key_store_nothing_is_erased(world: World):
    sent = send()
    Pepper.objects.update(value=b"y" * 32)
    with pytest.raises(KeyStoreIsNotOurs):
        erasing.erase_thread(sent.row, by_person=True, on=day_of(MORNING))
    assert ShredKey.objects.filter(case=sent.id).exists()
    assert sent.row.erasing == ""


def test_beside_an_older_copy_of_our_key_store_a_thread_without_a_key_stays(world: World):
    kept, missing = send(), send()
    ShredKey.objects.filter(case=missing.id).delete()
    assert let_go(MORNING) == 0
    assert {one.pk for one in threads()} == {kept.id, missing.id}


@pytest.mark.parametrize("where", ["finish_erasing", "shred_case", "shred_waiting", "Tombstone"])
@pytest.mark.parametrize("by_person", [True, False])
def test_an_erasing_that_was_cut_off_anywhere_is_finished(
    world: World, where: str, by_person: bool
):
    sent = send()
    at = MORNING + timedelta(days=0 if by_person else 400)
    with pytest.MonkeyPatch.context() as patch:
        if where == "Tombstone":
            patch.setattr(erasing, "Tombstone", None)
        else:
            the_power_goes_at(patch, where)
        with pytest.raises((PowerIsGone, AttributeError)):
            _ = erase(secret=sent.secret, at=at) if by_person else let_go(at)
    assert Consultation.objects.count() == 1
    assert let_go(at) == 1
    assert not Consultation.objects.exists()
    assert not ShredKey.objects.filter(case=sent.id).exists()
    assert [one.by_person for one in Tombstone.objects.all()] == [by_person]


def test_a_marked_thread_is_gone_for_everybody(world: World):
    hana, sent = people(world)[0], send()
    with pytest.MonkeyPatch.context() as patch:
        the_power_goes_at(patch, "finish_erasing")
        with pytest.raises(PowerIsGone):
            erase(secret=sent.secret, at=MORNING)
    with pytest.raises(NoSuchThread):
        find_thread(secret=sent.secret, on=day_of(MORNING))
    with pytest.raises(NotReached):
        open_thread(hana.hand, sent.id, at=MORNING)


def test_a_mail_to_a_thread_that_is_being_erased_begins_anew(world: World):
    hana = people(world)[0]
    came("一年前のメール")
    (old,) = threads()
    Consultation.objects.update(expires_date=MORNING.date() - timedelta(days=1))
    with pytest.MonkeyPatch.context() as patch:
        the_power_goes_at(patch, "finish_erasing")
        with pytest.raises(PowerIsGone):
            let_go(MORNING)
    assert came("また書きました") == Outcome.TAKEN
    (new,) = threads()
    assert new.pk != old.pk
    assert texts(hana, new.pk) == ["また書きました"]
    assert let_go(MORNING) == 0


def test_a_mail_that_comes_just_before_the_erasing_keeps_the_thread(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """What was acknowledged is never lost."""
    hana = people(world)[0]
    came("一年前のメール")
    Consultation.objects.update(expires_date=MORNING.date() - timedelta(days=1))
    real = upkeep.erase_thread

    def late(thread: Consultation, **given: Any) -> bool:
        assert came("また書きました") == Outcome.TAKEN
        return real(thread, **given)

    monkeypatch.setattr(upkeep, "erase_thread", late)
    assert let_go(MORNING) == 0
    assert WaitingLetter.objects.count() == 1
    assert texts(hana, threads()[0].pk) == ["一年前のメール", "また書きました"]


def test_a_trace_that_is_left_is_taken_away_later(world: World, monkeypatch: pytest.MonkeyPatch):
    sent = send()

    def busy() -> None:
        raise cases.TraceIsLeft

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cases, "_leave_no_trace", busy)
        erase(secret=sent.secret, at=MORNING)
    with pytest.raises(NoSuchThread):
        find_thread(secret=sent.secret, on=day_of(MORNING))
    assert let_go(MORNING) == 1
    assert not Consultation.objects.exists()


def test_who_had_a_thread_open_is_forgotten_after_minutes(world: World):
    """`Opening` says 「minutes」 of itself: also of a thread that nobody opens again."""
    hana, sent = people(world)[0], send()
    read_thread(hand=hana.hand, thread_id=sent.id, at=MORNING)
    assert forget_openings(MORNING + timedelta(minutes=4)) == 0
    assert forget_openings(MORNING + timedelta(minutes=6)) == 1
    assert not Opening.objects.exists()


def test_that_comes_round_every_few_minutes():
    (chore,) = (one for one in chores() if one.act is forget_openings)
    assert chore.every <= timedelta(minutes=10)
