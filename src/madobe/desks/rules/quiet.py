"""The hours in which nothing is sent to anybody: trust.md E19. Writing to us is possible at any time."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from madobe.desks.rules.opening import DAY, Span, minute_of, minutes, moment

QUIET_FROM, QUIET_UNTIL = time(21), time(9)


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


def in_quiet_hours(at: datetime, quiet: QuietHours) -> bool:
    """This will tell whether nothing may be sent at this minute."""
    _day, minute = minute_of(at)
    return not any(start <= minute < end for start, end in quiet.loud())


def next_loud_moment(at: datetime, quiet: QuietHours) -> datetime:
    """This will give `at` itself outside of quiet hours, or else the minute they end."""
    if not in_quiet_hours(at, quiet):
        return at
    day, minute = minute_of(at)
    ends = minutes(quiet.ends)
    return moment(day if minute < ends else day + timedelta(days=1), ends)
