"""How long letters are kept: trust.md, the anonymous path. Counted from the last visit or message, in days of Japan."""

from datetime import date, timedelta

THREE_MONTHS, YEAR, UNTIL_ERASED = "three_months", "year", "until_erased"
# whole days, never fewer than the words say: three months have at most 92, a year at most 366
KEEP_DAYS = {THREE_MONTHS: 92, YEAR: 366}


def keep_without_words(choice: str) -> str:
    """This will give how long letters of somebody are kept who has no words to erase them by: 「消すまで」 would never end."""
    return YEAR if choice == UNTIL_ERASED else choice


def keep_until(last_activity: date, choice: str) -> date | None:
    """This will give the last day letters are there; None: until somebody erases them.

    Raises ValueError for a choice nobody knows, so that a slip never keeps for ever.
    """
    if choice == UNTIL_ERASED:
        return None
    if choice not in KEEP_DAYS:
        raise ValueError(f"no length of keeping: {choice!r}")
    return last_activity + timedelta(days=KEEP_DAYS[choice])
