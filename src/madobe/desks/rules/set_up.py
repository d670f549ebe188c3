"""What must be there before a desk takes letters: trust.md, set-up mode."""

from madobe.desks.rules.opening import DeskCalendar

TWO_KEYS = 2

HOURS, READERS, PROMISE, KEYS, DRILL, NIGHT_CALL = (
    "hours", "readers", "promise", "keys", "drill", "night_call",
)  # fmt: skip


def what_is_missing(
    *,
    calendar: DeskCalendar,
    can_promise: bool,
    readers: str,
    has_night_duty: bool,
    night_call: str,
    key_holders: int,
    drill_passed: bool,
) -> list[str]:
    """This will list what is not done yet, in the order to do it: codes above, [] when a desk may open."""
    found = []
    if not calendar.hours:
        found.append(HOURS)
    elif not can_promise:
        found.append(PROMISE)
    if not readers.strip():
        found.append(READERS)
    if has_night_duty and not night_call.strip():
        found.append(NIGHT_CALL)
    if key_holders < TWO_KEYS:
        found.append(KEYS)
    if not drill_passed:
        found.append(DRILL)
    return found
