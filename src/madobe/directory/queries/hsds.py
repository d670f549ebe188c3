"""What the HSDS API and the export read. Everything starts from `Service.objects.shown()`."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Avg, Exists, Model, OuterRef, Prefetch, Q, QuerySet

from madobe.directory.choices import NATION
from madobe.directory.hsds.formats import written
from madobe.directory.hsds.gather import in_one_spelling, organization_documents
from madobe.directory.hsds.merge import own_id
from madobe.directory.hsds.profile import opened
from madobe.directory.hsds.shapes import short
from madobe.directory.models import (
    Address,
    Change,
    Document,
    Organization,
    Phone,
    Revision,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceKind,
)
from madobe.directory.queries.distance import within

STREAMED = 200  # records fetched at once for a stream
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Wanted:
    """What a reader asks for. Empty asks nothing."""

    search: str = ""
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    modified_after: datetime | None = None
    postcode: str = ""  # "196-8511"
    proximity: int | None = None  # metres
    parent_id: str = ""
    top_only: bool = False


@dataclass(frozen=True)
class State:
    """How far the directory is: the number of its last change and when that was."""

    number: int
    at: datetime | None


Documents = dict[str, Any]


def state() -> State:
    """This will give the number and the time of the last change."""
    number = Revision.objects.values_list("number", flat=True).first() or 0
    last = Change.objects.order_by("-number").values_list("at", flat=True).first()
    return State(number, last)


def stream(
    rows: QuerySet[Row], read: Callable[[Sequence[Row]], list[Documents]]
) -> Iterator[Documents]:
    """This will give everything, a few hundred records in memory at a time, each once."""
    last: Any = None
    while True:
        chunk = list((rows if last is None else rows.filter(pk__gt=last))[:STREAMED])
        if not chunk:
            return
        yield from read(chunk)
        last = chunk[-1].pk


def services(wanted: Wanted) -> QuerySet[Document]:
    """This will give the documents of shown services, in a fixed order."""
    found = Document.objects.filter(service__in=Service.objects.shown()).order_by("pk")
    if wanted.organization_id:
        found = found.filter(service__organization=UUID(wanted.organization_id))
    return found.filter(_asked(wanted, ""))


def read_services(rows: Sequence[Document]) -> list[Documents]:
    """This will give services fully nested."""
    return [opened(_read(one)) for one in rows]


def read_services_short(rows: Sequence[Document]) -> list[Documents]:
    """This will give services with their one-to-one parts only."""
    return [_short_service(_read(one)) for one in rows]


def minimal_services(rows: QuerySet[Document]) -> list[Documents]:
    """This will give the least HSDS allows of each service, without reading the documents."""
    found = rows.values_list("pk", "service__name", "modified_at")
    return [
        {
            "id": str(key),
            "name": name,
            "status": "active",
            "last_modified": (moment := written(at)),
            "modified_date": moment,
        }
        for key, name, at in found
    ]


def service(key: UUID) -> tuple[Documents, Document] | None:
    """This will give one shown service fully nested, and its row."""
    row = services(Wanted()).filter(pk=key).first()
    return (opened(_read(row)), row) if row else None


def organizations(wanted: Wanted) -> QuerySet[Organization]:
    """This will give trusted organizations with a shown service, in a fixed order."""
    found = Organization.objects.shown().filter(services__document__isnull=False).distinct()
    if wanted.search:
        for word in wanted.search.split():
            found = found.filter(
                Q(name__icontains=word)
                | Q(alternate_name__icontains=word)
                | Q(name_kana__icontains=word)
                | Q(description__icontains=word)
            )
    return found.order_by("pk").prefetch_related(Prefetch("phones", Phone.objects.all()))


def read_organizations_short(rows: Sequence[Organization]) -> list[Documents]:
    """This will give organizations with their own fields only."""
    return [short(one, "organization") for one in organization_documents(rows).values()]


def read_organizations(
    rows: Sequence[Organization], *, full_service: bool = False
) -> list[Documents]:
    """This will give organizations fully nested; their services short unless asked for in full."""
    made = organization_documents(rows)
    mine: dict[UUID, list[Documents]] = {key: [] for key in made}
    held = services(Wanted()).filter(service__organization__in=list(made)).select_related("service")
    for row in held:
        document = _read(row)
        document.pop("organization", None)
        mine[row.service.organization_id].append(
            document if full_service else short(document, "service")
        )
    return [opened(document | {"services": mine[key]}) for key, document in made.items()]


def service_at_locations(wanted: Wanted) -> QuerySet[ServiceAtLocation]:
    """This will give where shown services are given, in a fixed order."""
    found = ServiceAtLocation.objects.filter(
        service__in=Service.objects.shown(), service__document__isnull=False
    ).order_by("pk")
    if wanted.organization_id:
        found = found.filter(service__organization=UUID(wanted.organization_id))
    if wanted.postcode:
        found = _at_postcode(found, wanted)
    return found.filter(_asked(wanted, "service__document__")).select_related("service__document")


def read_service_at_locations(
    rows: Sequence[ServiceAtLocation], *, full: bool = True
) -> list[Documents]:
    """This will give places of services; in full with everything of service and place."""
    made = []
    for row in rows:
        document = _read(row.service.document)
        there = document.pop("service_at_locations", [])
        names = {str(row.pk)}
        own: Documents = next(
            (
                one
                for one in there
                if one["id"] in names or own_id(row.service_id, one["id"]) == row.pk
            ),
            {"id": str(row.pk)},
        )
        if full:
            made.append(opened(own | {"service": document}))
        else:
            place = own.get("location")
            made.append(
                short(own, "service_at_location")
                | ({"location": short(place, "location")} if place else {})
                | {"service": _short_service(document)}
            )
    return made


@dataclass(frozen=True)
class Place:
    """How far somebody has read the changes: a revision, and inside it the last service."""

    number: int = 0
    service: UUID | None = None  # None: the whole revision


def changes(after: Place, limit: int, *, full: bool) -> tuple[list[Documents], Place, bool]:
    """This will give what changed after a place, oldest first; how far that goes; and whether it is all.

    `shown` false: take it out of your copy. With `full`, what is shown comes with its service.
    """
    later = Q(number__gt=after.number)
    if after.service is not None:
        later |= Q(number=after.number, service_id__gt=after.service)
    found = list(Change.objects.filter(later).order_by("number", "service_id")[: limit + 1])
    rows = found[:limit]
    documents = {
        one.pk: one for one in services(Wanted()).filter(pk__in=[r.service_id for r in rows])
    }
    kinds = _kinds(documents) if full else {}
    made = []
    for row in rows:
        held = documents.get(row.service_id)
        one: Documents = {
            "revision": row.number, "id": str(row.service_id), "shown": held is not None,
        }  # fmt: skip
        if full and held is not None:
            one["kinds"] = kinds.get(held.pk, [])
            one["service"] = opened(_read(held))
        made.append(one)
    reached = Place(rows[-1].number, rows[-1].service_id) if rows else after
    return made, reached, len(found) <= limit


def _kinds(services: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Kinds of services, the main one first: a record that came from elsewhere may name none itself."""
    found: dict[UUID, list[str]] = {}
    rows = ServiceKind.objects.filter(service__in=list(services)).order_by("-is_main", "kind")
    for one in rows:
        found.setdefault(one.service_id, []).append(one.kind)
    return found


def _asked(wanted: Wanted, at: str) -> Q:
    asked = Q()
    if wanted.modified_after is not None:
        asked &= Q(**{f"{at}modified_at__gte": wanted.modified_after})
    for term in (wanted.taxonomy_term_id, wanted.taxonomy_id):
        if term:
            asked &= Q(**{f"{at}terms__contains": term.lower()})
    for word in in_one_spelling(wanted.search).split():
        asked &= Q(**{f"{at}words__contains": word})
    return asked


def _at_postcode(found: QuerySet[ServiceAtLocation], wanted: Wanted) -> QuerySet[ServiceAtLocation]:
    """Services whose area holds the code, within the distance if one is given.

    Where a code lies is known from the places in the directory that bear it; where these name no municipality,
    they alone are found, and an unknown code finds nothing.
    """
    there = Address.objects.filter(
        postal_code__in=(wanted.postcode, wanted.postcode.replace("-", ""))
    )
    codes = {code for code in there.values_list("location__municipality", flat=True) if code}
    at_it = Q(location__addresses__in=there)
    if codes:
        extents = codes | {code[:2] for code in codes} | {NATION}
        areas = ServiceArea.objects.filter(service=OuterRef("service"))
        at_it = Exists(areas.filter(extent__in=extents)) | (~Exists(areas) & at_it)
    found = found.filter(at_it)
    if wanted.proximity is None:
        return found.distinct()
    centre = there.aggregate(lat=Avg("location__latitude"), lon=Avg("location__longitude"))
    if centre["lat"] is None or centre["lon"] is None:
        return found.none()
    return within(found, centre["lat"], centre["lon"], wanted.proximity).distinct()


def _read(row: Document) -> Documents:
    document: Documents = json.loads(row.body)
    document["last_modified"] = written(row.modified_at)
    return document


def _short_service(document: Documents) -> Documents:
    made = short(document, "service")
    for name in ("organization", "program"):
        if name in document:
            made[name] = short(document[name], name)
    return made
