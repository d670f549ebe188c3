"""The secret somebody keeps, and its two spellings: eight words, or twenty-seven digits.

Words. 80 random bits and 8 bits of check make 88: eight words of eleven bits. No check of eight bits can find every
wrong word: 2**80 receipts do not fit into the 2,048**7 ways to write all words but one, so beside any seven words at
least 7 wrong ones among 2,047 go with them. This check has exactly those 7 and chooses which: each word has a colour
(`words.py`), and the colours, weighted by eight different powers in GF(256), add up to nothing. So these are found:

- one slip in a word (a kana wrong, missing, too many, two swapped): surely, it is no word of the list; only a word
  of three kana can turn into the beginning of another, which counts as that word: then as any other wrong word;
- two slips that make another word of the list: surely, such words never have one colour;
- any other wrong word, and any two words that changed places: unless they have one colour, 7 of 2,047;
- whatever else: 255 of 256.

A truncated hash would miss 1 of 256 of each, near words too. It guards against slips, not against anybody: who
guesses has 2**80 before them whatever the check.

Digits. The secret times 823, a prime: the most that leaves 2**80 of them below 10**27. Every wrong digit and every
swap of two neighbouring digits is found surely, any wrong group of three unless it is
823 more or less, the rest in 822 of 823. Only a multiple of 823 is a receipt, so one wrong digit can mostly be pointed at.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .words import CURRENT, Words, word_list

BYTES = 10
WORDS = 8
FACTOR = 823
DIGITS = 27
GROUP = 3
_FIELD = (
    0x11D  # x^8 + x^4 + x^3 + x^2 + 1; x generates the whole field, so its powers 0 to 7 differ
)


@dataclass(frozen=True)
class Receipt:
    """What somebody keeps to come back. Its secret is shown by nothing but its spellings."""

    secret: bytes = field(repr=False)
    version: int = CURRENT

    def __post_init__(self) -> None:
        if len(self.secret) != BYTES:
            raise ValueError("A receipt holds ten bytes.")

    @property
    def words(self) -> tuple[str, ...]:
        """The eight words."""
        known = word_list(self.version)
        return tuple(known.words[place] for place in _places(self.secret, known))

    @property
    def lines(self) -> tuple[str, ...]:
        """Four lines of two words, to write down."""
        words = self.words
        return tuple(f"{words[n]}　{words[n + 1]}" for n in range(0, WORDS, 2))

    @property
    def digits(self) -> str:
        """The twenty-seven digits, in nine groups of three."""
        whole = f"{FACTOR * int.from_bytes(self.secret):0{DIGITS}d}"
        return " ".join(whole[n : n + GROUP] for n in range(0, DIGITS, GROUP))


def new_receipt(random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> Receipt:
    """This will make a receipt nobody has had before, from ten random bytes."""
    return Receipt(random_bytes(BYTES))


def from_places(places: Sequence[int], known: Words) -> Receipt | None:
    """This will give the receipt of these eight words, None where the check does not fit."""
    if syndrome(places, known):
        return None
    bits = 0
    for place in places[:-1]:
        bits = bits << 11 | place
    return Receipt((bits << 3 | places[-1] >> 8).to_bytes(BYTES), known.version)


def from_number(number: int) -> Receipt | None:
    """This will give the receipt of this number, None where the check does not fit."""
    secret, rest = divmod(number, FACTOR)
    return None if rest or secret >> 8 * BYTES else Receipt(secret.to_bytes(BYTES))


def syndrome(places: Sequence[int], known: Words) -> int:
    """This will give what the weighted colours add up to: 0 where the check fits."""
    total = 0
    for place in places:
        total = _times_x(total) ^ known.colours[place]
    return total


def that_fit(at: int, places: Sequence[int], known: Words) -> tuple[int, ...]:
    """This will give the eight words that make the check fit at this place, beside the other seven."""
    wanted = syndrome(places, known)
    for _ in range(WORDS - 1 - at):
        wanted = _over_x(wanted)
    colour = wanted ^ known.colours[places[at]]
    return tuple(known.by_colour[eighth, colour] for eighth in range(8))


def _places(secret: bytes, known: Words) -> tuple[int, ...]:
    bits = int.from_bytes(secret)
    first = tuple(bits >> 3 + 11 * n & 0x7FF for n in reversed(range(WORDS - 1)))
    return *first, known.by_colour[bits & 0b111, _times_x(syndrome(first, known))]


def _times_x(element: int) -> int:
    return element << 1 ^ (_FIELD if element & 0x80 else 0)


def _over_x(element: int) -> int:
    return (element ^ (_FIELD if element & 1 else 0)) >> 1
