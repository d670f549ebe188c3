"""Who can read a case: its key, wrapped with a shred key and sealed once to each holder.

Sealing needs public keys only: whoever takes a message in can give it to its readers and not read it. Both halves are
needed to open a grant, the holder's own key and the shred key from the separate store: when the shred key dies, every
copy of every grant dies with it, also those in old backups.
"""

from dataclasses import dataclass
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import random

from madobe.vault.rules.aead import opened, sealed
from madobe.vault.rules.algorithms import CASE_KEY, KEY, NotOpenedError


@dataclass(frozen=True)
class CaseOf:
    """The case a key is of. `generation` grows with each new key of the case: an old grant is no grant."""

    installation: UUID
    case: UUID
    generation: int = 1

    def bound(self) -> bytes:
        """This will give the case as bytes, each part of one length."""
        return (
            self.installation.bytes
            + self.case.bytes
            + self.generation.to_bytes(4, "big")
            + bytes([CASE_KEY])
        )


def new_key() -> bytes:
    """This will make a case key or a shred key."""
    return random(KEY)


def grant(case_key: bytes, *, shred_key: bytes, holder: bytes, case: CaseOf) -> bytes:
    """This will give the blob of one grant. `holder`: a public key."""
    wrapped = sealed(shred_key, case_key, case.bound())
    return bytes([CASE_KEY]) + SealedBox(PublicKey(holder)).encrypt(wrapped)


def granted(blob: bytes, *, shred_key: bytes, holder: bytes, case: CaseOf) -> bytes:
    """This will give the case key. `holder`: the private key. Raises NotOpenedError."""
    if blob[:1] != bytes([CASE_KEY]):
        raise NotOpenedError
    try:
        wrapped = SealedBox(PrivateKey(holder)).decrypt(blob[1:])
    except CryptoError:
        raise NotOpenedError from None
    return opened(shred_key, wrapped, case.bound())
