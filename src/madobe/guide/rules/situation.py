"""A situation: what somebody told us, and nothing more.

`Situation` is what comes in (contract.md, "A situation"); `Facts` is what the rules see after the
written text has been read and the two have been put together. Plain values only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

UNKNOWN = -1  # an age or a duration nobody told us

WHO = ("self", "family", "friend", "worker", "")
USE = ("all", "codes", "text")


class SituationError(ValueError):
    """A situation that cannot be read: says which item, which value, and the nearest known one."""


@dataclass(frozen=True)
class Area:
    """A place in Japan. `code`: six-digit municipality code or "" when only the prefecture is known."""

    prefecture: str  # two digits, "13"
    code: str = ""  # six digits with check digit, "132071"
    name: str = ""  # 昭島市 / 東京都


@dataclass(frozen=True)
class Situation:
    """What came in. Ages in years, months in months; UNKNOWN where nobody said."""

    id: str = ""
    who: str = ""
    municipality: str = ""  # as given: code, name, prefecture + name, prefecture or ""
    age: int = UNKNOWN
    months: int = UNKNOWN
    signs: frozenset[str] = frozenset()
    wants: frozenset[str] = frozenset()  # the writer's
    person_wants: frozenset[str] = frozenset()  # the withdrawn person's, as far as the writer knows
    constraints: frozenset[str] = frozenset()
    person_constraints: frozenset[str] = frozenset()
    free_text: str = ""
    use: str = "all"


@dataclass(frozen=True)
class Reading:
    """One thing read from the text: these words, so this code, about this one."""

    words: str  # exactly as written
    code: str  # a code of the tables; or "who", "age", "months", "municipality" (then `value`)
    about: str  # "writer" | "person" | "other"
    start: int  # offsets into free_text
    end: int
    kind: str = "sign"  # "sign" | "want" | "constraint" | "who" | "age" | "months" | "municipality"
    value: str = ""  # "family", "52", "36", "132071"

    @property
    def key(self) -> str:
        """How a form names this reading when the reader strikes it out."""
        return f"{self.code}@{self.start}"


@dataclass(frozen=True)
class Facts:
    """What the rules see. Never more than was said; unknown stays unknown."""

    who: str = ""
    area: Area | None = None
    age: int = UNKNOWN
    months: int = UNKNOWN
    signs: frozenset[str] = frozenset()
    wants: frozenset[str] = frozenset()  # anyone's: the writer's and the person's
    person_wants: frozenset[str] = frozenset()
    constraints: frozenset[str] = frozenset()  # anyone's: the writer's and the person's
    person_constraints: frozenset[str] = frozenset()
    writer_constraints: frozenset[str] = (
        frozenset()
    )  # of the one who asks, and would use the door today
    covered: Mapping[str, bool] = field(default_factory=dict)  # service type -> serves this area
