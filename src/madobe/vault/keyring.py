"""What one person can open, for as long as their key is unlocked. Lives in the memory of one request."""

from collections.abc import Iterable
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from madobe.vault.holders import shred_key, shred_keys
from madobe.vault.installed import installation
from madobe.vault.models import Grant, GroupSeal, HolderKey
from madobe.vault.rules.algorithms import NotOpenedError
from madobe.vault.rules.grants import CaseOf, granted
from madobe.vault.rules.members import pair_of
from madobe.vault.rules.open_case import OpenCase


class NotYours(Exception):
    """This key opens no such case: it was never given, was taken back, or the case is gone."""


def open_with(private: bytes, *, case: UUID, generation: int, blob: bytes) -> OpenCase:
    """This will open a case by a grant that lies in a floor above, such as a receipt's. `private`: its private key.

    Raises NotYours, CaseIsGone.
    """
    of = CaseOf(installation(), case, generation)
    try:
        key = granted(bytes(blob), shred_key=shred_key(case), holder=private, case=of)
    except NotOpenedError:
        raise NotYours from None
    return OpenCase(of, key)


class Keyring:
    """The key of one holder, and through it the keys of the groups they belong to."""

    def __init__(self, holder: HolderKey, private: bytes) -> None:
        self.holder = holder
        self._own = private
        self._unsealed: dict[bytes, bytes] = {}  # private keys of groups, by seal

    def __repr__(self) -> str:
        return f"Keyring({self.holder})"

    def open(self, case: UUID) -> OpenCase:
        """This will open one case. Raises NotYours."""
        opened = self.open_all([case])
        if case not in opened:
            raise NotYours
        return opened[case]

    def open_all(self, cases: Iterable[UUID]) -> dict[UUID, OpenCase]:
        """This will open those of the cases it can, in three database queries."""
        wanted = list(cases)
        keys = self.private_keys()
        house, shreds = installation(), shred_keys(wanted)
        opened: dict[UUID, OpenCase] = {}
        rows = Grant.objects.filter(case__in=wanted, holder__in=list(keys))
        for grant in rows.order_by("-generation"):
            if grant.case in opened or grant.case not in shreds:
                continue
            of = CaseOf(house, grant.case, grant.generation)
            try:
                key = granted(
                    bytes(grant.blob),
                    shred_key=shreds[grant.case],
                    holder=keys[grant.holder_id],
                    case=of,
                )
            except NotOpenedError:
                continue
            opened[grant.case] = OpenCase(of, key)
        return opened

    def private_of(self, holder: UUID) -> bytes:
        """This will give the private key of the holder themselves or of a group of theirs. Raises NotYours."""
        keys = {self.holder.pk: self._own} if holder == self.holder.pk else self.private_keys()
        if holder not in keys:
            raise NotYours
        return keys[holder]

    def private_keys(self) -> dict[UUID, bytes]:
        """This will give all private keys at hand, by holder; also of a retired group until it is buried.

        A seal that does not open, or gives another key than the group's, gives nothing and hides nothing else.
        """
        keys = {self.holder.pk: self._own}
        seals = GroupSeal.objects.filter(member=self.holder.pk)
        for group, public, blob in seals.values_list("group_id", "group__public", "blob"):
            private = self._unseal(bytes(blob))
            if private is not None and pair_of(private).public == bytes(public):
                keys[group] = private
        return keys

    def _unseal(self, blob: bytes) -> bytes | None:
        if blob not in self._unsealed:
            try:
                self._unsealed[blob] = SealedBox(PrivateKey(self._own)).decrypt(blob)
            except CryptoError:
                return None
        return self._unsealed[blob]
