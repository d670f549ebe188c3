"""Load the founding facts: the packaged entries for Akishima, Tokyo and the whole country."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from madobe.directory.actions.children import CHILDREN, Row, described, made, plain, saved
from madobe.directory.actions.fields import ImportedFields
from madobe.directory.actions.listing import refresh_listing
from madobe.directory.choices import SHOWN, ReviewKind, Standing, Status
from madobe.directory.data import crisis_lines_data, founding_data, text_desks_data
from madobe.directory.models import (
    Address,
    FieldSource,
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
PLAIN = (
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
)
OF_ORGANIZATION = ("name", "name_kana", "aliases", "website", "sector", "registration")
OF_LOCATION = ("name", "alternate_name", "municipality")
OF_ADDRESS = ("postal_code", "state_province", "city", "address_1", "building", "floor", "window")


@dataclass(frozen=True)
class Loaded:
    """What a load did, in services. `removed`: no longer among the facts, taken from view, kept and marked."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    reviews: int = 0


@transaction.atomic
def load_founding(*, by: str, at: datetime, data: Mapping[str, Any] | None = None) -> Loaded:
    """This will bring the founding facts into the directory and its listing. A second time changes nothing.

    A field a person has edited keeps the person's value; where the facts changed, too, a review item is made.
    An entry no longer among the facts (a line two sources now print differently) is suspended, never deleted.
    `by` is kept as the author of the release; `at` (aware) is the moment of the load.
    """
    facts = founding_data() if data is None else data
    load = _Load(by=by, at=at)
    lines = [*lines_from(crisis_lines_data()), *desks_from(text_desks_data())]
    services = [*facts["services"], *entries_of(lines)]
    for item in [*facts["organizations"], *_operators(services)]:
        load.organization(item)
    for item in facts["locations"]:
        load.location(item)
    for number, entry in enumerate(services, start=1):
        load.service(entry, number)
    load.take_back_all_but({entry["key"] for entry in services})
    if load.has_changed:
        keys = SourceRecord.objects.filter(source=SOURCE, service__isnull=False)
        refresh_listing(services=list(keys.values_list("service_id", flat=True)), at=at)
    reviews = ReviewItem.objects.filter(opened_at=at, source_record__source=SOURCE).count()
    return Loaded(**load.counts, reviews=reviews)


def _operators(entries: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    named = {
        one["organization_name"]: one["sector"] for one in entries if "organization_name" in one
    }
    return [{"key": name, "name": name, "sector": sector} for name, sector in named.items()]


def _is_placed_by_a_person(service: Service) -> bool:
    sources = FieldSource.objects.filter(record_id=service.pk, field="place")
    return sources.exclude(set_by="").exists()


class _Load:
    """One load: who, when, and what has changed so far."""

    def __init__(self, *, by: str, at: datetime) -> None:
        self.by = by
        self.at = at
        self.counts = {"added": 0, "changed": 0, "unchanged": 0, "removed": 0}
        self.has_changed = False
        self.known = {one.key: one for one in SourceRecord.objects.filter(source=SOURCE)}

    def organization(self, item: Mapping[str, Any]) -> None:
        record = self._record(f"organization:{item['key']}", item)
        if record is not None:
            key = founding_id("organization", item["key"])
            found = Organization.objects.filter(pk=key).first() or Organization(
                pk=key, standing=Standing.REGISTER
            )
            self._take(found, OF_ORGANIZATION, item, record)

    def location(self, item: Mapping[str, Any]) -> None:
        record = self._record(f"location:{item['key']}", item)
        if record is None:
            return
        key = founding_id("location", item["key"])
        location = Location.objects.filter(pk=key).first() or Location(pk=key)
        self._take(location, OF_LOCATION, item, record)
        key = founding_id("address", item["key"])
        address = Address.objects.filter(pk=key).first() or Address(pk=key, location=location)
        self._take(address, OF_ADDRESS, item["address"], record)
        for place, phone in enumerate(item.get("phones", ())):
            key = founding_id("phone", f"{item['key']}-{place}")
            found = Phone.objects.filter(pk=key).first() or Phone(pk=key, location=location)
            self._take(found, ("number", "description"), phone, record)

    def service(self, entry: Mapping[str, Any], number: int) -> None:
        is_back = entry["key"] in self.known and self.known[entry["key"]].removed_at is not None
        record = self._record(entry["key"], entry, number)
        if record is None:
            self.counts["unchanged"] += 1
            return
        key = founding_id("service", entry["key"])
        service = Service.objects.filter(pk=key).first()
        self.counts["added" if service is None else "changed"] += 1
        if service is None:
            organization = entry.get("organization") or entry["organization_name"]
            service = Service(pk=key, organization_id=founding_id("organization", organization))
            service.name = entry["name"]
            service.save(force_insert=True)
        if record.service_id is None:
            record.service = service
            record.save(update_fields=["service"])
        if service.status == Status.DRAFT or is_back:
            service.status = Status.PUBLISHED
        service.updated_at = self.at
        self._take(service, PLAIN, entry, record, children=CHILDREN)
        if "location" in entry and not _is_placed_by_a_person(service):
            ServiceAtLocation.objects.get_or_create(
                service=service, location_id=founding_id("location", entry["location"])
            )

    def take_back_all_but(self, keys: set[str]) -> None:
        """Suspend services no longer among the facts, with a review item each, once."""
        for key, record in self.known.items():
            if key in keys or record.service is None or record.removed_at is not None:
                continue
            record.removed_at = self.at
            record.save(update_fields=["removed_at"])
            Service.objects.filter(pk=record.service.pk, status__in=SHOWN).update(
                status=Status.SUSPENDED
            )
            ReviewItem.objects.create(
                kind=ReviewKind.REMOVED,
                service=record.service,
                source_record=record,
                reason="元のデータから消えました。",
                opened_at=self.at,
            )
            self.counts["removed"] += 1
            self.has_changed = True

    def _record(
        self, key: str, item: Mapping[str, Any], number: int | None = None
    ) -> SourceRecord | None:
        """The source record of an item that is new or has changed; None when it is as before."""
        raw = plain(item)
        text = json.dumps(raw, ensure_ascii=False, sort_keys=True)
        raw_hash = hashlib.blake2b(text.encode(), digest_size=32).hexdigest()
        record = self.known.get(key)
        if record is not None and record.raw_hash == raw_hash and record.removed_at is None:
            return None
        record = record or SourceRecord(source=SOURCE, key=key)
        record.release = f"{self.at:%Y-%m-%d} {self.by}"
        record.raw, record.raw_hash, record.row_number = raw, raw_hash, number
        record.imported_at, record.removed_at = self.at, None
        record.save()
        self.has_changed = True
        return record

    def _take(
        self,
        found: Model,
        names: Iterable[str],
        item: Mapping[str, Any],
        record: SourceRecord,
        *,
        children: Iterable[str] = (),
    ) -> None:
        """Take over an item's fields, defaults where it is silent; then the rows that hang on a service."""
        service = found if isinstance(found, Service) else None
        fields = ImportedFields(record=found, service=service, source_record=record, at=self.at)
        for name in names:
            value = item.get(name, found._meta.get_field(name).get_default())  # type: ignore[union-attr]

            def write(_value: Any, name: str = name, value: Any = value) -> None:
                setattr(found, name, value)

            fields.take(name, shown=plain(getattr(found, name)), imported=plain(value), write=write)
        if found._state.adding:
            found.save()
        else:  # only what was brought: a merge or a suspension made meanwhile stays
            also = ("status", "updated_at") if service is not None else ()
            found.save(update_fields=[*names, *also])
        for name in children:
            assert service is not None
            rows = made(name, service, item.get(name, ()))

            def replace(_value: Any, name: str = name, rows: list[Row] = rows) -> None:
                getattr(found, name).all().delete()
                for row in rows:
                    row.save()

            fields.take(
                name, shown=described(saved(name, service)), imported=described(rows), write=replace
            )
        fields.finish()
