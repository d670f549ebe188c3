"""The database the search bench stands on: a nation of invented services, their search entries, a snapshot.

Entries are made by `actions.search_entries.entry_of` from unsaved records, on all processors. Saved are the tables a
search reads; the services that will be edited are saved with everything they have.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.models import Field, Model
from django.db.models.base import ModelState

from bench._search_corpus import (
    CHUNK,
    NOW,
    RUNNER_COUNT,
    SEED,
    TODAY,
    Made,
    made,
    runner_name,
    timetable_text,
)
from madobe.directory.actions.indexing import build_index
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.actions.search_entries import entry_of
from madobe.directory.choices import Standing
from madobe.directory.models import (
    Condition,
    Eligibility,
    Location,
    Organization,
    Schedule,
    ScheduleException,
    SearchEntry,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceKind,
    TextDoor,
)

SPACE = UUID("0b1e6f5a-6f1a-4b7e-9d7e-5a1c8f0d2b11")
EDITED = 500  # services that are saved whole and edited later
BATCH = 2_000
SHOWN = {"status": "published", "source_name": "見本", "last_verified_date": TODAY}

Say = Callable[[str], None]


def fill(folder: Path, services: int, say: Say) -> None:
    """This will make database and snapshot below a fresh MADOBE_DATA."""
    call_command("migrate", verbosity=0)
    save_runners()
    ranges = [
        (start, min(start + CHUNK, services), services) for start in range(0, services, CHUNK)
    ]
    connections.close_all()
    done = 0
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for ready in pool.imap(made_ready, ranges):
            save(ready)
            done += len(ready.rows["Service"])
            if done % 50_000 == 0 or done == services:
                say(f"{done} services")
    # one real change, so that this database has a history of its own for its snapshots to stand on
    refresh_listing(services=[next(made(SEED, 0, 1)).id], at=NOW)
    say("snapshot")
    build_index(folder / "search", at=NOW)


def save_runners() -> None:
    """This will save the organisations that run the services."""
    Organization.objects.bulk_create(
        [
            Organization(id=_runner_id(one), name=runner_name(one), standing=Standing.REGISTER)
            for one in range(RUNNER_COUNT)
        ],
        batch_size=BATCH,
    )


def edited_numbers(services: int) -> range:
    """The numbers of the services that are saved whole."""
    step = max(1, services // EDITED)
    return range(0, step * min(EDITED, services), step)


class Ready(NamedTuple):
    """A stretch of services as rows of the tables, and those to be saved with everything they have."""

    rows: dict[str, list[list[Any]]]
    whole: list[Made]


def made_ready(bounds: tuple[int, int, int]) -> Ready:
    """This will make services number `start` to `end` (not included) of a nation of so many: no database is needed."""
    start, end, services = bounds
    whole = set(edited_numbers(services))
    ready = Ready({model.__name__: [] for model in _TABLES}, [])
    for number, one in enumerate(made(SEED, start, end), start=start):
        for model, columns in _records(one):
            ready.rows[model.__name__].append(_row(model, columns))
        if number in whole:
            ready.whole.append(one)
    return ready


_TABLES: tuple[type[Model], ...] = (Service, Location, ServiceAtLocation, ServiceArea, SearchEntry)


def _records(one: Made) -> Iterator[tuple[type[Model], dict[str, Any]]]:
    """What is saved of every service: tables, and those of their columns that are not as usual."""
    place, here = _location_id(one), {"service_id": one.id}
    columns = {"id": one.id, "organization_id": _runner_id(one.runner), **SHOWN, **one.columns}
    yield Service, columns
    yield Location, {"id": place, "latitude": one.point[0], "longitude": one.point[1]}
    yield ServiceAtLocation, {"id": uuid5(place, "here"), "location_id": place, **here}
    for extent, type_, name in one.areas:
        area = {"extent": extent, "extent_type": type_, "name": name, **here}
        yield ServiceArea, {"id": uuid5(place, extent), **area}
    entry = _entry(one, columns)
    yield SearchEntry, {name: getattr(entry, name) for name in _usual(SearchEntry)}


@cache
def _usual(model: type[Model]) -> dict[str, tuple[int, Any, "Field[Any, Any]"]]:
    """Place, usual value and field of every column."""
    return {
        field.attname: (place, field.get_db_prep_save(field.get_default(), connection), field)
        for place, field in enumerate(model._meta.concrete_fields)
    }


def _row(model: type[Model], columns: dict[str, Any]) -> list[Any]:
    usual = _usual(model)
    row = [value for _place, value, _field in usual.values()]
    for name, value in columns.items():
        place, _value, field = usual[name]
        row[place] = field.get_db_prep_save(value, connection)
    return row


class _Part:
    """A record that hangs on an unsaved service."""

    def __init__(self, **columns: Any) -> None:
        self.__dict__.update(columns)


def _entry(one: Made, columns: dict[str, Any]) -> SearchEntry:
    service = Service.__new__(
        Service
    )  # as the database would give it, without half a hundred set attributes
    service.__dict__ = {**_plain_service(), "_state": ModelState(), **columns}
    service.organization = _runner(one.runner)
    service._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "kinds": [_Part(kind=kind) for kind in one.kinds],
        "areas": [_Part(extent=extent, name=name) for extent, _type, name in one.areas],
        "text_doors": [_Part(kind=door) for door in one.doors],
        "contacts": [],
        "service_at_locations": [
            _Part(location=_Part(latitude=one.point[0], longitude=one.point[1]))
        ],
    }
    return entry_of(
        service,
        timetable=timetable_text(one.timetable),
        conditions=one.conditions,
        address="",
        today=TODAY,
    )


@cache
def _plain_service() -> dict[str, Any]:
    return dict(Service().__dict__)


@cache
def _runner(number: int) -> Organization:
    return Organization(id=_runner_id(number), name=runner_name(number))


@cache
def _runner_id(number: int) -> UUID:
    return uuid5(SPACE, f"runner {number}")


def _location_id(one: Made) -> UUID:
    return uuid5(SPACE, f"place of {one.id}")


@transaction.atomic
def save(ready: Ready) -> None:
    """This will save a stretch of services."""
    with connection.cursor() as cursor:
        for model in _TABLES:
            columns = [str(field.column) for field in model._meta.concrete_fields]
            cursor.executemany(
                f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
                f" VALUES ({', '.join(['%s'] * len(columns))})",
                ready.rows[model.__name__],
            )
    for one in ready.whole:
        _save_whole(one)


def _save_whole(one: Made) -> None:
    ServiceKind.objects.bulk_create(
        ServiceKind(service_id=one.id, kind=kind, is_main=not place)
        for place, kind in enumerate(one.kinds)
    )
    TextDoor.objects.bulk_create(
        TextDoor(service_id=one.id, kind=kind, address="mado@example.jp") for kind in one.doors
    )
    for row in one.timetable:
        schedule = Schedule.objects.create(
            service_id=one.id,
            kind=row.kind,
            freq=row.freq,
            byday=row.byday,
            opens_at=time.fromisoformat(row.opens_at),
            closes_at=time.fromisoformat(row.closes_at),
            closed_on_holidays=row.closed_on_holidays,
            year_end_start=row.year_end_start,
            year_end_end=row.year_end_end,
        )
        for day in row.exceptions:
            ScheduleException.objects.create(
                schedule=schedule,
                date=day.date,
                kind=day.kind,
                opens_at=day.opens_at or None,
                closes_at=day.closes_at or None,
            )
    for group in one.conditions:
        eligibility = Eligibility.objects.create(
            service_id=one.id,
            valid_from=group.valid_from or None,
            valid_to=group.valid_to or None,
            source_name="見本",
        )
        Condition.objects.bulk_create(
            Condition(eligibility=eligibility, kind=row.kind, number=row.number, position=place)
            for place, row in enumerate(group.conditions)
        )


# --- edits ----------------------------------------------------------------------------------------


def edits(services: int) -> Iterator[tuple[UUID, Callable[[datetime], None]]]:
    """This will give, for each service to be edited, its id and an edit of one of six sorts."""
    whole = set(edited_numbers(services))
    starts = sorted({number // CHUNK * CHUNK for number in whole})
    place = 0
    for start in starts:
        for number, one in enumerate(made(SEED, start, min(start + CHUNK, services)), start=start):
            if number in whole:
                yield one.id, _edit(one, place)
                place += 1


def _edit(one: Made, place: int) -> Callable[[datetime], None]:
    own = Service.objects.filter(pk=one.id)

    def reworded(_at: datetime) -> None:
        own.update(description="ミント色の扉が目じるしです。家賃のことも聞いています。", fee="free")

    def other_hours(_at: datetime) -> None:
        Schedule.objects.filter(service_id=one.id).delete()
        Schedule.objects.create(
            service_id=one.id,
            byday="MO,TU,WE,TH,FR,SA",
            opens_at=time(9, 15),
            closes_at=time(17, 45),
        )

    def moved(_at: datetime) -> None:
        ServiceArea.objects.filter(service_id=one.id).delete()
        ServiceArea.objects.create(
            service_id=one.id, extent="132071", extent_type="municipality", name="昭島市"
        )
        Location.objects.filter(pk=_location_id(one)).update(latitude=35.7056, longitude=139.3535)

    def other_kind(_at: datetime) -> None:
        ServiceKind.objects.filter(service_id=one.id).delete()
        ServiceKind.objects.create(service_id=one.id, kind="ibasho", is_main=True)

    def gone(_at: datetime) -> None:
        own.update(status="archived")

    def other_limits(_at: datetime) -> None:
        Eligibility.objects.filter(service_id=one.id).delete()
        eligibility = Eligibility.objects.create(service_id=one.id, source_name="見本")
        Condition.objects.create(eligibility=eligibility, kind="age_min", number=18, position=0)
        own.update(anonymous_ok=True, needs_check=False)

    return (reworded, other_hours, moved, other_kind, gone, other_limits)[place % 6]
