"""What settings do: a promise, an opening, a day until which letters are kept, for a person who would write now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from madobe.desks.models import Desk, SpecialDays
from madobe.desks.rules.keeping import keep_until
from madobe.desks.rules.opening import (
    calendar_with,
    is_staffed_at,
    minute_of,
    next_opening,
    staffed_until,
)
from madobe.desks.rules.promise import ReplyRule, promised_reply
from madobe.desks.rules.quiet import QuietHours


@dataclass(frozen=True)
class Effect:
    """What somebody who writes at `at` would be told. `keep_until` None: until it is erased."""

    reply_by: datetime | None
    is_staffed: bool
    staffed_until: datetime | None
    next_opening: datetime | None
    keep_until: date | None


def effect_of(settings: Mapping[str, Any], *, desk_id: UUID | None, at: datetime) -> Effect:
    """This will give what settings would do, saved or not; special days are those of the desk."""
    rows = SpecialDays.objects.rows_of(desk_id) if desk_id else []
    calendar = calendar_with(settings["hours"], rows)
    rule = ReplyRule(
        settings["reply_days"],
        settings["reply_time"],
        QuietHours(settings["quiet_from"], settings["quiet_until"]),
    )
    return Effect(
        reply_by=promised_reply(calendar, rule, at),
        is_staffed=is_staffed_at(calendar, at),
        staffed_until=staffed_until(calendar, at),
        next_opening=next_opening(calendar, at),
        keep_until=keep_until(minute_of(at)[0], settings["keep_default"]),
    )


def settings_of(desk: Desk) -> dict[str, Any]:
    """This will give a desk's settings by name, as `change_desk` takes them."""
    return {
        field.name: getattr(desk, field.name)
        for field in desk._meta.concrete_fields
        if field.name not in NO_SETTINGS
    }


NO_SETTINGS = frozenset(
    {"id", "organization", "is_open", "opened_at", "is_invented", "made_at", "changed_at", "revision",
     "night_call_checked_on"}
)  # fmt: skip
