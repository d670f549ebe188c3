import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from madobe.vault.installed import KeyStoreIsNotOurs
from madobe.web.actions.backups.making import make_backup
from madobe.web.actions.backups.refusals import Refused


class Command(BaseCommand):
    help = "Write two sealed files into a folder: the data, and the key store. This machine cannot open them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="for backups alone")

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            made = make_backup(folder=folder, at=timezone.now())
        except (Refused, KeyStoreIsNotOurs) as error:
            raise CommandError(str(error)) from error
        print(made.data)
        print(made.keys)
        for name in made.deleted:
            _say(f"{name} was seven days old and is deleted")
        _say(f"{made.rows} rows, sealed to {made.sealed_to} key(s). Keep the two files apart.")


def _say(line: str) -> None:
    print(f"backup: {line}", file=sys.stderr, flush=True)
