"""Making a desk and changing what it says of itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from madobe.desks.actions.errors import DeskRefusal, locked, note
from madobe.desks.choices import Channel, Keep
from madobe.desks.models import Desk
from madobe.desks.rules.opening import minute_of
from madobe.desks.rules.set_up import TWO_KEYS
from madobe.directory.rules.hours import rows_are_readable

SETTINGS = frozenset(
    {
        "name", "name_en", "name_easy", "area", "hours", "reply_days", "reply_time", "quiet_from",
        "quiet_until", "keep_choices", "keep_default", "fact_years", "readers", "readers_en",
        "readers_easy", "organisation_line", "organisation_line_en", "organisation_line_easy",
        "danger_line", "danger_line_en", "danger_line_easy", "has_night_duty", "night_call", "channels",
        "max_open", "position",
    }
)  # fmt: skip


class NotSettings(DeskRefusal):
    """Something named is no setting of a desk (whether it is open is not: see `leave_set_up_mode`)."""


class HoursNotReadable(DeskRefusal):
    """The timetable cannot be evaluated."""


class NotOffered(DeskRefusal):
    """A length of keeping or a channel nobody knows, or a default that is not among those offered."""


class StillNeeded(DeskRefusal):
    """An open desk cannot do without this; `items` are codes of `rules.set_up`."""

    def __init__(self, items: list[str]) -> None:
        super().__init__(", ".join(items))
        self.items = items


@transaction.atomic
def open_desk_up(
    *,
    name: str,
    organization: UUID | None = None,
    settings: Mapping[str, Any] | None = None,
    is_invented: bool = False,
    by: str,
    at: datetime,
) -> Desk:
    """This will make a desk in set-up mode: nothing arrives there yet. `settings` as for `change_desk`."""
    desk = Desk(organization_id=organization, is_invented=is_invented, made_at=at, changed_at=at)
    _put(desk, {"name": name, **(settings or {})}, at)
    desk.save(force_insert=True)
    note("desk.opened_up", desk, by, at)
    return desk


@transaction.atomic
def change_desk(*, desk_id: UUID, changes: Mapping[str, Any], by: str, at: datetime) -> Desk:
    """This will change some settings (names of `SETTINGS`); what is the same as before is not written.

    Raises NoSuchDesk, NotSettings, HoursNotReadable, NotOffered; StillNeeded where an open desk would be left
    without what it needs to take a letter.
    """
    desk = locked(desk_id)
    differing = {key: one for key, one in changes.items() if getattr(desk, key, None) != one}
    _put(desk, differing, at)
    if not differing:
        return desk
    needed = desk.lacks(key_holders=TWO_KEYS, drill_passed=True, at=at) if desk.is_open else []
    if needed:
        raise StillNeeded(needed)
    desk.changed_at = at
    desk.save()
    note("desk.changed", desk, by, at, fields=sorted(differing))
    return desk


def _put(desk: Desk, changes: Mapping[str, Any], at: datetime) -> None:
    unknown = set(changes) - SETTINGS
    if unknown:
        raise NotSettings(", ".join(sorted(unknown)))
    for key, value in changes.items():
        setattr(desk, key, value)
    if "night_call" in changes:
        desk.night_call_checked_on = minute_of(at)[0] if desk.night_call else None
    if desk.hours and not rows_are_readable(desk.hours):
        raise HoursNotReadable
    if (
        not set(desk.keep_choices) <= set(Keep.values)
        or desk.keep_default not in desk.keep_choices
        or not set(desk.channels) <= set(Channel.values)
    ):
        raise NotOffered
