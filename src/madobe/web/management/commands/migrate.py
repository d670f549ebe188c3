from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from madobe.vault.router import KEYS


class Command(migrate.Command):
    help = "Bring the tables up to date: of the main database and of the key store beside it."

    def handle(self, *args: Any, **options: Any) -> None:
        """The key store goes along when the main database is brought up to date as a whole.

        Not while databases for tests are made (`run_syncdb`): at that moment the key store is still the real one.
        """
        whole = options["database"] == DEFAULT_DB_ALIAS and not options["app_label"]
        if whole and not options["run_syncdb"]:
            call_command("migrate", "keystore", database=KEYS, verbosity=options["verbosity"])
        super().handle(*args, **options)
