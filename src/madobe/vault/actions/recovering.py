"""Making cases readable again when every passphrase is lost: by the key of the house, for one member."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from madobe.vault.actions.cases import give_case
from madobe.vault.actions.groups import bury, renew_group
from madobe.vault.choices import Holder
from madobe.vault.holders import shred_keys
from madobe.vault.keyring import Keyring
from madobe.vault.models import Grant, HolderKey

_AT_ONCE = 500  # cases opened in one go


@dataclass(frozen=True)
class Recovered:
    """What the member opens now (`cases`, `groups`), and what nobody could give them.

    `erased`: cases without a shred key. `not_given`: cases the house was never given.
    """

    cases: int
    groups: int
    erased: int
    not_given: int


@transaction.atomic
def recover(*, by: Keyring, to: HolderKey, at: datetime) -> Recovered:
    """This will give a member every case the key of the house opens, and every duty group, with a new key.

    Whoever else holds a case keeps it. The old keys of the groups open nothing any more; the member admits the others.
    """
    cases = _cases()
    alive = list(shred_keys(cases))
    given = _give_all(alive, by=by, to=to)
    groups = list(HolderKey.objects.filter(kind=Holder.DUTY, retired_at__isnull=True))
    for group in groups:
        _renew(group, by=by, to=to, at=at)
    return Recovered(given, len(groups), len(cases) - len(alive), len(alive) - given)


def _give_all(cases: list[UUID], *, by: Keyring, to: HolderKey) -> int:
    given = 0
    for begin in range(0, len(cases), _AT_ONCE):
        for opened in by.open_all(cases[begin : begin + _AT_ONCE]).values():
            give_case(opened, to=[to])
            given += 1
    return given


def _renew(old: HolderKey, *, by: Keyring, to: HolderKey, at: datetime) -> None:
    fresh, cases = renew_group(owner=old.owner, members=[to], at=at)
    _give_all(cases, by=by, to=fresh)
    given = Grant.objects.filter(holder=fresh).values("case")
    Grant.objects.filter(holder=old, case__in=given).delete()
    bury(old)


def _cases() -> list[UUID]:
    return list(Grant.objects.order_by().values_list("case", flat=True).distinct())
