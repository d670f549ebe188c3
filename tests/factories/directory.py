"""Services and what hangs on them, with only what a test cares about spelled out."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from madobe.directory.actions.children import made
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.choices import Standing
from madobe.directory.models import Organization, Service

AT = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)


def make_service(
    name: str = "見本市 相談窓口",
    *,
    kinds: Iterable[str] = ("municipal_window",),
    areas: Iterable[tuple[str, str]] = (("132071", "昭島市"),),
    phones: Iterable[Mapping[str, Any]] = ({"number": "000-000-0000"},),
    text_doors: Iterable[Mapping[str, Any]] = (),
    schedules: Iterable[Mapping[str, Any]] = (),
    eligibilities: Iterable[Mapping[str, Any]] = (),
    listed: bool = True,
    **fields: Any,
) -> Service:
    """This will make a published service and, unless told otherwise, its listing."""
    defaults: dict[str, Any] = {
        "status": "published",
        "when_to_use": "話してみたいとき。",
        "source_name": "見本",
        "last_verified_date": date(2026, 11, 1),
    }
    organization = Organization.objects.create(name="見本市", standing=Standing.VETTED)
    service = Service.objects.create(organization=organization, name=name, **{**defaults, **fields})
    rows = {
        "kinds": kinds,
        "areas": [{"extent": extent, "name": area} for extent, area in areas],
        "phones": phones,
        "text_doors": text_doors,
        "schedules": schedules,
        "eligibilities": eligibilities,
    }
    for key, entries in rows.items():
        for row in made(key, service, entries):
            row.save()
    if listed:
        refresh_listing(services=[service.pk], at=AT)
    return service
