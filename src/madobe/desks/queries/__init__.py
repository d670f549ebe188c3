"""Reads of the desks."""

from madobe.desks.queries.desks import (
    desks_for,
    desks_of,
    organization_named,
    organizations_by_id,
    special_days_of,
    the_desk,
)
from madobe.desks.queries.duty import (
    NightCall,
    Turn,
    alone_on_duty,
    on_duty,
    turns_between,
    when_alone,
)
from madobe.desks.queries.effects import Effect, effect_of, settings_of
from madobe.desks.queries.receiving import ReceivingDesk, Words, receiving_desk, renewed_reply
from madobe.desks.queries.set_up import missing_for
from madobe.desks.queries.week import DutyDay, duty_week, monday_of

__all__ = [
    "DutyDay",
    "Effect",
    "NightCall",
    "ReceivingDesk",
    "Turn",
    "Words",
    "alone_on_duty",
    "desks_for",
    "desks_of",
    "duty_week",
    "effect_of",
    "missing_for",
    "monday_of",
    "on_duty",
    "organization_named",
    "organizations_by_id",
    "receiving_desk",
    "renewed_reply",
    "settings_of",
    "special_days_of",
    "the_desk",
    "turns_between",
    "when_alone",
]
