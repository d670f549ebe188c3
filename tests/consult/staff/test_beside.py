"""Notes, danger, the duty to notify, rest and an end: what stands beside a thread."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from madobe.consult.actions.staff import answers, holding, marks, notes, safety
from madobe.consult.choices import State
from madobe.consult.models import AbuseRecord, Closing, SafetyNote, StaffNote
from madobe.consult.queries.staff.beside import Beside, beside_of
from madobe.consult.queries.staff.inbox import inbox
from madobe.consult.reach import open_thread
from madobe.consult.rules.noted import Abuse, Danger, Noted
from madobe.consult.rules.waiting import Why
from madobe.consult.staff_choices import ClosingKind, Safety, Visibility
from tests.factories.answering import MORNING, Person, Sent, send
from tests.factories.desk import World

pytestmark = pytest.mark.django_db
NOTED = Noted(facts="三年、部屋にいる", words="「朝がこわい」", view="急がない")
REVIEW = date(2026, 12, 4)


def beside(person: Person, sent: Sent) -> Beside:
    return beside_of(person.hand, open_thread(person.hand, sent.id, at=MORNING))


def add(person: Person, sent: Sent, visibility: Visibility) -> None:
    notes.add_note(
        hand=person.hand, thread_id=sent.id, visibility=visibility, noted=NOTED, at=MORNING
    )


@pytest.mark.parametrize(
    ("visibility", "sees_it"),
    [(Visibility.OWNER, "hana"), (Visibility.DESK, "hana sora riku"), (Visibility.HANDOVER, "hana riku")],
)  # fmt: skip
def test_a_note_is_seen_by_whom_it_was_meant_for(
    world: World, hana: Person, sora: Person, riku: Person, visibility: Visibility, sees_it: str
):
    """はな writes while she answers, そら stands beside, りく answers after her."""
    sent = send(urgent=True)  # so that all three can open it throughout
    holding.claim(hand=hana.hand, thread_id=sent.id, at=MORNING)
    add(hana, sent, visibility)
    holding.hand_over(hand=hana.hand, thread_id=sent.id, to=riku.id, co_holder=sora.id, at=MORNING)
    people = {"hana": hana, "sora": sora, "riku": riku}
    seen = [name for name, one in people.items() if beside(one, sent).notes]
    assert seen == sees_it.split()


def test_facts_words_and_view_stay_apart(world: World, hana: Person):
    sent = send()
    add(hana, sent, Visibility.DESK)
    (note,) = beside(hana, sent).notes
    assert (note.noted.facts, note.noted.words, note.noted.view) == (
        "三年、部屋にいる", "「朝がこわい」", "急がない",
    )  # fmt: skip
    assert "朝がこわい".encode() not in bytes(StaffNote.objects.get().body)


def test_an_empty_note_is_none(world: World, hana: Person):
    sent = send()
    with pytest.raises(notes.NothingNoted):
        notes.add_note(
            hand=hana.hand,
            thread_id=sent.id,
            visibility=Visibility.DESK,
            noted=Noted(),
            at=MORNING,
        )


def see_danger(person: Person, sent: Sent, level: Safety = Safety.URGENT):
    return safety.note_danger(
        hand=person.hand,
        thread_id=sent.id,
        level=level,
        danger=Danger("今夜と書かれている", "姉に電話してよい"),
        review_on=REVIEW,
        at=MORNING,
    )


def test_a_danger_holds_from_the_first_person_on(world: World, hana: Person, sora: Person):
    calm, sent = send(), send()
    see_danger(hana, sent)
    danger = beside(sora, sent).danger
    assert danger is not None
    assert (danger.danger.basis, danger.second, danger.review_on) == (
        "今夜と書かれている", "", REVIEW,
    )  # fmt: skip
    rows = inbox(sora.hand, at=MORNING).rows
    assert [row.id for row in rows] == [sent.id, calm.id]
    assert Why.SAFETY_URGENT in [one.why for one in rows[0].reasons]


def test_another_confirms_it_and_never_the_same(world: World, hana: Person, sora: Person):
    sent = send()
    note = see_danger(hana, sent)
    with pytest.raises(safety.ItTakesASecond):
        safety.confirm_danger(hand=hana.hand, thread_id=sent.id, note_id=note, at=MORNING)
    safety.confirm_danger(hand=sora.hand, thread_id=sent.id, note_id=note, at=MORNING)
    danger = beside(hana, sent).danger
    assert danger is not None
    assert danger.second == "見本 そら"
    with pytest.raises(safety.NothingToConfirm):
        safety.confirm_danger(hand=sora.hand, thread_id=sent.id, note_id=note, at=MORNING)


def test_the_table_itself_wants_two_people(world: World, hana: Person):
    sent = send()
    see_danger(hana, sent)
    row = SafetyNote.objects.get()
    row.confirmed_by = hana.id
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_newer_danger_takes_the_place_of_the_one_before(world: World, hana: Person):
    sent = send()
    see_danger(hana, sent)
    see_danger(hana, sent, Safety.WATCH)
    found = beside(hana, sent)
    assert {(one.level, one.holds) for one in found.dangers} == {
        (Safety.WATCH, True),
        (Safety.URGENT, False),
    }
    safety.end_danger(hand=hana.hand, thread_id=sent.id, at=MORNING)
    assert beside(hana, sent).danger is None


def test_a_danger_without_a_basis_is_not_noted(world: World, hana: Person):
    sent = send()
    with pytest.raises(safety.NoBasis):
        safety.note_danger(
            hand=hana.hand, thread_id=sent.id, level=Safety.WATCH, danger=Danger(),
            review_on=REVIEW, at=MORNING,
        )  # fmt: skip


def test_alone_on_duty_the_screen_says_whom_to_call(world: World, hana: Person):
    world.desk.night_call, world.desk.night_call_checked_on = "所長の当番電話", date(2026, 11, 1)
    world.desk.save()
    sent = send(urgent=True)
    page = hana.client().get(f"/staff/talk/{sent.id}/").content.decode()
    assert "いまの当番は、ほかにいません。" in page
    assert "所長の当番電話" in page


def test_a_notification_takes_two(world: World, hana: Person, sora: Person):
    sent = send()
    record = safety.note_abuse(
        hand=hana.hand, thread_id=sent.id, abuse=Abuse("見たこと", "市の窓口"), at=MORNING
    )
    with pytest.raises(safety.ItTakesASecond):
        safety.confirm_abuse(
            hand=hana.hand, thread_id=sent.id, record_id=record, notified_on=REVIEW, at=MORNING
        )
    assert AbuseRecord.objects.get().notified_date is None
    safety.confirm_abuse(
        hand=sora.hand, thread_id=sent.id, record_id=record, notified_on=REVIEW, at=MORNING
    )
    (seen,) = beside(hana, sent).abuse
    assert (seen.second, seen.notified_on, seen.abuse.where) == ("見本 そら", REVIEW, "市の窓口")


def answered(person: Person, sent: Sent) -> None:
    draft = answers.Draft(message=uuid4(), seen=1, text="返事")
    answers.reply(hand=person.hand, thread_id=sent.id, draft=draft, at=MORNING)


def test_an_end_says_what_helped_and_opens_again_in_one_act(world: World, hana: Person):
    sent = send()
    answered(hana, sent)
    marks.close(
        hand=hana.hand, thread_id=sent.id, kind=ClosingKind.WISH, helped="夜の返事", at=MORNING
    )
    assert sent.row.state == State.CLOSED
    (end,) = beside(hana, sent).closings
    assert (end.kind, end.helped, end.reopened_on) == (ClosingKind.WISH, "夜の返事", None)
    marks.reopen(hand=hana.hand, thread_id=sent.id, at=MORNING)
    assert sent.row.state == State.WAITING_PERSON
    assert beside(hana, sent).closings[0].reopened_on == date(2026, 11, 27)


def test_who_cannot_be_reached_has_not_ended_anything(world: World, hana: Person):
    sent = send()
    answered(hana, sent)
    marks.close(hand=hana.hand, thread_id=sent.id, kind=ClosingKind.SILENT, helped="", at=MORNING)
    assert sent.row.state == State.RESTING
    assert Closing.objects.get().kind == "silent"


def test_rest_may_say_from_when_the_desk_writes(world: World, hana: Person):
    sent = send()
    answered(hana, sent)
    marks.let_rest(hand=hana.hand, thread_id=sent.id, contact_after=REVIEW, at=MORNING)
    page = hana.client().get(f"/staff/talk/{sent.id}/").content.decode()
    assert sent.row.state == State.RESTING
    assert "2026年12月4日 から、こちらから書けます。" in page


def test_just_listening_can_be_marked_and_taken_off(world: World, hana: Person):
    sent = send()
    row = sent.row
    row.wishes = ""
    row.save()
    for listens in (True, False):
        marks.mark_listening(hand=hana.hand, thread_id=sent.id, listens=listens, at=MORNING)
        (listed,) = inbox(hana.hand, at=MORNING).rows
        assert (Why.LISTEN in [one.why for one in listed.reasons]) is listens
