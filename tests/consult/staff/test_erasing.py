"""Who came without words has no way to erase by themselves: staff do it at their wish, and it is written down."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse

from madobe.audit.models import AuditEvent
from madobe.consult.actions import erasing
from madobe.consult.actions.doors.linking import link
from madobe.consult.actions.doors.talks import note_talk
from madobe.consult.actions.doors.writer import note_writer
from madobe.consult.actions.staff.erasing import NotTheirsToErase, erase_at_wish
from madobe.consult.actions.staff.holding import claim
from madobe.consult.actions.upkeep import let_go
from madobe.consult.choices import Who
from madobe.consult.models import Consultation, StaffNote, Tombstone
from madobe.consult.reach import NotReached, open_thread
from madobe.consult.rules.doors.talks import Talk
from madobe.consult.times import day_of
from madobe.desks.models import Desk
from madobe.vault.keystore.models import ShredKey
from tests.factories.answering import MORNING, Person, make_colleague, send
from tests.factories.desk import World
from tests.factories.doors import came, threads

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(world: World, hana: Person) -> Consultation:
    """Noted after a call, and はな's to answer."""
    talk = Talk("ねむれないとのこと", "phone")
    key = note_talk(hand=hana.hand, talk=talk, message=uuid4(), at=MORNING)
    claim(hand=hana.hand, thread_id=key, at=MORNING)
    return Consultation.objects.get(pk=key)


def address(thread: Consultation) -> str:
    return reverse("consult_staff:erase", args=[thread.pk])


def test_it_is_two_steps_and_says_what_stays(thread: Consultation, hana: Person):
    client = hana.client()
    page = client.get(reverse("consult_staff:thread", args=[thread.pk])).content.decode()
    assert address(thread) in page
    page = client.get(address(thread)).content.decode()
    assert "残るもの" in page
    assert "足あと" in page
    assert client.post(address(thread), {}).status_code == 422
    assert threads() == [thread]
    assert client.post(address(thread), {"is_wished": "on"}).status_code == 302
    assert not Consultation.objects.exists()
    assert not ShredKey.objects.exists()


def test_the_act_is_in_the_trail_and_the_fact_stays(thread: Consultation, hana: Person):
    erase_at_wish(hand=hana.hand, thread_id=thread.pk, at=MORNING)
    (row,) = AuditEvent.objects.filter(action="talk.erased")
    assert (row.by, row.record_id) == (hana.id, str(thread.pk))
    assert [one.by_person for one in Tombstone.objects.all()] == [True]
    with pytest.raises(NotReached):
        open_thread(hana.hand, thread.pk, at=MORNING)


def test_what_was_put_into_it_goes_too(thread: Consultation, hana: Person):
    came("メール")
    mail = Consultation.objects.get(door="email")
    for key in (thread.pk, mail.pk):
        note_writer(hand=hana.hand, thread_id=key, who=Who.SELF, at=MORNING)
    link(
        hand=hana.hand, thread_id=thread.pk, other_id=mail.pk, wish="電話で", wished_on=day_of(MORNING),
        at=MORNING,
    )  # fmt: skip
    erase_at_wish(hand=hana.hand, thread_id=thread.pk, at=MORNING)
    assert not Consultation.objects.exists()
    assert not ShredKey.objects.exists()
    assert Tombstone.objects.count() == 2


def test_who_coordinates_may_and_whoever_else_reads_it_may_not(
    thread: Consultation, world: World, hana: Person, sora: Person
):
    riku = make_colleague(world, "riku@example.jp", "見本 りく")
    came("メール")
    waiting = Consultation.objects.get(door="email")
    for one in (riku, hana):
        with pytest.raises(NotTheirsToErase):
            erase_at_wish(hand=one.hand, thread_id=waiting.pk, at=MORNING)
        assert one.client().get(address(waiting)).status_code == 404
        assert one.client().post(address(waiting), {"is_wished": "on"}).status_code == 404
    with pytest.raises(NotReached):
        erase_at_wish(hand=riku.hand, thread_id=thread.pk, at=MORNING)
    assert Consultation.objects.count() == 2
    for one in threads():
        erase_at_wish(hand=sora.hand, thread_id=one.pk, at=MORNING)
    assert not Consultation.objects.exists()


def test_who_has_words_erases_by_them_and_nobody_does_it_for_them(world: World, hana: Person):
    sent = send()
    claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    with pytest.raises(NotTheirsToErase):
        erase_at_wish(hand=hana.hand, thread_id=sent.id, at=MORNING)
    client = hana.client()
    assert client.get(address(sent.row)).status_code == 404
    shown = client.get(reverse("consult_staff:thread", args=[sent.id])).content.decode()
    assert address(sent.row) not in shown


def test_cut_off_the_upkeep_does_the_rest(
    thread: Consultation, hana: Person, monkeypatch: pytest.MonkeyPatch
):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(erasing, "shred_case", lambda case: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            erase_at_wish(hand=hana.hand, thread_id=thread.pk, at=MORNING)
    assert AuditEvent.objects.filter(action="talk.erased").count() == 1
    assert let_go(MORNING) == 1
    assert not StaffNote.objects.exists()


@pytest.mark.parametrize("door", ["email", "phone", "letter"])
def test_without_words_nothing_is_kept_without_an_end(world: World, hana: Person, door: str):
    Desk.objects.filter(pk=world.desk.pk).update(keep_default="until_erased")
    if door == "email":
        came("メール")
    else:
        note_talk(hand=hana.hand, talk=Talk("お話", door), message=uuid4(), at=MORNING)
    (made,) = threads()
    assert (made.keep, made.expires_date) == ("year", MORNING.date() + timedelta(days=366))
    assert let_go(MORNING + timedelta(days=368)) == 1


def test_with_words_it_may_be_until_they_are_used(world: World):
    Desk.objects.filter(pk=world.desk.pk).update(keep_default="until_erased")
    assert send().row.expires_date is None


def test_an_older_thread_without_words_gets_an_end_and_one_with_words_stays(world: World):
    came("メール")
    sent = send()
    Consultation.objects.update(keep="until_erased", expires_date=None)
    import_module("madobe.consult.migrations.0010_an_end_for_those_without_words").give_an_end(
        apps, None
    )
    mail = Consultation.objects.get(door="email")
    assert (mail.keep, mail.expires_date) == ("year", mail.last_date + timedelta(days=366))
    assert (sent.row.keep, sent.row.expires_date) == ("until_erased", None)
