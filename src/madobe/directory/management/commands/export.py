"""`madobe export FORMAT DIR`: what anyone may read, as files."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from madobe.directory.actions.exporting import EXPORTS

REFUSED, WRONG_USAGE = 1, 2


class Command(BaseCommand):
    help = "Write the public directory into a folder."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", help=f"one of: {', '.join(sorted(EXPORTS))}")
        parser.add_argument("folder", type=Path, metavar="DIR", help="made if it is not there")
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Exit 1: the folder cannot be written; 2: an unknown format."""
        export = EXPORTS.get(options["format"])
        if export is None:
            self._stop(
                WRONG_USAGE,
                f"There is no format {options['format']!r}. Known formats: {', '.join(sorted(EXPORTS))}.",
            )
            return
        try:
            services = export(folder=options["folder"], at=timezone.now())
        except OSError as error:
            self._stop(
                REFUSED,
                f"{options['folder']} cannot be written ({error.strerror}). Name a folder you may write to.",
            )
            return
        if options["json"]:
            said = {
                "format": options["format"],
                "folder": str(options["folder"]),
                "services": services,
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            self.stdout.write(f"{services} services written to {options['folder']}")

    def _stop(self, code: int, sentence: str) -> None:
        self.stderr.write(sentence, str)
        sys.exit(code)
