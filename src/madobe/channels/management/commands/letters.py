"""`madobe letters [--watch] [--json]`: letters that came by mail are fetched from the host."""

import json
import signal
import sys
import time
from argparse import ArgumentParser
from dataclasses import asdict
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from madobe.channels.actions.taking import Outcome, take_in
from madobe.channels.email.fetching import Fetched, InboxDoesNotAnswer, fetch_letters
from madobe.channels.registry import incoming_handler
from madobe.channels.rules.inbox import Inbox
from madobe.channels.rules.incoming import Incoming

EVERY = 60.0  # seconds between two looks into the box


class Command(BaseCommand):
    help = "Fetch the letters that came by mail; each is deleted at the host once it is kept here."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--watch", action="store_true", help="look again and again, until ended"
        )
        parser.add_argument(
            "--every", type=float, default=EVERY, help="with --watch: seconds between two looks"
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

    def handle(self, *, watch: bool, every: float, **options: Any) -> None:
        """Print how many letters were taken and how many still lie there; never what is in them."""
        if settings.INBOX is None:
            raise CommandError(
                "No box of letters is set. Set MADOBE_INBOX_URL to imaps://user:password@host/INBOX "
                "(see docs/operate.md) and try again."
            )
        if incoming_handler() is None:
            raise CommandError("Nobody here takes letters in yet, so they stay at the host.")
        if watch:
            self._watch(settings.INBOX, every)
            return
        try:
            fetched = _fetch(settings.INBOX)
        except InboxDoesNotAnswer as error:
            raise CommandError(_AWAY.format(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(fetched)))
        else:
            self.stdout.write(f"taken: {fetched.taken}\nleft: {fetched.left}")

    def _watch(self, inbox: Inbox, every: float) -> None:
        signal.signal(signal.SIGTERM, _end)
        while True:
            close_old_connections()
            try:
                _fetch(inbox)
            except (InboxDoesNotAnswer, DatabaseError) as error:  # it may be back soon
                self.stderr.write(_AWAY.format(type(error).__name__), str)
                self.stderr.flush()
            time.sleep(every)


_AWAY = (
    "The box of letters does not answer now ({}). Letters stay there until it does; "
    "if it goes on, look at MADOBE_INBOX_URL."
)


def _fetch(inbox: Inbox) -> Fetched:
    return fetch_letters(inbox, _take)


def _take(incoming: Incoming, desk: str) -> bool:
    return take_in(incoming=incoming, desk=desk, at=timezone.now()) is not Outcome.LEFT


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)
