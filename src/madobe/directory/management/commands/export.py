"""`madobe export FORMAT DIR [--json]`."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from madobe.directory.actions.exporting import FORMATS, FolderRefusedError
from madobe.directory.actions.indexing import fill_listing

REFUSED, WRONG_USAGE = 1, 2


class Command(BaseCommand):
    help = "Write the public directory into a folder: the same bytes for the same data."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", help=f"one of: {', '.join(sorted(FORMATS))}")
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print how many records each file holds. Exit 1: the folder cannot be written; 2: an unknown format."""
        write = FORMATS.get(options["format"])
        if write is None:
            self.stderr.write(
                f"There is no format {options['format']!r}. Known formats: {', '.join(sorted(FORMATS))}.",
                str,
            )
            sys.exit(WRONG_USAGE)
        try:
            fill_listing(at=timezone.now())
            files = write(options["folder"], timezone.now())
        except FolderRefusedError as refusal:
            self._stop(str(refusal))
            return
        except OSError as error:
            self._stop(
                f"{options['folder']} cannot be written ({error.strerror}). Name a folder you may write to."
            )
            return
        if options["json"]:
            self.stdout.write(json.dumps({"format": options["format"], "files": dict(files)}))
            return
        for name, count in files.items():
            self.stdout.write(f"{name}: {count}")

    def _stop(self, sentence: str) -> None:
        self.stderr.write(sentence, str)
        sys.exit(REFUSED)
