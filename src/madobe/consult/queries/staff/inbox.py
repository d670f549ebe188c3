"""The list of threads: in the order they wait, with reasons in words, opened only by who holds their keys."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from madobe.consult.choices import Author, Change, State, Who, Wish
from madobe.consult.doors import wishes_in
from madobe.consult.models import (
    Appointment,
    Care,
    ChangeRequest,
    Consultation,
    DoorWishes,
    Message,
    Opening,
    SafetyNote,
    StaffDraft,
)
from madobe.consult.quiet import waits_in_quiet
from madobe.consult.reach import Hand, cares_of, reachable
from madobe.consult.rules.slips import cases_with
from madobe.consult.rules.waiting import (
    Reason,
    Waiting,
    is_due_on,
    nights_since,
    place,
    reasons,
)
from madobe.consult.sealed import BODY
from madobe.consult.times import day_of
from madobe.ui.staff import name_of
from madobe.vault.rules.open_case import OpenCase

MINE, UNASSIGNED, LOOKS, QUIET, RESTING, CLOSED, HELD = (
    "mine", "unassigned", "looks", "quiet", "resting", "closed", "held-",
)  # fmt: skip
FILTERS: Final = ("", MINE, UNASSIGNED, LOOKS, QUIET, RESTING, CLOSED)
LINE: Final = 40  # characters of a letter's first line
MOST: Final = 200
ACTIVE: Final = (State.WAITING_STAFF, State.WAITING_PERSON)


@dataclass(frozen=True)
class Row:
    """One thread of the list. `line`: "" where their key does not open it. `open_by`: who else has it on screen."""

    id: UUID
    line: str = field(repr=False)
    is_opened: bool
    who: str
    wishes: tuple[str, ...]
    state: State
    owner_name: str
    is_mine: bool
    reasons: tuple[Reason, ...]
    has_draft: bool
    open_by: tuple[str, ...]
    desk_name: str


@dataclass(frozen=True)
class Inbox:
    """The list. `due`: answers promised for today or before; `waiting`: people who wait; `held`: letters alike, by group and how many."""

    rows: tuple[Row, ...]
    due: int
    waiting: int
    held: tuple[tuple[str, int], ...]
    mark: str  # changes when anything of it does


def inbox(hand: Hand, *, at: datetime, only: str = "") -> Inbox:
    """This will give the list of somebody, with the first lines their key opens. `only`: one of FILTERS, or HELD and a group."""
    near = (F("is_urgent").desc(), F("reply_by").asc(nulls_last=True), "last_date", "pk")
    threads = list(_chosen(hand, at, only).select_related("desk").order_by(*near)[:MOST])
    known = _Known(hand, threads, at)
    opened, lines = hand.keyring.open_all([one.pk for one in threads]), _latest_letters(threads)
    known.calls = _calls(opened)
    rows = []
    for thread in sorted(threads, key=lambda one: place(known.waiting(one))):
        case, letter = opened.get(thread.pk), lines.get(thread.pk)
        text = case.text(BODY, letter.pk, letter.body) if case and letter else ""
        rows.append(known.row(thread, first_line(text), case is not None))
    return Inbox(tuple(rows), *_counts(hand, at), mark=mark_of(hand, at=at, only=only))


def numbered(hand: Hand, number: str, *, at: datetime) -> UUID | None:
    """This will give the thread with this number of a 受付票 among those somebody may open; None for none, or two."""
    between = cases_with(number)
    if between is None:
        return None
    found = list(reachable(hand, at=at).filter(pk__range=between).values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def mark_of(hand: Hand, *, at: datetime, only: str = "") -> str:
    """This will give a mark of the list that changes with it. Opens nothing."""
    threads = _chosen(hand, at, only).order_by("pk")
    said = list(
        threads.values_list("pk", "revision", "care__revision", "owner", "state", "held")[:MOST]
    )
    looking = _openings(hand, [one[0] for one in said], at)
    text = repr((said, sorted(looking.items()), at.replace(minute=0, second=0, microsecond=0)))
    return blake2b(text.encode(), digest_size=12).hexdigest()


def first_line(text: str) -> str:
    """This will give the beginning of a letter, for a list."""
    line = next((one.strip() for one in text.splitlines() if one.strip()), "")
    return line if len(line) <= LINE else f"{line[:LINE]}…"


def waiting_of(hand: Hand, thread: Consultation, *, at: datetime) -> Waiting:
    """This will give what is known of one thread, for the reasons it stands where it does."""
    return _Known(hand, [thread], at).waiting(thread)


def wishes_told_to(hand: Hand) -> QuerySet[ChangeRequest]:
    """This will give the open wishes for another person or place somebody may know of.

    Who answers now, or did when it was said, is not told before it is arranged (domain.md §6.4).
    """
    asked = ChangeRequest.objects.filter(settled_date__isnull=True, consultation__erasing="")
    asked = asked.exclude(consultation__state=State.SET_ASIDE)
    return asked.exclude(owner_then=hand.id).exclude(consultation__owner=hand.id)


def _chosen(hand: Hand, at: datetime, only: str) -> QuerySet[Consultation]:
    mine = reachable(hand, at=at)
    if only.startswith(HELD):
        return mine.filter(held=only.removeprefix(HELD), state__in=ACTIVE).exclude(held="")
    mine = mine.filter(held="")
    loud = mine.exclude(waits_in_quiet(at=at))
    asked = StaffDraft.objects.filter(look_asked_at__isnull=False).exclude(member=hand.id)
    chosen: dict[str, Callable[[], QuerySet[Consultation]]] = {
        MINE: lambda: loud.filter(owner=hand.id, state__in=ACTIVE),
        UNASSIGNED: lambda: loud.filter(owner="", state__in=ACTIVE),
        QUIET: lambda: mine.filter(waits_in_quiet(at=at), state__in=ACTIVE),
        LOOKS: lambda: mine.filter(pk__in=asked.values("consultation")),
        RESTING: lambda: mine.filter(state=State.RESTING),
        CLOSED: lambda: mine.filter(state=State.CLOSED),
    }
    # Neither a wish nor a cancelled meeting rests with its thread: both are found where one looks (domain.md §6.4).
    wished = Q(pk__in=wishes_told_to(hand).values("consultation"))
    off = Q(pk__in=Appointment.objects.filter(off_at__isnull=False).values("consultation"))
    return chosen.get(only, lambda: loud.filter(Q(state__in=ACTIVE) | wished | off))()


def _counts(hand: Hand, at: datetime) -> tuple[int, int, tuple[tuple[str, int], ...]]:
    mine = reachable(hand, at=at)
    waiting = list(
        mine.filter(state=State.WAITING_STAFF, held="")
        .exclude(waits_in_quiet(at=at))
        .values_list("reply_by", flat=True)
    )
    today = day_of(at)
    due = sum(is_due_on(Waiting(True, reply_by=one), today) for one in waiting)
    return due, len(waiting), _held(mine)


def _held(mine: QuerySet[Consultation]) -> tuple[tuple[str, int], ...]:
    rows = mine.filter(state__in=ACTIVE).exclude(held="").order_by("held").values_list("held")
    return tuple(rows.annotate(Count("pk")))


class _Known:
    """What stands beside the threads of one list, asked for once for all of them."""

    def __init__(self, hand: Hand, threads: list[Consultation], at: datetime) -> None:
        keys = [one.pk for one in threads]
        self.hand, self.at = hand, at
        self.calls: set[UUID] = set()
        self.care = cares_of(keys)
        self.since = _since(keys)
        notes = SafetyNote.objects.filter(consultation__in=keys, ended_at__isnull=True)
        self.safety = dict(notes.values_list("consultation", "level"))
        asked = wishes_told_to(hand).filter(consultation__in=keys)
        self.another = dict(asked.values_list("consultation", "kind"))
        drafts = StaffDraft.objects.filter(consultation__in=keys)
        self.mine = set(drafts.filter(member=hand.id).values_list("consultation", flat=True))
        looks = drafts.filter(look_asked_at__isnull=False).exclude(member=hand.id)
        self.looks = set(looks.values_list("consultation", flat=True))
        off = Appointment.objects.filter(consultation__in=keys, off_at__isnull=False)
        hours = off.order_by("-off_at").values_list("consultation", "off_at")
        self.off = {key: hour for key, hour in hours if hour}  # the nearest of each
        self.openings = _openings(hand, keys, at)
        people = {one.owner for one in threads} | {
            m for some in self.openings.values() for m in some
        }
        self.names = {one: name_of(one) for one in people if one}

    def waiting(self, thread: Consultation) -> Waiting:
        care = self.care.get(thread.pk) or Care(consultation=thread)
        wants = thread.pk in self.another
        return Waiting(
            waits=thread.state == State.WAITING_STAFF,
            is_urgent=thread.is_urgent,
            safety=self.safety.get(thread.pk, ""),
            reply_by=thread.reply_by,
            missed=thread.missed,
            since=self.since.get(thread.pk),
            wants_another=wants,
            wants_place=wants and self.another[thread.pk] == Change.PLACE,
            listens=care.listen_only or Wish.LISTEN in thread.wishes.split(),
            to_look_at=thread.pk in self.looks,
            off=self.off.get(thread.pk),
            call_back=thread.pk in self.calls,
        )

    def row(self, thread: Consultation, line: str, is_opened: bool) -> Row:
        return Row(
            id=thread.pk,
            line=line,
            is_opened=is_opened,
            who=str(Who(thread.who).label) if thread.who else "",
            wishes=tuple(
                str(Wish(one).label) for one in thread.wishes.split() if one != Wish.LISTEN
            ),
            state=State(thread.state),
            owner_name=self.names.get(thread.owner, ""),
            is_mine=thread.owner == self.hand.id,
            reasons=tuple(reasons(self.waiting(thread), at=self.at)),
            has_draft=thread.pk in self.mine,
            open_by=tuple(self.names[one] for one in self.openings.get(thread.pk, [])),
            desk_name=thread.desk.name if len(self.hand.desks) > 1 else "",
        )


def _since(keys: Iterable[UUID]) -> dict[UUID, date]:
    days: dict[UUID, list[tuple[bool, date]]] = {}
    rows = Message.objects.filter(consultation__in=list(keys)).order_by("number")
    for key, author, day in rows.values_list("consultation", "author", "written_date"):
        days.setdefault(key, []).append((author == Author.PERSON, day))
    found = {key: nights_since(said) for key, said in days.items()}
    return {key: day for key, day in found.items() if day is not None}


def _openings(hand: Hand, keys: Iterable[UUID], at: datetime) -> dict[UUID, list[str]]:
    rows = Opening.objects.filter(consultation__in=list(keys), until__gt=at).exclude(member=hand.id)
    found: dict[UUID, list[str]] = {}
    for key, member in rows.order_by("member").values_list("consultation", "member"):
        found.setdefault(key, []).append(member)
    return found


def _calls(opened: Mapping[UUID, OpenCase]) -> set[UUID]:
    """The threads in which somebody wishes to be telephoned, of those that are open: the wish lies sealed."""
    rows = DoorWishes.objects.filter(pk__in=list(opened))
    return {row.pk for row in rows if wishes_in(opened[row.pk], row).call_back.when}


def _latest_letters(threads: Iterable[Consultation]) -> dict[UUID, Message]:
    """The latest letter of each person, in one query; on a thread that somebody began for them, its last message."""
    rows = Message.objects.filter(consultation__in=[one.pk for one in threads]).order_by("number")
    said = list(rows.values_list("consultation", "author", "pk"))
    latest = {key: pk for key, _, pk in said}
    latest |= {key: pk for key, author, pk in said if author == Author.PERSON}
    return {one.consultation_id: one for one in Message.objects.filter(pk__in=latest.values())}
