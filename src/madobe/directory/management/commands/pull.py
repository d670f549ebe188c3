"""`madobe pull URL [--trust-source NAME] [--json]`."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from madobe.directory.actions.importing import FileRefusedError, ImportRequest
from madobe.directory.actions.importing.hsds_fetch import (
    Origin,
    OriginRefusedError,
    checked_address,
)
from madobe.directory.actions.importing.pull import pull
from madobe.directory.choices import Kind

REFUSED = 1


class Command(BaseCommand):
    help = "Take in what changed in another Madobe since the last pull."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", help="https://example.jp or its /api/hsds")
        parser.add_argument(
            "--trust-source",
            default="",
            metavar="NAME",
            help="you vouch for this directory, from now on; without it its records wait to be vetted",
        )
        parser.add_argument(
            "--kind",
            default="",
            choices=["", *Kind.values],
            help="the kind of service of records that name none",
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the report on stdout; steps go to stderr. Exit 1: the other directory could not be read."""
        try:
            origin = Origin(checked_address(options["url"]), say=self._say)
            request = ImportRequest(
                files=[],
                by=f"pull {origin.url}",
                at=timezone.now(),
                say=self._say,
                trust_source=options["trust_source"].strip()[:60],
                kind=options["kind"],
            )
            report = pull(origin=origin, request=request).as_json()
        except (OriginRefusedError, FileRefusedError) as refusal:
            self._say(str(refusal))
            sys.exit(REFUSED)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        problems = report.pop("problems")
        for name, value in report.items():
            self.stdout.write(f"{name}: {value}")
        self.stdout.write(f"problems: {len(problems)}")

    def _say(self, sentence: str) -> None:
        self.stderr.write(sentence, str)
        self.stderr.flush()
