"""By when a person answers: a date and an hour in Japan, from the desk's own opening days (domain §6.3).

The day something arrives is never counted, whether it came at noon or at 2:10 at night.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from madobe.desks.rules.opening import HORIZON_DAYS, DeskCalendar, Span, minute_of, minutes, moment
from madobe.desks.rules.quiet import QuietHours

REPLY_DAYS, REPLY_TIME = 3, time(17)
MOST_REPLY_DAYS = 20
RENEWED_DAYS, RENEWED_TIME = 1, time(12)  # a second promise is near: the next opening day, by noon


class NotMissedYet(ValueError):
    """A promise is renewed only when its time has passed."""


@dataclass(frozen=True)
class ReplyRule:
    """`days`: opening days, at least one. `at`: the time of day a promise falls on, where the desk is open then."""

    days: int = REPLY_DAYS
    at: time = REPLY_TIME
    quiet: QuietHours = field(default_factory=QuietHours)


def promised_reply(calendar: DeskCalendar, rule: ReplyRule, at: datetime) -> datetime | None:
    """This will give by when a person answers what arrives at `at`; None where no day can be promised.

    It lies on the n-th opening day after the day of `at`, within an opening or at its end, and never after
    quiet hours have begun. A day that is open in quiet hours alone is no day a promise can fall on.
    None: for 60 days in a row there is none.
    """
    today, _minute = minute_of(at)
    return _promise(calendar, rule, today)


def renewed_promise(
    calendar: DeskCalendar, rule: ReplyRule, *, missed: datetime, at: datetime
) -> datetime | None:
    """This will give the new promise for one that was missed: noon of the next opening day, or near it.

    Raises NotMissedYet while the first still holds.
    """
    if at <= missed:
        raise NotMissedYet(f"promised for {missed:%Y-%m-%d %H:%M}")
    nearer = ReplyRule(days=RENEWED_DAYS, at=RENEWED_TIME, quiet=rule.quiet)
    return promised_reply(calendar, nearer, at)


@lru_cache(maxsize=4096)
def _promise(calendar: DeskCalendar, rule: ReplyRule, today: date) -> datetime | None:
    day, left, without = today, max(1, rule.days), 0
    while left:
        day, without = day + timedelta(days=1), without + 1
        if without > HORIZON_DAYS:
            return None
        if _usable(calendar, rule.quiet, day):
            left, without = left - 1, 0
    return moment(day, _minute(_usable(calendar, rule.quiet, day), minutes(rule.at)))


def _usable(calendar: DeskCalendar, quiet: QuietHours, day: date) -> list[Span]:
    """The openings of a day outside of quiet hours."""
    cut = [
        (max(start, loud[0]), min(end, loud[1]))
        for start, end in calendar.spans(day)
        for loud in quiet.loud()
    ]
    return sorted(span for span in cut if span[0] < span[1])


def _minute(spans: list[Span], wished: int) -> int:
    """The wished minute where the desk is open; else the end of the opening before it, or of the day's first."""
    if any(start <= wished <= end for start, end in spans):
        return wished
    ended = [end for _start, end in spans if end < wished]
    return ended[-1] if ended else spans[0][1]
