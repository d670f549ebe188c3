"""How far somebody has come at the door, by the times their session remembers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

IDLE = timedelta(minutes=15)  # then one thing unlocks: password, code or passkey
WHOLE = timedelta(hours=8)  # then both steps, as at sign-in
FRESH = timedelta(minutes=5)  # how long a proof lasts for changing what one signs in with
NOTE_EVERY = timedelta(seconds=45)  # how exactly a session remembers its last use


class Standing(StrEnum):
    """From outside to inside."""

    OUTSIDE = "outside"  # nobody is signed in
    SETTING_UP = "setting_up"  # the password was right; there is no second step yet to ask for
    LOCKED = "locked"  # idle: the quick unlock
    STALE = "stale"  # a working day is over: both steps
    INSIDE = "inside"


@dataclass(frozen=True)
class Seat:
    """What a session remembers of the person in it."""

    signed_in_at: datetime | None = None  # both steps were shown
    seen_at: datetime | None = None
    has_factor: bool = False  # the account has a second step
    second_step: bool = False  # and it was shown in this session


def standing(seat: Seat | None, *, at: datetime) -> Standing:
    """This will tell how far somebody has come. None: nobody."""
    if seat is None or seat.signed_in_at is None or seat.seen_at is None:
        return Standing.OUTSIDE
    if not seat.second_step:
        # A password alone opens the setting-up only as long as there is nothing else to ask for.
        return Standing.OUTSIDE if seat.has_factor else Standing.SETTING_UP
    if at - seat.signed_in_at >= WHOLE:
        return Standing.STALE
    if at - seat.seen_at >= IDLE:
        return Standing.LOCKED
    return Standing.INSIDE
