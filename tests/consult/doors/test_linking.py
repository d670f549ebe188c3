"""One person's ways together by their wish alone; two people at one address apart (issue 4, part 4)."""

from datetime import date, timedelta

import pytest

from madobe.audit.models import AuditEvent
from madobe.consult.actions.doors import linking
from madobe.consult.actions.doors.writer import TheySaidIt, note_writer
from madobe.consult.choices import State, Who
from madobe.consult.models import ChannelIdentity, Consultation, Message
from madobe.consult.queries.threads import seen
from madobe.consult.rules.doors.wishes import linked_loaded
from madobe.consult.sealed import BODY, LINK_WISH
from madobe.consult.thread import find_thread
from madobe.consult.times import day_of
from madobe.vault.rules.algorithms import NotOpenedError
from tests.factories.answering import MORNING, Person, send
from tests.factories.doors import came, texts

pytestmark = pytest.mark.django_db
WISH = "電話で「LINEもわたしです。いっしょに見てください」と言われた"
TODAY = day_of(MORNING)


def thread_by(channel: str) -> Consultation:
    return Consultation.objects.get(door=channel)


def link(hana: Person, here, other, **more) -> None:
    linking.link(
        **{"hand": hana.hand, "thread_id": here, "other_id": other, "wish": WISH, "wished_on": TODAY, "at": MORNING}
        | more
    )  # fmt: skip


def identity_of(channel: str) -> ChannelIdentity:
    return ChannelIdentity.objects.get(channel=channel)


def by_self(hana: Person, *thread_ids) -> None:
    """Staff have noted that the person themselves writes there."""
    for one in thread_ids:
        note_writer(hand=hana.hand, thread_id=one, who=Who.SELF, at=MORNING)


def two(hana: Person):
    """An e-mail thread and a LINE thread of one person."""
    came("メールの一通め", at=MORNING)
    came("LINEの一通め", channel="line", sender="U1", at=MORNING)
    by_self(hana, thread_by("email").pk, thread_by("line").pk)
    return thread_by("email").pk, thread_by("line").pk


def test_by_their_wish_two_ways_are_one_timeline_by_days(hana: Person):
    mail, line = two(hana)
    came("メールの二通め", at=MORNING + timedelta(days=1))
    texts(hana, mail)
    link(hana, mail, line)
    assert texts(hana, mail) == ["メールの一通め", "LINEの一通め", "メールの二通め"]
    assert texts(hana, line) == []
    assert thread_by("line").state == State.CLOSED


def test_from_then_on_letters_of_both_ways_come_there(hana: Person):
    mail, line = two(hana)
    link(hana, mail, line)
    came("LINEの二通め", channel="line", sender="U1")
    assert texts(hana, mail)[-1] == "LINEの二通め"


def test_the_wish_is_kept_with_its_day_and_sealed(hana: Person):
    mail, line = two(hana)
    link(hana, mail, line, wished_on=TODAY - timedelta(days=2))
    identity = identity_of("line")
    assert (identity.linked_date, identity.linked_by) == (TODAY - timedelta(days=2), hana.id)
    opened = hana.keyring.open(mail)
    assert linked_loaded(opened.open(LINK_WISH, identity.pk, identity.wish)).wish == WISH


def test_no_column_and_no_trail_tells_that_two_threads_belong_together(hana: Person):
    mail, line = two(hana)
    link(hana, mail, line)
    for event in AuditEvent.objects.filter(
        action__in=["talk.linked", "talk.unlinked", "talk.split"]
    ):
        assert event.detail == {}
    rows = ChannelIdentity.objects.values("wish", "address")
    stored = b"".join(bytes(value) for row in rows for value in row.values() if value)
    assert line.bytes not in stored
    assert str(line).encode() not in stored


@pytest.mark.parametrize("more", [{"wish": "  "}, {"wished_on": date(2026, 11, 28)}])
def test_without_a_wish_nothing_is_linked(hana: Person, more):
    mail, line = two(hana)
    with pytest.raises(linking.NoWish):
        link(hana, mail, line, **more)
    assert identity_of("line").consultation_id == line


def test_a_familys_thread_and_a_persons_thread_never_become_one(hana: Person):
    mail, line = two(hana)
    Consultation.objects.filter(pk=mail).update(who="family")
    Consultation.objects.filter(pk=line).update(who="self")
    with pytest.raises(linking.NotTheSamePerson):
        link(hana, mail, line)


@pytest.mark.parametrize("unknown", ["email", "line"])
def test_nothing_is_linked_while_nobody_said_who_writes_there(hana: Person, unknown: str):
    mail, line = two(hana)
    Consultation.objects.filter(door=unknown).update(who="")
    with pytest.raises(linking.WriterNotKnown):
        link(hana, mail, line)
    assert texts(hana, mail) == ["メールの一通め"]


def test_a_mother_never_reads_the_mail_of_her_son(hana: Person):
    mother = send("母です", who="family")
    came("ぼくは息子です。母には言わないで", sender="son@example.jp")
    son = thread_by("email").pk
    with pytest.raises(linking.WriterNotKnown):
        link(hana, mother.id, son)
    by_self(hana, son)
    with pytest.raises(linking.NotTheSamePerson):
        link(hana, mother.id, son)
    read = seen(find_thread(secret=mother.secret, on=TODAY)).messages
    assert [one.text for one in read] == ["母です"]


def test_what_somebody_said_of_themselves_nobody_says_otherwise(hana: Person):
    mother = send("母です", who="family")
    with pytest.raises(TheySaidIt):
        by_self(hana, mother.id)
    assert mother.row.who == "family"


def test_what_staff_noted_can_be_put_right(hana: Person):
    silent = send("だれともいわない", who="")
    came("メールの一通め")
    mail = thread_by("email").pk
    for who in (Who.FAMILY, Who.SELF):
        for one in (silent.id, mail):
            note_writer(hand=hana.hand, thread_id=one, who=who, at=MORNING)
    assert (silent.row.who, thread_by("email").who) == ("self", "self")


def test_who_writes_stirs_no_page_of_the_person(hana: Person):
    silent = send("だれともいわない", who="")
    before = silent.row.revision
    by_self(hana, silent.id)
    assert silent.row.revision == before


def test_a_thread_with_words_is_never_emptied(hana: Person):
    web = send()
    came("メールの一通め")
    by_self(hana, thread_by("email").pk)
    with pytest.raises(linking.WordsWouldDie):
        link(hana, thread_by("email").pk, web.id)
    link(hana, web.id, thread_by("email").pk)
    assert texts(hana, web.id)[-1] == "メールの一通め"
    assert find_thread(secret=web.secret, on=TODAY).thread.pk == web.id


def test_unlinked_each_goes_back_with_what_came_by_it(hana: Person):
    mail, line = two(hana)
    link(hana, mail, line)
    came("LINEの二通め", channel="line", sender="U1")
    texts(hana, mail)
    back = linking.unlink(
        hand=hana.hand, thread_id=mail, identity_id=identity_of("line").pk, at=MORNING
    )
    assert back == line
    assert texts(hana, mail) == ["メールの一通め"]
    assert texts(hana, line) == ["LINEの一通め", "LINEの二通め"]
    identity = identity_of("line")
    assert (identity.linked_date, identity.wish, identity.consultation_id) == (None, None, line)
    came("LINEの三通め", channel="line", sender="U1")
    assert texts(hana, line)[-1] == "LINEの三通め"


def test_what_moved_opens_with_the_key_of_its_new_thread_alone(hana: Person):
    mail, line = two(hana)
    link(hana, mail, line)
    moved = Message.objects.get(carried__identity=identity_of("line"))
    with pytest.raises(NotOpenedError):
        hana.keyring.open(line).text(BODY, moved.pk, moved.body)
    assert hana.keyring.open(mail).text(BODY, moved.pk, moved.body) == "LINEの一通め"


class TestOneAddressTwoPeople:
    def split(self, hana: Person, **more):
        thread = thread_by("email").pk
        identity = ChannelIdentity.objects.get(consultation=thread)
        return linking.split(
            hand=hana.hand, thread_id=thread, identity_id=identity.pk, at=MORNING, **more
        )

    def test_the_next_letter_of_somebody_else_opens_a_thread_of_its_own(self, hana: Person):
        came("母のことば")
        first = thread_by("email").pk
        assert self.split(hana) is None
        came("弟のことば")
        second = Consultation.objects.exclude(pk=first).get().pk
        assert texts(hana, first) == ["母のことば"]
        assert texts(hana, second) == ["弟のことば"]

    def test_a_letter_of_theirs_that_came_already_goes_with_them(self, hana: Person):
        came("母のことば")
        came("弟のことば")
        first = thread_by("email").pk
        texts(hana, first)
        theirs = Message.objects.get(consultation=first, number=2)
        second = self.split(hana, since=theirs.pk)
        came("弟の二通め")
        assert texts(hana, first) == ["母のことば"]
        assert texts(hana, second) == ["弟のことば", "弟の二通め"]

    def test_nothing_of_the_one_opens_with_the_key_of_the_other(self, hana: Person):
        came("母のことば")
        came("弟のことば")
        first = thread_by("email").pk
        texts(hana, first)
        second = self.split(hana, since=Message.objects.get(consultation=first, number=2).pk)
        opened = {one: hana.keyring.open(one) for one in (first, second)}
        for here, there in ((first, second), (second, first)):
            for row in Message.objects.filter(consultation=here):
                assert opened[here].text(BODY, row.pk, row.body)
                with pytest.raises(NotOpenedError):
                    opened[there].text(BODY, row.pk, row.body)

    def test_what_answers_a_letter_of_ours_finds_its_own_thread(self, hana: Person):
        came("母のことば", letter_id="<haha-1@example.jp>")
        first = thread_by("email").pk
        self.split(hana)
        came("弟のことば")
        came("母のへんじ", answers=("<haha-1@example.jp>",))
        assert texts(hana, first) == ["母のことば", "母のへんじ"]

    def test_an_answer_from_another_address_is_not_let_into_it(self, hana: Person):
        came("母のことば", letter_id="<haha-1@example.jp>")
        first = thread_by("email").pk
        came("父です", sender="chichi@example.jp", answers=("<haha-1@example.jp>",))
        assert texts(hana, first) == ["母のことば"]
        assert Consultation.objects.count() == 2
