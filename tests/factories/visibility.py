"""Whether an entry appears anywhere the public can look.

Every address of the product is found by itself. One without arguments is opened as it stands; one with arguments,
or that answers a question, needs a line in ADDRESSES (and POSTS), or `appears_anywhere` stops and says which.
What is no address (commands, files) has a line in OTHERS. Staff doors and the like are named in NOT_PUBLIC.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode
from uuid import UUID

from django.core.management import call_command
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from madobe.directory import queries
from madobe.directory.actions.exporting import FORMATS
from madobe.directory.choices import GUIDED_KINDS, Kind
from madobe.directory.models import (
    Card,
    Change,
    Document,
    Listing,
    SearchEntry,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from madobe.directory.rules.kept import letters_of_places
from madobe.directory.search.question import SearchQuestion

FORM = "application/x-www-form-urlencoded"
NOT_PUBLIC = ("staff/", "accounts/")
NO_DIRECTORY = frozenset({"ui:exit", "web:feedback", "web:read"})


def _areas(name: str) -> set[str]:
    codes = ServiceArea.objects.filter(service__name=name).exclude(extent="JP")
    return {*codes.values_list("extent", flat=True), "132071", "13"}


def _places(name: str) -> list[str]:
    return [str(key) for key in Service.objects.filter(name=name).values_list("pk", flat=True)]


# name of an address -> the addresses to open for an entry of this name. A question is asked with the name but
# for its last character: what was typed stands on the page, the whole name only where the entry is shown.
ADDRESSES: dict[str, Callable[[str], Iterable[str]]] = {
    "hsds:changes": lambda name: ["/api/hsds/changes?full=true"],
    "directory:area": lambda name: [f"/ja/areas/{code}/" for code in _areas(name)],
    "directory:area_search": lambda name: ["/ja/areas/", f"/ja/areas/?q={name[:-1]}"],
    "directory:place": lambda name: [f"/ja/places/{key}/" for key in _places(name)],
    "directory:place_qr": lambda name: [f"/ja/places/{key}/qr.svg" for key in _places(name)],
    "directory:shared_list": lambda name: [f"/ja/my-list/{_letters(name)}/"],
    "directory:suggest": lambda name: [f"/ja/places/{key}/suggest/" for key in _places(name)],
    # only who holds the organization's own signed link sees this one, and that on purpose
    "directory:confirm": lambda _name: [],
    # appointments of one member of staff, for whoever holds its link; no service stands in it
    "consult_feed:calendar": lambda _name: [],
    "guide:kind": lambda _name: [f"/ja/kinds/{kind}/" for kind in GUIDED_KINDS],
    "hsds:services": lambda _name: _listed_by_api("services"),
    "hsds:service": lambda name: [f"/api/hsds/services/{key}" for key in _places(name)],
    "hsds:organizations": lambda _name: _listed_by_api("organizations"),
    "hsds:organization": lambda name: [
        f"/api/hsds/organizations/{key}" for key in _organizations(name)
    ],
    "hsds:service_at_locations": lambda _name: _listed_by_api("service_at_locations"),
    "hsds:service_at_location": lambda name: [
        f"/api/hsds/service_at_locations/{key}" for key in _at_locations(name)
    ],
    # words of the profile, the same whatever is listed
    "hsds:taxonomy": lambda _name: [],
    "hsds:taxonomy_term": lambda _name: [],
    "hsds:nothing_here": lambda _name: ["/api/hsds/somewhere-else"],
}
_WORDS = {"step": "words", "text": "息子が部屋から出ません。", "place": "昭島市"}
POSTS: dict[str, Callable[[str], list[tuple[str, dict[str, str]]]]] = {
    "guide:steps": lambda _name: [("/ja/guide/", {**_WORDS, "go": "result"})],
    "guide:memo": lambda _name: [("/ja/guide/memo/", _WORDS)],
    "directory:search": lambda name: [
        ("/ja/search/", {"text": name[:-1], "go": "search"}),
        ("/ja/search/", {"place": "昭島市", "go": "search"}),
    ],
    "directory:compare": lambda name: [
        ("/ja/compare/", {"compared": " ".join([*_places(name), *_others(name)])})
    ],
    "directory:my_list": lambda name: [("/ja/my-list/", {"kept": " ".join(_places(name))})],
    "directory:map": lambda name: [("/ja/map/", {"kept": " ".join(_places(name))})],
    "hsds:services": lambda name: [("/api/hsds/services", {"search": name[:-1]})],
}


def _listed_by_api(records: str) -> list[str]:
    return [f"/api/hsds/{records}?full=true", f"/api/hsds/{records}?format=ndjson"]


def _letters(name: str) -> str:
    return letters_of_places([UUID(key) for key in _places(name)]) or "AAAA"


def _organizations(name: str) -> list[str]:
    keys = Service.objects.filter(name=name).values_list("organization_id", flat=True)
    return [str(key) for key in keys]


def _at_locations(name: str) -> list[str]:
    keys = ServiceAtLocation.objects.filter(service__name=name).values_list("pk", flat=True)
    return [str(key) for key in keys]


def _others(name: str) -> list[str]:
    keys = Service.objects.shown().exclude(name=name).values_list("pk", flat=True)
    return [str(key) for key in keys[:1]]


def _listed(name: str, at: datetime) -> Iterator[tuple[str, str]]:
    """The reads every page stands on."""
    keys = set(Service.objects.filter(name=name).values_list("pk", flat=True))
    if Card.objects.filter(pk__in=keys).exists():
        yield "cards", name
    if Listing.objects.filter(service__in=keys).exists():
        yield "listing", name
    if Change.objects.filter(service_id__in=keys, is_shown=True).exists():
        yield "changes", name
    if Service.objects.filter(pk__in=keys).shown().exists():
        yield "shown", name
    if Document.objects.filter(service__in=keys).exists():
        yield "documents", name
    if SearchEntry.objects.filter(service__in=keys).exists():
        yield "search entries", name
    hits = queries.search(SearchQuestion(text=name[:-1]), at=at).hits
    if keys & {hit.service for hit in hits}:
        yield "search", name
    for code in _areas(name):
        here = {"municipality": code if len(code) == 6 else "", "prefecture": code[:2], "at": at}
        found = queries.places_for(Kind.values, limit=50, **here)
        yield "places_for", " ".join(one.name for group in found.values() for one in group)


def _exports(_name: str, _at: datetime) -> Iterator[tuple[str, str]]:
    """Every file `madobe export` writes."""
    for form in FORMATS:
        with TemporaryDirectory() as folder:
            call_command("export", form, folder, stdout=io.StringIO())
            for path in sorted(Path(folder).rglob("*")):
                if path.is_file():
                    yield f"export {form}", path.read_text(encoding="utf-8")


def _searches(name: str, _at: datetime) -> Iterator[tuple[str, str]]:
    """What `madobe search` prints."""
    for question in ([name[:-1]], ["--place", "昭島市", "--size", "100"]):
        out = io.StringIO()
        call_command("search", *question, "--json", stdout=out)
        hits = json.loads(out.getvalue())["hits"]
        yield "madobe search", " ".join(str(one["name"]) for one in hits)


OTHERS: list[Callable[[str, datetime], Iterator[tuple[str, str]]]] = [
    _listed,
    _exports,
    _searches,
]


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
    for path, data in POSTS.get(view, _nothing)(name):
        yield f"POST {path}", _text(client.post(path, urlencode(data), content_type=FORM))


def _nothing(_name: str) -> list[tuple[str, dict[str, str]]]:
    return []


def _text(response: HttpResponseBase) -> str:
    body = response.getvalue() if response.streaming else response.content  # type: ignore[attr-defined]
    return bytes(body).decode("utf-8", "replace")
