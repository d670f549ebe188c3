"""Holders of keys, for tests, made without the slow lock of a passphrase."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from madobe.vault.actions.cases import begin_case
from madobe.vault.choices import Holder
from madobe.vault.keyring import Keyring
from madobe.vault.models import HolderKey
from madobe.vault.rules.members import Cost, new_pair
from madobe.vault.rules.open_case import OpenCase

AT = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
DAY = date(2026, 11, 26)
CHEAP = Cost(rounds=2, mebibytes=19)  # the floor a lock may have
PASSPHRASE = "ame no hi no toshokan"


def somebody(owner: str | None = None) -> Keyring:
    """A member of staff with an unlocked key."""
    pair = new_pair()
    key = HolderKey.objects.create(
        kind=Holder.MEMBER, owner=owner or f"staff:{uuid4()}", public=pair.public, made_at=AT
    )
    return Keyring(key, pair.private)


def begun(*readers: Keyring | HolderKey) -> OpenCase:
    """A new case these can read."""
    keys = [one.holder if isinstance(one, Keyring) else one for one in readers]
    return begin_case(case=uuid4(), readers=keys, on=DAY).opened


def undone(act: Callable[[], Any]) -> Any:
    """Do something in a transaction that is then given up, as by a crash; gives what the act gave."""
    with transaction.atomic():
        given = act()
        transaction.set_rollback(True)
    return given


def opens(keyring: Keyring, case: UUID) -> bool:
    """Whether this keyring opens the case now."""
    return case in keyring.open_all([case])
