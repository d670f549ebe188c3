"""What an entry must say before anyone reads it (domain §3.7)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

NEEDED = ("when_to_use", "source_name", "kinds", "areas")


def missing(facts: Mapping[str, Any], verified: date | None) -> tuple[str, ...]:
    """This will name the facts an entry still lacks; `verified` is the day it was last checked."""
    lacking = [name for name in NEEDED if not facts.get(name)]
    return (*lacking, *([] if verified else ["last_verified_date"]))
