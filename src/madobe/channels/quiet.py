"""Quiet hours: when nothing is sent. Plain Python like the rules: `at` comes in, no clock is read.

Source: trust.md E19 and G35, domain.md 6.3 (21:00 to 9:00 unless a person says otherwise).
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")
QUIET_FROM, QUIET_UNTIL = time(21), time(9)
STILL_AWAKE = timedelta(hours=1)


def may_send_now(
    at: datetime,
    quiet_from: time = QUIET_FROM,
    quiet_until: time = QUIET_UNTIL,
    *,
    by_hand: bool = False,
    wrote_at: datetime | None = None,
) -> bool:
    """This will tell whether something may go out at this moment.

    Inside quiet hours only what a counsellor sends `by_hand` to somebody who wrote within the last hour. Hours are
    those of Japan, `quiet_from` within and `quiet_until` outside; two equal hours mean that none is quiet.
    """
    if not _is_quiet(at.astimezone(JAPAN).time(), quiet_from, quiet_until):
        return True
    return by_hand and wrote_at is not None and timedelta(0) <= at - wrote_at <= STILL_AWAKE


def _is_quiet(hour: time, quiet_from: time, quiet_until: time) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until
