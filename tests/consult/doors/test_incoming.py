"""Letters by e-mail and LINE: one thread per way back, sealed, nothing lost, nothing doubled (issue 4, part 4)."""

import pytest

from madobe.channels.actions.taking import Outcome
from madobe.channels.registry import is_known
from madobe.channels.rules.incoming import File, Kind
from madobe.consult.actions.erasing import erase_thread
from madobe.consult.actions.staff.holding import claim
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.choices import State
from madobe.consult.models import (
    Attachment,
    ChannelIdentity,
    Consultation,
    Message,
    WaitingFile,
    WaitingLetter,
)
from madobe.consult.queries.staff.thread import messages_of, staff_file
from madobe.consult.reach import NotReached, open_thread
from madobe.consult.times import day_of
from madobe.desks.models import Desk
from madobe.vault.keystore.models import ShredKey
from tests.factories.answering import MORNING, Person
from tests.factories.doors import HOME, came, texts, threads
from tests.factories.files import MARKED, found_in

pytestmark = pytest.mark.django_db


def test_a_first_letter_opens_a_thread_by_its_door(hana: Person):
    assert came("ねむれません") == Outcome.TAKEN
    (thread,) = threads()
    assert (thread.door, thread.who, thread.state) == ("email", "", State.WAITING_STAFF)
    assert thread.reply_by is not None
    assert texts(hana, thread.pk) == ["ねむれません"]


def test_a_further_one_joins_it(hana: Person):
    came("ひとつめ")
    came("ふたつめ")
    came("みっつめ")
    (thread,) = threads()
    assert texts(hana, thread.pk) == ["ひとつめ", "ふたつめ", "みっつめ"]


def test_another_sender_and_another_channel_have_threads_of_their_own(hana: Person):
    came("母です")
    came("弟です", sender="otouto@example.jp")
    came("LINEです", channel="line")
    assert sorted(texts(hana, one.pk) for one in threads()) == [
        ["LINEです"],
        ["弟です"],
        ["母です"],
    ]


def test_taking_in_reads_nothing_and_leaves_no_word_in_the_tables(hana: Person):
    came("いちごのことば", sender_name="見本 いちご")
    came("りんごのことば")
    stored = [
        bytes(value)
        for model in (Message, WaitingLetter, ChannelIdentity)
        for row in model.objects.values()
        for value in row.values()
        if isinstance(value, bytes | memoryview)
    ]
    assert len(stored) > 4
    for word in ("いちごのことば", "りんごのことば", "見本 いちご", HOME):
        assert not any(word.encode() in value for value in stored), word


def test_the_same_letter_brought_twice_is_one(hana: Person):
    came("一度だけ", foreign_id="same")
    assert came("一度だけ", foreign_id="same") == Outcome.KNOWN
    assert texts(hana, threads()[0].pk) == ["一度だけ"]


def test_nobody_on_duty_yet_means_it_stays_at_the_host(world, hana: Person):
    Desk.objects.filter(pk=world.desk.pk).update(is_open=False, revision="another")
    assert came("まだ") == Outcome.LEFT
    assert Consultation.objects.count() == 0


def test_a_sticker_stands_as_its_line(hana: Person):
    came(channel="line", kind=Kind.STICKER, visible_line="スタンプ（『おやすみ』の意味の絵）")
    assert texts(hana, threads()[0].pk) == ["スタンプ（『おやすみ』の意味の絵）"]


@pytest.mark.parametrize("where", ["first", "further"])
def test_a_photograph_is_kept_without_its_place(hana: Person, where: str):
    marked = MARKED["jpeg"]()
    if where == "further":
        came("まえのお便り")
    came("写真です", files=(File(marked.name, marked.data, "image/jpeg"),))
    thread = threads()[0].pk
    said = texts(hana, thread)
    assert said[-1] == "写真です"
    attachment = Attachment.objects.get()
    kept = staff_file(open_thread(hana.hand, thread, at=MORNING), attachment.pk)
    assert kept is not None
    assert kept.data.startswith(b"\xff\xd8")
    assert found_in(marked.data, marked.markers) == set(marked.markers)
    assert found_in(kept.data, marked.markers) == set()
    assert "place" in attachment.removed.split()
    assert (WaitingLetter.objects.count(), WaitingFile.objects.count()) == (0, 0)


def test_a_file_that_cannot_be_kept_leaves_a_line(hana: Person):
    came("音です", files=(File("a.mp3", b"ID3" + bytes(200), "audio/mpeg"),))
    (said,) = texts(hana, threads()[0].pk)
    assert said.startswith("音です\n\n（ファイル1：")
    assert Attachment.objects.count() == 0


def test_a_subject_of_its_own_and_the_history_are_kept(hana: Person):
    came("つづきです", subject="むすこのこと", folded="> まえの話")
    (said,) = texts(hana, threads()[0].pk)
    assert said.split("\n\n")[:2] == ["件名：むすこのこと", "つづきです"]
    assert said.endswith("> まえの話")


@pytest.mark.parametrize("line", ["機械からのメール", "届かずにもどってきた"])
def test_a_machine_opens_no_thread(hana: Person, line: str):
    assert came(kind=Kind.AUTOMATIC, visible_line=line) == Outcome.TAKEN
    assert Consultation.objects.count() == 0


def test_a_machine_in_a_thread_is_a_line_and_promises_nothing(hana: Person):
    came("はじめまして")
    thread = threads()[0]
    Consultation.objects.filter(pk=thread.pk).update(state=State.WAITING_PERSON, reply_by=None)
    came(kind=Kind.AUTOMATIC, visible_line="不在です")
    thread.refresh_from_db()
    assert (thread.state, thread.reply_by) == (State.WAITING_PERSON, None)
    assert texts(hana, thread.pk) == ["はじめまして", "不在です"]


@pytest.mark.parametrize("first", [True, False])
def test_words_of_danger_raise_the_thread(hana: Person, first: bool):
    if not first:
        came("こんばんは")
        assert threads()[0].is_urgent is False
    came("もう死にたいです")
    assert threads()[0].is_urgent is True


def test_a_connection_without_words_promises_nothing_and_is_known(hana: Person):
    came(channel="line", kind=Kind.JOINED, visible_line="つながりました", sender="U1")
    (thread,) = threads()
    assert (thread.state, thread.reply_by) == (State.WAITING_PERSON, None)
    assert is_known("line", "U1", "") is True
    assert is_known("line", "U2", "") is False
    came("はい", channel="line", sender="U1")
    thread.refresh_from_db()
    assert thread.state == State.WAITING_STAFF


@pytest.mark.parametrize("read_first", [True, False])
def test_what_somebody_takes_back_is_taken_out(hana: Person, read_first: bool):
    came("一通め", channel="line", sender="U1")
    came("けしたいこと", channel="line", sender="U1", letter_id="123")
    if read_first:
        texts(hana, threads()[0].pk)
    came(
        channel="line",
        sender="U1",
        kind=Kind.UNSENT,
        answers=("123",),
        visible_line="取り消しました",
    )
    assert texts(hana, threads()[0].pk) == ["一通め", "取り消しました"]


def test_a_waiting_letter_goes_to_whoever_has_the_thread_by_then(
    hana: Person, sora: Person, mei: Person
):
    came("一通め")
    thread = threads()[0].pk
    texts(hana, thread)
    claim(hand=mei_takes(mei, hana, thread), thread_id=thread, at=MORNING)
    came("二通め")
    assert WaitingLetter.objects.count() == 1
    assert texts(mei, thread) == ["一通め", "二通め"]


def mei_takes(mei: Person, hana: Person, thread) -> object:
    """は → め: handed over, then mei's own."""
    from madobe.consult.actions.staff.holding import hand_over

    hand_over(hand=hana.hand, thread_id=thread, to=mei.id, at=MORNING)
    return mei.hand


def test_a_letter_that_waits_while_a_thread_is_handed_over_is_not_left_behind(
    hana: Person, mei: Person
):
    from madobe.consult.actions.staff.holding import hand_over

    came("一通め")
    came("二通め")
    thread = threads()[0].pk
    hand_over(hand=hana.hand, thread_id=thread, to=mei.id, at=MORNING)
    assert WaitingLetter.objects.count() == 0
    assert [one.text for one in messages_of(open_thread(mei.hand, thread, at=MORNING))] == [
        "一通め",
        "二通め",
    ]


def test_somebody_without_the_key_gets_nothing_of_it(hana: Person, mei: Person):
    came("一通め")
    came("二通め")
    with pytest.raises(NotReached):
        read_thread(hand=mei.hand, thread_id=threads()[0].pk, at=MORNING)
    texts_before = WaitingLetter.objects.count()
    from madobe.consult.reach import lay_in_what_waits

    lay_in_what_waits(mei.hand, at=MORNING)
    assert WaitingLetter.objects.count() == texts_before == 1


def test_erasing_takes_the_keys_of_what_waits_too(hana: Person):
    came("一通め")
    came("二通め")
    assert ShredKey.objects.count() == 2
    erase_thread(threads()[0], by_person=True, on=day_of(MORNING))
    assert (ShredKey.objects.count(), WaitingLetter.objects.count()) == (0, 0)


def test_the_key_of_a_letter_dies_once_it_lies_in_the_thread(
    hana: Person, django_capture_on_commit_callbacks
):
    came("一通め")
    came("二通め")
    with django_capture_on_commit_callbacks(execute=True):
        texts(hana, threads()[0].pk)
    assert [one.case for one in ShredKey.objects.all()] == [threads()[0].pk]


def test_a_letter_changed_from_outside_stands_in_nobodys_way(hana: Person):
    came("一通め")
    came("二通め")
    came("三通め")
    odd = WaitingLetter.objects.get(number=2)
    WaitingLetter.objects.filter(pk=odd.pk).update(body=bytes(odd.body)[:-1] + b"x")
    assert texts(hana, threads()[0].pk) == ["一通め", "三通め"]
    assert WaitingLetter.objects.get().pk == odd.pk
