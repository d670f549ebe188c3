"""Which lines stand on the card of the desk, for one minute and one writer. Plain values, in the order given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from madobe.directory.rules.hours import hours_of_rule
from madobe.directory.rules.lines import Line

OPEN_SHOWN = 4  # nobody in need reads fourteen desks
LATER_SHOWN = 2
EVERYBODY = "general"
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class CardLines:
    """What the card shows: open at this minute, opening next or of uncertain hours, and 119 and 110 apart."""

    open_now: tuple[Line, ...]
    later: tuple[Line, ...]
    immediate: tuple[Line, ...]
    cannot_speak: bool = False
    text_opens_at: datetime | None = None  # nothing to write to is open, and somebody cannot speak

    @property
    def shown(self) -> tuple[Line, ...]:
        """Every line on the card, in its order."""
        return (*self.open_now, *self.later, *self.immediate)


def choose_lines(
    lines: Sequence[Line], first: tuple[str, ...], *, cannot_speak: bool = False
) -> CardLines:
    """This will choose from lines of one minute, already in order; `first`: the audiences that are meant.

    Lines made for others (children, partners) are left to いますぐ. A line without certain hours is never
    counted as open. Somebody who cannot speak sees an open line to write to first; when there is none,
    `text_opens_at` says when the next one opens.
    """
    fitting = {EVERYBODY, *first}
    talking = [
        line
        for line in lines
        if not line.immediate and line.reachable and fitting & {*line.audience}
    ]
    written = [line for line in talking if line.voice_free]
    is_closed = cannot_speak and not any(line.open_now for line in written)
    opening = [line for line in talking if not line.open_now]
    return CardLines(
        open_now=tuple(line for line in talking if line.open_now)[:OPEN_SHOWN],
        later=tuple(sorted(opening, key=_opens))[:LATER_SHOWN],
        immediate=tuple(line for line in lines if line.immediate),
        cannot_speak=cannot_speak,
        text_opens_at=min(
            (line.next_open for line in written if is_closed and line.next_open), default=None
        ),
    )


def _opens(line: Line) -> tuple[bool, float]:
    return (line.next_open is None, line.next_open.timestamp() if line.next_open else 0.0)


def minutes_uncovered(lines: Iterable[Line], start: datetime, end: datetime) -> list[datetime]:
    """This will give every whole minute from `start` to `end` (aware, not included) at which no line is open.

    Only lines that can be reached and whose hours are certain count; 119 and 110 are no lines for talking.
    """
    count = int((end - start) / MINUTE)
    covered = bytearray(count)
    for line in lines:
        if line.immediate or not line.reachable or not line.hours_rule:
            continue
        moment: datetime | None = start
        while moment is not None and moment < end:
            hours = hours_of_rule(line.hours_rule, moment)
            if not hours.open_now:
                moment = hours.next_open
                continue
            until = min(hours.closes_at or end, end)
            # a line that opens or closes within a minute is not counted for that minute
            first, last = -((start - moment) // MINUTE), (until - start) // MINUTE
            covered[first:last] = b"\1" * max(0, last - first)
            moment = until
    return [start + at * MINUTE for at in range(count) if not covered[at]]
