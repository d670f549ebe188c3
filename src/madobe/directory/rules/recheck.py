"""When an entry should be looked at again."""

import calendar
from datetime import date, timedelta

RHYTHMS = (1, 3, 6, 12)


def due_date(verified: date, months: int) -> date:
    """This will give the day so many months later; a day that month does not have becomes its last one."""
    month = verified.month - 1 + months
    year, month = verified.year + month // 12, month % 12 + 1
    return date(year, month, min(verified.day, calendar.monthrange(year, month)[1]))


def is_past(verified: date, months: int, today: date) -> bool:
    """This will tell whether the day of looking again is over. On the day itself it is not."""
    return due_date(verified, months) < today


def latest_past(months: int, today: date) -> date:
    """This will give the latest day of checking that is past by today: one bound for a whole table."""
    day = due_date(today, -months)
    while is_past(day, months, today):
        day += timedelta(days=1)
    while not is_past(day, months, today):
        day -= timedelta(days=1)
    return day
