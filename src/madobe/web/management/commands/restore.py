import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from pyrage import x25519

from madobe.vault.installed import KeyStoreIsNotOurs
from madobe.web import sheets
from madobe.web.actions.backups.refusals import Refused
from madobe.web.actions.backups.restoring import (
    identity_from_sheets,
    identity_from_text,
    restore_backup,
)


class Command(BaseCommand):
    help = "Put a backup into an empty installation, all of it or nothing, with two of the three recovery sheets."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("data", type=Path, metavar="DATA", help="data-….age")
        parser.add_argument("keys", type=Path, metavar="KEYS", help="keys-….age")
        sheets.add_arguments(parser)
        parser.add_argument(
            "--identity", type=Path, metavar="FILE", help="a private key of age, instead of sheets"
        )

    def handle(
        self, *, data: Path, keys: Path, sheets: Path | None, identity: Path | None, **options: Any
    ) -> None:
        try:
            restored = restore_backup(data=data, keys=keys, identity=_identity(identity, sheets))
        except (Refused, KeyStoreIsNotOurs) as error:
            raise CommandError(str(error)) from error
        for name, table in restored.tables.items():
            print(f"{table.digest}  {table.rows:>9}  {name}")
        _say(f"every table is the same as when the backup was made, {restored.made_at}")
        if restored.cases_without_key:
            _say(
                f"{restored.cases_without_key} case(s) have no key and stay unreadable: they were erased after the "
                "data were copied, or began after the keys were"
            )
        _say("next: `madobe index`, and `madobe recover` if every passphrase is lost")


def _identity(file: Path | None, from_: Path | None) -> x25519.Identity:
    if file is None:
        return identity_from_sheets(sheets.sheets_from(from_))
    try:
        return identity_from_text(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(
            f"{file} cannot be read. Give the file that `age-keygen` wrote."
        ) from error


def _say(line: str) -> None:
    print(f"restore: {line}", file=sys.stderr, flush=True)
