"""What a search should count, asked of the database in one SQL statement and nothing of the search engine.

Total and facets come from sums over the rows that fit. What SQL cannot say by itself (kilometres, the minute,
conditions with dates) is a function of the row's own columns, registered with SQLite.
"""

import json
import math
import sqlite3
from datetime import datetime
from functools import lru_cache
from typing import Any

from madobe.directory.rules.hours import hours_of_rows
from madobe.directory.search.facts import BIT, FACT_NEEDS, KIND_BIT
from madobe.directory.search.plan import Plan

EARTH_KM = 6371.0088
METHODS = [name.removeprefix("method:") for name in BIT if name.startswith("method:")]


class Oracle:
    """Asks the SQLite file below a MADOBE_DATA."""

    def __init__(self, path: str) -> None:
        self._base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self._base.execute("PRAGMA mmap_size=2000000000")
        self._base.create_function("is_open", 2, _is_open, deterministic=True)
        self._base.create_function("excluded", 4, _excluded, deterministic=True)
        self._base.create_function("km_to", 3, _km, deterministic=True)

    def counted(self, plan: Plan) -> tuple[int, dict[str, dict[str, int]]]:
        """This will give total and facets (zeros left out) of a plan."""
        sums = [f"sum(facts >> {BIT[f'need:{need}']} & 1)" for need in FACT_NEEDS]
        sums += [f"sum(facts >> {BIT[f'method:{one}']} & 1)" for one in METHODS]
        sums += [f"sum(kinds >> {place} & 1)" for place in KIND_BIT.values()]
        rings = [self._in_ring(ring.extents) for ring in plan.rings]
        cases = " ".join(f"WHEN {one} THEN {place}" for place, one in enumerate(rings))
        ring = f"CASE {cases} END" if rings else "-1"
        values: dict[str, Any] = {}
        where = self._where(plan, values)
        rows = self._base.execute(
            f"SELECT {ring} AS ring, count(*), {', '.join(sums)} FROM directory_searchentry e"
            f" WHERE {where} GROUP BY ring",
            values,
        ).fetchall()
        rows = [row for row in rows if row[0] is not None]
        added = [sum(column) for column in zip(*(row[1:] for row in rows), strict=True)] or [0]
        names = [
            *(("need", one) for one in FACT_NEEDS),
            *(("method", one) for one in METHODS),
            *(("kind", one) for one in KIND_BIT),
        ]
        facets: dict[str, dict[str, int]] = {"need": {}, "method": {}, "kind": {}, "distance": {}}
        for (group, name), number in zip(names, added[1:], strict=False):
            if number:
                facets[group][name] = number
        if rings:
            facets["distance"] = {plan.rings[row[0]].distance: row[1] for row in rows}
        return added[0], facets

    @staticmethod
    def _in_ring(extents: tuple[str, ...]) -> str:
        named = ", ".join(f"'{one}'" for one in extents if not one.endswith("*"))
        parts = [f"a.extent IN ({named})"] if named else []
        parts += [
            f"(a.extent LIKE '{one[:2]}____' AND a.extent_type = 'municipality')"
            for one in extents
            if one.endswith("*")
        ]
        return (
            "e.service_id IN (SELECT a.service_id FROM directory_servicearea a"
            f" WHERE {' OR '.join(parts)})"
        )

    def _where(self, plan: Plan, values: dict[str, Any]) -> str:
        parts = ["1"]
        if plan.rings:
            parts.append("(" + " OR ".join(self._in_ring(one.extents) for one in plan.rings) + ")")
        parts += [f"facts >> {BIT[fact]} & 1" for fact in plan.facts]
        if plan.methods:
            parts.append(
                "(" + " OR ".join(f"facts >> {BIT[one]} & 1" for one in plan.methods) + ")"
            )
        if plan.kinds:
            parts.append(
                "(" + " OR ".join(f"kinds >> {KIND_BIT[one]} & 1" for one in plan.kinds) + ")"
            )
        if plan.age >= 0:
            parts.append(f"youngest <= {plan.age} AND {plan.age} <= oldest")
        if plan.months >= 0:
            parts.append(f"months <= {plan.months}")
        parts.append(
            f"(dated_limits = '' OR NOT excluded(dated_limits, {plan.age}, {plan.months}, {plan.day}))"
        )
        if plan.near:
            reach = plan.near.within_km / 110.0
            parts.append(
                "e.service_id IN (SELECT s.service_id FROM directory_serviceatlocation s"
                " JOIN directory_location l ON l.id = s.location_id"
                f" WHERE l.latitude BETWEEN {plan.near.latitude - reach!r} AND {plan.near.latitude + reach!r}"
                f" AND km_to(l.latitude, l.longitude, '{plan.near.latitude!r} {plan.near.longitude!r}')"
                f" <= {plan.near.within_km!r})"
            )
        words = []
        for place, term in enumerate(plan.terms):
            if term.concept is not None:
                words.append(f"instr(concepts, ' {term.concept}:')")
            else:
                values[f"w{place}"] = term.word
                words.append(f"instr(text, :w{place})")
        if words:
            parts.append("(" + " OR ".join(words) + ")")
        if plan.open_at is not None:  # last: it costs most
            parts.append(f"timetable <> '' AND is_open(timetable, '{plan.open_at.isoformat()}')")
        return " AND ".join(parts)


@lru_cache(maxsize=200_000)
def _is_open(timetable: str, moment: str) -> int:
    return int(hours_of_rows(timetable, datetime.fromisoformat(moment)).open_now is True)


def _excluded(limits: str, age: int, months: int, day: int) -> int:
    for youngest, oldest, least, first, last in json.loads(limits):
        if first <= day <= last and (
            (age >= 0 and not youngest <= age <= oldest) or 0 <= months < least
        ):
            return 1
    return 0


def _km(latitude: float, longitude: float, place: str) -> float:
    own, other = map(float, place.split())
    a, b = math.radians(latitude), math.radians(own)
    half = math.sin((a - b) / 2) ** 2 + (
        math.cos(a) * math.cos(b) * math.sin(math.radians(longitude - other) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))
