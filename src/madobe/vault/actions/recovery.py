"""The key of the house on paper: made once, tried before anything is opened with it, used when all else is lost."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.vault.choices import Holder
from madobe.vault.granting import hold_grants, hold_living, in_batches, store_grants
from madobe.vault.holders import HOUSE, holder, shred_keys
from madobe.vault.installed import installation
from madobe.vault.keyring import Keyring
from madobe.vault.models import Grant, HolderKey, Installation
from madobe.vault.rules.algorithms import KEY
from madobe.vault.rules.members import new_pair, pair_of
from madobe.vault.rules.recovery import joined, split


class SharesAreOfAnotherHouse(Exception):
    """The shares fit together, and not to a key of this installation."""


class SharesAreOld(Exception):
    """The shares are of sheets made before the ones that count now."""


class NoRecoveryKey(Exception):
    """No recovery sheets were made yet."""


@transaction.atomic
def make_recovery(*, at: datetime) -> tuple[str, ...]:
    """This will make the recovery key and give its three shares: shown once, printed, kept nowhere here.

    Sheets made before are worth nothing for what is begun from now on. They, and they alone, open what was begun before,
    until somebody who can open it has given it to the new key (`give_all`) and the old one is ended (`end_old_sheets`).
    """
    HolderKey.objects.filter(kind=Holder.RECOVERY, retired_at__isnull=True).update(retired_at=at)
    installation()
    Installation.objects.update(drilled_at=None)
    pair = new_pair()
    HolderKey.objects.create(kind=Holder.RECOVERY, owner=HOUSE, public=pair.public, made_at=at)
    return split(pair.private)


def recovery_keyring(shares: Iterable[str]) -> Keyring:
    """This will give the keyring of the house from two of its sheets, also from old ones: they open what is old.

    Raises SharesDoNotFitError, SharesAreOfAnotherHouse, NoRecoveryKey.
    """
    keys = list(HolderKey.objects.filter(kind=Holder.RECOVERY))
    if not keys:
        raise NoRecoveryKey
    private = joined(shares)
    if len(private) == KEY:
        public = pair_of(private).public
        for key in keys:
            if bytes(key.public) == public:
                return Keyring(key, private)
    raise SharesAreOfAnotherHouse


def drill(shares: Iterable[str], *, at: datetime) -> None:
    """This will note that two sheets were read back and are the right ones.

    Raises as `recovery_keyring`, and SharesAreOld.
    """
    if recovery_keyring(shares).holder.retired_at is not None:
        raise SharesAreOld
    installation()
    Installation.objects.update(drilled_at=at)


def give_all(by: Keyring, to: HolderKey) -> int:
    """This will give every case that one keyring opens to one more holder; gives to how many it was new.

    After new sheets: by the old ones or by members, to the new recovery key. After all passphrases were lost: by the
    recovery keyring, to a new member or duty group. Each batch is durable by itself and may be done again after a crash.
    Raises KeyIsRetired.
    """
    held = Grant.objects.filter(holder=to).values("case")
    reach = Grant.objects.filter(holder__in=list(by.private_keys()))
    left = list(
        reach.exclude(case__in=held).order_by("case").values_list("case", flat=True).distinct()
    )
    count = 0
    while left:
        renewed: list[UUID] = []
        for batch in in_batches(left):
            given, missed = _give_batch(by, to, batch)
            count += given
            renewed += missed
        left = renewed
    return count


def end_old_sheets() -> int:
    """This will take from the old recovery keys every case that the one of now holds. Gives how many are left to them.

    Somebody who kept old sheets and a copy of the database opens what is in the copy; `renew_case` shuts them out.
    """
    now = holder(Holder.RECOVERY, HOUSE)
    old = Grant.objects.filter(holder__kind=Holder.RECOVERY, holder__retired_at__isnull=False)
    old.filter(case__in=Grant.objects.filter(holder=now).values("case")).delete()
    return old.count()


@transaction.atomic
def _give_batch(by: Keyring, to: HolderKey, cases: Sequence[UUID]) -> tuple[int, list[UUID]]:
    """How many were given, and which got a new key in this very moment and are to be opened once more."""
    hold_living([to])
    opened = by.open_all(cases)
    hold_grants(
        cases
    )  # a new key that was on its way is there now, and none comes before the commit
    rows = Grant.objects.filter(case__in=cases)
    current = {(case, generation) for case, generation in rows.values_list("case", "generation")}
    have = set(rows.filter(holder=to).values_list("case", flat=True))
    shreds = shred_keys(cases)
    given, missed = 0, []
    for case, one in opened.items():
        if case in have or case not in shreds:
            continue
        if (case, one.of.generation) not in current:
            missed.append(case)
            continue
        store_grants(one, [to], shreds[case])
        given += 1
    return given, missed
