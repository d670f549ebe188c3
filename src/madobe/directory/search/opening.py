"""Which timetables are open at a minute. Services share timetables, so each distinct one is asked once a day.

The minute rule of `rules.hours` decides, with its holidays and exceptions: what is counted is exactly what the
page of a service will say.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from madobe.directory.rules.hours import open_minutes
from madobe.directory.search.planes import Flags

DAYS_KEPT = 6  # days beyond the prepared ones whose spans stay in memory
Spans = NDArray[
    np.int16
]  # [timetable, span, (from, to)] in minutes of a day; empty spans are (0, 0)


def spans_of(timetables: Sequence[str], days: Sequence[date]) -> list[Spans]:
    """This will give the spans of all timetables for each day."""
    found = [open_minutes(text, days) for text in timetables]
    return [_table([of_days[place] for of_days in found]) for place in range(len(days))]


def open_in(spans: Spans, minute: int) -> Flags:
    """This will tell for each timetable whether it is open at a minute of the day."""
    inside = (spans[:, :, 0] <= minute) & (minute < spans[:, :, 1])
    return np.asarray(inside.any(axis=1))


class OpenTable:
    """Spans by day: some prepared with the snapshot, others worked out when first asked for."""

    def __init__(
        self,
        count: int,
        timetables: Callable[[], Sequence[str]],
        prepared: Mapping[int, Spans] | None = None,
    ) -> None:
        self._count = count
        self._timetables = timetables
        self._prepared = prepared or {}
        self._days: OrderedDict[int, _Day] = OrderedDict()
        self._lock = threading.Lock()

    def open_rows(self, moment: datetime, timetables: NDArray[Any]) -> Flags:
        """This will tell for each row, given by the number of its timetable, whether it is open at `moment` (in Japan)."""
        minute, day = moment.hour * 60 + moment.minute, moment.toordinal()
        spans = self._prepared.get(day)
        if spans is None:
            spans = self._worked_out(day, timetables)
        if len(timetables) < self._count:
            return open_in(spans[timetables], minute)
        return open_in(spans, minute)[timetables]

    def _worked_out(self, day: int, timetables: NDArray[Any]) -> Spans:
        with self._lock:
            known = self._days.setdefault(day, _Day(self._count))
            self._days.move_to_end(day)
            if len(self._days) > DAYS_KEPT:
                self._days.popitem(last=False)
            missing = known.missing(timetables)
            if len(missing):
                texts = self._timetables()
                chosen = [texts[one] for one in missing.tolist()]
                known.put(missing, spans_of(chosen, [date.fromordinal(day)])[0])
            return known.spans


class _Day:
    """One day's spans as far as they were asked for."""

    def __init__(self, count: int) -> None:
        self.spans: Spans = np.zeros((count, 2, 2), np.int16)
        self.is_known = np.zeros(count, np.bool_)
        self._are_all_known = False

    def missing(self, timetables: NDArray[Any]) -> NDArray[np.int64]:
        """This will give the timetables among those of rows that are not known yet."""
        if self._are_all_known:
            return np.empty(0, np.int64)
        unknown = ~self.is_known
        if len(timetables) < len(unknown):
            wanted = np.zeros(len(unknown), np.bool_)
            wanted[timetables] = True
            unknown &= wanted
        return np.flatnonzero(unknown)

    def put(self, places: NDArray[np.int64], spans: Spans) -> None:
        if spans.shape[1] > self.spans.shape[1]:
            wider = np.zeros((len(self.spans), spans.shape[1], 2), np.int16)
            wider[:, : self.spans.shape[1]] = self.spans
            self.spans = wider
        self.spans[places, : spans.shape[1]] = spans
        self.is_known[places] = True
        self._are_all_known = bool(self.is_known.all())


def _table(spans: Sequence[Sequence[tuple[int, int]]]) -> Spans:
    widest = max((len(one) for one in spans), default=0) or 1
    table = np.zeros((len(spans), widest, 2), np.int16)
    for place, one in enumerate(spans):
        for column, span in enumerate(one):
            table[place, column] = span
    return table
