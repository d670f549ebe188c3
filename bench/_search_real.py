"""The real services (WAM register, municipal windows, founding entries): relevance, the page, memory of a served worker."""

import os
import shutil
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

from bench import REPEATS

SEARCHES = 500
ROUNDS = 15


def load(open_data: Path, say: Callable[[str], None]) -> None:
    """This will take the open data in, as an operator does."""
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from madobe.directory.actions.founding import load_founding
    from madobe.directory.actions.indexing import build_index
    from madobe.directory.search.files import folder_of

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    load_founding(by="bench", at=timezone.now())
    with open(os.devnull, "w") as nowhere:
        for source, folder in (("windows", "municipal_windows"), ("wam", "wam_2024-09")):
            say(f"import {source}")
            call_command("import", source, str(open_data / folder), "--json", stdout=nowhere)
    build_index(folder_of(settings.DATA_DIR), at=timezone.now())


def relevance(open_data: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """This will give the mean reciprocal rank of the sixty searches, and of the twenty held out."""
    from bench._search_corpus import NOW
    from bench._search_relevance import mean_reciprocal_rank, measured

    figures = {}
    for name in ("relevance", "relevance_held_out"):
        found = measured(name, windows=open_data / "municipal_windows", at=NOW)
        figures[name] = mean_reciprocal_rank(found)
        for one in found:
            if one.rank != 1:
                say(f"{one.case.id} rank {one.rank}: {one.case.question.text} | {one.first}")
    return figures


def page() -> dict[str, list[float]]:
    """This will give CPU milliseconds of the search page and of the trivial page, one number a repeat."""
    from django.conf import settings

    settings.ROOT_URLCONF = "bench._trivial"
    from django.core.wsgi import get_wsgi_application

    from bench.pages import _ask

    application = get_wsgi_application()
    forms = cycle(_forms(40))
    pages: dict[str, Callable[[], float]] = {
        "trivial": lambda: _ask(application, "/ja/trivial/"),
        "search": lambda: _ask(application, "/ja/search/", next(forms)),
    }
    for ask in pages.values():
        for _ in range(40):
            ask()
    series: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(REPEATS):
        taken: dict[str, list[float]] = {name: [] for name in pages}
        for _ in range(ROUNDS):
            for name, ask in pages.items():
                taken[name].append(ask())
        for name, times in taken.items():
            series[name].append(median(times) * 1000)
    return series


def private_mb(environment: dict[str, str], say: Callable[[str], None]) -> dict[str, float]:
    """This will give private megabytes of a served worker after 500 searches: with the snapshot, and without."""
    folder = Path(environment["MADOBE_DATA"]) / "search"
    aside = folder.with_name("search-aside")
    figures = {}
    say("a served worker with the snapshot")
    figures["with"] = _private_of_a_worker(environment)
    folder.rename(aside)
    try:
        folder.touch()  # a file in its place: nothing can be built there meanwhile
        say("and without")
        figures["without"] = _private_of_a_worker(environment)
    finally:
        folder.unlink()
        shutil.move(aside, folder)
    return figures


def _forms(count: int) -> Sequence[bytes]:
    """Searches as a browser posts them."""
    from bench._search_corpus import SEED
    from bench._search_queries import asked
    from madobe.directory import municipalities

    forms = []
    for one in asked(SEED, count):
        question = one.question
        here = municipalities.by_code(question.municipality) if question.municipality else None
        place = here.full_name if here else ""
        if question.prefecture and not here:
            place = municipalities.prefecture_name(question.prefecture)
        told = {"text": question.text, "place": place, "need": " ".join(sorted(question.needs))}
        if not any(told.values()):
            told["text"] = "居場所"
        forms.append(urllib.parse.urlencode(told).encode())
    return forms


def _private_of_a_worker(environment: dict[str, str]) -> float:
    from bench.pages import _served

    with _served(environment) as site:
        for form in _forms(SEARCHES):
            with urllib.request.urlopen(f"{site}/ja/search/", data=form, timeout=60) as answer:
                answer.read()
        workers = [_private(process) for process in _children_of_serve(site)]
        busy = [one for one in workers if one > 10]  # a helper process holds next to nothing
        if not busy:
            raise RuntimeError("no worker of `madobe serve` was found")
        return sum(busy) / len(busy)


def _children_of_serve(site: str) -> Iterator[int]:
    """Processes below the server that listens for this bench: its workers."""
    port = site.rpartition(":")[2]
    parents: dict[int, int] = {}
    server = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().split(b"\0")
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if b"index" in command:  # the process that keeps the snapshot fresh serves nobody
            continue
        parents[int(entry.name)] = parent
        if b"serve" in command and port.encode() in command and parent == os.getpid():
            server = int(entry.name)
    found = {server}
    while True:
        more = {child for child, parent in parents.items() if parent in found} - found
        if not more:
            return iter(found - {server})
        found |= more


def _private(process: int) -> float:
    """Private megabytes of a process, as the kernel counts them."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    wanted = ("Private_Clean:", "Private_Dirty:")
    return sum(int(line.split()[1]) for line in lines if line.startswith(wanted)) / 1024


def main_environment(folder: Path, root: Path) -> dict[str, str]:
    """This will give the environment of a product with this data folder and nothing else of ours."""
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "MADOBE_HTTPS"}}
    return {
        **kept,
        "MADOBE_DATA": str(folder),
        "PYTHONPATH": os.pathsep.join((str(root / "src"), str(root))),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
