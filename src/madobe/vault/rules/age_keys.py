"""Our X25519 keys as age writes them, so that the key of the house on paper opens backups, too (BIP-173, age v1).

Any age program opens a backup with what `identity_of` gives: it needs no Madobe.
"""

from collections.abc import Iterable
from typing import Final

from madobe.vault.rules.algorithms import KEY

_LETTERS: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_TURNS: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def recipient_of(public: bytes) -> str:
    """This will give the text a backup is sealed to: "age1…"."""
    return bech32("age", fives(_whole(public)))


def identity_of(private: bytes) -> str:
    """This will give the text that opens it: "AGE-SECRET-KEY-1…". Never printed, never kept."""
    return bech32("age-secret-key-", fives(_whole(private))).upper()


def bech32(name: str, data: Iterable[int]) -> str:
    """This will write numbers of five bits with their checksum, in small letters."""
    values = list(data)
    head = [ord(letter) >> 5 for letter in name] + [0] + [ord(letter) & 31 for letter in name]
    mark = _remainder([*head, *values, *[0] * 6]) ^ 1
    check = [mark >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{name}1" + "".join(_LETTERS[value] for value in [*values, *check])


def fives(data: bytes) -> list[int]:
    """This will cut bytes into numbers of five bits, the last one filled up with zeros."""
    size = -(-len(data) * 8 // 5)
    number = int.from_bytes(data, "big") << size * 5 - len(data) * 8
    return [number >> 5 * (size - 1 - place) & 31 for place in range(size)]


def _remainder(values: Iterable[int]) -> int:
    left = 1
    for value in values:
        top, left = left >> 25, (left & 0x1FFFFFF) << 5 ^ value
        for bit, turn in enumerate(_TURNS):
            left ^= turn if top >> bit & 1 else 0
    return left


def _whole(key: bytes) -> bytes:
    if len(key) != KEY:
        raise ValueError(f"A key has {KEY} bytes.")
    return key
