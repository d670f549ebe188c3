"""Two people at the same moment."""

from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from madobe.consult.actions.staff import answers, drafts, holding
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.models import Message, StaffDraft
from madobe.consult.reach import Hand
from madobe.consult.thread import LockedThread
from tests.factories.answering import MORNING, Person, Sent, people, send
from tests.factories.desk import make_world
from tests.factories.threads import alone, at_once, shared_database

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = 5


def two() -> tuple[Person, Person]:
    return people(make_world())


def hand_of(person: Person) -> Hand:
    return person.hand


def owner_of(sent: Sent) -> str:
    return sent.row.owner


def draft_of(sent: Sent, person: Person) -> str:
    locked = LockedThread(sent.row, person.keyring.open(sent.id))
    return drafts.draft_text(locked, StaffDraft.objects.get(consultation=sent.id))


def test_of_two_who_take_a_thread_one_has_it_and_the_other_hears_who(tmp_path: Path):
    with shared_database(tmp_path):
        both = alone(two)
        hands = [alone(partial(hand_of, one)) for one in both]
        for _ in range(TURNS):
            sent = alone(send)
            for hand in hands:
                alone(partial(read_thread, hand=hand, thread_id=sent.id, at=MORNING))
            results = at_once(
                [partial(holding.claim, hand=one, thread_id=sent.id, at=MORNING) for one in hands]
            )
            held = [one for one in results if isinstance(one, holding.Held)]
            late = [one for one in results if isinstance(one, holding.HeldAlready)]
            assert (len(held), len(late)) == (1, 1), results
            owner = alone(partial(owner_of, sent))
            names = {one.id: one.user.name for one in both}
            assert (held[0].owner, late[0].name) == (owner, names[owner])


def test_a_draft_saved_while_the_key_changes_opens_with_the_new_one(tmp_path: Path):
    with shared_database(tmp_path):
        hana, sora = alone(two)
        one, other = (alone(partial(hand_of, person)) for person in (hana, sora))
        for turn in range(TURNS):
            sent = alone(send)
            claim = partial(holding.claim, hand=one, thread_id=sent.id, at=MORNING)
            save = partial(drafts.save_draft, hand=other, thread_id=sent.id, at=MORNING)
            results = at_once([claim, partial(save, text=f"文{turn}")])
            assert not [found for found in results if isinstance(found, Exception)], results
            assert alone(partial(draft_of, sent, sora)) == f"文{turn}"


def test_of_two_answers_at_once_the_second_is_kept_and_shown_the_first(tmp_path: Path):
    with shared_database(tmp_path):
        both = alone(two)
        sent = alone(send)
        results = at_once(
            [
                partial(
                    answers.reply,
                    hand=alone(partial(hand_of, one)),
                    thread_id=sent.id,
                    draft=answers.Draft(message=uuid4(), seen=1, text="返事"),
                    at=MORNING,
                )
                for one in both
            ]
        )
        assert sorted(type(one).__name__ for one in results) == ["NewLetterArrived", "bool"]
        assert alone(Message.objects.filter(author="staff").count) == 1
        assert alone(StaffDraft.objects.count) == 1
