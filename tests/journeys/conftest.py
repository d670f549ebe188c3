"""The real product behind a port, and a real browser in front of it.

`site` is `madobe serve` on a demo of its own: the same workers, middleware and collected files that people
meet. `visit(...)` opens a page as one kind of reader (width, dark, without JavaScript) and watches what it asks for.
"""

import fcntl
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserType, Page

MADOBE = [sys.executable, "-m", "config.command"]
SOURCE = Path(__file__).resolve().parents[2] / "src"
PHONE, DESKTOP = 360, 1280
START_SECONDS = 60
TILES_HOST = "https://tiles.example.jp"
TILES = TILES_HOST + "/{z}/{x}/{y}.png"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium; nothing is downloaded."""
    return {
        "executable_path": "/usr/bin/chromium",
        "args": ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
    }


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {
        k: v
        for k, v in os.environ.items()
        if k not in {"DATABASE_URL", "KEYS_DATABASE_URL", "MADOBE_KEYS", "MADOBE_HTTPS"}
    }
    # A set source of map pictures: no page may ask for one before 「地図を見る」 is pressed.
    mine = {"MADOBE_DATA": str(folder), "PYTHONPATH": str(SOURCE), "MADOBE_TILES": TILES}
    return {**kept, **mine, "MADOBE_TILES_CREDIT": "見本の地図", **more}


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder holding the demo: made once per run, copied for each worker."""
    shared = (
        tmp_path_factory.getbasetemp().parent
        if "PYTEST_XDIST_WORKER" in os.environ
        else tmp_path_factory.getbasetemp()
    )
    made = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            making = shared / "demo-in-the-making"
            subprocess.run(
                [*MADOBE, "demo", "--no-serve"],
                env=environment(making),
                check=True,
                stdout=subprocess.DEVNULL,
            )
            making.rename(made)
    own = tmp_path_factory.mktemp("site") / "var"
    shutil.copytree(made, own)
    _put_on_the_ground(own / "madobe.sqlite3")
    return own


def _put_on_the_ground(database: Path) -> None:
    """Give every office of the demo a spot: the windows' data hold none, those of other imports do."""
    with sqlite3.connect(database) as connection:
        connection.execute(
            "UPDATE directory_location SET latitude = 35.7 + rowid % 50 / 1000.0,"
            " longitude = 139.3 + rowid % 70 / 1000.0"
        )
    connection.close()


@pytest.fixture(scope="session")
def site(demo_folder: Path) -> Iterator[str]:
    """The address of the product, served on a free loopback port, without a slash at the end."""
    with served(demo_folder) as address:
        yield address


@contextmanager
def served(folder: Path, log: IO[bytes] | None = None, **more: str) -> Iterator[str]:
    """This will serve what is in a folder and give the address. `more`: of its environment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [*MADOBE, "serve", "--port", str(port)],
        env=environment(folder, **more),
        stdout=subprocess.DEVNULL,
        stderr=log,
    )
    try:
        _wait_until_ready(server, f"http://127.0.0.1:{port}/readyz")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_ready(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"`madobe serve` ended with {server.returncode}")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"`madobe serve` was not ready within {START_SECONDS} s")


@pytest.fixture(scope="session")
def inside(demo_folder: Path, site: str) -> Callable[[str], str]:
    """inside("seat('hana@demo.example')") -> what a call of tests/journeys/staff_world.py prints, on the data of the site."""

    return lambda call: printed(demo_folder, "staff_world", call)


def printed(folder: Path, module: str, call: str, **more: str) -> str:
    """This will run a call of a module of this folder on the data of a product, and give what it prints."""
    code = f"from tests.journeys import {module}; {module}.{call}"
    with_tests = os.pathsep.join([str(SOURCE), str(SOURCE.parent)])
    done = subprocess.run(
        [*MADOBE, "shell", "-v", "0", "-c", code],
        env=environment(folder, **{"PYTHONPATH": with_tests, **more}),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.strip()


@dataclass(frozen=True)
class Talk:
    """A product whose desk is open. `folder`: all it writes, its log among it."""

    site: str
    folder: Path

    def inside(self, call: str) -> str:
        """inside("answer('…', '…')") -> what a call of tests/journeys/writer_world.py prints."""
        return printed(self.folder, "writer_world", call)


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    """A small product of its own with a desk somebody can write to, and everything it says kept in a file."""
    with talking(tmp_path_factory.mktemp("talk") / "var") as made:
        yield made


@contextmanager
def talking(folder: Path) -> Iterator[Talk]:
    """This will make a product with an open desk in a folder and serve it."""
    subprocess.run(
        [*MADOBE, "migrate", "-v", "0"], env=environment(folder), check=True, stdout=subprocess.PIPE
    )
    printed(folder, "writer_world", "make()")
    with (folder / "served.log").open("wb") as log, served(folder, log) as address:
        yield Talk(address, folder)


@pytest.fixture(scope="session")
def world(inside: Callable[[str], str]) -> dict[str, str]:
    """Ids of what tests/journeys/staff_world.py has put into the demo."""
    return json.loads(inside("make()"))


@pytest.fixture(scope="session")
def seat(inside: Callable[[str], str], site: str) -> Callable[..., dict[str, str]]:
    """seat("hana") -> the cookie of somebody who has come in; seat("hana", "en"): whose pages are English."""

    @cache
    def cookie(who: str, language: str = "ja") -> dict[str, str]:
        value = inside(f"seat('{who}@demo.example', language='{language}')")
        return {"name": "madobe", "value": value, "url": site}

    return cookie


@pytest.fixture
def launch(
    browser_type: BrowserType, browser_type_launch_args: dict[str, object]
) -> Iterator[Callable[[], Browser]]:
    """Browsers of the test's own, that it may kill."""
    opened: list[Browser] = []

    def start() -> Browser:
        opened.append(browser_type.launch(**browser_type_launch_args))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


@dataclass
class Watch:
    """What one reader's browser was made to do beyond reading our pages."""

    site: str
    foreign: list[str] = field(default_factory=list)  # addresses outside the product
    faults: list[str] = field(default_factory=list)  # script errors and blocked content
    failed: list[str] = field(
        default_factory=list
    )  # answers of 400 and above for what a page needs

    def follow(self, page: Page) -> None:
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on(
            "console", lambda said: self.faults.append(said.text) if said.type == "error" else None
        )

    def _request(self, request: object) -> None:
        address = request.url  # type: ignore[attr-defined]
        if not address.startswith((self.site + "/", "data:", "blob:", "about:")):
            self.foreign.append(address)

    def _response(self, response: object) -> None:
        if response.status >= 400:  # type: ignore[attr-defined]
            self.failed.append(f"{response.status} {response.url}")  # type: ignore[attr-defined]


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open a fresh browser profile as one kind of reader; `page.watch` is its Watch.

    visit("/ja/", width=360, dark=True, javascript=False) -> Page, already there. Without a path: about:blank.
    `at`: the address of another product than `site`. What is given besides is a setting of the browser.
    """
    contexts = []

    def open_page(
        path: str = "",
        *,
        width: int = DESKTOP,
        dark: bool = False,
        javascript: bool = True,
        locale: str = "ja-JP",
        at: str = "",
        **more: Any,
    ) -> Page:
        site = at or request.getfixturevalue("site")
        context = browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 740 if width < 700 else 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale=locale,
            timezone_id="Asia/Tokyo",
            reduced_motion="reduce",
            has_touch=width < 700,
            **more,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.watch = Watch(site)  # type: ignore[attr-defined]
        page.watch.follow(page)  # type: ignore[attr-defined]
        if path:
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    """A desktop reader in daylight, with JavaScript."""
    return visit()


@pytest.fixture
def phone(visit: Callable[..., Page]) -> Page:
    """A small phone, with JavaScript."""
    return visit(width=PHONE)


@pytest.fixture
def page_without_javascript(visit: Callable[..., Page]) -> Page:
    return visit(javascript=False)


# The rules that look at colours: all that can turn out otherwise when only the theme changes.
COLOURS = ("color-contrast", "link-in-text-block")
DARK = "matchMedia('(prefers-color-scheme: dark)').matches"


@pytest.fixture(scope="session")
def axe_violations() -> Callable[[Page], list[str]]:
    """axe_violations(page) -> one line per element that keeps somebody out: "rule: what (where)".

    By every rule in daylight, then by those of colours in the dark; the page is left as it was.
    """
    axe = Axe()

    def violations(page: Page) -> list[str]:
        was = "dark" if page.evaluate(DARK) else "light"
        found = [*by(page, "light"), *(f"in the dark: {one}" for one in by(page, "dark", COLOURS))]
        page.emulate_media(color_scheme=was, reduced_motion="reduce")
        return found

    def by(page: Page, scheme: str, rules: tuple[str, ...] = ()) -> list[str]:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        options: dict[str, object] = {"resultTypes": ["violations"]}
        found = axe.run(page, options=options | ({"runOnly": list(rules)} if rules else {}))
        return [
            f"{rule['id']}: {rule['help']} ({node['target']})"
            for rule in found.response["violations"]
            for node in rule["nodes"]
        ]

    return violations


STORED = """async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  databases: indexedDB.databases ? (await indexedDB.databases()).length : 0,
  caches: self.caches ? (await caches.keys()).length : 0,
  workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
})"""


@pytest.fixture(scope="session")
def traces() -> Callable[[Page], dict[str, object]]:
    """traces(page) -> all that the product left in this browser or asked of others; {} when nothing."""

    def found(page: Page) -> dict[str, object]:
        left = {"cookies": page.context.cookies(), "foreign": page.watch.foreign}  # type: ignore[attr-defined]
        left |= page.evaluate(STORED)
        return {name: value for name, value in left.items() if value}

    return found


OVERFLOW = """() => [...document.querySelectorAll("body *")].filter(e => {
  const r = e.getBoundingClientRect();
  if (!(r.width && r.height && r.right > document.documentElement.clientWidth + 1)) return false;
  for (let p = e.parentElement; p; p = p.parentElement)
    if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(p).overflowX)) return false;
  return true;
}).map(e => e.tagName.toLowerCase() + "." + e.className)"""


@pytest.fixture(scope="session")
def overflowing() -> Callable[[Page], list[str]]:
    """overflowing(page) -> elements that stick out to the right of the window."""

    def found(page: Page) -> list[str]:
        return page.evaluate(OVERFLOW)

    return found
