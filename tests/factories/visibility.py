"""Whether an entry appears anywhere the public can look.

Every address of the product is found by itself. One without arguments is opened as it stands; one with arguments,
or that answers a question, needs a line in ADDRESSES (and POSTS), or `appears_anywhere` stops and says which.
What is no address (commands, files) has a line in OTHERS. Staff doors and the like are named in NOT_PUBLIC.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.core.management import call_command, get_commands
from django.db.models import Q
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from madobe.directory import queries
from madobe.directory.choices import Kind
from madobe.directory.models import (
    Card,
    Change,
    Document,
    Listing,
    Organization,
    SearchEntry,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from madobe.directory.rules.kept import letters_of_places
from madobe.directory.search.question import SearchQuestion

NOT_PUBLIC = ("staff/", "accounts/")
NO_DIRECTORY = frozenset({"ui:exit", "web:feedback", "web:read", "directory:confirm"})
API = "/api/hsds"


def _areas(name: str) -> set[str]:
    codes = ServiceArea.objects.filter(service__name=name).exclude(extent="JP")
    return {*codes.values_list("extent", flat=True), "132071", "13"}


def _places(name: str) -> list[str]:
    return [str(key) for key in Service.objects.filter(name=name).values_list("pk", flat=True)]


# name of an address -> the addresses to open for an entry of this name. A question is asked with the name but
# for its last character: what was typed stands on the page, the whole name only where the entry is shown.
ADDRESSES: dict[str, Callable[[str], Iterable[str]]] = {
    "directory:area": lambda name: [f"/ja/areas/{code}/" for code in _areas(name)],
    "directory:area_search": lambda name: ["/ja/areas/", f"/ja/areas/?q={name[:-1]}"],
    "directory:place": lambda name: [f"/ja/places/{key}/" for key in _places(name)],
    "directory:place_qr": lambda name: [f"/ja/places/{key}/qr.svg" for key in _places(name)],
    "directory:suggest": lambda name: [f"/ja/places/{key}/suggest/" for key in _places(name)],
    "directory:shared_list": lambda name: [
        f"/ja/my-list/{letters_of_places([UUID(key)])}/" for key in _places(name)
    ],
    "hsds:changes": lambda _name: [f"{API}/changes", f"{API}/changes?full=true"],
    "hsds:services": lambda name: [
        f"{API}/services{query}"
        for query in ("", "?full=true", "?minimal=true", "?format=ndjson", f"?search={name[:-1]}")
    ],
    "hsds:service": lambda name: [f"{API}/services/{key}" for key in _places(name)],
    "hsds:organizations": lambda _name: [
        f"{API}/organizations{query}" for query in ("", "?full=true", "?full_service=true")
    ],
    "hsds:organization": lambda name: [
        f"{API}/organizations/{key}{query}"
        for key in _operators(name)
        for query in ("", "?full_service=true")
    ],
    "hsds:service_at_locations": lambda _name: [
        f"{API}/service_at_locations",
        f"{API}/service_at_locations?full=true",
    ],
    "hsds:service_at_location": lambda name: [
        f"{API}/service_at_locations/{key}" for key in _given_at(name)
    ],
    "hsds:taxonomy": lambda _name: [],
    "hsds:taxonomy_term": lambda _name: [],
    "hsds:nothing_here": lambda _name: [],
    "guide:kind": lambda _name: [f"/ja/kinds/{kind}/" for kind in Kind.values],
}


def _operators(name: str) -> list[str]:
    wanted = Q(name=name) | Q(services__name=name)
    return [str(key) for key in Organization.objects.filter(wanted).values_list("pk", flat=True)]


def _given_at(name: str) -> list[str]:
    found = ServiceAtLocation.objects.filter(service__name=name)
    return [str(key) for key in found.values_list("pk", flat=True)]


_WORDS = {"step": "words", "text": "息子が部屋から出ません。", "place": "昭島市"}
Post = tuple[str, dict[str, str]]
POSTS: dict[str, Callable[[str], list[Post]]] = {
    "guide:steps": lambda _name: [("/ja/guide/", {**_WORDS, "go": "result"})],
    "guide:memo": lambda _name: [("/ja/guide/memo/", _WORDS)],
    "directory:search": lambda name: [
        ("/ja/search/", {"text": name[:-1], "go": "search"}),
        ("/ja/search/", {"place": "昭島市", "kind": "municipal_window", "go": "search"}),
    ],
    "directory:compare": lambda name: [("/ja/compare/", {"compared": " ".join(_places(name))})],
    "directory:my_list": lambda name: [
        ("/ja/my-list/", {"kept": " ".join(_places(name)), "sheets": sheets})
        for sheets in ("", "one")  # as a list, and as sheets to print
    ],
    "directory:map": lambda name: [("/ja/map/", {"at": key}) for key in _places(name)],
}


def _listed(name: str, at: datetime) -> Iterator[tuple[str, str]]:
    """The reads every page stands on."""
    keys = set(Service.objects.filter(name=name).values_list("pk", flat=True))
    if Card.objects.filter(pk__in=keys).exists():
        yield "cards", name
    if Document.objects.filter(service__in=keys).exists():
        yield "documents", name
    if SearchEntry.objects.filter(service__in=keys).exists():
        yield "search entries", name
    if Listing.objects.filter(service__in=keys).exists():
        yield "listing", name
    if Change.objects.filter(service_id__in=keys, is_shown=True).exists():
        yield "changes", name
    if Service.objects.filter(pk__in=keys).shown().exists():
        yield "shown", name
    found = queries.search(SearchQuestion(text=name[:-1]), at=at)
    if keys & {hit.service for hit in found.hits}:
        yield "search", name
    for code in _areas(name):
        here = {"municipality": code if len(code) == 6 else "", "prefecture": code[:2], "at": at}
        groups = queries.places_for(Kind.values, limit=50, **here)
        yield "places_for", " ".join(one.name for group in groups.values() for one in group)
        yield "places_in", " ".join(one.name for one in queries.places_in(code, code[:2], at=at))


def _exports(_name: str, _at: datetime) -> Iterator[tuple[str, str]]:
    """What `madobe export` writes, once it is there."""
    if "export" in get_commands():
        for form in ("hsds", "csv"):
            out = io.StringIO()
            call_command("export", form, stdout=out)
            yield f"export {form}", out.getvalue()


OTHERS: list[Callable[[str, datetime], Iterator[tuple[str, str]]]] = [_listed, _exports]


def appears_anywhere(name: str, client: Client, at: datetime) -> list[str]:
    """This will give every public place where an entry of this name is shown; [] when it is nowhere."""
    pages = [page for pattern in addresses() for page in _pages(pattern, name, client)]
    others = [one for look in OTHERS for one in look(name, at)]
    return sorted({where for where, text in [*pages, *others] if name in text})


def addresses() -> list[tuple[str, str, bool]]:
    """This will give every address of the product: its route, its name, and whether it takes arguments."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: Iterable[object], route: str, space: str) -> Iterator[tuple[str, str, bool]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, route + str(one.pattern), inner)
        elif isinstance(one, URLPattern):
            whole = route + str(one.pattern)
            yield whole, f"{space}{one.name}", "<" in whole.replace("<display:display>", "")


def _pages(found: tuple[str, str, bool], name: str, client: Client) -> Iterator[tuple[str, str]]:
    route, view, takes_arguments = found
    if route.startswith(NOT_PUBLIC) or view in NO_DIRECTORY:
        return
    assert view in ADDRESSES or not takes_arguments, f"{view}: give it a line in ADDRESSES"
    plain = "/" + route.replace("<display:display>", "ja")
    for path in ADDRESSES.get(view, lambda _name: [plain])(name):
        yield path.split("?")[0], _text(client.get(path, follow=True))
    for path, data in POSTS.get(view, lambda _name: [])(name):
        yield f"POST {path}", _text(client.post(path, data))


def _text(response: HttpResponseBase) -> str:
    body = response.getvalue() if response.streaming else response.content  # type: ignore[attr-defined]
    return bytes(body).decode("utf-8", "replace")
