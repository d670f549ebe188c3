"""Reading another Madobe over the network: verified, bounded, patient."""

import gzip
import io
import json
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

LARGEST_ANSWER = 64 * 1024 * 1024  # bytes, unpacked
TIMEOUT = 30  # seconds of silence
TRIES = 5
LONGEST_WAIT = 60  # seconds
_LATER = (429, 500, 502, 503, 504)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class OriginRefusedError(ValueError):
    """The other directory cannot be read; the message is one sentence: what is wrong, how to mend it."""


@dataclass(frozen=True)
class Answer:
    """What came. `document` None: nothing changed since `etag`."""

    document: Any
    etag: str


def checked_address(url: str) -> str:
    """This will give the address of an API ("https://example.jp/api/hsds"). Raises OriginRefusedError.

    Only HTTPS; plain HTTP on this machine itself.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    if (
        parts.scheme not in ("https", "http")
        or not host
        or parts.username
        or parts.query
        or parts.fragment
    ):
        raise OriginRefusedError(
            f"{url[:100]} is no address of a directory like https://example.jp/api/hsds."
        )
    if parts.scheme == "http" and host not in _LOOPBACK:
        raise OriginRefusedError(f"{url[:100]} is not encrypted. Use its https address.")
    if len(url) > 200:
        raise OriginRefusedError("The address is longer than 200 characters.")
    path = parts.path.rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path or '/api/hsds'}"


class _NoWayRound(urllib.request.HTTPRedirectHandler):
    """A redirect could lead to another house: the operator names the address, nobody else."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


class Origin:
    """One directory that is followed. `wait` sleeps; tests pass their own."""

    def __init__(
        self, url: str, *, say: Callable[[str], None], wait: Callable[[float], None] = time.sleep
    ) -> None:
        self.url = url
        self._say = say
        self._wait = wait
        self._door = urllib.request.build_opener(
            _NoWayRound,
            urllib.request.ProxyHandler({})
            if urlsplit(url).hostname in _LOOPBACK
            else urllib.request.ProxyHandler(),
            urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        )

    def get(self, path: str, asked: Mapping[str, Any], *, etag: str = "") -> Answer:
        """This will give one JSON answer, asking again a few times where the other side is busy or away."""
        request = urllib.request.Request(
            f"{self.url}/{path}?{urlencode(asked)}",
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
                "User-Agent": "madobe",
            }
            | ({"If-None-Match": etag} if etag else {}),
        )
        for attempt in range(1, TRIES + 1):
            try:
                with self._door.open(request, timeout=TIMEOUT) as response:
                    return Answer(_document(response, self.url), response.headers.get("ETag", ""))
            except urllib.error.HTTPError as error:
                if error.code == 304:
                    return Answer(None, etag)
                if error.code not in _LATER or attempt == TRIES:
                    raise OriginRefusedError(
                        f"{self.url} answered {error.code}. Check the address, or try again later."
                    ) from error
                pause = _asked_pause(error.headers.get("Retry-After", "")) or 2.0**attempt
            except ssl.SSLError as error:
                raise OriginRefusedError(
                    f"{self.url} could not prove who it is ({error.reason})."
                ) from error
            except (OSError, HTTPException) as error:
                if isinstance(getattr(error, "reason", None), ssl.SSLError):
                    raise OriginRefusedError(
                        f"{self.url} could not prove who it is ({error})."
                    ) from error
                if attempt == TRIES:
                    raise OriginRefusedError(
                        f"{self.url} cannot be reached ({error}). Try again later."
                    ) from error
                pause = 2.0**attempt
            self._say(f"{self.url} is busy; asking again in {pause:.0f} seconds")
            self._wait(min(pause, LONGEST_WAIT))
        raise AssertionError("the loop above returns or raises")


def _document(response: Any, url: str) -> Any:
    stream = (
        gzip.GzipFile(fileobj=response)
        if response.headers.get("Content-Encoding") == "gzip"
        else response
    )
    content = io.BufferedReader(stream).read(LARGEST_ANSWER + 1)
    if len(content) > LARGEST_ANSWER:
        raise OriginRefusedError(
            f"{url} sent more than {LARGEST_ANSWER // 1024 // 1024} MB in one answer."
        )
    try:
        return json.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise OriginRefusedError(
            f"{url} did not answer in JSON. Is it the address of an HSDS API?"
        ) from error


def _asked_pause(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() else 0.0
