"""Telling a flood from letters, so that one machine's thousand posts are one row and nobody else's letter waits.

Nothing is refused, ever: what looks like a flood is taken in and held aside. Counted in memory alone, under names that
change with each process, and forgotten within the hour. A whole town may share one address (mobile networks in
Japan do), so an address alone holds a letter only while it sends more than a town would at night. Whoever writes from
there meanwhile and whose browser has done a little work (rules.work) is counted apart from the flood.
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
# The same, of letters with proof of work: a flood without proof leaves this room alone, and one with proof ends somewhere.
PROVEN_FROM_ONE: Final = 200
# So many letters held within the hour are no mistake of somebody's fingers any more, and still few enough to read.
ATTACK: Final = 30
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
    _held: deque[float] = field(default_factory=lambda: deque(maxlen=ATTACK), repr=False)

    def note(
        self, *, source: str, text: str, urgent: bool, now: float, proven: bool = False
    ) -> Verdict:
        """This will count a letter and say whether it is held. `now`: seconds of a steady clock.

        Words of danger, and letters with proof of work (`proven`), do not stand behind what else one address sends;
        the very same text again and again is held whoever sends it.
        """
        verdict = self._verdict(source, "".join(text.split()), urgent, now, proven)
        if verdict.hold:
            self._held.append(now)
        return verdict

    def is_under_attack(self, now: float) -> bool:
        """This will say whether a flood comes: ATTACK letters were held within the hour."""
        return len(self._held) == ATTACK and now - self._held[0] <= WINDOW_S

    def _verdict(self, source: str, words: str, urgent: bool, now: float, proven: bool) -> Verdict:
        alike = self._count(b"t" + words.encode(), now)
        from_one = self._count((b"p" if proven else b"s") + source.encode(), now)
        if alike > (ALIKE_LONG if len(words) >= LONG else ALIKE_SHORT):
            return Verdict(True, self._name(b"t" + words.encode()).hex()[:16])
        if from_one > (PROVEN_FROM_ONE if proven else FROM_ONE) and not urgent:
            return Verdict(True, self._name(b"s" + source.encode()).hex()[:16])
        return Verdict(False)

    def _count(self, what: bytes, now: float) -> int:
        name = self._name(what)
        times = self._seen.pop(name, None) or deque(maxlen=PROVEN_FROM_ONE + 1)
        while times and now - times[0] > WINDOW_S:
            times.popleft()
        times.append(now)
        self._seen[name] = times  # the last in the order of the dict
        while len(self._seen) > MOST_KEPT:
            del self._seen[next(iter(self._seen))]
        return len(times)

    def _name(self, what: bytes) -> bytes:
        return blake2b(what, key=self.secret, digest_size=16).digest()
