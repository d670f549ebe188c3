"""Invitations as the person and as the desk see them, and what a calendar program may know."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import blake2b
from uuid import UUID

from madobe.accounts.readers import reads_anywhere
from madobe.consult.colleagues import answers_at
from madobe.consult.door_choices import Meeting, Offered
from madobe.consult.models import Appointment, CalendarLink
from madobe.consult.rules.doors.talks import MeetingWords, loaded
from madobe.consult.sealed import MEETING_WORDS
from madobe.consult.thread import LockedThread
from madobe.desks.models import Desk
from madobe.ui.staff import name_of


@dataclass(frozen=True)
class SeenOffer:
    """One time. `value`: what a form says to choose it."""

    number: int
    value: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class SeenMeeting:
    """One invitation. `needs_consent`: the person's own, to somebody coming home, is not there yet."""

    id: UUID
    number: int
    kind: Meeting
    state: Offered
    name: str
    words: MeetingWords = field(repr=False)
    offers: tuple[SeenOffer, ...]
    starts_at: datetime | None
    ends_at: datetime | None
    voice_only: bool
    camera_off: bool
    consent_date: date | None

    @property
    def needs_consent(self) -> bool:
        return self.kind == Meeting.HOME and self.consent_date is None


@dataclass(frozen=True)
class Planned:
    """What a calendar program may know of a meeting: when, and of which kind. `uid` names nothing of ours."""

    uid: str
    kind: Meeting
    starts_at: datetime
    ends_at: datetime
    made_at: datetime


def meetings_of(found: LockedThread) -> tuple[SeenMeeting, ...]:
    """This will give all invitations of a thread that somebody has opened, in order."""
    rows = Appointment.objects.filter(consultation=found.thread).prefetch_related("offers")
    return tuple(_seen(found, row) for row in rows)


def living(meetings: Iterable[SeenMeeting], *, at: datetime) -> tuple[SeenMeeting, ...]:
    """This will give those that are not over, with the times that still lie ahead."""
    ahead = [
        replace(one, offers=tuple(time for time in one.offers if time.starts_at > at))
        for one in meetings
    ]
    return tuple(one for one in ahead if _is_living(one, at))


def planned_for(token_digest: bytes, *, at: datetime) -> list[Planned] | None:
    """This will give what stands in somebody's calendar, a month back and all that lies ahead; None: no such address.

    The address lies in a program that asks on by itself: it ends with the account, and tells of no desk one has left.
    """
    link = CalendarLink.objects.filter(digest=token_digest).first()
    if link is None or not reads_anywhere(link.member):
        return None
    own = Appointment.objects.filter(
        member=link.member, state=Offered.FIXED, starts_at__gt=at - timedelta(days=30)
    )
    desks = Desk.objects.filter(pk__in=own.values("consultation__desk"))
    here = [one.pk for one in desks if answers_at(one, link.member)]
    rows = own.filter(consultation__desk__in=here)
    return [
        Planned(_uid(row.pk), Meeting(row.kind), row.starts_at, row.ends_at, row.offered_at)
        for row in rows.order_by("starts_at")
        if row.starts_at and row.ends_at
    ]


def has_calendar_link(member: str) -> bool:
    """This will tell whether somebody has a calendar address."""
    return CalendarLink.objects.filter(pk=member).exists()


def _seen(found: LockedThread, row: Appointment) -> SeenMeeting:
    words = MeetingWords()
    if row.words is not None:
        words = loaded(
            found.opened.open(MEETING_WORDS, row.pk, row.words, version=row.words_version)
        )
    offers = tuple(
        SeenOffer(one.number, f"{row.number}.{one.number}", one.starts_at, one.ends_at)
        for one in row.offers.all()
    )  # fmt: skip
    return SeenMeeting(
        id=row.pk,
        number=row.number,
        kind=Meeting(row.kind),
        state=Offered(row.state),
        name=name_of(row.member),
        words=words,
        offers=offers,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        voice_only=row.voice_only,
        camera_off=row.camera_off,
        consent_date=row.consent_date,
    )


def _is_living(one: SeenMeeting, at: datetime) -> bool:
    if one.state == Offered.FIXED:
        return one.ends_at is not None and one.ends_at > at
    return one.state in (Offered.OPEN, Offered.ANY) and bool(one.offers)


def _uid(meeting: UUID) -> str:
    return f"{blake2b(meeting.bytes, digest_size=12, person=b'madobe-ical').hexdigest()}@madobe"
