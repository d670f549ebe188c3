"""HSDS: every object of every endpoint against the official schemas, pages, changes, round trips, what a stream costs.

Runs on a directory of its own: the founding facts and all real municipal windows of MADOBE_OPEN_DATA.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import ROOT, Row

EXAMPLES = 60  # requests schemathesis tries an operation
LARGE, SMALL = 6_000, 600  # records of the streams whose memory is compared
PATHS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")


def measure(tell: Callable[[str], None]) -> list[Row]:
    """Counts of what is wrong (none is allowed), and ratios of one run."""
    with tempfile.TemporaryDirectory(prefix="madobe-bench-") as folder:
        environment = {
            **{
                k: v
                for k, v in os.environ.items()
                if k not in {"DATABASE_URL", "KEYS_DATABASE_URL", "MADOBE_KEYS", "MADOBE_HTTPS"}
            },
            "MADOBE_DATA": folder,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        tell("making a directory to measure on")
        _run(["-m", "config.command", "demo", "--no-serve"], environment)
        windows = _open_data() / "municipal_windows"
        _run(["-m", "config.command", "import", "windows", str(windows)], environment)
        printed = subprocess.run(
            [sys.executable, "-m", "bench.hsds"],
            env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        found: dict[str, float] = json.loads(printed.stdout)
        tell("schemathesis on the OpenAPI document")
        failures = _schemathesis(environment)
    return [
        Row("hsds.objects", found["objects"], 1000, "objects checked against the official 3.0 schemas", "higher"),
        Row("hsds.invalid", found["invalid"], 0, "objects of any endpoint, short and full, that the schemas refuse"),
        Row("hsds.control", found["control"], 1, "a broken uri, date-time, email or uuid is refused", "higher"),
        Row("hsds.page_faults", found["page_faults"], 0, "gaps, doubles and wrong counts over all pages"),
        Row("hsds.round_trip", found["round_trip"], 0, "records of the official example and mock data that go out otherwise"),
        Row("hsds.schemathesis", failures, 0, f"operations that break their word or answer 5xx, {EXAMPLES} requests each"),
        Row("hsds.stream_memory", found["stream_memory"], 1.5, f"peak memory of a stream of {LARGE} over one of {SMALL}"),
        Row("hsds.page_queries", found["page_queries"] or 1000, 4, "queries for a full page of 500 services"),
        Row("hsds.minimal_over_full", found["minimal_over_full"], 0.33, "CPU a service, minimal over full form, counting included"),
    ]  # fmt: skip


def _run(arguments: list[str], environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, check=True, capture_output=True
    )


def _open_data() -> Path:
    return Path(os.environ.get("MADOBE_OPEN_DATA", ROOT.parent / "shared" / "data"))


def _schemathesis(environment: dict[str, str]) -> int:
    """Operations that fail; the test file is the one of the everyday tests, with more examples."""
    said = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "-q", "-p", "no:cacheprovider", "tests/directory/hsds/test_openapi.py"],
        env=environment | {"MADOBE_EXAMPLES": str(EXAMPLES)}, cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    failed = sum(line.startswith(("FAILED", "ERROR")) for line in said.stdout.splitlines())
    return failed if said.returncode in (0, 1) else failed or 1


# --- in a process of its own ---------------------------------------------------------------------


def facts() -> dict[str, float]:
    import django
    from django.conf import settings

    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    from django.db import connection

    from tests.directory.hsds import asking, official

    objects = invalid = 0
    for path in PATHS:
        short, whole = official.SCHEMAS[path]
        for schema, asked in ((short, {}), (whole, {"full": "true"})):
            if asked and path.startswith("taxonom"):
                continue
            for one in asking.streamed(path, **asked):
                objects += 1
                invalid += bool(official.faults(schema, one))
    first = asking.streamed("services", full="true")[0]
    broken = (
        {"url": "https://example.jp/相談"}, {"last_modified": "today"}, {"email": "nobody"}, {"id": "1"},
    )  # fmt: skip
    control = all(official.faults("compiled/service", first | one) for one in broken)
    asked_database: list[str] = []

    def counted(execute: Any, sql: str, *rest: Any) -> Any:
        asked_database.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counted):
        asking.said("services", full="true", per_page=500)
    return {
        "objects": objects,
        "invalid": invalid,
        "control": float(control),
        "page_faults": sum(_page_faults(asking, path) for path in PATHS),
        "page_queries": len(asked_database),
        "stream_memory": _peak(LARGE) / _peak(SMALL),
        "minimal_over_full": _cpu(asking, "minimal") / _cpu(asking, "full"),
        "round_trip": _round_trip(),
    }


def _page_faults(asking: Any, path: str) -> int:
    found = list(asking.pages(path, per_page=97))
    ids = [one["id"] for page in found for one in page["contents"]]
    wrong = [
        page
        for page in found
        if page["total_items"] != len(ids) or page["size"] != len(page["contents"])
    ]
    return len(ids) - len(set(ids)) + len(wrong) + (len(found) != found[0]["total_pages"])


def _peak(records: int) -> float:
    """Peak of Python memory while so many records are streamed (the directory is told again until it is enough)."""
    from madobe.directory.queries import hsds

    rows = hsds.services(hsds.Wanted())
    tracemalloc.start()
    told = 0
    while told < records:
        for _ in hsds.stream(rows, hsds.read_services):
            told += 1
            if told >= records:
                break
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return float(peak)


def _cpu(asking: Any, form: str) -> float:
    """CPU seconds a service."""
    start = time.thread_time()
    page = asking.said("services", per_page=500, **{form: "true"})
    return (time.thread_time() - start) / page["size"]


def _round_trip() -> int:
    from django.db import transaction

    from madobe.directory.actions.exporting import export_hsds
    from tests.directory.hsds.records import TRUST, take
    from tests.directory.hsds.test_round_trip import EXAMPLE, mock, official, one_of

    different = 0
    for folder, told in (("spec-3.0/examples", official), ("mock-api-data", mock)):
        with tempfile.TemporaryDirectory() as out, transaction.atomic():
            take(_open_data() / "hsds" / folder, **TRUST)
            export_hsds(Path(out))
            for name in EXAMPLE:
                lines = (Path(out) / f"{name}.ndjson").read_text().splitlines()
                given = one_of([json.loads(line) for line in lines], told(name)["id"])
                different += given != told(name)
            transaction.set_rollback(True)
    return different


if __name__ == "__main__":
    print(json.dumps(facts()))
