"""`madobe duplicates [--json]`."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from madobe.directory.actions.duplicates import note_duplicates
from madobe.directory.queries.duplicates import organization_entries, service_entries


class Command(BaseCommand):
    help = "Look for entries that may be the same, and put them on the staff's list."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print what was found. A second run adds nothing."""
        noted = asdict(
            note_duplicates(
                services=service_entries(), organizations=organization_entries(), at=timezone.now()
            )
        )
        if options["json"]:
            self.stdout.write(json.dumps(noted))
            return
        for name, number in noted.items():
            self.stdout.write(f"{name}: {number}")
