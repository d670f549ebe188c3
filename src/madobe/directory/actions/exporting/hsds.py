"""`madobe export hsds`: the public directory as HSDS 3.0 JSON, the same bytes for the same data."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from madobe.directory.actions.exporting.folder import Folder, Written
from madobe.directory.actions.exporting.sources import attribution, sources_of
from madobe.directory.hsds import profile
from madobe.directory.hsds.formats import written
from madobe.directory.hsds.gather import organization_documents
from madobe.directory.models import (
    Document,
    Organization,
    Original,
    Service,
)

CHUNK = 200
Record = dict[str, Any]


@transaction.atomic
def export_hsds(folder: Path) -> Mapping[str, int]:
    """This will write one ndjson file for each endpoint, a data package and the attribution of every source.

    Records of other directories nobody edited here go out as they came. Raises FolderRefusedError.
    """
    target = Folder(folder)
    services = Document.objects.filter(service__in=Service.objects.shown())
    files = [
        target.write_lines("services.ndjson", _services(services)),
        target.write_lines("organizations.ndjson", _organizations(services)),
        target.write_lines("service_at_locations.ndjson", _at_locations(services)),
        target.write_lines("taxonomies.ndjson", _words("taxonomy", _our_taxonomies())),
        target.write_lines("taxonomy_terms.ndjson", _words("taxonomy_term", _our_terms())),
    ]
    sources = sources_of(services.values("pk"))
    target.write_json("datapackage.json", _package(files, sources))
    target.write_text("ATTRIBUTION.md", attribution(sources))
    target.finish()
    return {one.path: one.records for one in files}


def _services(services: Any) -> Iterator[Record]:
    for chunk in _chunks(services):
        came = _as_they_came(chunk)
        for row in chunk:
            document = json.loads(row.body)
            yield profile.opened(document if row.pk in came else _stamped(document, row))


def _organizations(services: Any) -> Iterator[Record]:
    keys = services.values("service__organization")
    last: UUID | None = None
    while True:
        found = Organization.objects.shown().filter(pk__in=keys).order_by("pk")
        found = found.prefetch_related("phones")
        chunk = list((found.filter(pk__gt=last) if last else found)[:CHUNK])
        if not chunk:
            return
        inside: dict[UUID, list[Record]] = {one.pk: [] for one in chunk}
        rows = list(
            services.filter(service__organization__in=chunk)
            .select_related("service")
            .order_by("pk")
        )
        came = _as_they_came(rows)
        for row in rows:
            document = json.loads(row.body)
            document.pop("organization", None)
            inside[row.service.organization_id].append(
                document if row.pk in came else _stamped(document, row)
            )
        for key, document in organization_documents(chunk).items():
            yield document | {"services": inside[key]}
        last = chunk[-1].pk


def _at_locations(services: Any) -> Iterator[Record]:
    for chunk in _chunks(services):
        came = _as_they_came(chunk)
        for row in chunk:
            document = json.loads(row.body)
            if row.pk not in came:
                document = _stamped(document, row)
            for one in document.pop("service_at_locations", ()):
                yield one | {"service": document}


def _words(kind: str, ours: Sequence[Record]) -> Iterator[Record]:
    rows = Original.objects.filter(kind=kind, is_trusted=True).values_list("raw", flat=True)
    yield from sorted([*ours, *map(json.loads, rows)], key=lambda one: str(one["id"]))


def _our_taxonomies() -> list[Record]:
    return [profile.taxonomy_document(code) for code in profile.taxonomies()]


def _our_terms() -> list[Record]:
    return [profile.term_document(key) for key in profile.terms()]


def _chunks(services: Any) -> Iterator[list[Document]]:
    last: UUID | None = None
    ordered = services.order_by("pk")
    while chunk := list((ordered.filter(pk__gt=last) if last else ordered)[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _as_they_came(rows: Iterable[Document]) -> set[UUID]:
    """Those whose document is to the letter what another directory gave."""
    held = {row.pk: row for row in rows}
    came = Original.objects.filter(pk__in=list(held), kind="service").values_list("pk", "raw")
    return {
        key
        for key, raw in came
        if json.loads(raw) == _without(json.loads(held[key].body), "organization")
    }


def _stamped(document: Record, row: Document) -> Record:
    made = _without(document, "organization") | {"last_modified": written(row.modified_at)}
    home = document.get("organization")
    return made | {"organization": home} if home else made


def _without(document: Record, name: str) -> Record:
    return {key: value for key, value in document.items() if key != name}


def _package(files: Sequence[Written], sources: Sequence[Record]) -> Record:
    return {
        "profile": "data-package",
        "name": "madobe-directory",
        "title": "Madobe directory, HSDS 3.0",
        "description": "Services, organizations and places of support. Each source keeps its own licence.",
        "hsds_version": profile.HSDS_VERSION,
        "profile_version": profile.VERSION,
        "sources": list(sources),
        "resources": [
            {
                "name": one.path.split(".")[0],
                "path": one.path,
                "format": "ndjson",
                "mediatype": "application/x-ndjson",
                "encoding": "utf-8",
                "records": one.records,
                "bytes": one.bytes,
                "hash": f"sha256:{one.sha256}",
            }
            for one in files
        ],
    }
