"""The desk a letter goes to, as plain values. It stands before every submission: one small query, the rest is remembered."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import connection

from madobe.desks.models import Desk
from madobe.desks.queries.desks import codes_of
from madobe.desks.rules.area import nearness
from madobe.desks.rules.opening import (
    DeskCalendar,
    is_staffed_at,
    next_opening,
    staffed_until,
)
from madobe.desks.rules.promise import ReplyRule, promised_reply, renewed_promise
from madobe.desks.rules.quiet import QuietHours
from madobe.directory.rules.hours import JAPAN


@dataclass(frozen=True, slots=True)
class Words:
    """One text of a desk in the languages it has; Japanese stands in for the others."""

    ja: str = ""
    en: str = ""
    easy: str = ""

    def said(self, language: str) -> str:
        """This will give it in a display language: "ja", "en", "ja-easy"."""
        return {"en": self.en, "ja-easy": self.easy}.get(language, "") or self.ja


@dataclass(frozen=True, slots=True)
class ReceivingDesk:
    """What whoever takes a letter needs of a desk at one minute. Times are aware, in Japan.

    - reply_by: by when a person answers what comes now; None = this cannot be promised, say so.
    - next_opening: the first opening after now (while open: after this one); None = none within 60 days.
    - staffed_until: the end of the opening that runs; None = closed now.
    - keep_choices, keep_default: codes for `rules.keeping.keep_until`.
    - fact_years: so long the fact and date of a consultation stay after its words are gone; None = not at all.
    """

    id: UUID
    organization: UUID | None
    name: Words
    reply_by: datetime | None
    next_opening: datetime | None
    is_staffed: bool
    staffed_until: datetime | None
    keep_choices: tuple[str, ...]
    keep_default: str
    fact_years: int | None
    readers: Words
    organisation_line: Words
    danger_line: Words
    has_night_duty: bool
    channels: frozenset[str]
    max_open: int
    is_invented: bool
    calendar: DeskCalendar
    reply_rule: ReplyRule

    @property
    def quiet(self) -> QuietHours:
        return self.reply_rule.quiet


@dataclass(frozen=True, eq=False, slots=True)
class _Known:
    """What a process remembers of a desk at one revision; `about` is the desk at some minute."""

    order: tuple[int, str, UUID]
    is_open: bool
    area: tuple[str, ...]
    about: ReceivingDesk


def receiving_desk(
    *, at: datetime, place: str = "", desk_id: UUID | None = None, even_in_set_up: bool = False
) -> ReceivingDesk | None:
    """This will give the desk that takes a letter at `at`; None where none does.

    A named desk, or the nearest for `place` (six digits, or two of a prefecture). Who did not say a place gets
    a desk for everywhere, and where there is none the first of all: a letter is never turned away for want of
    an address. A desk in set-up mode takes nothing, unless `even_in_set_up` (for a letter that was begun before).
    """
    desks = [one for one in _all_desks() if one.is_open or even_in_set_up]
    if desk_id is not None:
        known = next((one for one in desks if one.about.id == desk_id), None)
    else:
        known = _nearest(desks, place)
    return (
        _at_minute(known, at.astimezone(JAPAN).replace(second=0, microsecond=0)) if known else None
    )


def renewed_reply(*, desk_id: UUID, missed: datetime, at: datetime) -> datetime | None:
    """This will give the new promise for one of this desk that was missed; None where none can be made.

    Raises `rules.promise.NotMissedYet` while the first still holds.
    """
    desk = receiving_desk(at=at, desk_id=desk_id, even_in_set_up=True)
    if desk is None:
        return None
    return renewed_promise(desk.calendar, desk.reply_rule, missed=missed, at=at)


def _nearest(desks: list[_Known], place: str) -> _Known | None:
    codes = codes_of(place)
    near = [
        (found, one.order, one) for one in desks if (found := nearness(one.area, codes)) is not None
    ]
    return min(near, key=lambda each: each[:2])[2] if near else None


_KNOWN: dict[str, _Known] = {}  # by revision


def _all_desks() -> list[_Known]:
    """One query of a few bytes says whether what is remembered still holds. Asking the ORM for all columns and
    the special days costs ten times as much, at every submission; this row is the reason for `Desk.revision`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT revision FROM desks_desk")
        revisions = [revision for (revision,) in cursor.fetchall()]
    if all(one in _KNOWN for one in revisions):
        return [_KNOWN[one] for one in revisions]
    return _read_anew()


def _read_anew() -> list[_Known]:
    """The desks before their special days: what is remembered may then be newer than its revision, never older."""
    desks = list(Desk.objects.order_by("pk"))
    found = {one.revision: _remembered(one) for one in desks}
    _KNOWN.clear()
    _KNOWN.update(found)
    return list(found.values())


def _remembered(desk: Desk) -> _Known:
    about = ReceivingDesk(
        id=desk.pk,
        organization=desk.organization_id,
        name=Words(desk.name, desk.name_en, desk.name_easy),
        reply_by=None,
        next_opening=None,
        is_staffed=False,
        staffed_until=None,
        keep_choices=tuple(desk.keep_choices),
        keep_default=desk.keep_default,
        fact_years=desk.fact_years,
        readers=Words(desk.readers, desk.readers_en, desk.readers_easy),
        organisation_line=Words(
            desk.organisation_line, desk.organisation_line_en, desk.organisation_line_easy
        ),
        danger_line=Words(desk.danger_line, desk.danger_line_en, desk.danger_line_easy),
        has_night_duty=desk.has_night_duty,
        channels=frozenset(desk.channels),
        max_open=desk.max_open,
        is_invented=desk.is_invented,
        calendar=desk.calendar(),
        reply_rule=desk.reply_rule(),
    )
    return _Known((desk.position, desk.name, desk.pk), desk.is_open, tuple(desk.area), about)


@lru_cache(maxsize=256)
def _at_minute(known: _Known, at: datetime) -> ReceivingDesk:
    desk = known.about
    return replace(
        desk,
        reply_by=promised_reply(desk.calendar, desk.reply_rule, at),
        next_opening=next_opening(desk.calendar, at),
        is_staffed=is_staffed_at(desk.calendar, at),
        staffed_until=staffed_until(desk.calendar, at),
    )
