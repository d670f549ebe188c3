"""Whatever happens at a desk and in whichever order: nothing is lost, doubled, left alone or read unasked (G11)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.db.models import F
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from madobe.consult import danger
from madobe.consult.actions import erasing, upkeep
from madobe.consult.actions.seeker import letters, threads
from madobe.consult.actions.staff import answers, holding
from madobe.consult.models import Consultation, PersonDraft
from madobe.vault.holders import HOUSE
from madobe.vault.models import HolderKey
from tests.consult import desk_machine
from tests.factories.answering import make_colleague, people
from tests.factories.desk import AT, make_world

pytestmark = pytest.mark.django_db
Patch = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def _desk() -> None:
    with time_machine.travel(AT, tick=False):
        world = make_world(fact_years=desk_machine.FACT_YEARS)
        more = make_colleague(world, "riku@example.jp", "見本 りく")
        elsewhere = make_colleague(
            world, "kei@example.jp", "見本 けい", in_group=False, roles=("editor",)
        )
    desk_machine.seat(world, (*people(world), more, elsewhere))


def tried(examples: int, steps: int, number: int = 0, **more: Any) -> None:
    """So many desks, each for so many steps. `number`: which of the chances."""

    @seed(number)
    class Desk(desk_machine.Desk):
        pass

    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Desk,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            **more,
        ),
    )


# 200 desks of 100 steps, in four parts so that two workers share them; 2,000 in bench/desk_properties.py.
@pytest.mark.parametrize("number", range(4))
def test_in_any_order_every_letter_is_there_and_read_by_whom_it_should(number: int):
    tried(50 if connection.vendor == "sqlite" else 15, 100, number)


def erasing_leaves_the_key(patch: Patch) -> None:
    patch.setattr(erasing, "shred_case", lambda case: None)


def erasing_leaves_no_stone(patch: Patch) -> None:
    patch.setattr(erasing.Tombstone.objects, "create", lambda **given: None)


def days_that_have_run_out_count_as_her_wish(patch: Patch) -> None:
    real = upkeep.erase_thread
    patch.setattr(upkeep, "erase_thread", lambda thread, **given: real(thread, **{**given, "by_person": True}))  # fmt: skip


def a_visit_moves_no_date(patch: Patch) -> None:
    patch.setattr(letters, "note_visit", lambda thread, on: None)


def sending_twice_stores_twice(patch: Patch) -> None:
    real = letters._add

    def add(thread: Any, opened: Any, letter: Any, message: Any, **given: Any) -> None:
        real(thread, opened, letter, uuid4(), **given)

    patch.setattr(letters, "_add", add)


def a_letter_set_aside_is_read_at_the_desk(patch: Patch) -> None:
    real = threads.begin_case
    patch.setattr(
        threads,
        "begin_case",
        lambda *, readers, **given: real(readers=HolderKey.objects.filter(kind="duty"), **given),
    )


def a_letter_that_was_set_aside_is_sent_to_nobody(patch: Patch) -> None:
    patch.setattr(letters, "give_case", lambda opened, to: None)


def danger_in_a_taken_thread_stays_with_its_owner(patch: Patch) -> None:
    patch.setattr(danger, "duty_readers", lambda thread: [])


def what_was_set_aside_stays_after_sending(patch: Patch) -> None:
    class Kept:
        objects = PersonDraft.objects.none()

    patch.setattr(letters, "PersonDraft", Kept)


def a_change_is_not_counted(patch: Patch) -> None:
    def touch(thread: Consultation, *, on: Any) -> None:
        thread.last_date = on
        thread.expires_date = letters.keep_until(on, thread.keep)

    for module in (letters, threads, answers):
        patch.setattr(module, "touch", touch)


def an_upkeep_sets_the_count_back(patch: Patch) -> None:
    real = upkeep.renew_promises

    def renew(at: datetime) -> int:
        Consultation.objects.filter(revision__gt=1).update(revision=F("revision") - 1)
        return real(at)

    patch.setattr(upkeep, "renew_promises", renew)


def blanks_are_taken_off_a_letter(patch: Patch) -> None:
    real = letters._add

    def add(thread: Any, opened: Any, letter: Any, message: Any, **given: Any) -> None:
        stripped = letters.Letter(text=letter.text.strip(), files=letter.files)
        real(thread, opened, stripped, message, **given)

    patch.setattr(letters, "_add", add)


def a_taken_thread_keeps_its_old_key(patch: Patch) -> None:
    real = holding.renew_case

    def renew(opened: Any, *, readers: Any) -> Any:
        group = HolderKey.objects.filter(kind="duty", retired_at__isnull=True)
        return real(opened, readers=[*readers, *group])

    patch.setattr(holding, "renew_case", renew)


def a_taken_thread_has_no_house(patch: Patch) -> None:
    real = holding.readers_with
    patch.setattr(
        holding,
        "readers_with",
        lambda *given, **more: [one for one in real(*given, **more) if one.owner != HOUSE],
    )


def what_has_run_out_stays(patch: Patch) -> None:
    real = upkeep.let_go
    patch.setattr(upkeep, "let_go", lambda at: real(at.replace(year=at.year - 1)))


def somebody_who_was_not_wanted_any_more_may_take_it_again(patch: Patch) -> None:
    real = holding._assign

    def assign(locked: Any, owner: str, **given: Any) -> Any:
        if given["how"] != "changed":
            return real(locked, owner, **given)
        with pytest.MonkeyPatch.context() as inside:
            before = HolderKey.objects.filter(kind="member", retired_at__isnull=True)
            readers = holding.readers_with
            inside.setattr(holding, "readers_with", lambda *a, **m: [*readers(*a, **m), *before])
            return real(locked, owner, **given)

    patch.setattr(holding, "_assign", assign)


def words_open_what_has_run_out(patch: Patch) -> None:
    from madobe.consult import thread

    def receipt(secret: bytes, on: Any) -> Any:
        found = (
            thread.Receipt.objects.filter(pk=thread.address_of(secret))
            .select_related("consultation")
            .first()
        )
        if found is None:
            raise thread.NoSuchThread
        return found

    patch.setattr(thread, "_receipt", receipt)


BUGS: list[Callable[[Patch], None]] = [
    erasing_leaves_the_key,
    erasing_leaves_no_stone,
    days_that_have_run_out_count_as_her_wish,
    a_visit_moves_no_date,
    sending_twice_stores_twice,
    a_letter_set_aside_is_read_at_the_desk,
    a_letter_that_was_set_aside_is_sent_to_nobody,
    danger_in_a_taken_thread_stays_with_its_owner,
    what_was_set_aside_stays_after_sending,
    a_change_is_not_counted,
    an_upkeep_sets_the_count_back,
    blanks_are_taken_off_a_letter,
    a_taken_thread_keeps_its_old_key,
    a_taken_thread_has_no_house,
    what_has_run_out_stays,
    somebody_who_was_not_wanted_any_more_may_take_it_again,
    words_open_what_has_run_out,
]


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_a_seeded_bug_is_found(bug: Callable[[Patch], None], monkeypatch: Patch):
    bug(monkeypatch)
    with pytest.raises(AssertionError):
        tried(60, 30, phases=[Phase.generate], report_multiple_bugs=False)
