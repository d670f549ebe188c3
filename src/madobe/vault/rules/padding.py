"""Padding, so that the size of a text tells little: Padmé (PURBs, Nikitin et al. 2019), at least 256 bytes.

A size then tells at most about log log of the length, and costs at most 12 percent.
"""

from typing import Final

from madobe.vault.rules.algorithms import NotOpenedError

LEAST: Final = 256
_END: Final = b"\x80"  # ends the text; zeros follow (ISO/IEC 7816-4)


def padded(plain: bytes) -> bytes:
    """This will give the text with its end marked, filled up to a size that many texts share."""
    marked = plain + _END
    return marked + bytes(padded_size(len(marked)) - len(marked))


def unpadded(filled: bytes) -> bytes:
    """This will give the text. Raises NotOpenedError where no end is marked."""
    stripped = filled.rstrip(b"\0")
    if not stripped.endswith(_END):
        raise NotOpenedError
    return stripped[: -len(_END)]


def padded_size(size: int) -> int:
    """This will give the size in bytes that `size` bytes are filled up to."""
    if size <= LEAST:
        return LEAST
    exponent = size.bit_length() - 1
    free = exponent - exponent.bit_length()
    mask = (1 << free) - 1
    return (size + mask) & ~mask
