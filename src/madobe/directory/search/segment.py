"""One set of rows with everything asked of it: the snapshot on disk is one, the fresh edits are another."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from madobe.directory.search import planes as bits
from madobe.directory.search.build import STANDINGS
from madobe.directory.search.facts import FACT_NEEDS, KINDS
from madobe.directory.search.grams import Grams, word_weights
from madobe.directory.search.ground_rows import Ground, ground_of
from madobe.directory.search.opening import OpenTable
from madobe.directory.search.plan import Plan
from madobe.directory.search.planes import Flags, Rows, Words
from madobe.directory.search.postings import Place, Postings
from madobe.directory.search.regions import Ring
from madobe.directory.search.words import Term

MOST_ALLOWED = 64  # ages and months whose planes are remembered
MOST_GROUNDS = 1024  # areas whose rows are remembered


class Selection(NamedTuple):
    """What a plan asks of planes: all of `every`, and one of each group of `any_of`. Numbers of planes."""

    every: list[int]
    any_of: list[list[int]]


class Segment:
    """Rows, sorted by `Entry.order`, and what can be asked of them. Nothing in it ever changes."""

    def __init__(self, arrays: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
        self.arrays, self.facts = arrays, facts
        self.rows: int = facts["rows"]
        self.planes: Words = arrays["planes"]
        self.names: dict[str, int] = facts["planes"]
        self.alphabet: NDArray[np.uint32] = arrays["alphabet"]
        self.timetables = arrays["timetables"]
        self.dated: NDArray[np.int64] = arrays["dated"]
        self.standings = [self.names[f"standing:{one}"] for one in reversed(STANDINGS)]
        self.postings = Postings(
            arrays, {name: Place(*place) for name, place in facts["concepts"].items()}
        )
        self.grams = Grams(
            arrays,
            characters={one: place + 1 for place, one in enumerate(facts["characters"])},
            planes={one: place for place, one in enumerate(facts["character_planes"])},
            pairs={one: place for place, one in enumerate(facts["pair_planes"])},
            count=self.rows,
        )
        self.opening = OpenTable(
            len(arrays["timetable_ends"]),
            self._timetable_texts,
            {day: arrays[f"open_{day}"] for day in facts["days"]},
        )
        self.facets = {
            "kind": [(kind, self.names[f"kind:{kind}"]) for kind in KINDS],
            "need": [(need, self.names[f"need:{need}"]) for need in FACT_NEEDS],
            "method": [
                (name.removeprefix("method:"), place)
                for name, place in self.names.items()
                if name.startswith("method:")
            ],
        }
        self.facet_planes = np.array(
            [place for group in self.facets.values() for _name, place in group]
        )
        self._grounds: dict[tuple[Ring, ...], Ground] = {}
        self._allowed: dict[tuple[int, int, int], Words] = {}
        self.range_starts = sorted(
            (start, extent)
            for extent, (start, _end) in facts["ranges"].items()
            if not extent.endswith("*")
        )

    def selection(self, plan: Plan) -> Selection:
        """This will give the planes a plan asks for."""
        names = self.names
        every = [names[fact] for fact in plan.facts]
        if plan.age >= 0:
            every.append(names[f"age:{plan.age}"])
        if plan.months >= 0:
            least = max(one for one in self.facts["months"] if one <= plan.months)
            every.append(names[f"months:{least}"])
        any_of = []
        for group in (plan.methods, tuple(f"kind:{kind}" for kind in plan.kinds)):
            if len(group) == 1:
                every.append(names[group[0]])
            elif group:
                any_of.append([names[one] for one in group])
        return Selection(every or [names["all"]], any_of)

    def ground(self, rings: tuple[Ring, ...]) -> Ground:
        """This will give the rows of the rings around a place."""
        found = self._grounds.get(rings)
        if found is None:
            if len(self._grounds) >= MOST_GROUNDS:
                self._grounds.clear()
            found = self._grounds[rings] = ground_of(
                rings, self.facts["ranges"], self.facts["singles"], self.arrays["single_rows"]
            )
        return found

    def allowed(self, plan: Plan) -> Words | None:
        """This will give the plane of rows whose dated conditions, on the plan's day, may fit; None where all may."""
        if not len(self.dated) or (plan.age < 0 and plan.months < 0):
            return None
        key = (plan.age, plan.months, plan.day)
        found = self._allowed.get(key)
        if found is None:
            if len(self._allowed) >= MOST_ALLOWED:
                self._allowed.clear()
            found = self._allowed[key] = live_plane(self, self._excluded(plan))
        return found

    def _excluded(self, plan: Plan) -> Rows:
        row, youngest, oldest, months, first, last = self.dated.T
        out = np.zeros(len(row), np.bool_)
        if plan.age >= 0:
            out |= (plan.age < youngest) | (plan.age > oldest)
        if plan.months >= 0:
            out |= plan.months < months
        return row[out & (first <= plan.day) & (plan.day <= last)]

    def is_open(self, plan: Plan, rows: Rows) -> Flags:
        """This will tell for each row whether it is open at the minute asked for."""
        assert plan.open_at is not None
        return self.opening.open_rows(plan.open_at, self.timetables[rows])

    def holders(self, term: Term) -> int:
        """This will give in how many rows a term stands (of a longer unknown word: at most so many)."""
        if term.concept is not None:
            return self.postings.place(term.concept).holders
        return self.grams.holders(term.word)

    def word_weights(self, term: Term) -> tuple[int, int, int]:
        """This will give what a word no concept knows adds, by field, judged by how rare it is here."""
        return word_weights(term.word, self.holders(term), self.rows)

    def row_of(self, service: UUID) -> int:
        """This will give the row of a service, -1 when it is not here."""
        if not hasattr(self, "_by_id"):
            ids = self.arrays["ids"]
            keys = np.ascontiguousarray(ids).view("S16").ravel()
            self._by_id = np.argsort(keys, kind="stable").astype(np.int32)
        wanted, low, high = service.bytes, 0, self.rows
        while low < high:
            middle = (low + high) // 2
            if self.arrays["ids"][self._by_id[middle]].tobytes() < wanted:
                low = middle + 1
            else:
                high = middle
        if low < self.rows:
            row = int(self._by_id[low])
            if self.arrays["ids"][row].tobytes() == wanted:
                return row
        return -1

    def service(self, row: int) -> UUID:
        """This will give the id of a row."""
        return UUID(bytes=self.arrays["ids"][row].tobytes())

    def text(self, row: int) -> str:
        """This will give the folded text of a row."""
        return self.grams.text(row, self.alphabet)

    def holds(self, name: str, row: int) -> bool:
        """This will tell whether a fact holds for a row."""
        word = int(self.planes[self.names[name], row >> 6])
        return bool(word >> (row & 63) & 1)

    def _timetable_texts(self) -> Sequence[str]:
        ends = [0, *self.arrays["timetable_ends"].tolist()]
        text = self.arrays["timetable_texts"].tobytes()
        return [text[start:end].decode() for start, end in zip(ends[:-1], ends[1:], strict=True)]


def live_plane(segment: Segment, gone: Any) -> Words:
    """This will give the plane of all rows but those gone."""
    flags = np.ones(segment.rows, np.bool_)
    flags[gone] = False
    return bits.pack(flags)
