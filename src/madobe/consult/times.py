"""Days of Japan: all a person's side keeps of when."""

from datetime import date, datetime

from madobe.directory.rules.hours import JAPAN


def day_of(at: datetime) -> date:
    """This will give the day it is in Japan at `at` (aware)."""
    return at.astimezone(JAPAN).date()
