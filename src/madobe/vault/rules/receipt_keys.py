"""What a receipt's own 80 random bits are turned into: a key to its thread, and where to look for it.

No slow hash: the secret is random, and strong. The pepper lies in no backup of the data, so that somebody who holds
all rows can neither look a receipt up nor try receipts at home.
"""

from hashlib import blake2b
from typing import Final

from madobe.vault.rules.algorithms import KEY
from madobe.vault.rules.members import KeyPair, pair_of

SECRET: Final = 10  # bytes: 80 bits
LOOK_UP: Final = 32  # bytes
_FOR_KEY: Final = b"madobe-rcpt-key\0"
_FOR_LOOK_UP: Final = b"madobe-rcpt-look"


def receipt_pair(secret: bytes, pepper: bytes) -> KeyPair:
    """This will give the key pair of a receipt: the same for the same words, and kept nowhere."""
    return pair_of(_derived(secret, pepper, _FOR_KEY, KEY))


def look_up(secret: bytes, pepper: bytes) -> bytes:
    """This will give what a thread is found by. Without the pepper it tells nothing about the words."""
    return _derived(secret, pepper, _FOR_LOOK_UP, LOOK_UP)


def _derived(secret: bytes, pepper: bytes, purpose: bytes, size: int) -> bytes:
    if len(secret) != SECRET or len(pepper) < KEY:
        raise ValueError(f"A receipt has {SECRET} bytes, the pepper at least {KEY}.")
    return blake2b(secret, key=pepper, person=purpose, digest_size=size).digest()
