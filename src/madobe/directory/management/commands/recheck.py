"""`madobe recheck [--json]`: mark entries past their day of checking, unmark those checked since; end vettings that are over."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from madobe.directory.actions.editing import mark_stale
from madobe.directory.actions.vetting import lapse_expired_vettings


class Command(BaseCommand):
    help = "Mark entries past their day of checking, end vettings that are over. Run it once a day."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print how many entries are now past their day and how many are no longer."""
        at = timezone.now()
        marked = mark_stale(by="recheck", at=at)
        lapsed = len(lapse_expired_vettings(by="recheck", at=at))
        if options["json"]:
            said = {"stale": marked.stale, "fresh": marked.fresh, "lapsed": lapsed}
            self.stdout.write(json.dumps(said))
            return
        self.stdout.write(
            f"{marked.stale} entries are past their day of checking, {marked.fresh} are checked again"
        )
        self.stdout.write(f"{lapsed} operators are out of view: their vetting is over")
