"""What is unsafe, dangerous or noted goes along where two threads become one, and nothing outlives 「ぜんぶ消す」 (E10)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from madobe.consult.actions.doors import linking
from madobe.consult.actions.doors.talks import note_talk
from madobe.consult.actions.doors.wishes import set_wishes
from madobe.consult.actions.doors.writer import note_writer
from madobe.consult.actions.seeker.threads import erase
from madobe.consult.actions.staff import drafts, marks
from madobe.consult.actions.staff.notes import add_note
from madobe.consult.actions.staff.safety import end_danger, note_abuse, note_danger
from madobe.consult.choices import Who
from madobe.consult.doors import wishes_of
from madobe.consult.models import (
    AbuseRecord,
    ChannelIdentity,
    Consultation,
    SafetyNote,
    StaffDraft,
    StaffNote,
    Tombstone,
)
from madobe.consult.queries.doors.ways import ways_of
from madobe.consult.queries.staff.thread import StaffThread, staff_thread
from madobe.consult.reach import open_thread
from madobe.consult.rules.doors.gate import Refusal
from madobe.consult.rules.doors.talks import Talk
from madobe.consult.rules.doors.wishes import DoorsWished
from madobe.consult.rules.noted import Abuse, Danger, Noted
from madobe.consult.staff_choices import Safety, Visibility
from madobe.consult.times import day_of
from madobe.vault.keystore.models import ShredKey
from tests.factories.answering import MORNING, Person, Sent, send
from tests.factories.doors import HOME, came, texts

pytestmark = pytest.mark.django_db
TODAY = day_of(MORNING)


@pytest.fixture
def mail(hana: Person) -> Consultation:
    """A thread that came by e-mail, opened."""
    came("ひみつのメール")
    found = Consultation.objects.get(door="email")
    texts(hana, found.pk)
    note_writer(hand=hana.hand, thread_id=found.pk, who=Who.SELF, at=MORNING)
    return found


@pytest.fixture
def web(hana: Person) -> Sent:
    return send("まどからの一通")


def link(hana: Person, web: Sent, mail: Consultation) -> None:
    linking.link(
        hand=hana.hand, thread_id=web.id, other_id=mail.pk, wish="おなじ人です", wished_on=TODAY,
        at=MORNING,
    )  # fmt: skip


def unlink(hana: Person, web: Sent) -> None:
    identity = ChannelIdentity.objects.get(consultation=web.id)
    linking.unlink(hand=hana.hand, thread_id=web.id, identity_id=identity.pk, at=MORNING)


def wish(hana: Person, thread, **more) -> None:
    set_wishes(hand=hana.hand, thread_id=thread, wishes=DoorsWished(**more), at=MORNING)


def wished(hana: Person, thread) -> DoorsWished:
    return wishes_of(open_thread(hana.hand, thread, at=MORNING))


def shown(person: Person, thread) -> StaffThread:
    found = open_thread(person.hand, thread, at=MORNING)
    return staff_thread(person.hand, found, at=MORNING)


def danger(hana: Person, thread, level: Safety, basis: str, at=MORNING) -> None:
    note_danger(
        hand=hana.hand, thread_id=thread, level=level, danger=Danger(basis), review_on=TODAY, at=at
    )


class TestSafeWays:
    def test_an_address_marked_unsafe_before_is_refused_after(
        self, hana: Person, web: Sent, mail: Consultation
    ):
        wish(hana, mail.pk, unsafe_places=(HOME,))
        wish(hana, web.id, unsafe_ways=("phone",))
        link(hana, web, mail)
        (way,) = ways_of(open_thread(hana.hand, web.id, at=MORNING), at=MORNING)
        assert way.refusal is Refusal.UNSAFE_PLACE
        both = wished(hana, web.id)
        assert (both.unsafe_ways, both.unsafe_places) == (("phone",), (HOME,))

    def test_taken_apart_each_has_its_own_again_and_what_was_noted_since(
        self, hana: Person, web: Sent, mail: Consultation
    ):
        wish(hana, mail.pk, unsafe_places=(HOME,), quiet_from="06:00", quiet_until="14:00")
        wish(hana, web.id, unsafe_ways=("phone",))
        link(hana, web, mail)
        wish(
            hana, web.id, unsafe_ways=("phone", "letter"), unsafe_places=(HOME,),
            quiet_from="06:00", quiet_until="14:00",
        )  # fmt: skip
        unlink(hana, web)
        here, there = wished(hana, web.id), wished(hana, mail.pk)
        assert (here.unsafe_ways, here.unsafe_places) == (("phone", "letter"), ())
        assert (there.unsafe_ways, there.unsafe_places) == (("letter",), (HOME,))
        assert (here.quiet_from, there.quiet_from) == ("", "06:00")


class TestBesideIt:
    def test_an_open_danger_is_shown_on_the_joint_thread(
        self, hana: Person, web: Sent, mail: Consultation
    ):
        danger(hana, mail.pk, Safety.URGENT, "からだに傷")
        link(hana, web, mail)
        seen = shown(hana, web.id).beside.danger
        assert seen is not None
        assert (seen.level, seen.danger.basis) == (Safety.URGENT, "からだに傷")

    @pytest.mark.parametrize("here", [True, False])
    def test_of_two_the_nearer_stands_open_and_both_are_read(
        self, hana: Person, web: Sent, mail: Consultation, here: bool
    ):
        urgent, watch = (web.id, mail.pk) if here else (mail.pk, web.id)
        danger(hana, urgent, Safety.URGENT, "近い")
        danger(hana, watch, Safety.WATCH, "遠い", at=MORNING + timedelta(minutes=1))
        link(hana, web, mail)
        beside = shown(hana, web.id).beside
        assert beside.danger is not None
        assert beside.danger.danger.basis == "近い"
        assert {one.danger.basis for one in beside.dangers} == {"近い", "遠い"}
        unlink(hana, web)
        for thread, basis in ((urgent, "近い"), (watch, "遠い")):
            found = shown(hana, thread).beside.danger
            assert found is not None
            assert found.danger.basis == basis

    def test_a_danger_that_ended_since_stays_ended(
        self, hana: Person, web: Sent, mail: Consultation
    ):
        danger(hana, mail.pk, Safety.URGENT, "からだに傷")
        link(hana, web, mail)
        end_danger(hand=hana.hand, thread_id=web.id, at=MORNING)
        unlink(hana, web)
        assert shown(hana, mail.pk).beside.danger is None
        assert len(shown(hana, mail.pk).beside.dangers) == 1

    def test_notes_and_the_duty_to_notify_come_along_and_go_back(
        self, hana: Person, web: Sent, mail: Consultation
    ):
        note_abuse(hand=hana.hand, thread_id=mail.pk, abuse=Abuse("見たこと"), at=MORNING)
        add_note(
            hand=hana.hand, thread_id=mail.pk, visibility=Visibility.DESK, noted=Noted("事実"),
            at=MORNING,
        )  # fmt: skip
        link(hana, web, mail)
        beside = shown(hana, web.id).beside
        assert [one.abuse.basis for one in beside.abuse] == ["見たこと"]
        assert [one.noted.facts for one in beside.notes] == ["事実"]
        unlink(hana, web)
        beside = shown(hana, mail.pk).beside
        assert ([one.abuse.basis for one in beside.abuse], len(beside.notes)) == (["見たこと"], 1)
        assert shown(hana, web.id).beside.notes == ()

    def test_a_draft_begun_there_stands_in_the_box_here(
        self, hana: Person, sora: Person, web: Sent, mail: Consultation
    ):
        for person, thread, text in ((hana, mail.pk, "あちら"), (hana, web.id, "こちら"), (sora, mail.pk, "そら")):  # fmt: skip
            drafts.save_draft(hand=person.hand, thread_id=thread, text=text, at=MORNING)
        link(hana, web, mail)
        assert shown(hana, web.id).draft.text == "こちら\n\nあちら"
        assert shown(sora, web.id).draft.text == "そら"

    def test_an_answer_of_before_goes_back_too(self, hana: Person, web: Sent, mail: Consultation):
        talk = Talk("電話の話", "phone")
        note_talk(hand=hana.hand, talk=talk, message=uuid4(), thread_id=mail.pk, at=MORNING)
        link(hana, web, mail)
        unlink(hana, web)
        assert len(texts(hana, mail.pk)) == 2
        assert texts(hana, web.id) == ["まどからの一通"]

    def test_listening_alone_is_still_wished_for(self, hana: Person, web: Sent, mail: Consultation):
        Consultation.objects.filter(pk=web.id).update(wishes="")
        marks.mark_listening(hand=hana.hand, thread_id=mail.pk, listens=True, at=MORNING)
        link(hana, web, mail)
        assert shown(hana, web.id).listens


class TestErasing:
    def test_all_of_it_goes_with_the_joint_thread(
        self, hana: Person, web: Sent, mail: Consultation
    ):
        add_note(
            hand=hana.hand, thread_id=mail.pk, visibility=Visibility.DESK, noted=Noted("事実"),
            at=MORNING,
        )  # fmt: skip
        drafts.save_draft(hand=hana.hand, thread_id=mail.pk, text="本人のことば", at=MORNING)
        danger(hana, mail.pk, Safety.URGENT, "からだに傷")
        link(hana, web, mail)
        erase(secret=web.secret, at=MORNING)
        for model in (Consultation, StaffNote, StaffDraft, SafetyNote, AbuseRecord):
            assert not model.objects.exists(), model
        assert not ShredKey.objects.filter(case__in=[web.id, mail.pk]).exists()
        assert Tombstone.objects.count() == 2

    def test_also_of_a_thread_that_has_no_address(self, hana: Person, web: Sent):
        talk = Talk("電話の話", "phone", "self")
        thread = note_talk(hand=hana.hand, talk=talk, message=uuid4(), at=MORNING)
        link(hana, web, Consultation.objects.get(pk=thread))
        erase(secret=web.secret, at=MORNING)
        assert not Consultation.objects.exists()

    def test_what_goes_back_without_words_has_an_end_again(
        self, hana: Person, web: Sent, mail: Consultation
    ):
        Consultation.objects.filter(pk=web.id).update(keep="until_erased", expires_date=None)
        link(hana, web, mail)
        unlink(hana, web)
        ends = dict(Consultation.objects.values_list("pk", "expires_date"))
        assert ends[web.id] is None
        assert ends[mail.pk] is not None

    def test_a_thread_that_was_taken_out_again_stays(
        self, hana: Person, web: Sent, mail: Consultation
    ):
        link(hana, web, mail)
        unlink(hana, web)
        erase(secret=web.secret, at=MORNING)
        assert texts(hana, mail.pk) == ["ひみつのメール"]

    def test_one_that_holds_words_again_stays(self, hana: Person, web: Sent, mail: Consultation):
        """Of a thread with two ways one went back: the other still names it as its home."""
        came("LINEの一通", channel="line", sender="U1")
        line = Consultation.objects.get(door="line")
        texts(hana, line.pk)
        note_writer(hand=hana.hand, thread_id=line.pk, who=Who.SELF, at=MORNING)
        linking.link(
            hand=hana.hand, thread_id=mail.pk, other_id=line.pk, wish="おなじ", wished_on=TODAY,
            at=MORNING,
        )  # fmt: skip
        link(hana, web, mail)
        identity = ChannelIdentity.objects.get(channel="email")
        linking.unlink(hand=hana.hand, thread_id=web.id, identity_id=identity.pk, at=MORNING)
        erase(secret=web.secret, at=MORNING)
        assert texts(hana, mail.pk) == ["ひみつのメール"]
