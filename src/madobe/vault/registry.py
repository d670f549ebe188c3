"""What is sealed where: floors above say so when they start, so that a case can be given a new key as a whole."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

_fields: dict[int, "SealedColumn"] = {}
_grants: dict[tuple[str, str], "GrantColumn"] = {}
_locks: list[Callable[[UUID], None]] = []


@dataclass(frozen=True)
class SealedColumn:
    """A column of bytes sealed with the key of its row's case.

    `number` is its registered number (rules.fields.Place), never given to another. `model`: "app.Model", whose primary
    key is a UUID. `case`: the column that holds the case's id. `version`: a column that grows with each writing, or "".
    """

    number: int
    model: str
    column: str
    case: str
    version: str = ""


@dataclass(frozen=True)
class GrantColumn:
    """A grant that lies in a floor above, beside the public key it is sealed to."""

    model: str
    case: str
    public: str
    generation: str
    blob: str


class NumberIsTaken(Exception):
    """Two columns want one number: a value of the one could pass as a value of the other. Or one column wants two."""


def register_column(column: SealedColumn) -> SealedColumn:
    """This will note a sealed column. Raises NumberIsTaken."""
    for other in _fields.values():
        same = (other.model, other.column) == (column.model, column.column)
        if other != column and (same or other.number == column.number):
            raise NumberIsTaken(f"{other} and {column}")
    _fields[column.number] = column
    return column


def register_grant(grant: GrantColumn) -> GrantColumn:
    """This will note where a floor above keeps grants of its own."""
    _grants[grant.model, grant.blob] = grant
    return grant


def register_lock(lock: Callable[[UUID], None]) -> None:
    """This will note how a floor above keeps everybody else from writing to a case until the transaction ends.

    `lock(case)` does nothing for a case it does not know, and raises CaseIsGone for one that is erased.
    """
    if lock not in _locks:
        _locks.append(lock)


def lock_case(case: UUID) -> None:
    """This will lock the rows of a case, wherever they lie; to be called before the case is opened to be renewed."""
    for lock in _locks:
        lock(case)


def sealed_columns() -> tuple[SealedColumn, ...]:
    """All of them, by number."""
    return tuple(_fields[number] for number in sorted(_fields))


def grant_columns() -> tuple[GrantColumn, ...]:
    """All of them."""
    return tuple(_grants.values())
