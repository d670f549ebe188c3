"""500 markers in every field somebody can fill, over HTTP, and a look at every byte that stays (trust.md G13).

Looked through: database files and WAL, a dump, the key store, static and temporary files, what the product said on
stderr, and its backups; raw, base64, hex, UTF-16, percent-encoded, and inside gzip. Mail and cache: tests/consult.
Size: MADOBE_BENCH_CANARIES (500).
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

from bench import ROOT, Row
from bench._desk_client import token_of, words_of
from bench._desk_world import Ground, ground, python, start, stop
from tests.factories.canaries import Canaries, every_shape

MARKERS = int(os.environ.get("MADOBE_BENCH_CANARIES", "500"))
CONTACT = ("call_me", "safe_hours", "must_not_know", "other")
PLAIN = "plain_control"


def measure(tell: Callable[[str], None]) -> list[Row]:
    """Markers found where none may be, and how many a plain column shows, on both databases."""
    found, control, made = 0, 1.0, 0
    for kind in ("postgresql", "sqlite"):
        with (
            tempfile.TemporaryDirectory(prefix="madobe-bench-") as folder,
            ground(Path(folder), kind) as here,
        ):
            canaries = Canaries()
            _fill(here, Path(folder), canaries)
            where = _look(here, Path(folder), canaries)
            tell(f"{kind}: {len(canaries.made)} markers, found in {sorted(where) or 'nothing'}")
            found += len({one for seen in where.values() for one in seen})
            made += len(canaries.made)
            (Path(folder) / PLAIN).write_bytes(b"\0".join(every_shape(canaries.made)))
            python(here.environment, "bench.desk_canaries", str(Path(folder) / PLAIN))
            (Path(folder) / PLAIN).unlink()
            seen = _look(here, Path(folder), canaries)
            shown = {one for each in seen.values() for one in each} & set(canaries.made)
            control = min(control, len(shown) / len(canaries.made))
            tell(f"{kind}: a plain table shows {len(shown)} of {len(canaries.made)}")
    return [
        Row("desk.canaries_found", found, 0, f"of {made} markers in every field, those found in anything that stays"),
        Row("desk.control_canaries_found", control, 1, "share of markers found in a table that keeps what it is given", "higher"),
    ]  # fmt: skip


class Filler:
    """Somebody who fills in everything, and whose browser says more of itself than it should."""

    def __init__(self, port: int, canaries: Canaries) -> None:
        self._port, self._new = port, canaries.new

    def ask(self, fields: dict[str, str] | None, files: dict[str, bytes] | None = None) -> str:
        """The page that comes back. `files`: name to content."""
        new, edge = self._new, uuid4().hex
        headers = {
            "User-Agent": new(),
            "X-Forwarded-For": new(),
            "Cookie": f"a={new()}",
            "Referer": f"http://x.example/{new()}",
        }
        body = None
        if fields is not None:
            parts = [
                f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode()
                for name, text in fields.items()
            ]
            parts += [
                f'--{edge}\r\nContent-Disposition: form-data; name="sent_files"; filename="{name}"\r\n\r\n'.encode()
                + data
                + b"\r\n"
                for name, data in (files or {}).items()
            ]
            body = b"".join(parts) + f"--{edge}--\r\n".encode()
            headers["Content-Type"] = f"multipart/form-data; boundary={edge}"
        line = HTTPConnection("127.0.0.1", self._port, timeout=60)
        line.request(
            "GET" if body is None else "POST",
            f"/ja/talk/?{new()}" if body is None else "/ja/talk/",
            body,
            headers,
        )
        page = line.getresponse().read().decode()
        line.close()
        return page  # fmt: skip

    def round(self) -> None:
        """One person: a letter with files, a reply, a draft, contact, slips of the pen, a first letter set aside."""
        new = self._new
        contact = {name: new() for name in CONTACT} | {"notice_to": f"{new()}@example.jp"}
        files = {f"{new()}.jpg": _photograph(new()), f"{new()}.txt": f"メモ {new()}".encode()}
        first = token_of(self.ask(None))
        words = words_of(
            self.ask(
                {"token": first, "text": new(), "go": "send", "place": new(), **contact}, files
            )
        )
        if not words:
            raise RuntimeError("a letter with files was not taken in")
        thread = token_of(self.ask({"go": "words", "words": words}))
        self.ask(
            {"token": thread, "go": "reply", "text": new()}, {f"{new()}.jpg": _photograph(new())}
        )
        self.ask({"token": thread, "go": "aside", "text": new()})
        self.ask({"token": thread, "go": "contact_change", **{name: new() for name in CONTACT}})
        self.ask({"token": new(), "go": "reply", "text": new(), "words": new()})
        aside = token_of(self.ask(None))
        self.ask({"token": aside, "go": "aside_first", "text": new(), **contact})


def _photograph(marker: str) -> bytes:
    from io import BytesIO

    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = marker
    out = BytesIO()
    Image.new("RGB", (40, 30), (200, 180, 120)).save(out, "JPEG", exif=exif, comment=marker)
    return out.getvalue()


def _fill(here: Ground, folder: Path, canaries: Canaries) -> None:
    """Until there are as many markers as asked for; the product's words go into a file."""
    with (folder / "said").open("wb") as said:
        running = start({**here.environment, "TMPDIR": str(_temporary(folder))}, said=said)
        try:
            filler = Filler(running.port, canaries)
            while len(canaries.made) < MARKERS:
                filler.round()
        finally:
            stop(running)


def _temporary(folder: Path) -> Path:
    place = folder / "temporary"
    place.mkdir(exist_ok=True)
    return place


def _look(here: Ground, folder: Path, canaries: Canaries) -> dict[str, set[str]]:
    """Every file below the folder, the cluster with its WAL among it; a dump; a backup that was just made."""
    if here.kind == "postgresql":
        for number, key in enumerate(("DATABASE_URL", "KEYS_DATABASE_URL")):
            with (folder / f"dump{number}").open("wb") as out:
                subprocess.run(["pg_dump", here.environment[key]], stdout=out, check=True)
    command = [sys.executable, "-m", "config.command", "backup", str(folder / "backups")]
    subprocess.run(command, env=here.environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return canaries.found_below(folder)


def keep_plainly(path: Path) -> None:
    """The control, in a process of its own: a table that keeps what it is given."""
    from django.db import connection

    with connection.cursor() as cursor:
        kind = "bytea" if connection.vendor == "postgresql" else "blob"
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {PLAIN} (body {kind})")
        cursor.execute(f"INSERT INTO {PLAIN} VALUES (%s)", [path.read_bytes()])  # noqa: S608


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    keep_plainly(Path(sys.argv[1]))
