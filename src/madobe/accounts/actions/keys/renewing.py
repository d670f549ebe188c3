"""New keys for the cases that want one: some at a time, by whoever can open them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.accounts.key_tasks import count_waiting, waiting_for
from madobe.accounts.models import KeyTask
from madobe.audit.actions import record
from madobe.lib.actor import Actor
from madobe.vault.actions import cases, groups
from madobe.vault.choices import Holder
from madobe.vault.granting import KeyIsOld, KeyIsRetired, in_batches
from madobe.vault.holders import CaseIsGone, shred_keys
from madobe.vault.keyring import Keyring, NotYours
from madobe.vault.models import Grant, HolderKey
from madobe.vault.registry import lock_case

AT_ONCE = 200  # cases in one press: a few seconds


class NobodyReads(Exception):
    """A case has no living reader yet it could be given to; somebody is admitted to its desk first."""


@dataclass(frozen=True)
class Renewed:
    """How many got a new key now, how many wait on, and how many did not open as they should (changed from outside)."""

    done: int
    left: int
    odd: int


def renew_some(*, keyring: Keyring, by: Actor, at: datetime, most: int = AT_ONCE) -> Renewed:
    """This will give up to `most` waiting cases a new key, each in a transaction of its own."""
    done = odd = 0
    living = {key.pk: key for key in HolderKey.objects.filter(retired_at__isnull=True)}
    for case in waiting_for(keyring):
        if done == most:
            break
        try:
            _renew(case, keyring, living)
        except CaseIsGone:
            KeyTask.objects.filter(case=case).delete()
        except (KeyIsOld, KeyIsRetired, NotYours, NobodyReads):
            continue  # somebody else was there first, or comes first
        except cases.RowDoesNotOpen:
            odd += 1
        else:
            done += 1
    _forget_erased()
    for group in HolderKey.objects.filter(kind=Holder.DUTY, retired_at__isnull=False):
        groups.bury(group)
    left = count_waiting()
    if done or odd:
        record(
            by=by.id, action="keys.renew", at=at, detail={"cases": done, "left": left, "odd": odd}
        )
    return Renewed(done, left, odd)


@transaction.atomic
def _renew(case: UUID, keyring: Keyring, living: Mapping[UUID, HolderKey]) -> None:
    lock_case(case)  # before it is opened: nobody writes with the old key meanwhile
    cases.renew_case(keyring.open(case), readers=_readers(case, living))
    KeyTask.objects.filter(case=case).delete()


def _forget_erased() -> None:
    """A case nobody holds any more may be erased; one that has its shred key is only lost, and is counted on."""
    nobodys = KeyTask.objects.exclude(case__in=Grant.objects.values("case"))
    for batch in in_batches(nobodys.values_list("case", flat=True)):
        erased = set(batch) - set(shred_keys(batch))
        KeyTask.objects.filter(case__in=erased).delete()


def _readers(case: UUID, living: Mapping[UUID, HolderKey]) -> list[HolderKey]:
    """Whoever holds it and still may; in place of a retired group its key of now; and the house on paper.

    `living`: the keys as they were when this press began; of one that was retired since, `renew_case` says so.
    """
    house = next((key for key in living.values() if key.kind == Holder.RECOVERY), None)
    now = {key.owner: key for key in living.values() if key.kind == Holder.DUTY}
    found: list[HolderKey] = []
    held = Grant.objects.filter(case=case).exclude(holder__kind=Holder.RECOVERY)
    for pk, owner in held.values_list("holder", "holder__owner"):
        key = living.get(pk) or now.get(owner)
        if key is not None:
            found.append(key)
    if not found:
        raise NobodyReads
    return found if house is None else [*found, house]
