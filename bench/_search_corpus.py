"""A nation of invented services, the same for the same seed: real municipalities, opening hours to the quarter hour
with holidays and exceptions, descriptions of 80 to 300 characters.

Each service is made as unsaved records and put through `actions.search_entries.entry_of`, so that what is measured
is what the product itself would make of it.
"""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from itertools import accumulate
from typing import Any
from uuid import UUID

from bench._search_sentences import CHILD, COMMON, OWN_NAMES, RUNNERS, SORTS, WITHDRAWN
from madobe.directory import municipalities
from madobe.directory.rules.eligibility import ConditionRow, ConditionSet
from madobe.directory.rules.hours_compose import DateException, ScheduleRow, dump_rows

SEED = 20260101
SERVICES = 250_000
CHUNK = 5_000  # services made from one stream of random numbers
TIMETABLES = 4_000
RUNNER_COUNT = 6_000
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # ten in the morning in Japan, a Tuesday
HOLIDAY = date(2026, 11, 23)
SHORTEST, LONGEST = 80, 300  # characters of a description
COVERAGE = (("municipality", 84.0), ("prefecture", 15.2), ("nation", 0.8))
METHODS = ("in_person", "phone", "mail", "form", "chat", "sns", "online", "home_visit")
AUDIENCES = ("self", "family", "friend", "worker")


@dataclass
class Made:
    """One invented service: columns of its tables, and what hangs on it."""

    id: UUID
    runner: int
    columns: dict[str, Any]
    kinds: tuple[str, ...]
    areas: list[tuple[str, str, str]]  # extent, type, name
    doors: list[str]
    point: tuple[float, float]
    timetable: tuple[ScheduleRow, ...] = ()
    conditions: list[ConditionSet] = field(default_factory=list)


def made(seed: int, start: int, end: int) -> Iterator[Made]:
    """This will make services number `start` to `end` (not included) of a seed's nation."""
    for chunk in range(start // CHUNK, (end + CHUNK - 1) // CHUNK):
        rng = random.Random(f"{seed}:{chunk}")
        for number in range(chunk * CHUNK, (chunk + 1) * CHUNK):
            one = _one(rng, seed)
            if start <= number < end:
                yield one


@cache
def runner_name(number: int) -> str:
    """Who runs a service, by number; every seventh is a town hall's section."""
    rng = random.Random(f"runner:{number}")
    return f"{rng.choice(RUNNERS)}{rng.choice(OWN_NAMES)}{rng.choice(('の会', '福祉会', 'ネット', '', ''))}"


@cache
def towns() -> tuple[Sequence[municipalities.Municipality], Sequence[float]]:
    """Every municipality (no wards), and their weights added up: few large ones, many small ones."""
    rng = random.Random("towns")
    rows = [row for row in municipalities.all_municipalities() if row.kind != "ward"]
    weights = [
        min(60.0, rng.paretovariate(0.7)) * (6 if row.kind in ("designated_city",) else 1) + 4
        for row in rows
    ]
    return rows, list(accumulate(weights))


@cache
def timetables(seed: int) -> Sequence[tuple[ScheduleRow, ...]]:
    """The distinct weeks services are open in; most are offices, to the quarter hour."""
    rng = random.Random(f"hours:{seed}")
    return tuple(_timetable(rng) for _ in range(TIMETABLES))


@cache
def _hours_weights() -> Sequence[float]:
    return list(accumulate(1 / (place + 1) ** 0.8 for place in range(TIMETABLES)))


def _timetable(rng: random.Random) -> tuple[ScheduleRow, ...]:
    sort = rng.random()
    week = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    if sort < 0.62:
        days, opens, closes = (
            week[:5],
            rng.choice(_OPENS),
            rng.choice(("17:00", "17:15", "17:30", "16:45")),
        )
    elif sort < 0.74:
        days, opens, closes = (
            week[:5],
            rng.choice(("09:00", "10:00", "11:15")),
            rng.choice(("19:00", "20:15", "21:00")),
        )
    elif sort < 0.84:
        days, opens, closes = (
            rng.sample(week, rng.randint(1, 3)),
            rng.choice(("10:00", "13:15", "13:30")),
            rng.choice(("16:00", "16:45", "18:15")),
        )
    elif sort < 0.92:
        days, opens, closes = week[:6], "09:00", rng.choice(("17:00", "19:15"))
    elif sort < 0.97:
        days, opens, closes = (
            rng.sample(week, rng.randint(3, 7)),
            rng.choice(("17:00", "18:45", "21:00")),
            rng.choice(("22:00", "00:00", "05:15")),
        )
    else:
        days, opens, closes = week, "00:00", "00:00"
    closed = sort < 0.84 and rng.random() < 0.8
    exceptions = []
    if rng.random() < 0.06:
        exceptions.append(DateException("2026-11-24", "cancelled"))
    elif rng.random() < 0.06:
        exceptions.append(
            DateException("2026-11-23", "special", opens_at="10:15", closes_at="14:45")
        )
    common: dict[str, Any] = {
        "byday": ",".join(day for day in week if day in days),
        "closed_on_holidays": closed,
        "year_end_start": "12-29" if closed else "",
        "year_end_end": "01-03" if closed else "",
        "exceptions": tuple(exceptions),
    }
    if sort < 0.62 and rng.random() < 0.3:
        return (
            ScheduleRow(opens_at=opens, closes_at="12:00", **common),
            ScheduleRow(opens_at="13:00", closes_at=closes, **common),
        )
    if 0.74 <= sort < 0.80:
        common["byday"] = rng.choice(("-1SA", "1WE,3WE", "2SU"))
        return (ScheduleRow(freq="MONTHLY", opens_at=opens, closes_at=closes, **common),)
    return (ScheduleRow(opens_at=opens, closes_at=closes, **common),)


_OPENS = ("08:30", "08:45", "09:00", "09:00", "09:15", "10:00")


def _one(rng: random.Random, seed: int) -> Made:
    rows, weights = towns()
    sort = rng.choices(SORTS, [one.share for one in SORTS])[0]
    town = rng.choices(rows, cum_weights=weights)[0]
    coverage = rng.choices([one for one, _ in COVERAGE], [share for _, share in COVERAGE])[0]
    area = {
        "municipality": (town.code, "municipality", town.name),
        "prefecture": (town.prefecture, "prefecture", town.prefecture_name),
        "nation": ("JP", "nation", "全国"),
    }[coverage]
    areas = [area]
    if coverage == "municipality" and rng.random() < 0.02:
        other = rng.choice(rows)
        if other.code != town.code:
            areas.append((other.code, "municipality", other.name))
    own = rng.choice(OWN_NAMES)
    name = (
        f"{area[2]}{rng.choice(sort.names)}「{own}」"
        if rng.random() < 0.6
        else f"{own} {rng.choice(sort.names)}"
    )
    runner = rng.randrange(RUNNER_COUNT)
    columns = {
        "name": name,
        "description": _description(rng, sort.says, runner),
        "when_to_use": sort.says[rng.randrange(len(sort.says))].format(
            h=rng.choice(WITHDRAWN), k=CHILD[0], o=""
        )
        + "。",
        "methods": [one for one in METHODS if rng.random() < _METHOD_SHARE[one]] or ["phone"],
        "audience": [one for one in AUDIENCES if rng.random() < 0.6],
        "anonymous_ok": rng.choice((True, False, None)),
        "family_only_ok": rng.choice((True, False, None)),
        "camera_off_ok": True if rng.random() < 0.08 else None,
        "reservation": rng.choice(("", "none", "required", "required")),
        "fee": rng.choice(("free", "free", "free", "partly", "paid", "")),
        "is_hikikomori_desk": rng.random() < 0.08,
        "needs_check": rng.random() < 0.15,
        "stages": []
        if rng.random() < 0.7
        else sorted(rng.sample(["1", "2", "3"], rng.randint(1, 3))),
    }
    return Made(
        id=UUID(int=rng.getrandbits(128), version=4),
        runner=runner,
        columns=columns,
        kinds=sort.kinds[: rng.randint(1, len(sort.kinds))],
        areas=areas,
        doors=[one for one in ("mail", "form", "sns", "counter_memo") if rng.random() < 0.2],
        point=(round(town.lat + rng.gauss(0, 0.04), 5), round(town.lng + rng.gauss(0, 0.05), 5)),
        timetable=rng.choices(timetables(seed), cum_weights=_hours_weights())[0]
        if rng.random() < 0.8
        else (),
        conditions=_conditions(rng),
    )


_METHOD_SHARE = dict(zip(METHODS, (0.8, 0.75, 0.3, 0.2, 0.1, 0.12, 0.25, 0.2), strict=True))


def _description(rng: random.Random, says: Sequence[str], runner: int) -> str:
    wanted = min(LONGEST, max(SHORTEST, int(rng.gauss(150, 50))))
    pool = [*says, *rng.sample(COMMON, 9)]
    rng.shuffle(pool)
    parts: list[str] = []
    length = 0
    for sentence in pool:
        text = f"{sentence.format(h=rng.choice(WITHDRAWN), k=rng.choice(CHILD), o=runner_name(runner))}。"
        if length + len(text) > LONGEST:
            continue
        parts.append(text)
        length += len(text)
        if length >= wanted:
            break
    return "".join(parts)


def _conditions(rng: random.Random) -> list[ConditionSet]:
    rows = []
    if rng.random() < 0.45:
        rows.append(ConditionRow("age_min", rng.choice((6, 15, 15, 16, 18, 18, 20, 40)), (), ""))
    if rng.random() < 0.4:
        rows.append(ConditionRow("age_max", rng.choice((29, 34, 39, 49, 64)), (), ""))
    if rng.random() < 0.3:
        rows.append(ConditionRow("months_withdrawn_min", rng.choice((3, 6, 6)), (), ""))
    sets = [ConditionSet(tuple(rows), "", "", False)] if rows else []
    if rng.random() < 0.02:  # a condition of some years ago, and one from today on
        sets.append(
            ConditionSet((ConditionRow("age_max", 34, (), ""),), "2014-06-02", "2019-06-02", False)
        )
    if rng.random() < 0.01:
        sets.append(ConditionSet((ConditionRow("age_max", 39, (), ""),), "2026-04-01", "", False))
    return sets


@cache
def timetable_text(rows: tuple[ScheduleRow, ...]) -> str:
    """The canonical text of a timetable, as a search entry keeps it."""
    return dump_rows(
        sorted(
            rows, key=lambda row: (row.kind, row.dtstart, row.valid_from, row.opens_at, row.byday)
        )
    )


def on_sphere(latitude: float, longitude: float) -> tuple[float, float, float]:
    """A place as a point on the unit sphere: a circle on the map is then one product (for peers without trigonometry)."""
    lat, lng = math.radians(latitude), math.radians(longitude)
    return math.cos(lat) * math.cos(lng), math.cos(lat) * math.sin(lng), math.sin(lat)
