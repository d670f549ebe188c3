"""National holidays of Japan, with 振替休日 and 国民の休日, for opening_hours rules.

The calendar built into the opening_hours library leaves out holidays that fall on a Sunday, most
国民の休日 (2026-09-22) and some substitutes (2027-03-22). jpholiday has them all, so `PH` is
written out as jpholiday's dates before a rule is evaluated.
"""

import re
from datetime import date
from functools import lru_cache

import jpholiday

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# How far around the asked year rules are written out: yesterday's night may reach back over New Year,
# and the next opening of something rare may lie in the year after next.
YEARS_BEFORE, YEARS_AFTER = 1, 2


@lru_cache(maxsize=64)
def holidays_of(year: int) -> frozenset[date]:
    """This will give all national holidays of a year, substitutes and days between included."""
    return frozenset(day for day, _name in jpholiday.year_holidays(year))


def is_holiday(day: date) -> bool:
    """This will tell whether a day is a national holiday of Japan."""
    return day in holidays_of(day.year)


def day_text(day: date) -> str:
    """This will give a date in opening_hours notation ("2026 May 06")."""
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02d}"


@lru_cache(maxsize=32)
def holiday_list(year: int) -> str:
    """This will give the holidays around a year as an opening_hours date list."""
    years = range(year - YEARS_BEFORE, year + YEARS_AFTER + 1)
    return ",".join(day_text(day) for one in years for day in sorted(holidays_of(one)))


def with_holidays(expression: str, year: int) -> str:
    """This will write out each rule that begins with PH for the years around `year`.

    Raises ValueError for PH inside a weekday list ("Mo-Fr,PH 10:00-17:00"): write it as its own rule.
    """
    if "PH" not in expression:
        return expression
    written = re.sub(r"(^|[;,|]\s+)PH(?=\s)", lambda m: m[1] + holiday_list(year), expression)
    if re.search(r"\bPH\b", written):
        raise ValueError(f"PH must begin its own rule: {expression}")
    return written
