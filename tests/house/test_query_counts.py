"""How many database queries each page makes, pinned: a page that begins to ask once per row goes red."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from madobe.directory import queries
from madobe.directory.actions.founding import load_founding
from madobe.directory.models import Service

AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
TOLD = {
    "step": "words",
    "go": "result",
    "text": "息子が部屋から出ません。母のわたしも、もう疲れました。",
    "place": "昭島市",
}
# Raise a number only with the reason in the commit.
PINNED = {
    "/ja/": 0,
    "/ja/guide/": 0,
    "/ja/now/": 0,
    "/ja/how/": 0,
    "/ja/read/": 0,
    "/ja/text-desks/": 0,
    "/ja/open-now/": 0,
    "/ja/areas/": 0,
    "/ja/areas/132071/": 2,
    "/ja/areas/13/": 2,
    "/ja/search/": 0,
    "/ja/my-list/": 0,
    "/ja/compare/": 0,
    "/ja/map/": 0,
    "a result": 3,
    "a place": 1,
    "a square": 1,
    "places side by side": 1,
    "a list": 1,
    "a map": 2,
}


def asked(go: Callable[[], HttpResponse]) -> int:
    """Queries of the second visit: what a process reads once in its life is not counted."""
    assert go().status_code == 200
    with CaptureQueriesContext(connection) as seen:
        go()
    return len(seen)


@pytest.mark.django_db
def test_every_page_asks_exactly_as_often_as_pinned(client: Client):
    load_founding(by="tests", at=AT)
    near = {"municipality": "132071", "prefecture": "13", "at": AT}
    place = queries.places_for(["municipal_window"], limit=1, **near)["municipal_window"][0].id
    walks = {path: partial(client.get, path) for path in PINNED if path.startswith("/")}
    walks["a result"] = partial(client.post, "/ja/guide/", TOLD)
    walks["a place"] = partial(client.get, f"/ja/places/{place}/")
    walks["a square"] = partial(client.get, f"/ja/places/{place}/qr.svg")
    some = [str(key) for key in Service.objects.shown().values_list("pk", flat=True)[:4]]
    walks["places side by side"] = partial(client.post, "/ja/compare/", {"compare": some})
    walks["a list"] = partial(client.post, "/ja/my-list/", {"kept": " ".join(some)})
    walks["a map"] = partial(client.post, "/ja/map/", {"at": some})
    assert {name: asked(go) for name, go in walks.items()} == PINNED


@pytest.mark.django_db
def test_a_query_for_each_row_would_be_seen(client: Client):
    def careless() -> HttpResponse:
        queries.places_for(["ibasho"], municipality="132071", prefecture="13", at=AT)
        return client.get("/ja/guide/")

    assert asked(careless) > PINNED["/ja/guide/"]
