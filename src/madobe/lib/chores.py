"""Work that comes round whether anybody is there or not: floors above say what, the upkeep does it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

_chores: dict[str, "Chore"] = {}


@dataclass(frozen=True)
class Chore:
    """`act` gets the moment and gives how much it did. Done twice, or ended on the way, it does no harm."""

    name: str
    act: Callable[[datetime], Any]
    every: timedelta


def register_chore(chore: Chore) -> None:
    """This will note a chore by its name."""
    _chores[chore.name] = chore


def chores() -> tuple[Chore, ...]:
    """All of them, in the order they were noted."""
    return tuple(_chores.values())
