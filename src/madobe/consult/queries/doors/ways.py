"""The ways of a thread, and the threads somebody may note a talk in."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Max

from madobe.consult.choices import Author, Door, State, Who
from madobe.consult.doors import (
    address_of,
    can_go_out,
    place_of,
    reachable_of,
    reads_here,
    said_themselves,
    shown_of,
    wishes_of,
)
from madobe.consult.models import ChannelIdentity, Consultation, Message
from madobe.consult.queries.threads import contact_of
from madobe.consult.reach import Hand, reachable
from madobe.consult.rules.doors.gate import Address, Refusal, may_send, never
from madobe.consult.rules.doors.wishes import DoorsWished, linked_loaded
from madobe.consult.sealed import BODY, LINK_WISH
from madobe.consult.thread import LockedThread

MOST = 60
LINE = 30  # signs of a first line


@dataclass(frozen=True)
class SeenLetter:
    """A letter that came by a way, to say where somebody else's begin."""

    id: UUID
    on: date
    line: str = field(repr=False)


@dataclass(frozen=True)
class SeenWay:
    """One way of a thread. `refusal`: why nothing goes out by it now."""

    id: UUID
    channel: Door
    address: str = field(repr=False)
    name: str = field(repr=False)
    routes: bool
    linked_on: date | None
    wish: str = field(repr=False)
    refusal: Refusal | None
    letters: tuple[SeenLetter, ...] = ()


@dataclass(frozen=True)
class WayOut:
    """How what is written here reaches somebody. `identity`, `channel`: the way it goes out by; None where they read on
    their own page, or where no way is left. `refusal`: why nothing goes out now; `is_ready`: this installation can send.
    """

    reads_here: bool
    identity: UUID | None = None
    channel: Door | None = None
    refusal: Refusal | None = None
    is_ready: bool = True
    shown: frozenset[str] = frozenset()  # of the ways beside it, those the desk has switched on

    @property
    def goes(self) -> bool:
        """This will tell whether an answer written now would be read."""
        return self.reads_here or (self.identity is not None and not self.refusal and self.is_ready)

    @property
    def waits(self) -> bool:
        """This will tell whether it would go at another hour."""
        return self.refusal is Refusal.QUIET and self.is_ready


@dataclass(frozen=True)
class OwnThread:
    """A thread somebody can open, as a line to choose it by."""

    id: UUID
    line: str = field(repr=False)
    door: Door
    who: str
    on: date


def ways_of(found: LockedThread, *, at: datetime) -> tuple[SeenWay, ...]:
    """This will give where answers can go, opened."""
    who = reachable_of(found)
    seen = []
    for row in ChannelIdentity.objects.filter(consultation=found.thread).order_by(
        "first_date", "pk"
    ):
        place = place_of(found, row)
        seen.append(
            SeenWay(
                id=row.pk,
                channel=Door(row.channel),
                address=place.value,
                name=place.name,
                routes=row.routes,
                linked_on=row.linked_date,
                wish=_wish(found, row),
                refusal=may_send(who, row.channel, address_of(found, row), at, by_hand=True),
                letters=_letters(found, row),
            )
        )
    return tuple(seen)


def way_out(found: LockedThread, *, at: datetime) -> WayOut:
    """This will give how an answer goes out from a thread: on the person's page where they have 合言葉, else by the way
    used last of those the gate lets through.
    """
    shown = shown_of(found)
    if reads_here(found.thread):
        return WayOut(reads_here=True, shown=shown)
    who = reachable_of(found)
    used = ChannelIdentity.objects.filter(consultation=found.thread).annotate(
        last=Max("carried__message__number")
    )
    rows = used.order_by(F("last").desc(nulls_last=True), "-first_date", "pk")
    ways = [
        WayOut(
            reads_here=False,
            identity=row.pk,
            channel=Door(row.channel),
            refusal=may_send(who, row.channel, address_of(found, row), at, by_hand=True),
            is_ready=can_go_out(row.channel),
            shown=shown,
        )
        for row in rows
    ]
    # Nothing goes by a way the gate holds for good while another is open, or will be in the morning.
    ways.sort(key=lambda one: (not one.goes, not one.waits))
    return ways[0] if ways else WayOut(reads_here=False, shown=shown)


def safe_ways(found: LockedThread) -> DoorsWished:
    """This will give by which ways somebody wishes to be reached."""
    return wishes_of(found)


def writer_of(found: LockedThread) -> tuple[str, bool]:
    """This will give who writes, as a code of Who or "", and whether they said it themselves."""
    return found.thread.who, said_themselves(found)


def why_not_telephone(found: LockedThread) -> Refusal | None:
    """This will give why somebody is not to be telephoned, whatever the hour."""
    who = reachable_of(found)
    return never(who, Door.PHONE, Address("telephone", wrote_by=bool(who.wishes.call_back.when)))


def own_threads(hand: Hand, *, at: datetime, besides: UUID | None = None) -> list[OwnThread]:
    """This will give the threads somebody opens, the latest first; what is shown of them is written down by the view."""
    rows = reachable(hand, at=at).exclude(pk=besides) if besides else reachable(hand, at=at)
    threads = list(rows.exclude(state=State.CLOSED).order_by("-last_date", "pk")[:MOST])
    opened = hand.keyring.open_all([one.pk for one in threads])
    firsts = _firsts([one.pk for one in threads])
    found = []
    for thread in threads:
        case = opened.get(thread.pk)
        if case is None:
            continue
        row = firsts.get(thread.pk)
        text = case.text(BODY, row.pk, row.body) if row else ""
        line = contact_of(LockedThread(thread, case)).call_me or _line(text)
        found.append(OwnThread(thread.pk, line, Door(thread.door), _who(thread), thread.last_date))
    return found


def _wish(found: LockedThread, row: ChannelIdentity) -> str:
    if row.wish is None:
        return ""
    return linked_loaded(found.opened.open(LINK_WISH, row.pk, row.wish)).wish


def _letters(found: LockedThread, identity: ChannelIdentity) -> tuple[SeenLetter, ...]:
    rows = Message.objects.filter(
        consultation=found.thread, carried__identity=identity, author=Author.PERSON
    ).order_by("number")
    return tuple(
        SeenLetter(row.pk, row.written_date, _line(found.opened.text(BODY, row.pk, row.body)))
        for row in rows
    )


def _firsts(threads: list[UUID]) -> dict[UUID, Message]:
    """The latest message of each."""
    rows = Message.objects.filter(consultation__in=threads).order_by("number")
    latest = dict(rows.values_list("consultation", "pk"))
    return {one.consultation_id: one for one in Message.objects.filter(pk__in=latest.values())}


def _line(text: str) -> str:
    line = next((one.strip() for one in text.splitlines() if one.strip()), "")
    return line if len(line) <= LINE else f"{line[:LINE]}…"


def _who(thread: Consultation) -> str:
    return str(Who(thread.who).label) if thread.who else ""
