import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from madobe.accounts.actions.inventing import PASSWORD, NobodyOfThatName, code_of, invented
from madobe.accounts.actions.inventing_keys import WORDS
from madobe.web import serving
from madobe.web.actions.demo import make_demo
from madobe.web.actions.installation import DatabaseIsNotADemo
from madobe.web.queries import is_demo


class Command(BaseCommand):
    help = "Make a demo in an empty database (a second time: the same one) and serve it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        serving.add_arguments(parser)
        parser.add_argument(
            "what", nargs="?", choices=["code"], help="code: the current second step"
        )
        parser.add_argument("name", nargs="?", default="", help="of which invented person")
        parser.add_argument("--no-serve", action="store_true", help="make it, do not serve it")

    def handle(
        self, *, what: str, name: str, host: str, port: int, no_serve: bool, **options: Any
    ) -> None:
        if what == "code":
            print(_code(name))
            return
        if not no_serve:
            serving.ensure_free(host, port)
        serving.prepare()
        try:
            make_demo(open_data=settings.OPEN_DATA_DIR, at=timezone.now(), say=_say)
        except DatabaseIsNotADemo as error:
            raise CommandError(
                f"No demo here: {error}. Set MADOBE_DATA to an empty folder (or DATABASE_URL to an empty database)."
            ) from error
        _say(f"to sign in at /staff/: {', '.join(user.email for user in invented())}")
        _say(f"password of each: {PASSWORD} · second step: madobe demo code hana")
        _say(f"words of each counsellor's key: {WORDS}")
        if not no_serve:
            serving.serve(host=host, port=port)


def _code(name: str) -> str:
    if not is_demo():
        raise CommandError("This database is not a demo: codes of real people are shown to nobody.")
    try:
        return code_of(name, at=timezone.now())
    except NobodyOfThatName as error:
        raise CommandError(f"There is nobody called {name!r} here; there are: {error}.") from error


def _say(line: str) -> None:
    print(f"demo: {line}", file=sys.stderr, flush=True)
