"""Reads of the desks."""

from madobe.desks.queries.desks import desks_for, desks_of, the_desk
from madobe.desks.queries.duty import (
    NightCall,
    Turn,
    alone_on_duty,
    on_duty,
    turns_between,
    when_alone,
)
from madobe.desks.queries.receiving import ReceivingDesk, Words, receiving_desk, renewed_reply

__all__ = [
    "NightCall",
    "ReceivingDesk",
    "Turn",
    "Words",
    "alone_on_duty",
    "desks_for",
    "desks_of",
    "on_duty",
    "receiving_desk",
    "renewed_reply",
    "the_desk",
    "turns_between",
    "when_alone",
]
