"""The endpoints: each one call into the directory, then a document."""

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from madobe.directory.api.answers import document, lines, marked, problem, tag, unchanged
from madobe.directory.api.doors import door
from madobe.directory.api.openapi import LISTS, openapi_document
from madobe.directory.api.parameters import USUAL_A_PAGE
from madobe.directory.hsds import profile
from madobe.directory.queries import hsds, taxonomies
from madobe.directory.queries.hsds import Wanted
from madobe.directory.queries.merging import kept_place

SHAPE = 1  # raise it when a release writes documents differently: what readers hold is then old
CHANGES_A_PAGE = 100
_CONDITIONS = (
    "search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", "postcode",
    "proximity", "parent_id", "top_only",
)  # fmt: skip
Documents = list[dict[str, Any]]


@door()
def root(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponseBase:
    """Version, profile and OpenAPI document of this API."""
    return document({
        "version": profile.HSDS_VERSION,
        "profile": request.build_absolute_uri(reverse("hsds:profile")),
        "openapi_url": request.build_absolute_uri(reverse("hsds:openapi")),
    })  # fmt: skip


@door()
def openapi(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponseBase:
    """The OpenAPI 3.1 document."""
    return document(openapi_document(request.build_absolute_uri(reverse("hsds:root")).rstrip("/")))


@door()
def profile_(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponseBase:
    """Our profile: taxonomies and terms with their ids, the same in every Madobe."""
    return document({
        "name": "Madobe profile of HSDS",
        "version": profile.VERSION,
        "hsds_version": profile.HSDS_VERSION,
        "language": "ja",
        "extensions": ["/changes", "/profile", "POST /services and the other lists"],
        "taxonomies": [
            profile.taxonomy_document(code)
            | {"terms": [profile.term_document(k) for k, one in profile.terms().items() if one.taxonomy == code]}
            for code in profile.taxonomies()
        ],
    })  # fmt: skip


@door(*LISTS["services"], takes_post=True)
def services(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponseBase:
    """Shown services: short, fully nested or minimal."""
    rows = hsds.services(_wanted(asked))
    if asked.get("minimal"):
        return _answer(request, asked, rows, None)
    read = hsds.read_services if asked.get("full") else hsds.read_services_short
    return _answer(request, asked, rows, read)


@door()
def service(request: HttpRequest, *, asked: dict[str, Any], key: UUID) -> HttpResponseBase:
    """One service fully nested; a merged one leads to the one that was kept."""
    found = hsds.service(key)
    if found is None:
        kept = kept_place(key)
        if kept is not None:  # not for ever: a merge can be taken back
            return HttpResponseRedirect(reverse("hsds:service", args=[kept]))
        return problem(404, "There is no service of this id here.")
    made, row = found
    etag = tag(SHAPE, row.digest, row.modified_at.isoformat())
    return unchanged(request, etag, row.modified_at) or marked(
        document(made), etag, row.modified_at
    )


@door(*LISTS["organizations"], takes_post=True)
def organizations(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponseBase:
    """Organizations that have a shown service."""
    with_services = bool(asked.get("full_service"))

    def read(rows: Sequence[Any]) -> Documents:
        return hsds.read_organizations(rows, full_service=with_services)

    whole = asked.get("full") or with_services
    return _answer(
        request,
        asked,
        hsds.organizations(_wanted(asked)),
        read if whole else hsds.read_organizations_short,
    )


@door("full_service")
def organization(request: HttpRequest, *, asked: dict[str, Any], key: UUID) -> HttpResponseBase:
    """One organization with its shown services."""
    rows = list(hsds.organizations(Wanted()).filter(pk=key))
    if not rows:
        return problem(404, "There is no organization of this id here.")
    state = hsds.state()
    etag = tag(SHAPE, "organization", key, state.number, asked)
    return unchanged(request, etag, state.at) or marked(
        document(hsds.read_organizations(rows, full_service=bool(asked.get("full_service")))[0]),
        etag,
        state.at,
    )


@door(*LISTS["service_at_locations"], takes_post=True)
def service_at_locations(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponseBase:
    """Where shown services are given."""
    whole = bool(asked.get("full"))

    def read(rows: Sequence[Any]) -> Documents:
        return hsds.read_service_at_locations(rows, full=whole)

    return _answer(request, asked, hsds.service_at_locations(_wanted(asked)), read)


@door()
def service_at_location(
    request: HttpRequest, *, asked: dict[str, Any], key: UUID
) -> HttpResponseBase:
    """One service at one place, fully nested."""
    rows = list(hsds.service_at_locations(Wanted()).filter(pk=key))
    if not rows:
        return problem(404, "There is no service at a location of this id here.")
    row = rows[0].service.document
    etag = tag(SHAPE, "at", row.digest, row.modified_at.isoformat())
    return unchanged(request, etag, row.modified_at) or marked(
        document(hsds.read_service_at_locations(rows)[0]), etag, row.modified_at
    )


@door(*LISTS["taxonomies"], takes_post=True)
def taxonomies_(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponseBase:
    """Taxonomies: ours, and those of sources we trust."""
    return _answer_list(request, asked, taxonomies.taxonomies(_wanted(asked)))


@door()
def taxonomy(request: HttpRequest, *, asked: dict[str, Any], key: UUID) -> HttpResponseBase:
    """One taxonomy."""
    return _one_of(taxonomies.taxonomies(Wanted()), key, "taxonomy")


@door(*LISTS["taxonomy_terms"], takes_post=True)
def taxonomy_terms(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponseBase:
    """Terms: ours, and those of sources we trust."""
    return _answer_list(request, asked, taxonomies.taxonomy_terms(_wanted(asked)))


@door()
def taxonomy_term(request: HttpRequest, *, asked: dict[str, Any], key: UUID) -> HttpResponseBase:
    """One term."""
    return _one_of(taxonomies.taxonomy_terms(Wanted()), key, "taxonomy term")


@door(*LISTS["changes"], takes_post=True)
def changes(request: HttpRequest, *, asked: dict[str, Any]) -> HttpResponseBase:
    """What changed since a revision: our extension, for those who keep a copy."""
    state = hsds.state()
    etag = tag(SHAPE, "changes", state.number, sorted(asked.items()))
    held = unchanged(request, etag, state.at)
    if held is not None:
        return held
    after_id = asked.get("after_id")
    start = hsds.Place(asked.get("after", 0), UUID(after_id) if after_id else None)
    made, reached, is_all = hsds.changes(
        start,
        min(asked.get("per_page", CHANGES_A_PAGE), CHANGES_A_PAGE),
        full=bool(asked.get("full")),
    )
    said: dict[str, Any] = {
        "revision": state.number,
        "changes": made,
        "complete": is_all,
        "after": reached.number,
    }
    if reached.service is not None:
        said["after_id"] = str(reached.service)
    return marked(document(said), etag, state.at)


@door()
def nothing_here(request: HttpRequest, *, asked: dict[str, Any], rest: str) -> HttpResponseBase:
    """Any other address below /api/hsds/."""
    return problem(404, "There is no such address; /api/hsds/openapi.json lists them.")


def _wanted(asked: dict[str, Any]) -> Wanted:
    return Wanted(**{name: asked[name] for name in _CONDITIONS if name in asked})


def _answer(
    request: HttpRequest,
    asked: dict[str, Any],
    rows: QuerySet[Any],
    read: Callable[[Sequence[Any]], Documents] | None,
) -> HttpResponseBase:
    """A page or a stream of rows; without `read`, the minimal form of services, on one page unless asked otherwise."""
    state = hsds.state()
    etag = tag(SHAPE, request.path, state.number, sorted(asked.items()))
    held = unchanged(request, etag, state.at)
    if held is not None:
        return held
    if asked.get("format") == "ndjson":
        records = hsds.stream(rows, read) if read else iter(hsds.minimal_services(rows))
        return marked(lines(records), etag, state.at)
    total = rows.count()
    number, size = asked.get("page", 1), asked.get("per_page", USUAL_A_PAGE)
    if read is None and "per_page" not in asked:
        size = max(total, 1)
    part = rows[(number - 1) * size : number * size]
    contents = read(list(part)) if read else hsds.minimal_services(part)
    return marked(document(_page(contents, total, number, size)), etag, state.at)


def _answer_list(request: HttpRequest, asked: dict[str, Any], found: Documents) -> HttpResponseBase:
    etag = tag(SHAPE, request.path, found, sorted(asked.items()))
    held = unchanged(request, etag, None)
    if held is not None:
        return held
    if asked.get("format") == "ndjson":
        return marked(lines(found), etag, None)
    number, size = asked.get("page", 1), asked.get("per_page", USUAL_A_PAGE)
    part = found[(number - 1) * size : number * size]
    return marked(document(_page(part, len(found), number, size)), etag, None)


def _one_of(found: Documents, key: UUID, what: str) -> HttpResponseBase:
    one = next((one for one in found if one["id"].lower() == str(key)), None)
    return document(one) if one else problem(404, f"There is no {what} of this id here.")


def _page(contents: Documents, total: int, number: int, size: int) -> dict[str, Any]:
    pages = ceil(total / size)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }
