"""Whatever is done with keys and in whichever order, those can open a case who were given it, and nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from madobe.vault.actions import cases, groups, members
from madobe.vault.actions.cases import RowDoesNotOpen
from madobe.vault.models import Grant, GroupSeal, HolderKey
from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.open_case import OpenCase

from .letters import Letter
from .machine import Keys

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]
Patch = pytest.MonkeyPatch


def tried(examples: int, steps: int, **more: Any) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Keys,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            **more,
        ),
    )


def test_in_any_order_those_open_a_case_who_should():
    tried(10, 20)


def the_new_key_is_the_old_one(patch: Patch) -> None:
    patch.setattr(cases, "new_key", lambda: b"k" * 32)


def a_renewed_case_keeps_its_old_readers(patch: Patch) -> None:
    real = cases.renew_case

    def renew(opened: OpenCase, *, readers: list[HolderKey]) -> OpenCase:
        before = HolderKey.objects.filter(grants__case=opened.of.case, retired_at__isnull=True)
        return real(opened, readers=[*readers, *before])

    patch.setattr(cases, "renew_case", renew)


def slips_do_not_follow(patch: Patch) -> None:
    patch.setattr(cases, "_follow", lambda fresh, shred: 1)


def hidden_rows_are_not_sealed_anew(patch: Patch) -> None:
    real = cases._seal_anew

    def seal(*given: Any) -> None:
        with patch.context() as inside:
            inside.setitem(vars(Letter._meta), "base_manager", Letter.objects)
            real(*given)

    patch.setattr(cases, "_seal_anew", seal)


def one_column_is_forgotten(patch: Patch) -> None:
    real = cases.sealed_columns
    patch.setattr(cases, "sealed_columns", lambda: real()[:1])


def sweeping_looks_at_grants_alone(patch: Patch) -> None:
    def living(ids: Any) -> set[Any]:
        return set(Grant.objects.filter(case__in=ids).values_list("case", flat=True))

    patch.setattr(cases, "_with_rows", living)


def erasing_keeps_the_key(patch: Patch) -> None:
    patch.setattr(cases, "shred_case", lambda case: Grant.objects.filter(case=case).delete())


def who_leaves_stays_in_the_group(patch: Patch) -> None:
    real = members.retire_member_key

    def retire(**given: Any) -> Any:
        seals = list(GroupSeal.objects.all())
        told = real(**given)
        GroupSeal.objects.bulk_create(seals, ignore_conflicts=True)
        return told

    patch.setattr(members, "retire_member_key", retire)


def a_living_group_is_buried(patch: Patch) -> None:
    def bury(group: Any) -> bool:
        return bool(GroupSeal.objects.filter(group=group).delete()[0])

    patch.setattr(groups, "bury", bury)


def one_case_of_a_renewed_group_is_not_told(patch: Patch) -> None:
    real = groups.renew_group

    def renew(**given: Any) -> Any:
        group, told = real(**given)
        return group, told[1:]

    patch.setattr(groups, "renew_group", renew)


BUGS: list[Callable[[Patch], None]] = [
    the_new_key_is_the_old_one,
    a_renewed_case_keeps_its_old_readers,
    slips_do_not_follow,
    one_column_is_forgotten,
    hidden_rows_are_not_sealed_anew,
    sweeping_looks_at_grants_alone,
    erasing_keeps_the_key,
    who_leaves_stays_in_the_group,
    a_living_group_is_buried,
    one_case_of_a_renewed_group_is_not_told,
]


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_a_seeded_bug_is_found(bug: Callable[[Patch], None], monkeypatch: Patch):
    bug(monkeypatch)
    with pytest.raises((AssertionError, NotOpenedError, RowDoesNotOpen)):
        tried(60, 20, phases=[Phase.generate], report_multiple_bugs=False)
