"""One service as the values of a row of the spreadsheet: what an export writes and an import compares with."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from madobe.directory.actions.importing.parts import read_part
from madobe.directory.models import Service
from madobe.directory.rules.sheet.columns import columns

RELATED = (
    "kinds", "areas", "phones", "text_doors", "contacts", "links", "usage_limits", "cost_options", "languages",
    "schedules__exceptions", "eligibilities__conditions", "service_at_locations__location__addresses",
)  # fmt: skip
CHUNK = 500


def with_values(keys: Sequence[UUID]) -> Iterator[Service]:
    """This will give services by id, in the order of ids, with everything `values_of` reads."""
    for start in range(0, len(keys), CHUNK):
        yield from (
            Service.objects.filter(pk__in=keys[start : start + CHUNK])
            .select_related("organization")
            .prefetch_related(*RELATED)
            .order_by("pk")
        )


def values_of(service: Service) -> dict[str, Any]:
    """This will give one service as the values of a row, by column id."""
    organization = service.organization
    values: dict[str, Any] = {
        one.id: _plain(getattr(service, one.field)) for one in columns().values() if one.field
    }
    parts = {
        name: read_part(name, service)
        for name in ("kinds", "areas", "phones", "schedules", "place", "eligibilities", "usage_limits",
                     "cost_options", "languages", "links", "contact")
    }  # fmt: skip
    where = parts.pop("place") or {}
    return {
        **values,
        **parts,
        "id": str(service.pk),
        "organization": organization.name,
        "organization_kana": organization.name_kana,
        "corporate_number": organization.corporate_number,
        "organization_sector": organization.sector,
        "organization_website": organization.website,
        "doors": [
            {"kind": one.kind, "address": one.address, "label": one.label}
            for one in service.text_doors.all()
        ],
        "place_name": where.get("name"),
        "postal_code": where.get("postal_code"),
        "municipality": where.get("municipality"),
        "address": where.get("address_1"),
        "building": where.get("building"),
        "floor": where.get("floor"),
        "window": where.get("window"),
        "address_text": where.get("description"),
        "latitude": where.get("latitude"),
        "longitude": where.get("longitude"),
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
