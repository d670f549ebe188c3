import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from madobe.web import serving
from madobe.web.actions.demo import make_demo
from madobe.web.actions.installation import DatabaseIsNotADemo


class Command(BaseCommand):
    help = "Make a demo in an empty database (a second time: the same one) and serve it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        serving.add_arguments(parser)
        parser.add_argument("--no-serve", action="store_true", help="make it, do not serve it")

    def handle(self, *, host: str, port: int, no_serve: bool, **options: Any) -> None:
        if not no_serve:
            serving.ensure_free(host, port)
        serving.prepare()
        try:
            make_demo(open_data=settings.OPEN_DATA_DIR, at=timezone.now(), say=_say)
        except DatabaseIsNotADemo as error:
            raise CommandError(
                f"No demo here: {error}. Set MADOBE_DATA to an empty folder (or DATABASE_URL to an empty database)."
            ) from error
        if not no_serve:
            serving.serve(host=host, port=port)


def _say(line: str) -> None:
    print(f"demo: {line}", file=sys.stderr, flush=True)
