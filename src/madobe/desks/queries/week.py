"""A week of duty, day by day, as the page shows it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from madobe.desks.choices import Lane
from madobe.desks.models import Desk
from madobe.desks.queries.duty import Turn, turns_between
from madobe.desks.rules.opening import Span, minute_of, moment


@dataclass(frozen=True)
class DutyDay:
    """One day: when the desk is open, and the turns that begin on it (on a Monday also those still running)."""

    day: date
    spans: tuple[Span, ...]
    general: tuple[Turn, ...]
    crisis: tuple[Turn, ...]
    is_today: bool
    is_over: bool

    @property
    def lacks_somebody(self) -> bool:
        """Whether the desk is open on this day or will be, and nobody's turn begins on it."""
        return bool(self.spans) and not (self.is_over or self.general or self.crisis)


def duty_week(desk: Desk, monday: date, *, at: datetime) -> list[DutyDay]:
    """This will give the seven days from a Monday."""
    first, last = moment(monday, 0), moment(monday + timedelta(days=7), 0)
    turns = turns_between(desk.pk, first, last)
    calendar, today = desk.calendar(), minute_of(at)[0]
    days = [monday + timedelta(days=i) for i in range(7)]
    return [
        DutyDay(
            day,
            calendar.spans(day),
            tuple(one for one in turns if one.lane == Lane.GENERAL and _day(one, monday) == day),
            tuple(one for one in turns if one.lane == Lane.CRISIS and _day(one, monday) == day),
            day == today,
            day < today,
        )
        for day in days
    ]


def _day(turn: Turn, monday: date) -> date:
    return max(minute_of(turn.starts_at)[0], monday)


def monday_of(text: str, *, at: datetime) -> date:
    """This will give the Monday of a week asked for by any of its days; of this week for anything that is no day."""
    try:
        day = date.fromisoformat(text) if text else minute_of(at)[0]
        monday = day - timedelta(days=day.weekday())
        return monday if 2000 < monday.year < 2100 else monday_of("", at=at)
    except (ValueError, OverflowError):
        return monday_of("", at=at)
