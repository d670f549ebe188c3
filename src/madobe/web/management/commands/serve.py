from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from madobe.web import serving


class Command(BaseCommand):
    help = "Serve the whole product: pages and static files, on the configured database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help="address to listen on (default: loopback)"
        )
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        serving.prepare()
        serving.serve(
            host=host, port=port, ready=lambda: print(f"http://{_shown(host)}:{port}/", flush=True)
        )


def _shown(host: str) -> str:
    if host in {"127.0.0.1", "::1"}:
        return "localhost"
    return f"[{host}]" if ":" in host else host
