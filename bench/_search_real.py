"""The real services (WAM register, municipal windows, founding entries): relevance, the page, memory of a served worker."""

import os
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import Any

from bench import REPEATS

SEARCHES = 500
ROUNDS = 15
GUIDES = 20  # pages of the guide, so that every worker has its dictionary


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
    say("the day's work: entries of an old release are past their day of checking")
    call_command("upkeep")
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
    """This will give private megabytes of a served worker that has done everything but search (the guide, which reads
    sentences, and 500 pages of places), and of the same worker after 500 searches: all that searching adds.
    """
    from bench.pages import TOLD, _served

    guide = urllib.parse.urlencode(TOLD).encode()
    with _served(environment) as site:
        say("a served worker: guide and pages of places")
        for _ in range(GUIDES):
            _open(f"{site}/ja/guide/", guide)
        for code in _towns(SEARCHES):
            _open(f"{site}/ja/areas/{code}/")
        without = _private_of_a_worker(site)
        say("and 500 searches")
        for form in _forms(SEARCHES):
            _open(f"{site}/ja/search/", form)
        return {"without": without, "with": _private_of_a_worker(site)}


def _open(address: str, form: bytes | None = None) -> None:
    with urllib.request.urlopen(address, data=form, timeout=60) as answer:
        answer.read()


def _towns(count: int) -> list[str]:
    from bench._search_corpus import SEED
    from bench._search_queries import asked

    searches = asked(SEED, 4 * count)
    return [one.question.municipality for one in searches if one.question.municipality][:count]


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


def _private_of_a_worker(site: str) -> float:
    busy = [_private(process) for process in _workers(site)]
    if not busy:
        raise RuntimeError("no worker of `madobe serve` was found")
    return sum(busy) / len(busy)


def _workers(site: str) -> list[int]:
    """The processes that answer for the server this bench has started: its children of the same command."""
    port = site.rpartition(":")[2].encode()
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().split(b"\0")
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if b"serve" in command and port in command:
            parents[int(entry.name)] = parent
    return [process for process, parent in parents.items() if parent in parents]


def _private(process: int) -> float:
    """Megabytes of a process that nothing else could share or give back: pages it has written on.

    Pages of mapped files are none of these: the kernel calls them private while one worker alone has looked at them.
    """
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:")) / 1024


def main_environment(folder: Path, root: Path) -> dict[str, str]:
    """This will give the environment of a product with this data folder and nothing else of ours."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if k not in {"DATABASE_URL", "KEYS_DATABASE_URL", "MADOBE_KEYS", "MADOBE_HTTPS"}
    }
    return {
        **kept,
        "MADOBE_DATA": str(folder),
        "PYTHONPATH": os.pathsep.join((str(root / "src"), str(root))),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
