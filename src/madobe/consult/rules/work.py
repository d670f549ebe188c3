"""A little work that a form may show, so that whoever shares an address with a flood is not put behind its row.

Asked only while a flood comes (rules.flood), never waited for, and nothing is refused without it. It is bound to the
token of one form, and one token is one thread: done once, it serves one letter.
"""

from hashlib import sha256
from typing import Final

BITS: Final = 16  # zero bits in front: 65,536 tries on average, some seconds of an old telephone in small slices
LONGEST_ANSWER: Final = 10  # digits; 2^32 has ten, and nobody needs that many tries
LONGEST_TOKEN: Final = 200  # signs; ours has 127
_HEAD: Final = 4  # bytes that are looked at


def is_done(token: str, answer: str) -> bool:
    """This will say whether SHA-256 of "token.answer" begins with BITS zero bits. `answer`: a number in plain digits.

    Costs one hash of at most 211 bytes, whatever comes.
    """
    if not (0 < len(answer) <= LONGEST_ANSWER and 0 < len(token) <= LONGEST_TOKEN):
        return False
    if not (answer.isascii() and answer.isdigit() and token.isascii()):
        return False
    head = sha256(f"{token}.{answer}".encode()).digest()[:_HEAD]
    return int.from_bytes(head, "big") >> (8 * _HEAD - BITS) == 0
