"""`madobe index [--check] [--watch] [--json]`."""

import json
import os
import signal
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from madobe.directory.actions.indexing import build_index, wants_rebuilding
from madobe.directory.queries.checking import check_index
from madobe.directory.search.files import folder_of, remove_old
from madobe.directory.search.snapshot import snapshot_state

REFUSED = 1
LOOK_EVERY = 2.0  # seconds between two looks at the number of changes
QUIET_EVERY = 300.0  # seconds after which even a few edits are taken into a new snapshot


class Command(BaseCommand):
    help = "Build the search snapshot, or compare it with the plain SQL answer."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="compare with SQL; exit 1 where they disagree"
        )
        parser.add_argument(
            "--watch", action="store_true", help="build again whenever it is worth it, until ended"
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

    def handle(self, *, check: bool, watch: bool, **options: Any) -> None:
        """Print what was built or compared on stdout; steps go to stderr."""
        if watch:
            self._watch()
        elif check:
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

    def _watch(self) -> None:
        """Build in the background for a serving parent; ends on SIGTERM, and when the parent is gone."""
        parent = os.getppid()
        os.nice(10)  # people reading pages go first
        signal.signal(signal.SIGTERM, _end)
        folder = folder_of(settings.DATA_DIR)
        quiet_since = time.monotonic()
        while os.getppid() == parent:
            is_quiet = time.monotonic() - quiet_since > QUIET_EVERY
            close_old_connections()
            try:
                if wants_rebuilding(folder, at=timezone.now(), is_quiet=is_quiet):
                    build_index(folder, at=timezone.now())
                    quiet_since = time.monotonic()
                else:
                    remove_old(folder)
            except (DatabaseError, OSError) as error:  # searches go on by SQL; it may be back soon
                self._say(f"The search snapshot cannot be made now: {error}")
                time.sleep(QUIET_EVERY / 10)
            time.sleep(LOOK_EVERY)

    def _print(self, document: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(document, ensure_ascii=False))
            return
        for name, value in document.items():
            self.stdout.write(f"{name}: {value}")

    def _say(self, sentence: str) -> None:
        self.stderr.write(sentence, str)
        self.stderr.flush()


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
