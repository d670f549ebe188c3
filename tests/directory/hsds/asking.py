"""Short ways to ask the API."""

import json
from collections.abc import Iterator
from typing import Any

from django.test import Client

ROOT = "/api/hsds"
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


def get(path: str, **asked: Any) -> Any:
    return Client().get(f"{ROOT}/{path}", asked)


def said(path: str, **asked: Any) -> Any:
    answer = get(path, **asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def streamed(path: str, **asked: Any) -> list[Any]:
    answer = get(path, format="ndjson", **asked)
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


def pages(path: str, **asked: Any) -> Iterator[Any]:
    """Every page, one after the other."""
    number = 1
    while True:
        page = said(path, page=number, **asked)
        yield page
        if page["last_page"]:
            return
        number += 1


def ids(path: str, **asked: Any) -> list[str]:
    return [one["id"] for page in pages(path, **asked) for one in page["contents"]]
