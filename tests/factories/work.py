"""What the script of the page does, in Python: try numbers until enough bits are zero."""

from hashlib import sha256
from itertools import count


def zero_bits(token: str, number: int) -> int:
    """Zero bits in front of SHA-256 of "token.number"."""
    return 256 - int.from_bytes(sha256(f"{token}.{number}".encode()).digest(), "big").bit_length()


def worked_out(token: str, bits: int = 16) -> str:
    """The first number with so many zero bits or more."""
    return str(next(number for number in count() if zero_bits(token, number) >= bits))
