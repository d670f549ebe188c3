"""Documents of services and organizations, with what of them came from elsewhere."""

import json
import unicodedata
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from madobe.directory.hsds.compose import organization_document, service_document
from madobe.directory.hsds.merge import merged
from madobe.directory.models import Organization, Original, Schedule, Service, SourceRecord


def with_everything(services: QuerySet[Service]) -> QuerySet[Service]:
    """This will fetch with services all that `service_document` reads."""
    return services.select_related("organization").prefetch_related(
        "kinds", "areas", "phones", "text_doors", "links", "contacts", "usage_limits", "languages",
        "cost_options", "alerts", "organization__phones",
        Prefetch("source_records", SourceRecord.objects.only("source", "service")),
        Prefetch("schedules", Schedule.objects.prefetch_related("exceptions")),
        "eligibilities__conditions",
        "service_at_locations__location__addresses",
        "service_at_locations__location__phones",
    )  # fmt: skip


def composed(services: Iterable[Service]) -> dict[UUID, dict[str, Any]]:
    """This will give the document of each service, parts nobody edited since they came being as they came."""
    found = list(services)
    originals = originals_of("service", [one.pk for one in found])
    organizations = originals_of("organization", {one.organization_id for one in found})
    made = {}
    for service in found:
        document = service_document(service)
        organization = as_it_came(
            organizations.get(service.organization_id), document.pop("organization")
        )
        own = as_it_came(originals.get(service.pk), document)
        made[service.pk] = own | {"organization": organization}
    return made


def as_it_came(original: Original | None, current: dict[str, Any]) -> dict[str, Any]:
    """This will give a foreign record with what was edited here since, or ours where there is none."""
    if original is None:
        return current
    given: dict[str, Any] = merged(
        json.loads(original.raw), json.loads(original.base), current, owner=original.pk
    )
    return given


def organization_documents(organizations: Iterable[Organization]) -> dict[UUID, dict[str, Any]]:
    """This will give the document of each organization, without its services."""
    found = list(organizations)
    originals = originals_of("organization", [one.pk for one in found])
    return {one.pk: as_it_came(originals.get(one.pk), organization_document(one)) for one in found}


def originals_of(kind: str, keys: Iterable[UUID]) -> dict[UUID, Original]:
    """This will give what came from elsewhere of these records and is in our tables."""
    found = Original.objects.filter(pk__in=list(keys), kind=kind).exclude(base="")
    return {one.pk: one for one in found}


def in_one_spelling(text: str) -> str:
    """This will give text with one width and one case, so that a search finds it however it was typed."""
    return unicodedata.normalize("NFKC", text).casefold()
