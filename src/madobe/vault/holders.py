"""Who holds keys now, and the other half of what opens a case."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from madobe.vault.choices import Holder
from madobe.vault.keystore.models import ShredKey
from madobe.vault.models import HolderKey

HOUSE: Final = "house"  # owner of the recovery key


class CaseIsGone(Exception):
    """The case has no shred key any more: it was erased, and nothing of it opens."""


def shred_key(case: UUID) -> bytes:
    """This will give the shred key. Raises CaseIsGone."""
    found = ShredKey.objects.filter(case=case).values_list("key", flat=True).first()
    if found is None:
        raise CaseIsGone
    return bytes(found)


def shred_keys(cases: Iterable[UUID]) -> dict[UUID, bytes]:
    """This will give those that are there."""
    rows = ShredKey.objects.filter(case__in=list(cases)).values_list("case", "key")
    return {case: bytes(key) for case, key in rows}


def holder(kind: Holder, owner: str) -> HolderKey | None:
    """This will give the key somebody can be given a case by now."""
    return HolderKey.objects.filter(kind=kind, owner=owner, retired_at__isnull=True).first()


def holders(kind: Holder, owners: Iterable[str]) -> list[HolderKey]:
    """This will give the living keys of these owners."""
    return list(
        HolderKey.objects.filter(kind=kind, owner__in=list(owners), retired_at__isnull=True)
    )


def members_of(group: HolderKey) -> list[HolderKey]:
    """This will give whoever can use the key of a group."""
    return list(HolderKey.objects.filter(groups__group=group, retired_at__isnull=True))
