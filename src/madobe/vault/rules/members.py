"""Key pairs of people: locked by a passphrase that is no sign-in password, held unlocked only for a session.

An e-mail reset gives back sign-in and never a key: what a passphrase locked, only the passphrase opens.
"""

import struct
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from nacl.public import PrivateKey
from nacl.utils import random

from madobe.vault.rules.aead import opened, sealed
from madobe.vault.rules.algorithms import HELD_KEY, KEY, LOCKED_KEY, NotOpenedError

SALT: Final = 16
_COST: Final = struct.Struct(">BHB")  # rounds, MiB, lanes
_HELD: Final = b"madobe-held-key\0"


@dataclass(frozen=True)
class Cost:
    """What guessing one passphrase costs (Argon2id). More than OWASP's floor of 19 MiB and 2 rounds (trust.md G19)."""

    rounds: int = 3
    mebibytes: int = 64
    lanes: int = 1

    def in_bounds(self) -> bool:
        """Whether this is neither cheap for a guesser nor a way to fill the memory of the server."""
        return 2 <= self.rounds <= 16 and 19 <= self.mebibytes <= 1024 and 1 <= self.lanes <= 8


@dataclass(frozen=True)
class KeyPair:
    """`private` opens what was sealed to `public`; 32 bytes each. Its repr shows no key."""

    private: bytes
    public: bytes

    def __repr__(self) -> str:
        return f"KeyPair({self.public.hex()[:8]}…)"


def new_pair() -> KeyPair:
    """This will make a key pair (X25519)."""
    return pair_of(random(KEY))


def pair_of(private: bytes) -> KeyPair:
    """This will give the pair a private key belongs to."""
    return KeyPair(private, bytes(PrivateKey(private).public_key))


def lock(private: bytes, passphrase: str, *, member: UUID, cost: Cost | None = None) -> bytes:
    """This will lock a private key for its member. Takes about a tenth of a second and `cost.mebibytes` of memory."""
    head = bytes([LOCKED_KEY]) + _COST.pack(*_parts(cost or Cost())) + random(SALT)
    return head + sealed(_stretched(passphrase, head), private, head + member.bytes)


def unlock(blob: bytes, passphrase: str, *, member: UUID) -> bytes:
    """This will give the private key. Raises NotOpenedError for another passphrase, member or a changed byte."""
    size = 1 + _COST.size + SALT
    head, rest = blob[:size], blob[size:]
    if head[:1] != bytes([LOCKED_KEY]) or len(head) < size:
        raise NotOpenedError
    return opened(_stretched(passphrase, head), rest, head + member.bytes)


def hold(private: bytes) -> tuple[bytes, bytes]:
    """This will give a token for the person's cookie and the blob the server keeps: neither is of use alone."""
    token = random(KEY)
    return token, bytes([HELD_KEY]) + sealed(_of_token(token), private, _HELD)


def held(token: bytes, blob: bytes) -> bytes:
    """This will give the private key. Raises NotOpenedError."""
    if blob[:1] != bytes([HELD_KEY]) or len(token) != KEY:
        raise NotOpenedError
    return opened(_of_token(token), blob[1:], _HELD)


def _stretched(passphrase: str, head: bytes) -> bytes:
    cost = Cost(*_COST.unpack_from(head, 1))
    if not cost.in_bounds():
        raise NotOpenedError
    return hash_secret_raw(
        unicodedata.normalize("NFKC", passphrase).encode(),  # another keyboard, the same words
        head[1 + _COST.size :],
        time_cost=cost.rounds,
        memory_cost=cost.mebibytes * 1024,
        parallelism=cost.lanes,
        hash_len=KEY,
        type=Type.ID,
    )


def _parts(cost: Cost) -> tuple[int, int, int]:
    if not cost.in_bounds():
        raise ValueError("This would be too cheap to guess, or too much for the server.")
    return cost.rounds, cost.mebibytes, cost.lanes


def _of_token(token: bytes) -> bytes:
    return blake2b(token, digest_size=KEY, person=_HELD).digest()
