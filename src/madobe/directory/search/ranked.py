"""What an engine gives back before it is put into words: total, facets, and the best services."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol
from uuid import UUID


class Seen(Protocol):
    """What can be read of one hit, to say why it is there."""

    def text(self) -> str:
        """Its folded text."""

    def answers(self, concept: str) -> bool:
        """Whether it answers a concept."""

    def holds(self, fact: str) -> bool:
        """Whether a fact holds ("need:free", "kind:ibasho", "age:30")."""


class Ranked(NamedTuple):
    """One hit. `ring`: its place among the rings asked for, -1 without; `extent`: the area by which it is there."""

    service: UUID
    score: int
    ring: int
    extent: str
    area_name: str
    km: float | None
    order: tuple[int, str, bytes]
    seen: Seen


class Answered(NamedTuple):
    """`best`: up to the number wanted, from the very first."""

    total: int
    best: Sequence[Ranked]
    facets: Mapping[str, Mapping[str, int]]


def in_order(hits: Sequence[Ranked]) -> list[Ranked]:
    """This will give hits best first; equals by their place among all services."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.order))


def summed(
    one: Mapping[str, Mapping[str, int]], other: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, int]]:
    """This will give facets counted together."""
    groups: dict[str, dict[str, int]] = {}
    for facets in (one, other):
        for group, numbers in facets.items():
            counted = groups.setdefault(group, {})
            for name, number in numbers.items():
                counted[name] = counted.get(name, 0) + number
    return groups
