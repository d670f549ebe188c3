"""`madobe upkeep [--watch] [--json]`: the day's work, and with `--watch` a fresh search beside it."""

import json
import os
import signal
import sys
import time
from argparse import ArgumentParser
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from madobe.directory.actions import upkeep
from madobe.directory.actions.indexing import build_index, wants_rebuilding
from madobe.directory.queries.duplicates import organization_entries, service_entries
from madobe.directory.search.files import folder_of, remove_old
from madobe.lib.chores import chores

BY = "upkeep"
LOOK_EVERY = 2.0  # seconds between two looks at the number of changes
BEAT_EVERY = 60.0  # seconds between two signs that the upkeep is at work
QUIET_EVERY = 300.0  # seconds after which even a few edits are taken into a new snapshot
AFTER_TROUBLE = 30.0  # seconds until the database or the disk is tried again
AGAIN = (
    300.0  # seconds until a chore in trouble is tried again, where it does not come round sooner
)


class Command(BaseCommand):
    help = (
        "Mark entries past their day, end vettings that are over, look for duplicates. Once a day."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--watch",
            action="store_true",
            help="each day anew, and keep the search snapshot fresh, until ended",
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON document and nothing else"
        )

    def handle(self, *, watch: bool, **options: Any) -> None:
        """Print what the day's work did on stdout; with `--watch` print nothing but trouble."""
        if watch:
            self._watch(settings.DATA_DIR)
            return
        at = timezone.now()
        done: dict[str, Any] = {}
        troubles = []
        try:
            done |= asdict(_do_the_day(at))
            upkeep.note_done(settings.DATA_DIR, at=at)
        except Exception as trouble:
            troubles.append(_told("the day", trouble))
        for chore in chores():
            try:
                done[chore.name] = chore.act(at)
            except Exception as trouble:
                troubles.append(_told(chore.name, trouble))
        if options["json"]:
            self.stdout.write(json.dumps(done))
        else:
            for name, number in done.items():
                self.stdout.write(f"{name}: {number}")
        if troubles:
            raise CommandError(f"This could not be done: {'; '.join(troubles)}. The rest was.")

    def _watch(self, data: Path) -> None:
        """Work in the background for a serving parent; ends on SIGTERM, and when the parent is gone."""
        parent = os.getppid()
        os.nice(10)  # people reading pages go first
        signal.signal(signal.SIGTERM, _end)
        seen = Round(quiet_since=time.monotonic())
        while os.getppid() == parent:
            close_old_connections()
            for trouble in look_round(data, seen, now=time.monotonic()):
                self.stderr.write(f"The upkeep cannot be done now: {trouble}", str)
                self.stderr.flush()
            time.sleep(LOOK_EVERY)


@dataclass
class Round:
    """What a watch remembers from one look to the next: seconds of one clock."""

    quiet_since: float = 0.0
    search_at: float = 0.0  # not before: it was in trouble
    beat_at: float = 0.0  # not before
    due: dict[str, float] = field(default_factory=dict)


def look_round(data: Path, seen: Round, *, now: float) -> list[str]:
    """Do what is due, and give in a sentence each what could not be done.

    Whatever is in trouble (the database away, a full disk, a fault of ours) ends nothing else: promises are renewed
    while the search cannot be built.
    """
    troubles = []
    if now >= seen.beat_at:
        seen.beat_at = now + BEAT_EVERY
        try:
            upkeep.note_beat(data, at=timezone.now())
        except OSError as trouble:
            troubles.append(_told("sign of life", trouble))
    if now >= seen.search_at:
        try:
            if look_after(data, is_quiet=now - seen.quiet_since > QUIET_EVERY):
                seen.quiet_since = now
        except Exception as trouble:
            troubles.append(_told("day and search", trouble))
            seen.search_at = now + AFTER_TROUBLE
    return troubles + do_chores(seen.due, now=now)


def look_after(data: Path, *, is_quiet: bool) -> bool:
    """Do what is worth doing at this moment; True when the search snapshot was made anew.

    The search comes first: until it has its snapshot, every question goes to the database.
    """
    folder = folder_of(data)
    if wants_rebuilding(folder, at=timezone.now(), is_quiet=is_quiet):
        build_index(folder, at=timezone.now())
        return True
    remove_old(folder)
    at = timezone.now()
    if not upkeep.is_done(data, at=at):
        _do_the_day(at)
        upkeep.note_done(data, at=at)
    return False


def do_chores(due: dict[str, float], *, now: float) -> list[str]:
    """Do what comes round and is due; `due` remembers by name when each comes next (seconds of one clock).

    Gives what could not be done, in a sentence each: one chore in trouble keeps no other waiting.
    """
    troubles = []
    for chore in chores():
        if due.get(chore.name, now) > now:
            continue
        due[chore.name] = now + chore.every.total_seconds()
        try:
            chore.act(timezone.now())
        except Exception as trouble:
            troubles.append(_told(chore.name, trouble))
            due[chore.name] = now + min(chore.every.total_seconds(), AGAIN)
    return troubles


def _told(name: str, trouble: Exception) -> str:
    return f"{name}: {type(trouble).__name__} {trouble}".strip()


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _do_the_day(at: datetime) -> upkeep.DayDone:
    return upkeep.do_the_day(
        services=service_entries(), organizations=organization_entries(), by=BY, at=at
    )
