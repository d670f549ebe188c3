"""A region as its page shows it: a municipality, a ward, or a prefecture with its municipalities."""

from dataclasses import dataclass
from datetime import date

from .table import Municipality, all_municipalities, by_code, prefecture_name, wards_of

PREFECTURE_DIGITS = 2


@dataclass(frozen=True)
class Region:
    """`code`: six digits, or the two of a prefecture. `ended_date`: last day of a ward that is no more."""

    code: str
    full_name: str
    parts: tuple[Municipality, ...] = ()
    home: Municipality | None = None  # the city of a ward
    ended_date: date | None = None

    @property
    def has_centre(self) -> bool:
        """Whether a ひきこもり地域支援センター stands here: each prefecture and designated city has one (S2-01)."""
        return len(self.code) == PREFECTURE_DIGITS or bool(self.parts)


def region(code: str) -> Region | None:
    """This will give the region with this code; None for a code nobody has."""
    if len(code) == 2:
        name = prefecture_name(code)
        inside = tuple(row for row in all_municipalities() if row.prefecture == code)
        return Region(code, name, inside) if name else None
    found = by_code(code)
    if found is None or len(code) != 6:
        return None
    return Region(
        found.code,
        found.full_name,
        wards_of(found.code),
        by_code(found.parent) if found.parent else None,
        found.valid_to,
    )
