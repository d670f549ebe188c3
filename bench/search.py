"""The directory search on a nation of invented services and on the real ones: time beside a floor and three peers,
agreement with SQL, relevance, the page, memory (docs/contract.md).

Time: CPU of the thread for what works in this process, wall clock for PostgreSQL (a cluster of its own, on loopback);
the engines take turns, medians of five repeats. The floor is one NumPy pass over a packed filter word a service. What
is made on the way is kept outside MADOBE_DATA (`MADOBE_BENCH_CACHE`, default /var/tmp/madobe-bench-UID) and made anew
when the code it comes from changes. `MADOBE_BENCH_SERVICES=20000` makes a small nation for development.
"""

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from socket import create_server
from typing import Any

from bench import ROOT, Row, ratio
from bench._search_real import main_environment

SERVICES = 250_000
MADE_WITH = tuple(
    f"_search_{name}.py"
    for name in ("corpus", "sentences", "ground", "queries", "peer_rows", "peers", "tantivy")
)
MOST_CACHED = 2  # nations, and sets of real services, that are kept
Tell = Callable[[str], None]


def measure(tell: Tell) -> list[Row]:
    """Ratios of contract.md's `search`. Raises CalledProcessError when a step cannot be done; its reason is on stderr."""
    services = int(os.environ.get("MADOBE_BENCH_SERVICES", SERVICES))
    nation = _cached("nation", f"{services}", _key(ENTRIES, MADE_WITH), tell)
    if not (nation / "ready").exists():
        tell(f"making {services} services, their entries and a snapshot (kept in {nation})")
        _step("fill", nation, services, tell)
        (nation / "ready").touch()
    with _postgres(tell) as address:
        tell("time: ours, tantivy, FTS5 and pg_trgm take turns")
        speed = _step("speed", nation, services, tell, BENCH_POSTGRES=address)
    _tell_speed(speed, tell)
    tell("agreement with SQL, on a copy that is edited")
    with tempfile.TemporaryDirectory(prefix="madobe-bench-") as folder:
        copy = Path(folder)
        shutil.copy(nation / "madobe.sqlite3", copy)
        shutil.copytree(nation / "search", copy / "search")
        agree = _step("agree", copy, services, tell)
    real = _cached("real", "", _key(REAL), tell)
    if not (real / "ready").exists():
        tell(f"taking the real services in (kept in {real})")
        _step("real", real, 0, tell)
        (real / "ready").touch()
    relevance = _step("relevance", real, 0, tell)
    tell("the search page beside the trivial page")
    page = _step("page", real, 0, tell)
    private = _step("private", real, 0, tell)
    return _rows(speed, agree, relevance, page, private, tell)


def _rows(
    speed: dict[str, Any],
    agree: dict[str, Any],
    relevance: dict[str, float],
    page: dict[str, list[float]],
    private: dict[str, float],
    tell: Tell,
) -> list[Row]:
    series, floor = speed["series"], speed["floor"]
    towns = [
        one
        for one, scope in zip(series["ours"], speed["scopes"], strict=True)
        if scope == "municipality"
    ]
    tell(f"held out: mean reciprocal rank {relevance['relevance_held_out']:.3f}")
    tell(f"edits {agree['edits']}, searches during the swap {agree['swap_searches']}")
    ours = _at(series["ours"], 99)
    differing = agree["before"] + agree["after"] + agree["swap_wrong"] + agree["behind_after"]

    def over(key: str, value: float, limit: float, what: str) -> Row:
        return Row(f"search.{key}", value, limit, what)

    def at_least(key: str, value: float, limit: float, what: str) -> Row:
        return Row(f"search.{key}", value, limit, what, better="higher")

    return [
        over("p50_over_floor", _at(series["ours"], 50) / floor, 2, "a search (exact total, best 20), median, over one pass of the floor"),
        over("p99_over_floor", ours / floor, 25, "the slowest of a hundred searches over the floor"),
        over("municipality_p99_over_floor", _at(towns, 99) / floor, 4, "the same for searches in one town"),
        over("unknown_words_p99_over_floor", _at(series["unknown"], 99) / floor, 60, "the same searches when no table knows their words"),
        at_least("pg_trgm_over_ours_p99", _at(series["pg_trgm"], 99) / ours, 100, "PostgreSQL with a trigram index over ours, slowest of a hundred"),
        at_least("fts5_over_ours_p99", _at(series["fts5"], 99) / ours, 40, "SQLite FTS5 over pairs of characters, likewise"),
        at_least("tantivy_over_ours_p99", _at(series["tantivy"], 99) / ours, 5, "tantivy over pairs of characters, likewise"),
        at_least("mrr", relevance["relevance"], 0.85, "mean reciprocal rank of what a coordinator hopes for, 60 searches on the real services"),
        over("page_over_trivial", ratio(page["search"], page["trivial"]), 1.5, "CPU of the search page with the real services over the trivial page"),
        over("private_mb_added", private["with"] - private["without"], 20, "private MB that 500 searches add to a served worker which has done everything else"),
        over("disagreements", differing, 0, "searches on which total, facets or page differ from SQL: as made, after 500 edits, during a swap"),
    ]  # fmt: skip


def _tell_speed(speed: dict[str, Any], tell: Tell) -> None:
    tell(f"floor {speed['floor']:.1f} µs")
    for name, times in speed["series"].items():
        figures = "  ".join(f"p{at} {_at(times, at):.0f}" for at in (50, 95, 99))
        same = speed["same_totals"][name]
        tell(f"{name:<8} {figures} µs   the same total on {same} of {len(times)} searches")


def _at(times: Sequence[float], percentile: int) -> float:
    """The value below which `percentile` of a hundred lie, between neighbours in proportion."""
    ordered = sorted(times)
    place = (len(ordered) - 1) * percentile / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _step(step: str, data: Path, services: int, tell: Tell, **more: str) -> dict[str, Any]:
    """One step in a process of its own; its lines of progress pass through."""
    tell(f"— {step}")
    printed = subprocess.run(
        [sys.executable, "-m", "bench._search_run", step, str(services)],
        env={**main_environment(data, ROOT), **more},
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    document: dict[str, Any] = json.loads(printed.stdout)
    return document


# --- what is kept between runs --------------------------------------------------------------------


def _cached(what: str, size: str, key: str, tell: Tell) -> Path:
    """The folder for something made from sources of this key; older ones of the same sort are removed."""
    root = Path(os.environ.get("MADOBE_BENCH_CACHE", f"/var/tmp/madobe-bench-{os.getuid()}"))
    folder = root / "-".join(part for part in (what, size, key) if part)
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    others = sorted(
        (one for one in root.glob(f"{what}-*") if one != folder),
        key=lambda one: one.stat().st_mtime,
    )
    for one in others[: max(0, len(others) - MOST_CACHED + 1)]:
        tell(f"removing {one}, made by another release")
        shutil.rmtree(one, ignore_errors=True)
    return folder


ENTRIES = (
    "search",
    "tables",
    "models",
    "migrations",
    "rules",
    "choices.py",
    "actions/search_entries.py",
)
REAL = (*ENTRIES, "actions", "data", "municipalities")


def _key(parts: Sequence[str], bench: Sequence[str] = ()) -> str:
    """A key of the code and tables that what is kept was made from."""
    directory = ROOT / "src/madobe/directory"
    files = [ROOT / "src/madobe/lib/folding.py", *(ROOT / "bench" / name for name in bench)]
    for part in parts:
        place = directory / part
        files += [place] if place.is_file() else [p for p in place.rglob("*.*") if _is_source(p)]
    content = blake2b(digest_size=6)
    for path in sorted(set(files)):
        content.update(path.read_bytes())
    return content.hexdigest()


def _is_source(path: Path) -> bool:
    return path.suffix in {".py", ".yaml", ".csv", ".gz"}


# --- a PostgreSQL of its own ----------------------------------------------------------------------


@contextmanager
def _postgres(tell: Tell) -> Iterator[str]:
    """A cluster on loopback that lives as long as this block; as its own user where we are root."""
    programs = max(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: int(path.parent.name),
        default=None,
    )
    if programs is None:
        raise FileNotFoundError("PostgreSQL is not installed; `./madobe bench search` installs it")
    as_owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="madobe-bench-pg-") as folder:
        place = Path(folder)
        if as_owner:
            owner = pwd.getpwnam("postgres")
            os.chown(place, owner.pw_uid, owner.pw_gid)
        with create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]

        def run(program: str, *arguments: str) -> None:
            command = [*as_owner, str(programs / program), "-D", str(place / "data"), *arguments]
            subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)

        tell("PostgreSQL: a cluster of its own")
        run("initdb", "-U", "madobe", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        settings = (
            f"-p {port} -c listen_addresses=127.0.0.1 -k {place} -c fsync=off -c synchronous_commit=off"
            " -c full_page_writes=off -c shared_buffers=2GB -c work_mem=128MB -c maintenance_work_mem=512MB"
            " -c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"
        )
        run("pg_ctl", "-w", "-l", str(place / "log"), "start", "-o", settings)
        try:
            yield f"postgresql://madobe@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-m", "immediate", "-w", "stop")
