"""`madobe recheck [--json]`: mark entries past their day of checking, unmark those checked since."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from madobe.directory.actions.editing import mark_stale


class Command(BaseCommand):
    help = "Mark entries past their day of checking. Run it once a day."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print how many entries are now past their day and how many are no longer."""
        marked = mark_stale(by="recheck", at=timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps({"stale": marked.stale, "fresh": marked.fresh}))
            return
        self.stdout.write(
            f"{marked.stale} entries are past their day of checking, {marked.fresh} are checked again"
        )
