"""Load the founding facts: the packaged entries for Akishima, Tokyo and the whole country."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from madobe.directory.actions.children import CHILDREN, Row, described, made, plain, saved
from madobe.directory.actions.fields import ImportedFields
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.choices import Status
from madobe.directory.data import crisis_lines_data, founding_data, text_desks_data
from madobe.directory.models import (
    Address,
    Location,
    Organization,
    Phone,
    ReviewItem,
    Service,
    ServiceAtLocation,
    SourceRecord,
)
from madobe.directory.rules.founding import entries_of
from madobe.directory.rules.ids import founding_id
from madobe.directory.rules.lines import desks_from, lines_from

SOURCE = "founding"
PLAIN = frozenset(
    [
        "name",
        "alternate_name",
        "aliases",
        "url",
        "role_text",
        "content_text",
        "when_to_use",
        "first_visit",
        "application_process",
        "apply_at_kind",
        "notices",
        "sector",
        "methods",
        "audience",
        "functions",
        "professions",
        "anonymous_ok",
        "family_only_ok",
        "reservation",
        "fee",
        "extra_costs",
        "is_hikikomori_desk",
        "is_unevaluated",
        "hours_prose",
        "source_name",
        "source_url",
        "source_page_id",
        "source_updated_date",
        "last_verified_date",
        "needs_check",
        "max_months",
    ]
)


@dataclass(frozen=True)
class Loaded:
    """What a load did, in services."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    reviews: int = 0


@transaction.atomic
def load_founding(*, by: str, at: datetime, data: Mapping[str, Any] | None = None) -> Loaded:
    """This will bring the founding facts into the directory and its listing. A second time changes nothing.

    A field a person has edited keeps the person's value; where the facts changed, too, a review item is made.
    `by` is kept as the author of the release; `at` (aware) is the moment of the load.
    """
    facts = founding_data() if data is None else data
    entries = [
        *facts["services"],
        *entries_of([*lines_from(crisis_lines_data()), *desks_from(text_desks_data())]),
    ]
    for item in facts["organizations"]:
        _organization(item)
    for entry in entries:
        if "organization_name" in entry:
            _organization(
                {
                    "key": entry["organization_name"],
                    "name": entry["organization_name"],
                    "sector": entry["sector"],
                }
            )
    for item in facts["locations"]:
        _location(item)

    counts = {"added": 0, "changed": 0, "unchanged": 0}
    touched: list[UUID] = []
    for number, entry in enumerate(entries, start=1):
        outcome, key = _take_entry(entry, number=number, by=by, at=at)
        counts[outcome] += 1
        if outcome != "unchanged":
            touched.append(key)
    if touched:
        refresh_listing(services=touched)
    reviews = ReviewItem.objects.filter(opened_at=at, source_record__source=SOURCE).count()
    return Loaded(**counts, reviews=reviews)


def _take_entry(
    entry: Mapping[str, Any], *, number: int, by: str, at: datetime
) -> tuple[str, UUID]:
    raw = plain(entry)
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True)
    raw_hash = hashlib.blake2b(text.encode(), digest_size=32).hexdigest()
    key = founding_id("service", entry["key"])
    known = SourceRecord.objects.filter(source=SOURCE, key=entry["key"]).first()
    if known is not None and known.raw_hash == raw_hash:
        return "unchanged", key
    organization = founding_id(
        "organization", entry.get("organization") or entry["organization_name"]
    )
    service = Service.objects.filter(pk=key).first()
    is_new = service is None
    if service is None:
        service = Service(
            pk=key, organization_id=organization, status=Status.DRAFT, name=entry["name"]
        )
        service.save(force_insert=True)
    record, _ = SourceRecord.objects.update_or_create(
        source=SOURCE,
        key=entry["key"],
        defaults={
            "release": f"{at:%Y-%m-%d} {by}",
            "raw": raw,
            "raw_hash": raw_hash,
            "row_number": number,
            "imported_at": at,
            "removed_at": None,
            "service": service,
        },
    )
    _fill(service, entry, record, at)
    return ("added" if is_new else "changed"), key


def _fill(service: Service, entry: Mapping[str, Any], record: SourceRecord, at: datetime) -> None:
    fields = ImportedFields(record=service, service=service, source_record=record, at=at)
    for name in sorted(PLAIN & set(entry)):

        def write(_value: Any, name: str = name) -> None:
            setattr(service, name, entry[name])

        fields.take(
            name, shown=plain(getattr(service, name)), imported=plain(entry[name]), write=write
        )
    for name in CHILDREN:
        rows = made(name, service, entry.get(name, ()))

        def replace(_value: Any, name: str = name, rows: list[Row] = rows) -> None:
            getattr(service, name).all().delete()
            for row in rows:
                row.save()

        fields.take(
            name, shown=described(saved(name, service)), imported=described(rows), write=replace
        )
    fields.finish()
    if "location" in entry:
        ServiceAtLocation.objects.get_or_create(
            service=service, location_id=founding_id("location", entry["location"])
        )
    if service.status == Status.DRAFT:
        service.status = Status.PUBLISHED
    service.updated_at = at
    service.save()


def _organization(item: Mapping[str, Any]) -> None:
    Organization.objects.update_or_create(
        pk=founding_id("organization", item["key"]),
        defaults={name: value for name, value in item.items() if name != "key"},
    )


def _location(item: Mapping[str, Any]) -> None:
    key = founding_id("location", item["key"])
    plain = {
        name: item[name] for name in ("name", "alternate_name", "municipality") if name in item
    }
    location, _ = Location.objects.update_or_create(pk=key, defaults=plain)
    Address.objects.update_or_create(
        pk=founding_id("address", item["key"]), defaults={**item["address"], "location": location}
    )
    for place, phone in enumerate(item.get("phones", ())):
        Phone.objects.update_or_create(
            pk=founding_id("phone", f"{item['key']}-{place}"),
            defaults={**phone, "location": location},
        )
