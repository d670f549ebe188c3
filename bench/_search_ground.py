"""The database the search bench stands on: a nation of invented services, their search entries, a snapshot.

Entries are made by `actions.search_entries.entry_of` from unsaved records, on all processors. Saved are the tables a
search reads; the services that will be edited are saved with everything they have.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.core.management import call_command
from django.db import connections, transaction

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
    Organization.objects.bulk_create(
        [
            Organization(id=_runner_id(one), name=runner_name(one), standing=Standing.REGISTER)
            for one in range(RUNNER_COUNT)
        ],
        batch_size=BATCH,
    )
    ranges = [
        (start, min(start + CHUNK, services), services) for start in range(0, services, CHUNK)
    ]
    connections.close_all()
    done = 0
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for rows in pool.imap(_made_ready, ranges):
            _save(rows)
            done += len(rows)
            if done % 50_000 == 0 or done == services:
                say(f"{done} services")
    say("snapshot")
    build_index(folder / "search", at=NOW)


def edited_numbers(services: int) -> range:
    """The numbers of the services that are saved whole."""
    step = max(1, services // EDITED)
    return range(0, step * min(EDITED, services), step)


def _made_ready(bounds: tuple[int, int, int]) -> list[tuple[Made, tuple[Any, ...], bool]]:
    start, end, services = bounds
    whole = set(edited_numbers(services))
    return [
        (one, _entry(one), number in whole)
        for number, one in enumerate(made(SEED, start, end), start=start)
    ]


class _Part:
    """A record that hangs on an unsaved service."""

    def __init__(self, **columns: Any) -> None:
        self.__dict__.update(columns)


_COLUMNS = [field.attname for field in SearchEntry._meta.concrete_fields]


def _entry(one: Made) -> tuple[Any, ...]:
    service = _service(one)
    service.organization = Organization(id=_runner_id(one.runner), name=runner_name(one.runner))
    service._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "kinds": [_Part(kind=kind) for kind in one.kinds],
        "areas": [_Part(extent=extent, name=name) for extent, _type, name in one.areas],
        "text_doors": [_Part(kind=door) for door in one.doors],
        "contacts": [],
        "service_at_locations": [
            _Part(location=_Part(latitude=one.point[0], longitude=one.point[1]))
        ],
    }
    entry = entry_of(
        service,
        timetable=timetable_text(one.timetable),
        conditions=one.conditions,
        address="",
        today=TODAY,
    )
    return tuple(getattr(entry, name) for name in _COLUMNS)


def _service(one: Made) -> Service:
    return Service(id=one.id, organization_id=_runner_id(one.runner), **SHOWN, **one.columns)


def _runner_id(number: int) -> UUID:
    return uuid5(SPACE, f"runner {number}")


def _location_id(one: Made) -> UUID:
    return uuid5(SPACE, f"place of {one.id}")


@transaction.atomic
def _save(rows: Sequence[tuple[Made, tuple[Any, ...], bool]]) -> None:
    services = [one for one, _entry_row, _whole in rows]
    Service.objects.bulk_create(map(_service, services), batch_size=BATCH)
    Location.objects.bulk_create(
        (
            Location(id=_location_id(one), latitude=one.point[0], longitude=one.point[1])
            for one in services
        ),
        batch_size=BATCH,
    )
    ServiceAtLocation.objects.bulk_create(
        (ServiceAtLocation(service_id=one.id, location_id=_location_id(one)) for one in services),
        batch_size=BATCH,
    )
    ServiceArea.objects.bulk_create(
        (
            ServiceArea(service_id=one.id, extent=extent, extent_type=type_, name=name)
            for one in services
            for extent, type_, name in one.areas
        ),
        batch_size=BATCH,
    )
    SearchEntry.objects.bulk_create(
        (SearchEntry(**dict(zip(_COLUMNS, row, strict=True))) for _one, row, _whole in rows),
        batch_size=BATCH,
    )
    for one, _row, whole in rows:
        if whole:
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
            service_id=one.id, byday="MO,TU,WE,TH,FR,SA", opens_at=time(9, 15), closes_at=time(17, 45)
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
