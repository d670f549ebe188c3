"""What a session remembers of the person in it: written here, read by queries.seats."""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest

SIGNED_IN, SEEN, SECOND_STEP, PROVED = "signed_in_at", "seen_at", "second_step", "proved_at"


def take_seat(request: HttpRequest, *, at: datetime, second_step: str = "") -> None:
    """This will note that somebody has signed in; `second_step`: the kind shown, "" while none is set up."""
    request.session[SIGNED_IN] = at.timestamp()
    request.session[SECOND_STEP] = second_step
    note_proof(request, at=at)


def note_proof(request: HttpRequest, *, at: datetime) -> None:
    """This will note that somebody has just shown a password, a code or a passkey."""
    request.session[PROVED] = request.session[SEEN] = at.timestamp()


def note_use(request: HttpRequest, *, at: datetime, every: timedelta) -> None:
    """This will note that somebody is there, at most once in `every`."""
    seen = request.session.get(SEEN)
    if seen is None or at.timestamp() - seen >= every.total_seconds():
        request.session[SEEN] = at.timestamp()


def proved_within(request: HttpRequest, time: timedelta, *, at: datetime) -> bool:
    """This will tell whether the latest proof is younger than `time`."""
    proved = request.session.get(PROVED)
    return proved is not None and at.timestamp() - proved < time.total_seconds()


def moment(stamp: float | None) -> datetime | None:
    """This will give the moment behind a number of seconds in a session."""
    return None if stamp is None else datetime.fromtimestamp(stamp, tz=UTC)
