"""Reads for the people who keep the directory. `organizations`: the ids somebody keeps; None: all."""

from madobe.directory.queries.editing.entries import (
    Entry,
    Fact,
    Listed,
    Opened,
    draft_of,
    due,
    entries,
    entry,
    opened,
    own_organizations,
    scoped,
)
from madobe.directory.queries.editing.inbox import (
    Confirmation,
    alert_in_scope,
    confirmation,
    review_item,
    review_items,
    suggestion,
    suggestions,
)

__all__ = [
    "Confirmation",
    "Entry",
    "Fact",
    "Listed",
    "Opened",
    "alert_in_scope",
    "confirmation",
    "draft_of",
    "due",
    "entries",
    "entry",
    "opened",
    "own_organizations",
    "review_item",
    "review_items",
    "scoped",
    "suggestion",
    "suggestions",
]
