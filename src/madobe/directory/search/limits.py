"""Age and months conditions of a service as numbers, each set with the days it is in force.

Only a condition that surely does not fit excludes: `rules.eligibility` says the same in sentences.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from madobe.directory.rules.eligibility import COMPULSORY_END, ConditionSet

OLDEST = 120  # years; higher ages are read as this
MOST_MONTHS = 1200
ALWAYS = (date.min.toordinal(), date.max.toordinal())


@dataclass(frozen=True)
class Limits:
    """Who is not excluded: ages `youngest` to `oldest`, withdrawn `months` and longer, on days `first` to `last`
    (ordinals, both included).
    """

    youngest: int = 0
    oldest: int = OLDEST
    months: int = 0
    first: int = ALWAYS[0]
    last: int = ALWAYS[1]

    @property
    def is_always(self) -> bool:
        return (self.first, self.last) == ALWAYS

    @property
    def excludes_nobody(self) -> bool:
        return self.youngest <= 0 and self.oldest >= OLDEST and self.months <= 0

    def excludes(self, *, age: int, months: int, day: int) -> bool:
        """This will tell whether these conditions, on that day, surely do not fit. -1: not said."""
        if not self.first <= day <= self.last:
            return False
        return (age >= 0 and not self.youngest <= age <= self.oldest) or 0 <= months < self.months


def limits_of(sets: Iterable[ConditionSet]) -> list[Limits]:
    """This will give one `Limits` for all sets without dates, first, and one for each dated set that excludes anybody."""
    always, dated = Limits(), []
    for one in sets:
        made = _of_one(one)
        if made.is_always:
            always = Limits(
                max(always.youngest, made.youngest),
                min(always.oldest, made.oldest),
                max(always.months, made.months),
            )
        elif not made.excludes_nobody:
            dated.append(made)
    return [always, *dated]


def dump_dated(limits: Sequence[Limits]) -> str:
    """This will give dated limits as short text; "" for none."""
    rows = [[x.youngest, x.oldest, x.months, x.first, x.last] for x in limits]
    return json.dumps(rows, separators=(",", ":")) if rows else ""


def load_dated(text: str) -> list[Limits]:
    """This will read what `dump_dated` wrote."""
    return [Limits(*row) for row in json.loads(text)] if text else []


def _of_one(one: ConditionSet) -> Limits:
    youngest, oldest, months = 0, OLDEST, 0
    for condition in one.conditions:
        match condition.kind:
            case "age_min":
                youngest = max(youngest, condition.number)
            case "after_compulsory_education":
                youngest = max(youngest, COMPULSORY_END)
            case "age_max":
                oldest = min(oldest, condition.number)
            case "months_withdrawn_min":
                months = max(months, condition.number)
    return Limits(
        youngest,
        oldest,
        months,
        date.fromisoformat(one.valid_from).toordinal() if one.valid_from else ALWAYS[0],
        date.fromisoformat(one.valid_to).toordinal() if one.valid_to else ALWAYS[1],
    )
