"""Several people at the same moment: nothing is sealed under a dead key, and nothing given behind somebody's back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from madobe.vault.actions.cases import begin_case, give_case, renew_case
from madobe.vault.actions.groups import GroupHasAKey, make_group, renew_group
from madobe.vault.actions.members import HasAKeyAlready, make_member_key, retire_member_key
from madobe.vault.actions.recovery import give_all
from madobe.vault.granting import KeyIsOld, KeyIsRetired
from madobe.vault.keyring import Keyring
from madobe.vault.models import Grant, HolderKey
from madobe.vault.rules.algorithms import NotOpenedError
from tests.factories.threads import alone, at_once, shared_database

from .letters import Letter, Matter, make_tables, read, write
from .people import AT, CHEAP, DAY, begun, opens, somebody

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("room")]
TIMES = 8


@pytest.fixture
def room(tmp_path: Path, letters: None) -> Iterator[None]:
    with shared_database(tmp_path):
        if connection.vendor == "sqlite":
            alone(make_tables)  # a file of its own
        yield


def locked(case: UUID) -> None:
    """The rule of every writer: lock the row of the case, then open it."""
    Matter.objects.select_for_update().get(pk=case)


def writes(keyring: Keyring, case: UUID) -> Callable[[], UUID]:
    @transaction.atomic
    def act() -> UUID:
        locked(case)
        return write(keyring.open(case), "同じころに")

    return act


def renews(keyring: Keyring, case: UUID) -> Callable[[], None]:
    @transaction.atomic
    def act() -> None:
        locked(case)
        renew_case(keyring.open(case), readers=[keyring.holder])

    return act


def case_of(keyring: Keyring) -> UUID:
    opened = begun(keyring)
    Matter.objects.create(id=opened.of.case)
    return opened.of.case


def letters_of(keyring: Keyring, case: UUID) -> tuple[int, int]:
    """How many letters there are, and how many are sealed under a key of the past."""
    opened, dead = keyring.open(case), 0
    rows = list(Letter._base_manager.filter(matter=case).values_list("pk", flat=True))
    for row in rows:
        try:
            read(opened, row)
        except NotOpenedError:
            dead += 1
    return len(rows), dead


def test_whoever_locks_before_opening_seals_nothing_under_a_dead_key():
    aoki = alone(somebody)
    case = alone(lambda: case_of(aoki))
    for _ in range(TIMES):
        results = at_once([writes(aoki, case), renews(aoki, case), writes(aoki, case)])
        assert [type(one) for one in results] == [UUID, type(None), UUID], results
    assert alone(lambda: letters_of(aoki, case)) == (2 * TIMES, 0)


def test_whoever_opens_before_locking_does_so_that_the_test_above_can_fail():
    aoki = alone(somebody)
    case = alone(lambda: case_of(aoki))
    early = alone(lambda: aoki.open(case))
    alone(renews(aoki, case))
    alone(lambda: write(early, "古い鍵で"))
    assert alone(lambda: letters_of(aoki, case)) == (1, 1)


def test_two_who_renew_at_the_same_moment_renew_one_after_the_other():
    aoki = alone(somebody)
    case = alone(lambda: case_of(aoki))
    row = alone(writes(aoki, case))
    assert at_once([renews(aoki, case)] * 3) == [None] * 3
    assert alone(lambda: Grant.objects.get(case=case).generation) == 4
    assert alone(lambda: read(aoki.open(case), row))[1] == "同じころに"


def test_without_the_lock_one_renews_and_the_other_is_told():
    aoki = alone(somebody)
    case = alone(lambda: case_of(aoki))
    opened = alone(lambda: aoki.open(case))
    results = at_once([lambda: renew_case(opened, readers=[aoki.holder])] * 2)
    assert sorted(type(one).__name__ for one in results) == ["KeyIsOld", "OpenCase"], results
    assert alone(lambda: opens(aoki, case))


def test_who_is_given_a_case_while_it_is_renewed_opens_it_or_the_giver_is_told():
    aoki, baba = alone(somebody), alone(somebody)
    case = alone(lambda: case_of(aoki))
    opened = alone(lambda: aoki.open(case))
    gave, renewed = at_once(
        [
            lambda: give_case(opened, to=[baba.holder]),
            lambda: renew_case(opened, readers=[aoki.holder, baba.holder]),
        ]
    )
    assert gave is None or isinstance(gave, KeyIsOld)
    assert not isinstance(renewed, Exception), renewed
    assert alone(lambda: opens(baba, case))


def test_a_person_who_asks_twice_at_once_has_one_key():
    owner = f"staff:{uuid4()}"

    def make() -> Any:
        return make_member_key(owner=owner, passphrase="asa no eki", at=AT, cost=CHEAP)

    results = at_once([make] * 3)
    told = sorted(type(one).__name__ for one in results)
    assert told == [HasAKeyAlready.__name__] * 2 + ["Keyring"], results
    assert alone(lambda: HolderKey.objects.filter(owner=owner).count()) == 1


def test_a_group_renewed_twice_at_once_has_one_living_key_and_loses_no_case():
    aoki, owner = alone(somebody), f"desk:{uuid4()}"
    group = alone(lambda: make_group(owner=owner, members=[aoki.holder], at=AT))
    case = alone(lambda: begun(group).of.case)

    def renew() -> Any:
        return renew_group(owner=owner, members=[aoki.holder], at=AT)

    results = at_once([renew] * 2)
    found = [cases for one in results if isinstance(one, tuple) for cases in one[1]]
    assert found == [case], results
    assert all(isinstance(one, tuple | GroupHasAKey) for one in results), results
    living = HolderKey.objects.filter(owner=owner, retired_at__isnull=True)
    assert alone(living.count) == 1
    assert alone(lambda: opens(aoki, case))


def test_a_case_that_comes_in_while_its_group_is_renewed_is_listed_or_refused():
    """What came in behind the back of the renewal would hang on a key that is buried tomorrow."""
    aoki = alone(somebody)
    for _ in range(TIMES):
        owner = f"desk:{uuid4()}"
        group = alone(lambda owner=owner: make_group(owner=owner, members=[aoki.holder], at=AT))
        results = at_once(
            [
                lambda group=group: begun(group).of.case,
                lambda owner=owner: renew_group(owner=owner, members=[aoki.holder], at=AT),
            ]
        )
        came, (_, listed) = results
        assert isinstance(came, UUID | KeyIsRetired), results
        assert listed == ([came] if isinstance(came, UUID) else []), results


def test_a_case_given_to_somebody_who_leaves_is_listed_or_refused():
    aoki = alone(somebody)
    for _ in range(TIMES):
        leaver = alone(somebody)
        opened = alone(lambda: begun(aoki))
        gave, listed = at_once(
            [
                lambda opened=opened, leaver=leaver: give_case(opened, to=[leaver.holder]),
                lambda leaver=leaver: retire_member_key(owner=leaver.holder.owner, at=AT),
            ]
        )
        assert gave is None or isinstance(gave, KeyIsRetired), gave
        assert listed == ([opened.of.case] if gave is None else []), (gave, listed)
        assert not alone(lambda leaver=leaver: leaver.holder.grants.exists())


def test_cases_given_to_the_house_while_they_are_renewed_are_all_opened_by_it():
    aoki, house = alone(somebody), alone(somebody)
    cases = [alone(lambda: case_of(aoki)) for _ in range(6)]

    def renew_each() -> None:
        for case in cases:
            alone_renew(case)

    def alone_renew(case: UUID) -> None:
        with transaction.atomic():
            locked(case)
            opened = aoki.open(case)
            have = HolderKey.objects.filter(grants__case=case)
            renew_case(opened, readers=list(have))

    gave, renewed = at_once([lambda: give_all(aoki, house.holder), renew_each])
    assert renewed is None, renewed
    assert gave == len(cases), gave
    left = alone(lambda: give_all(aoki, house.holder))  # what was renewed for those of a moment ago
    assert len(alone(lambda: house.open_all(cases))) == len(cases), left


def test_a_case_begun_under_one_name_twice_is_one():
    aoki, case = alone(somebody), uuid4()
    results = at_once([lambda: begin_case(case=case, readers=[aoki.holder], on=DAY)] * 2)
    assert sorted(type(one).__name__ for one in results) == ["Begun", "IntegrityError"], results
    assert alone(lambda: opens(aoki, case))
