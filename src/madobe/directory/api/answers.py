"""Answers of the API: JSON and ndjson, what was not taken and why, conditional requests, open to every site."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

JSON, NDJSON, PROBLEM = "application/json", "application/x-ndjson", "application/problem+json"
TITLES = {
    400: "Not readable", 404: "Not here", 405: "Not this method", 413: "Too large",
    415: "Not this kind of body", 422: "Not taken",
}  # fmt: skip
READ = "GET, HEAD, OPTIONS"
ASK = "GET, HEAD, POST, OPTIONS"


def document(value: Any, *, status: int = 200) -> HttpResponse:
    """This will answer with one JSON document."""
    return HttpResponse(
        json.dumps(value, ensure_ascii=False, separators=(",", ":")),
        content_type=JSON,
        status=status,
    )


def lines(records: Iterable[dict[str, Any]]) -> StreamingHttpResponse:
    """This will answer with a record a line, made while it is sent."""
    return StreamingHttpResponse(
        (
            json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            for one in records
        ),
        content_type=NDJSON,
    )


def problem(status: int, sentence: str, *, parameter: str = "") -> HttpResponse:
    """This will say what could not be taken and how to mend it (RFC 9457)."""
    said = {"title": TITLES[status], "status": status, "detail": sentence}
    if parameter:
        said["parameter"] = parameter
    response = document(said, status=status)
    response.headers["Content-Type"] = PROBLEM
    return response


def tag(*parts: object) -> str:
    """This will give the weak ETag of what these parts decide (weak: the same content may be packed or not)."""
    text = "\n".join(str(part) for part in parts)
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, etag: str, at: datetime | None) -> HttpResponseBase | None:
    """This will give the answer 304 where the reader has this already."""
    if request.method not in ("GET", "HEAD"):
        return None
    seconds = int(at.timestamp()) if at else None
    found: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, last_modified=seconds
    )
    if found is not None and found.status_code == 412:
        return None  # we have no writes a precondition could guard
    return marked(found, etag, at) if found is not None else None


def marked(response: HttpResponseBase, etag: str, at: datetime | None) -> HttpResponseBase:
    """This will let a reader ask again for no more than what changed."""
    response.headers["ETag"] = etag
    if at is not None:
        response.headers["Last-Modified"] = http_date(int(at.timestamp()))
    return response


def opened_to_all(response: HttpResponseBase, methods: str) -> HttpResponseBase:
    """This will let every site read this: it is public, and no cookie goes with it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = (
        "no-cache"  # kept, but asked after each time: a suspension holds at once
    )
    if response.status_code == 405:
        response.headers["Allow"] = methods
    return response


def options(methods: str) -> HttpResponse:
    """This will answer a browser that asks before it sends."""
    response = HttpResponse(status=204)
    response.headers["Allow"] = methods
    response.headers["Access-Control-Allow-Methods"] = methods
    response.headers["Access-Control-Allow-Headers"] = (
        "Content-Type, If-None-Match, If-Modified-Since"
    )
    response.headers["Access-Control-Max-Age"] = "86400"
    return response
