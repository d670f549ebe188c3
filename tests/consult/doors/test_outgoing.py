"""An answer goes out by the way somebody wrote: past the gate, in one's own request, once."""

from datetime import datetime
from uuid import uuid4

import pytest

from madobe.consult.actions.doors import outgoing
from madobe.consult.actions.doors.outgoing import DidNotGo, IsOnItsWay, NotThatWay, send_by_door
from madobe.consult.actions.doors.wishes import set_wishes
from madobe.consult.actions.staff.answers import Draft, NewLetterArrived, OtherWordsWent
from madobe.consult.actions.staff.drafts import save_draft
from madobe.consult.choices import State
from madobe.consult.doors import reachable_of
from madobe.consult.models import ChannelIdentity, Message, Posting, StaffDraft
from madobe.consult.reach import open_thread
from madobe.consult.rules.doors.gate import Address, Refusal, may_send
from madobe.consult.rules.doors.wishes import DoorsWished
from madobe.consult.sealed import STAFF_DRAFT
from madobe.desks.models import Desk
from tests.factories.answering import MORNING, Person, send
from tests.factories.doors import HOME, came, texts, threads
from tests.factories.line_server import HANA, Line
from tests.factories.mail_servers import Post

pytestmark = pytest.mark.django_db
NIGHT = datetime.fromisoformat("2026-11-27T23:30:00+09:00")
ANSWER = "お便りをありがとうございます。ゆっくりで大丈夫です。"


def answer(hana: Person, text: str = ANSWER, *, at: datetime = MORNING, **more):
    """Answer in the only thread."""
    (thread,) = threads()
    texts(hana, thread.pk)
    thread.refresh_from_db()
    draft = Draft(**{"message": uuid4(), "seen": thread.messages_count, "text": text} | more)
    identity = ChannelIdentity.objects.get()
    return send_by_door(
        hand=hana.hand, thread_id=thread.pk, identity_id=identity.pk, draft=draft, at=at
    )


def test_by_mail_it_goes_to_where_they_wrote_from(hana: Person, post: Post):
    came("はじめまして", letter_id="<1@example.jp>")
    assert answer(hana) is True
    (letter,) = post.letters
    assert post.recipients == [HOME]
    assert ANSWER in letter.get_content()
    assert letter["In-Reply-To"] == "<1@example.jp>"
    (thread,) = threads()
    assert (thread.state, thread.reply_by) == (State.WAITING_PERSON, None)
    assert Message.objects.get(number=2).door == "email"
    assert texts(hana, thread.pk) == ["はじめまして", ANSWER]


def test_the_answer_to_the_answer_comes_into_the_same_thread(hana: Person, post: Post):
    came("はじめまして")
    answer(hana)
    sent = post.letters[0]["Message-ID"]
    ChannelIdentity.objects.update(routes=False)  # somebody else writes from there too
    came("へんじです", answers=(sent,))
    assert texts(hana, threads()[0].pk)[-1] == "へんじです"


def test_by_line_it_is_pushed(hana: Person, line: Line):
    came("はい", channel="line", sender=HANA)
    assert answer(hana) is True
    assert line.texts() == [ANSWER]
    assert line.pushed[0]["to"] == HANA


@pytest.mark.parametrize("refused", ["451 busy", "550 nobody"])
def test_what_the_host_does_not_take_stays_as_a_draft(hana: Person, post: Post, refused: str):
    came("はじめまして")
    post.refuses.append(refused)
    with pytest.raises(DidNotGo):
        answer(hana)
    draft = StaffDraft.objects.get()
    opened = hana.keyring.open(threads()[0].pk)
    assert opened.text(STAFF_DRAFT, draft.pk, draft.body, version=draft.version) == ANSWER
    assert Message.objects.count() == 1
    assert answer(hana) is True
    assert StaffDraft.objects.count() == 0
    assert len(post.letters) == 1


def test_without_a_mail_server_it_says_so(hana: Person, settings):
    settings.MAIL = False
    came("はじめまして")
    with pytest.raises(DidNotGo):
        answer(hana)


def test_pressed_twice_it_goes_once(hana: Person, post: Post):
    came("はじめまして")
    key = uuid4()
    assert answer(hana, message=key) is True
    assert answer(hana, message=key) is False
    assert len(post.letters) == 1


def test_pressed_again_with_other_words_those_stay_as_a_draft(hana: Person, post: Post):
    came("はじめまして")
    key = uuid4()
    answer(hana, message=key)
    with pytest.raises(OtherWordsWent):
        answer(hana, "直した文。大事な一行", message=key)
    draft = StaffDraft.objects.get()
    opened = hana.keyring.open(threads()[0].pk)
    assert (
        opened.text(STAFF_DRAFT, draft.pk, draft.body, version=draft.version)
        == "直した文。大事な一行"
    )
    assert len(post.letters) == 1


def test_what_was_changed_while_it_went_out_stays_as_a_draft(hana: Person, post: Post, monkeypatch):
    came("はじめまして")
    thread, real = threads()[0].pk, outgoing.send_letter

    def slow(*given, **more):
        save_draft(hand=hana.hand, thread_id=thread, text="直した文", at=MORNING)
        return real(*given, **more)

    monkeypatch.setattr(outgoing, "send_letter", slow)
    assert answer(hana) is True
    assert StaffDraft.objects.count() == 1
    assert texts(hana, thread) == ["はじめまして", ANSWER]


def test_pressed_twice_at_the_same_moment_it_goes_once(hana: Person, post: Post):
    came("はじめまして")
    key = uuid4()
    Posting.objects.create(pk=key, consultation=threads()[0], started_at=MORNING)
    with pytest.raises(IsOnItsWay):
        answer(hana, message=key)
    assert post.letters == []


def test_a_letter_that_came_meanwhile_is_seen_first(hana: Person, post: Post):
    came("はじめまして")
    came("もうひとこと")
    with pytest.raises(NewLetterArrived):
        answer(hana, seen=1)
    assert post.letters == []


@pytest.mark.parametrize(
    ("wishes", "refusal"),
    [
        (DoorsWished(unsafe_ways=("email",)), Refusal.UNSAFE_WAY),
        (DoorsWished(unsafe_places=("ＫＡＺＯＫＵ＠example.jp",)), Refusal.UNSAFE_PLACE),
        (DoorsWished(unsafe_places=("ゆっくりで",)), Refusal.SHOWS_A_PLACE),
    ],
)
def test_nothing_goes_to_what_is_not_safe(hana: Person, post: Post, wishes, refusal):
    came("はじめまして")
    set_wishes(hand=hana.hand, thread_id=threads()[0].pk, wishes=wishes, at=MORNING)
    with pytest.raises(NotThatWay) as caught:
        answer(hana)
    assert caught.value.refusal is refusal
    assert post.letters == []
    assert StaffDraft.objects.count() == 1


def test_by_night_only_to_somebody_who_has_just_written(hana: Person, post: Post):
    came("はじめまして", at=MORNING)
    with pytest.raises(NotThatWay) as caught:
        answer(hana, at=NIGHT)
    assert caught.value.refusal is Refusal.QUIET
    came("ねむれません", at=NIGHT)
    assert answer(hana, at=NIGHT) is True


def test_who_writes_by_a_way_that_is_off_is_answered_by_it(hana: Person, world, post: Post):
    Desk.objects.update(channels=["web"])
    came("はじめまして")
    assert threads()[0].state == State.WAITING_STAFF
    assert answer(hana) is True
    assert post.recipients == [HOME]


def test_nothing_else_goes_by_a_way_that_is_off(hana: Person, world, post: Post):
    Desk.objects.update(channels=["web", "line"])
    came("はじめまして")
    found = reachable_of(open_thread(hana.hand, threads()[0].pk, at=MORNING))
    wished = Address("みほん町1-2", wrote_by=True)
    assert may_send(found, "letter", wished, MORNING) is Refusal.WAY_IS_OFF
    sent = send("お便り")
    found = reachable_of(open_thread(hana.hand, sent.id, at=MORNING))
    assert may_send(found, "email", Address(HOME, wrote_by=True), MORNING) is Refusal.WAY_IS_OFF
