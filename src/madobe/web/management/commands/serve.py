from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from madobe.web import serving


class Command(BaseCommand):
    help = "Serve the whole product: pages and static files, on the configured database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        serving.add_arguments(parser)

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        serving.ensure_free(host, port)
        serving.prepare()
        serving.serve(host=host, port=port)
