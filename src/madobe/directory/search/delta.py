"""Edits since the snapshot: services changed or come anew are a small segment of their own, their old rows are taken out.

A newer number in the table of revisions is seen by the next search of every process.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from madobe.directory.models import Change, Revision, SearchEntry
from madobe.directory.search.build import Counts, segment_arrays
from madobe.directory.search.entry import FIELDS, Entry
from madobe.directory.search.planes import Words
from madobe.directory.search.segment import Segment, live_plane

MOST_EDITS = 2000  # beyond, the SQL answer serves until the snapshot is made anew
CHUNK = 500


@dataclass(frozen=True)
class Delta:
    """Everything up to revision `number` that the snapshot does not hold. `is_too_large`: nobody should ask it."""

    number: int
    entries: Mapping[UUID, Entry] = field(default_factory=dict)
    touched: frozenset[UUID] = frozenset()
    fresh: Segment | None = None
    live: Words | None = None

    @property
    def is_too_large(self) -> bool:
        return len(self.touched) > MOST_EDITS


class Newest(NamedTuple):
    """The number of the newest change, and the database that counts it."""

    number: int = 0
    series: str = ""


def newest() -> Newest:
    """This will give the newest change; 0 when there was none. One look at a table of one row."""
    row = Revision.objects.filter(pk=1).values_list("number", "series").first()
    return Newest(row[0], str(row[1])) if row else Newest()


def caught_up(delta: Delta, snapshot: Segment, number: int) -> Delta:
    """This will give the delta up to `number`, reading only what is newer than what it holds."""
    changes = dict(
        Change.objects.filter(number__gt=delta.number).values_list("service_id", "is_shown")
    )
    touched = delta.touched | changes.keys()
    if len(touched) > MOST_EDITS:
        return Delta(number, touched=touched)
    entries = {key: one for key, one in delta.entries.items() if key not in changes}
    entries |= _read([key for key, is_shown in changes.items() if is_shown])
    gone = [row for key in touched if (row := snapshot.row_of(key)) >= 0]
    live = live_plane(snapshot, gone) if gone else None
    return Delta(number, entries, touched, _segment(entries, snapshot), live)


def read_entries(services: Sequence[UUID]) -> list[Entry]:
    """This will read entries by service."""
    rows = SearchEntry.objects.filter(pk__in=services).values_list(*FIELDS)
    return [Entry(*row) for row in rows]


def _read(services: Sequence[UUID]) -> dict[UUID, Entry]:
    return {
        one.service: one
        for start in range(0, len(services), CHUNK)
        for one in read_entries(services[start : start + CHUNK])
    }


def _segment(entries: Mapping[UUID, Entry], snapshot: Segment) -> Segment | None:
    if not entries:
        return None
    holders = {name: place[3] for name, place in snapshot.facts["concepts"].items()}
    arrays, facts = segment_arrays(entries.values(), counts=Counts(snapshot.rows, holders))
    return Segment(arrays, facts)
