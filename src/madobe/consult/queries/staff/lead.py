"""What waits at each desk and who carries how much: for who coordinates, by name, never by speed (trust.md E28)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from madobe.consult.choices import Change, State
from madobe.consult.colleagues import Colleague, colleagues
from madobe.consult.models import Consultation, DeskTrainee, StaffTemplate
from madobe.consult.queries.staff.inbox import wishes_told_to
from madobe.consult.reach import Hand, reachable
from madobe.desks.models import Desk
from madobe.ui.staff import name_of
from madobe.vault.choices import Holder
from madobe.vault.models import Grant, GroupSeal

FEWEST = 2  # people whose key opens a thread
SOON = timedelta(days=1)


@dataclass(frozen=True)
class Promised:
    """A promise that has passed or falls on today. `thread`: None for one they do not reach themselves."""

    thread: UUID | None
    owner_name: str
    reply_by: datetime
    missed: int


@dataclass(frozen=True)
class Alone:
    """A thread fewer than two people can open: if they leave, its words are lost but for the house on paper."""

    thread: UUID | None
    owner_name: str
    holders: int


@dataclass(frozen=True)
class Asked:
    """A wish for another counsellor, or for another place. `thread`: None for one they do not reach themselves."""

    thread: UUID | None
    kind: Change
    asked_date: date


@dataclass(frozen=True)
class LedDesk:
    """One desk. `late` and `soon`: promises, told here before anybody who waits is told (domain.md §6.3)."""

    desk: Desk
    waiting: int
    unassigned: int
    resting: int
    held: int
    late: tuple[Promised, ...]
    soon: tuple[Promised, ...]
    people: tuple[Colleague, ...]
    learning: frozenset[str]
    alone: tuple[Alone, ...]
    asked: tuple[Asked, ...]


def led_desks(hand: Hand, *, at: datetime) -> list[LedDesk]:
    """This will give the desks somebody coordinates, with what waits there."""
    mine = set(reachable(hand, at=at).values_list("pk", flat=True))
    return [_desk(hand, desk, mine, at) for desk in hand.desks if hand.leads(desk)]


def templates_of(hand: Hand) -> list[tuple[Desk, list[StaffTemplate]]]:
    """This will give the beginnings of answers of each of their desks."""
    return [(desk, list(StaffTemplate.objects.filter(desk=desk))) for desk in hand.desks]


def _desk(hand: Hand, desk: Desk, mine: set[UUID], at: datetime) -> LedDesk:
    living = Consultation.objects.filter(desk=desk, erasing="")
    threads = list(living.exclude(state=State.SET_ASIDE))
    waits = [one for one in threads if one.state == State.WAITING_STAFF and not one.held]
    promised = [_promised(one, mine, one.reply_by) for one in waits if one.reply_by]
    promised.sort(key=lambda one: one.reply_by)
    return LedDesk(
        desk=desk,
        waiting=len(waits),
        unassigned=sum(not one.owner for one in waits),
        resting=sum(one.state == State.RESTING for one in threads),
        held=sum(bool(one.held) for one in threads),
        late=tuple(one for one in promised if one.missed or one.reply_by < at),
        soon=tuple(one for one in promised if not one.missed and at <= one.reply_by < at + SOON),
        people=tuple(colleagues(desk)),
        learning=frozenset(DeskTrainee.objects.filter(desk=desk).values_list("member", flat=True)),
        alone=tuple(_alone([one for one in threads if one.state != State.CLOSED], mine)),
        asked=tuple(
            Asked(
                one.consultation_id if one.consultation_id in mine else None,
                Change(one.kind),
                one.asked_date,
            )
            for one in wishes_told_to(hand)
            .filter(consultation__desk=desk)
            .order_by("asked_date", "pk")
        ),
    )


def _promised(thread: Consultation, mine: set[UUID], reply_by: datetime) -> Promised:
    name = name_of(thread.owner) if thread.owner else ""
    return Promised(thread.pk if thread.pk in mine else None, name, reply_by, thread.missed)


def _alone(threads: Iterable[Consultation], mine: set[UUID]) -> Iterable[Alone]:
    """Threads with fewer than two people behind their grants, whether of their own or through a group."""
    by_key = {one.pk: one for one in threads}
    grants = Grant.objects.filter(case__in=list(by_key)).select_related("holder")
    groups: dict[UUID, set[UUID]] = {}
    for group, member in GroupSeal.objects.values_list("group", "member"):
        groups.setdefault(group, set()).add(member)
    people: dict[UUID, set[UUID]] = {}
    for one in grants:
        if one.holder.kind == Holder.MEMBER:
            people.setdefault(one.case, set()).add(one.holder_id)
        elif one.holder.kind == Holder.DUTY:
            people.setdefault(one.case, set()).update(groups.get(one.holder_id, set()))
    for key, thread in by_key.items():
        if (count := len(people.get(key, set()))) < FEWEST:
            name = name_of(thread.owner) if thread.owner else ""
            yield Alone(key if key in mine else None, name, count)


def template_text(hand: Hand, template_id: UUID | None) -> str:
    """This will give a beginning of an answer of one of their desks; "" for any other."""
    if template_id is None:
        return ""
    rows = StaffTemplate.objects.filter(pk=template_id, desk__in=[one.pk for one in hand.desks])
    return rows.values_list("text", flat=True).first() or ""
