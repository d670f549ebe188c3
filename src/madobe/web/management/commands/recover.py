import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from madobe.vault.actions.recovery import NoRecoveryKey, SharesAreOfAnotherHouse
from madobe.vault.installed import KeyStoreIsNotOurs
from madobe.vault.rules.recovery import SharesDoNotFitError
from madobe.web import sheets as asking
from madobe.web.actions.recovering import (
    HasNoKeyYet,
    NobodyOfThatAddress,
    Receiver,
    receiver,
    recover_for,
)


class Command(BaseCommand):
    help = "When every passphrase is lost: give one member all cases and duty groups, with two of three sheets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", nargs="?", default="", help="who gets everything")
        asking.add_arguments(parser)
        parser.add_argument("--yes", action="store_true", help="do not ask once more")

    def handle(
        self, *, email: str, sheets: Path | None, yes: bool, verbosity: int, **options: Any
    ) -> None:
        to = _receiver(email or _asked("Who gets all cases and duty groups? E-mail address: "))
        words = asking.sheets_from(sheets)
        _say(f"{to.name} will open every case, and alone the duty groups until they admit others.")
        if to.others:
            _say(
                f"{to.others} other member(s) have a key. Who remembers a passphrase can give cases on without this."
            )
        if not yes and _asked("Go on? yes / no: ").strip().lower() not in {"y", "yes", "はい"}:
            raise CommandError("Stopped; nothing was changed.")
        try:
            done = recover_for(to=to, sheets=words, by="command recover", at=timezone.now())
        except SharesDoNotFitError:
            raise CommandError(
                "These sheets do not fit together. Two different sheets of one printing are needed; nothing was changed."
            ) from None
        except SharesAreOfAnotherHouse:
            raise CommandError(
                "These sheets fit together and are of another installation; nothing was changed."
            ) from None
        except NoRecoveryKey:
            raise CommandError(
                "No recovery sheets were made for this installation: there is nothing to recover with."
            ) from None
        except KeyStoreIsNotOurs as error:
            raise CommandError(str(error)) from error
        print(f"{done.cases} cases and {done.groups} duty groups open for {to.name} now.")
        if done.erased:
            print(f"{done.erased} erased cases stay unreadable, as was promised.")
        if done.not_given:
            print(
                f"{done.not_given} cases were never given to these sheets and stay with who has them."
            )
        _say("next: print new sheets, for these two were read together in one place")


def _receiver(email: str) -> Receiver:
    try:
        return receiver(email.strip())
    except DatabaseError:
        raise CommandError(
            "The database cannot be read, or misses tables of this release. Run `madobe migrate`, then this again."
        ) from None
    except NobodyOfThatAddress:
        raise CommandError(
            f"Nobody with {email.strip()!r} works here. `madobe invite` lets somebody in."
        ) from None
    except HasNoKeyYet:
        raise CommandError(
            f"{email.strip()} has no key yet. Let them sign in at /staff/ and make one, with a new passphrase; "
            "then run this again."
        ) from None


def _asked(question: str) -> str:
    if not sys.stdin.isatty():
        raise CommandError(
            "This asks on a terminal. Elsewhere give EMAIL, --sheets FILE and --yes."
        )
    try:
        return input(question)
    except (EOFError, KeyboardInterrupt):
        raise CommandError("Stopped; nothing was changed.") from None


def _say(line: str) -> None:
    print(f"recover: {line}", file=sys.stderr, flush=True)
