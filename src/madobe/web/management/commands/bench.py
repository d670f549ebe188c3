import importlib
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

REFUSED, WRONG_USAGE = 1, 2


class Command(BaseCommand):
    help = "Measure one benchmark of bench/; exit 1 where a row misses its limit."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="", help="without a name: list them")
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

    def handle(self, *, name: str, json: bool, **options: Any) -> None:
        folder = settings.ROOT / "bench"
        known = _names(folder)
        if name not in known:
            self.stderr.write(f"There is no benchmark {name!r}; there are: {', '.join(known)}.")
            sys.exit(WRONG_USAGE)
        sys.path.insert(0, str(settings.ROOT))
        module = importlib.import_module(f"bench.{name}")
        rows = module.measure(tell=lambda line: print(line, file=sys.stderr, flush=True))
        _show(importlib.import_module("bench").report(name, rows), as_json=json)
        if not all(row.ok for row in rows):
            sys.exit(REFUSED)


def _names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))


def _show(document: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(document, ensure_ascii=False, indent=2))
        return
    print(f"{document['bench']}  {document['commit']}  {document['machine']}")
    for row in document["rows"]:
        sign, word = ("≤" if row["better"] == "lower" else "≥"), ("ok" if row["ok"] else "MISSED")
        print(
            f"{row['key']:<32} {row['value']:>10g}  {sign} {row['limit']:<8g} {word:<7} {row['what']}"
        )
