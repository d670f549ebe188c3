# ruff: noqa: N999 (the command is called `import`)
"""`madobe import SOURCE FILE… [--dry-run] [--json]`; `madobe import csv --template FILE`."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from madobe.directory.actions.exporting import write_template
from madobe.directory.actions.importing import SOURCES, FileRefusedError, ImportRequest, Report
from madobe.directory.actions.indexing import build_index, wants_rebuilding
from madobe.directory.choices import Kind
from madobe.directory.models import SourceRecord
from madobe.directory.search.files import folder_of

REFUSED, WRONG_USAGE = 1, 2
SHOWN_PROBLEMS = 20
BAR = 40  # characters
PLAIN_LINE_EVERY = 1000


class Command(BaseCommand):
    help = "Take open data in: all of a file or nothing."
    requires_system_checks: list[str] = []  # pages need not stand for data to come in

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", help=f"one of: {', '.join(sorted(SOURCES))}")
        parser.add_argument(
            "files",
            nargs="*",
            type=Path,
            metavar="FILE",
            help="a CSV, its gzip, a spreadsheet, HSDS JSON, or a folder",
        )
        parser.add_argument(
            "--trust-source",
            default="",
            metavar="NAME",
            help="hsds: the public register you vouch for; without it records wait to be vetted",
        )
        parser.add_argument(
            "--kind",
            default="",
            choices=["", *Kind.values],
            help="hsds: the kind of service of records that name none of ours",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, write nothing"
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

        parser.add_argument(
            "--template",
            type=Path,
            metavar="FILE",
            help="write an empty spreadsheet to fill in, .xlsx or .csv (csv)",
        )
        parser.add_argument(
            "--no-index", action="store_true", help="leave the search snapshot as it is"
        )
        parser.add_argument(
            "--postal",
            type=Path,
            metavar="FILE",
            help="postal codes (wam; else the file beside the data)",
        )
        parser.add_argument(
            "--release",
            default="",
            metavar="2024-09",
            help="the month of a release whose name does not say it (wam)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the report on stdout; steps go to stderr. Exit 1: the file was refused; 2: an unknown source."""
        take = SOURCES.get(options["source"])
        if take is None:
            self._stop(
                WRONG_USAGE,
                f"There is no source {options['source']!r}. Known sources: {', '.join(sorted(SOURCES))}.",
            )
            return
        if options["template"] is not None and options["source"] == "csv":
            self._template(options["template"])
            return
        if options["template"] is not None or not options["files"]:
            self._stop(
                WRONG_USAGE,
                "Name a file: madobe import SOURCE FILE. A template there is for csv: madobe import csv --template FILE.xlsx",
            )
            return
        if SourceRecord._meta.db_table not in connection.introspection.table_names():
            self._stop(
                REFUSED, "The database has no tables yet. Run `madobe migrate` and then this again."
            )
            return
        request = ImportRequest(
            files=options["files"],
            by=f"import {options['source']}",
            at=timezone.now(),
            dry_run=options["dry_run"],
            postal=options["postal"],
            released=options["release"],
            trust_source=options["trust_source"].strip()[:60],
            kind=options["kind"],
            say=self._say,
            progress=self._progress,
        )
        try:
            report = take(request=request)
        except FileRefusedError as refusal:
            self._stop(REFUSED, str(refusal))
            return
        if not (options["dry_run"] or options["no_index"]):
            self._index()
        self.stdout.write(
            json.dumps(report.as_json(), ensure_ascii=False)
            if options["json"]
            else "\n".join(_lines(report))
        )

    def _template(self, path: Path) -> None:
        if path.exists():
            self._stop(
                REFUSED,
                f"{path} is there already. Name another file, so that nothing written there is lost.",
            )
        try:
            write_template(path)
        except (FileRefusedError, OSError) as refusal:
            self._stop(REFUSED, f"{path} cannot be written: {refusal}")
        self._say(f"{path}: fill it in below the example, then: madobe import csv {path}")

    def _index(self) -> None:
        folder = folder_of(settings.DATA_DIR)
        if wants_rebuilding(folder, at=timezone.now(), is_quiet=True):
            self._say("search snapshot")
            build_index(folder, at=timezone.now())

    def _say(self, sentence: str) -> None:
        self.stderr.write(sentence, self.style.NOTICE if self.stderr.isatty() else str)
        self.stderr.flush()

    def _progress(self, done: int, everything: int) -> None:
        """A bar that grows in place on a terminal, plain lines elsewhere."""
        if not self.stderr.isatty():
            if done % PLAIN_LINE_EVERY == 0 or done == everything:
                self._say(f"{done} of {everything} services")
            return
        filled = BAR * done // everything
        end = "\n" if done == everything else "\r"
        self.stderr.write(
            f"[{'#' * filled}{'.' * (BAR - filled)}] {done}/{everything}", str, ending=end
        )
        self.stderr.flush()

    def _stop(self, code: int, sentence: str) -> None:
        self.stderr.write(sentence, str)
        sys.exit(code)


def _lines(report: Report) -> list[str]:
    counts = report.as_json()
    problems = counts.pop("problems")
    lines = [f"{name}: {value}" for name, value in counts.items()]
    lines.append(f"problems: {len(problems)}")
    lines += [
        f"  row {one['row']}, {one['column']}: {one['reason']} {one['value'][:60]}"
        for one in problems[:SHOWN_PROBLEMS]
    ]
    if len(problems) > SHOWN_PROBLEMS:
        lines.append(f"  … and {len(problems) - SHOWN_PROBLEMS} more; --json gives all of them")
    return lines
