"""What floors above tell the desks: who may be on duty, and whether the keys of a desk are in order.

Both are taught in `apps.ready()`; where nobody teaches, nobody can be chosen and no desk is ready.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Member:
    """Somebody who may be on duty. `id` is an `Actor.id` ("staff:<uuid>")."""

    id: str
    name: str


@dataclass(frozen=True)
class Readiness:
    """How many active staff keys could open what arrives at a desk, and whether the recovery drill has passed."""

    key_holders: int = 0
    drill_passed: bool = False


MembersOf = Callable[[UUID | None], Sequence[Member]]
ReadinessOf = Callable[[UUID], Readiness]
_MEMBERS: list[MembersOf] = []
_READINESS: list[ReadinessOf] = []


def teach_members(look_up: MembersOf) -> None:
    """This will let desks offer people for duty: `look_up` gives them for an organization (None: for all)."""
    _MEMBERS[:] = [look_up]


def members_for(organization: UUID | None) -> list[Member]:
    """This will give who may be on duty at a desk of this organization, by name."""
    return [one for look_up in _MEMBERS for one in look_up(organization)]


def teach_readiness(look_up: ReadinessOf) -> None:
    """This will let desks know how their keys stand: `look_up` answers for a desk's id."""
    _READINESS[:] = [look_up]


def readiness_of(desk_id: UUID) -> Readiness:
    """This will give how the keys of a desk stand; nothing is in order where nobody knows."""
    return next((look_up(desk_id) for look_up in _READINESS), Readiness())
