"""`madobe index [--check] [--json]`."""

import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from madobe.directory.actions.indexing import build_index
from madobe.directory.queries.checking import check_index
from madobe.directory.search.files import folder_of
from madobe.directory.search.snapshot import snapshot_state

REFUSED = 1


class Command(BaseCommand):
    help = "Build the search snapshot, or compare it with the plain SQL answer."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="compare with SQL; exit 1 where they disagree"
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

    def handle(self, *, check: bool, **options: Any) -> None:
        """Print what was built or compared on stdout; steps go to stderr."""
        if check:
            self._check(as_json=options["json"])
        else:
            self._build(as_json=options["json"])

    def _build(self, *, as_json: bool) -> None:
        began = time.monotonic()
        folder = folder_of(settings.DATA_DIR)
        name = build_index(folder, at=timezone.now(), say=self._say)
        state = snapshot_state(folder)
        document = {
            "snapshot": name,
            "revision": state.revision,
            "services": state.rows,
            "seconds": round(time.monotonic() - began, 1),
        }
        self._print(document, as_json=as_json)

    def _check(self, *, as_json: bool) -> None:
        report = check_index(at=timezone.now(), say=self._say)
        if report is None:
            self._say("There is no snapshot to compare. Run `madobe index` and then this again.")
            sys.exit(REFUSED)
        self._print(report.as_json(), as_json=as_json)
        if report.disagreements:
            self._say("Snapshot and SQL disagree. Run `madobe index` to make the snapshot anew.")
            sys.exit(REFUSED)

    def _print(self, document: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(document, ensure_ascii=False))
            return
        for name, value in document.items():
            self.stdout.write(f"{name}: {value}")

    def _say(self, sentence: str) -> None:
        self.stderr.write(sentence, str)
        self.stderr.flush()
