"""Telling a flood from letters, so that one machine's thousand posts are one row and nobody else's letter waits.

Nothing is refused, ever: what looks like a flood is taken in and held aside. Counted in memory alone, under names that
change with each process, and forgotten within the hour. A whole town may share one address (mobile networks in
Japan do), so an address alone holds a letter only while it sends more than a town would at night.
"""

from collections import deque
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

WINDOW_S: Final = 3600.0
ALIKE_LONG: Final = (
    3  # so many letters of the same long text within the hour are letters; the next is a copy
)
ALIKE_SHORT: Final = 60  # 「つらい」 is written by many
LONG: Final = 24  # signs
FROM_ONE: Final = 40  # letters from one address within the hour
MOST_KEPT: Final = 50_000  # names remembered; the oldest go first


@dataclass(frozen=True)
class Verdict:
    """`hold`: wait behind a single row. `group`: letters with the same one stand behind the same row; "" for none."""

    hold: bool
    group: str = ""


@dataclass
class Counters:
    """What one process remembers of the last hour. `secret`: 32 random bytes, of this process alone."""

    secret: bytes = field(repr=False)
    _seen: dict[bytes, deque[float]] = field(default_factory=dict, repr=False)

    def note(self, *, source: str, text: str, urgent: bool, now: float) -> Verdict:
        """This will count a letter and say whether it is held. `now`: seconds of a steady clock.

        Words of danger are held for nothing but being the very same text again and again.
        """
        words = "".join(text.split())
        alike = self._count(b"t" + words.encode(), now)
        from_one = self._count(b"s" + source.encode(), now)
        if alike > (ALIKE_LONG if len(words) >= LONG else ALIKE_SHORT):
            return Verdict(True, self._name(b"t" + words.encode()).hex()[:16])
        if from_one > FROM_ONE and not urgent:
            return Verdict(True, self._name(b"s" + source.encode()).hex()[:16])
        return Verdict(False)

    def _count(self, what: bytes, now: float) -> int:
        name = self._name(what)
        times = self._seen.pop(name, None) or deque(maxlen=FROM_ONE + ALIKE_SHORT)
        while times and now - times[0] > WINDOW_S:
            times.popleft()
        times.append(now)
        self._seen[name] = times  # the last in the order of the dict
        while len(self._seen) > MOST_KEPT:
            del self._seen[next(iter(self._seen))]
        return len(times)

    def _name(self, what: bytes) -> bytes:
        return blake2b(what, key=self.secret, digest_size=16).digest()
