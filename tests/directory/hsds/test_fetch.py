"""Reading another house: only where it proves who it is, never without end."""

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from madobe.directory.actions.importing import ImportRequest, hsds_fetch
from madobe.directory.actions.importing.hsds_fetch import (
    Origin,
    OriginRefusedError,
    checked_address,
)
from madobe.directory.actions.importing.pull import pull

AT = datetime(2026, 11, 26, tzinfo=UTC)


@contextmanager
def answering(*answers: tuple[int, dict[str, str], bytes]) -> Iterator[tuple[str, list[str]]]:
    """A server that gives these answers one after the other, the last one for ever."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = answers[min(len(asked), len(answers) - 1)]
            asked.append(self.path)
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing is written."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/hsds", asked
    finally:
        server.shutdown()
        server.server_close()


def said(document: Any) -> tuple[int, dict[str, str], bytes]:
    return 200, {}, json.dumps(document).encode()


def origin(url: str, waits: list[float] | None = None) -> Origin:
    return Origin(url, say=lambda _line: None, wait=(waits if waits is not None else []).append)


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://example.jp", "https://example.jp/api/hsds"),
        ("https://example.jp/api/hsds/", "https://example.jp/api/hsds"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/api/hsds"),
        ("http://localhost:8000/api/hsds", "http://localhost:8000/api/hsds"),
    ],
)
def test_an_address_is_read(url, read):
    assert checked_address(url) == read


@pytest.mark.parametrize(
    "url",
    [
        "http://example.jp", "ftp://example.jp", "file:///etc/passwd", "example.jp", "", "https://",
        "https://user:word@example.jp", "https://example.jp/?a=b", "http://127.0.0.1.example.jp", "https://[",
        "https://example.jp:x",
    ],
)  # fmt: skip
def test_an_address_that_proves_nothing_is_refused(url):
    with pytest.raises(OriginRefusedError):
        checked_address(url)


def test_a_busy_house_is_asked_again_with_growing_pauses():
    waits: list[float] = []
    with answering((503, {}, b""), (429, {"Retry-After": "7"}, b""), (502, {}, b""), said({})) as (
        url,
        asked,
    ):
        assert origin(url, waits).get("changes", {}).document == {}
    assert (waits, len(asked)) == ([2.0, 7.0, 8.0], 4)


def test_nobody_waits_for_ever():
    waits: list[float] = []
    busy = (503, {"Retry-After": "99999"}, b"")
    with answering(busy) as (url, asked), pytest.raises(OriginRefusedError, match="503"):
        origin(url, waits).get("changes", {})
    assert (max(waits), len(asked)) == (60, 5)


@pytest.mark.parametrize("status", [301, 302, 404, 400])
def test_a_way_round_or_a_refusal_ends_it(status):
    said = (status, {"Location": "http://127.0.0.1:1/"}, b"")
    with answering(said) as (url, asked), pytest.raises(OriginRefusedError, match=str(status)):
        origin(url).get("changes", {})
    assert len(asked) == 1


def test_an_answer_without_end_is_cut(monkeypatch):
    monkeypatch.setattr(hsds_fetch, "LARGEST_ANSWER", 1000)
    with (
        answering(said("x" * 2000)) as (url, _),
        pytest.raises(OriginRefusedError, match="more than"),
    ):
        origin(url).get("changes", {})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "document",
    [
        [], {}, {"revision": 1}, {"revision": "1", "after": 1, "complete": True, "changes": []},
        {"revision": 1, "after": 1, "complete": True, "changes": [{"id": "x", "shown": True}]},
        {"revision": 1, "after": 0, "complete": False,
         "changes": [{"id": "00000000-0000-4000-8000-000000000000", "shown": False}]},
        "no JSON",
    ],
)  # fmt: skip
def test_an_answer_that_is_none_of_a_madobe_is_refused(document):
    body = said(document) if document != "no JSON" else (200, {}, b"<html>")
    with answering(body) as (url, _), pytest.raises(OriginRefusedError):
        pull(origin=origin(url), request=ImportRequest(files=[], by="test", at=AT))
