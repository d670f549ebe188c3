"""What the pages people need most cost: CPU against the trivial page, and bytes of the first view.

CPU: thread time of the real WSGI application with its whole middleware, in one process, on a demo of its own; pages
take turns, so that a busy machine slows all alike. Bytes: what `madobe serve` sends to a browser that takes gzip.
"""

import gzip
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from io import BytesIO
from itertools import cycle
from statistics import median
from typing import Any

from bench import REPEATS, ROOT, Row, ratio

ROUNDS = 15  # requests of each page in one repeat
LIMIT_KB = 50

# A whole situation in a family's own words, in a city whose windows the demo knows.
TOLD = {
    "step": "words",
    "go": "result",
    "who": "family",
    "place": "昭島市",
    "text": (
        "27歳の息子が、二年半ほど部屋からほとんど出ません。食事は部屋の前に置いています。声をかけても返事がなく、"
        "昼と夜が逆になっているようです。電話は苦手だと言っていました。わたしも、もう疲れました。どこに相談すればよいでしょうか。"
    ),
}


# What people look for, in turn: a word, a sentence, an area alone, what matters, a kind, a second page.
SEARCHES: tuple[dict[str, str], ...] = (
    {"text": "居場所", "place": "昭島市"},
    {"text": "働く練習", "place": "東京都"},
    {"place": "八王子市", "need": "free"},
    {"text": "息子が部屋から出ません。相談できるところ", "place": "名古屋市"},
    {"text": "家族会", "place": "大阪府", "need": "family_only"},
    {"place": "札幌市", "kind": "municipal_window"},
    {"text": "相談", "place": "福岡市", "first": "10"},
    {"text": "電話は苦手", "need": "text"},
)


def measure(tell: Callable[[str], None]) -> list[Row]:
    """Ratios and kilobytes of contract.md's `pages`; raises CalledProcessError when the demo cannot be made."""
    with tempfile.TemporaryDirectory(prefix="madobe-bench-") as folder:
        environment = {
            **{
                k: v
                for k, v in os.environ.items()
                if k not in {"DATABASE_URL", "KEYS_DATABASE_URL", "MADOBE_KEYS", "MADOBE_HTTPS"}
            },
            "MADOBE_DATA": folder,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }
        tell("making a demo to measure on")
        _madobe("demo", "--no-serve", environment=environment)
        tell(f"CPU: {REPEATS} repeats of {ROUNDS} requests a page")
        printed = subprocess.run(
            [sys.executable, "-m", "bench.pages"],
            env=environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        cpu: dict[str, list[float]] = json.loads(printed.stdout)
        tell("  ".join(f"{name} {median(series):.2f} ms" for name, series in cpu.items()))
        tell("kilobytes of a first view")
        sizes = _kilobytes(environment)
    return [
        Row(
            "pages.guide_post_over_trivial",
            ratio(cpu["guide"], cpu["trivial"]),
            5,
            "CPU of posting the guide (reading, rules, places of a real city, page) over the trivial page",
        ),
        Row(
            "pages.place_over_trivial",
            ratio(cpu["place"], cpu["trivial"]),
            1.5,
            "CPU of a place page over the trivial page",
        ),
        Row(
            "pages.search_over_trivial",
            ratio(cpu["search"], cpu["trivial"]),
            1.5,
            "CPU of posting a search (eight of them in turn) over the trivial page",
        ),
        *(
            Row(
                f"pages.{name}_kb",
                size,
                LIMIT_KB,
                f"first view of the {name} page as sent: HTML, CSS, JavaScript, icons",
            )
            for name, size in sizes.items()
        ),
    ]


# --- CPU, in a process of its own ---------------------------------------------------------------


def cpu_series() -> dict[str, list[float]]:
    """Median CPU milliseconds a request, per page, one number a repeat."""
    import django
    from django.conf import settings

    settings.ROOT_URLCONF = "bench._trivial"
    django.setup()
    from django.core.wsgi import get_wsgi_application
    from django.utils import timezone

    from madobe.directory.actions.indexing import build_index
    from madobe.directory.search.files import folder_of

    build_index(folder_of(settings.DATA_DIR), at=timezone.now())
    application = get_wsgi_application()
    form = urllib.parse.urlencode(TOLD).encode()
    place = f"/ja/places/{_a_place()}/"
    searches = cycle([urllib.parse.urlencode(one).encode() for one in SEARCHES])
    pages: dict[str, Callable[[], float]] = {
        "trivial": lambda: _ask(application, "/ja/trivial/"),
        "guide": lambda: _ask(application, "/ja/guide/", form),
        "place": lambda: _ask(application, place),
        "search": lambda: _ask(application, "/ja/search/", next(searches)),
    }
    for (
        page
    ) in pages.values():  # templates, tables and dictionary are loaded once in a worker's life
        for _ in range(len(SEARCHES)):
            page()
    series: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(REPEATS):
        taken: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(ROUNDS):
            for name, page in pages.items():
                taken[name].append(page())
        for name, times in taken.items():
            series[name].append(median(times) * 1000)
    return series


def _a_place() -> str:
    """The id of the city window a family in Akishima is shown first."""
    from django.utils import timezone

    from madobe.directory import queries

    found = queries.places_for(
        ["municipal_window"], municipality="132071", prefecture="13", at=timezone.now(), limit=1
    )
    return found["municipal_window"][0].id


def _ask(application: Any, path: str, form: bytes = b"") -> float:
    """One request through the application as a server would make it; CPU seconds of this thread."""
    environ = {
        "REQUEST_METHOD": "POST" if form else "GET",
        "PATH_INFO": path,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(form)),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(form),
        "wsgi.errors": sys.stderr,
    }
    status = ""

    def start_response(line: str, headers: list[tuple[str, str]], problem: object = None) -> None:
        nonlocal status
        status = line

    began = time.thread_time()
    answer = application(environ, start_response)
    size = sum(map(len, answer))
    answer.close()
    taken = time.thread_time() - began
    if not status.startswith("200") or not size:
        raise RuntimeError(f"{path} answered {status}")
    return taken


# --- bytes of a first view ----------------------------------------------------------------------


class _Needs(HTMLParser):
    """The addresses a browser fetches before a page is whole, fonts apart."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in {"script", "img"} and said.get("src"):
            self.addresses.add(said["src"])
        fetched = {"stylesheet", "icon", "manifest"} & set(said.get("rel", "").split())
        if tag == "link" and fetched and said.get("media") != "print":
            self.addresses.add(said.get("href", ""))


def _kilobytes(environment: dict[str, str]) -> dict[str, float]:
    form = urllib.parse.urlencode(TOLD).encode()
    with _served(environment) as site:
        return {
            "front": _first_view(site, "/ja/"),
            "guide": _first_view(site, "/ja/guide/"),
            "result": _first_view(site, "/ja/guide/", form),
            "search": _first_view(
                site, "/ja/search/", urllib.parse.urlencode(SEARCHES[1]).encode()
            ),
            "region": _first_view(site, "/ja/areas/011002/"),  # a city of ten wards
        }


def _first_view(site: str, path: str, form: bytes | None = None) -> float:
    page, packed = _fetch(site + path, form)
    needs = _Needs()
    needs.feed((gzip.decompress(page) if packed else page).decode())
    total = len(page)
    for address in needs.addresses:
        if not address.startswith("data:"):
            total += len(_fetch(urllib.parse.urljoin(site + path, address))[0])
    return total / 1000


def _fetch(address: str, form: bytes | None = None) -> tuple[bytes, bool]:
    request = urllib.request.Request(address, data=form, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read(), answer.headers.get("Content-Encoding") == "gzip"


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "config.command", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
    )
    try:
        assert server.stdout is not None
        if not server.stdout.readline():
            raise RuntimeError("`madobe serve` did not start")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _madobe(*arguments: str, environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "config.command", *arguments],
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    json.dump(cpu_series(), sys.stdout)
