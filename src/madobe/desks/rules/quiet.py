"""The hours in which nothing is sent to anybody: trust.md E19. Writing to us is possible at any time."""

from dataclasses import dataclass
from datetime import time

from madobe.channels.quiet import QUIET_FROM, QUIET_UNTIL
from madobe.desks.rules.opening import DAY, Span, minutes


@dataclass(frozen=True)
class QuietHours:
    """From the first time of day until the second, through midnight where that is earlier; equal = none."""

    begins: time = QUIET_FROM
    ends: time = QUIET_UNTIL

    def loud(self) -> tuple[Span, ...]:
        """This will give the minutes of any day that are not quiet."""
        begins, ends = minutes(self.begins), minutes(self.ends)
        if begins == ends:
            return ((0, DAY),)
        if begins > ends:
            return ((ends, begins),)
        return tuple(span for span in ((0, begins), (ends, DAY)) if span[0] < span[1])
