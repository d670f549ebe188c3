"""A worker loaded beforehand that its parent forks again whenever it is killed: python -m bench._desk_fork PORT FILE [ack].

FILE holds the pid of the worker that lives. `ack` is the control: it answers first and stores a moment later.
"""

import os
import socket
import sys
from pathlib import Path
from threading import Timer
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer


class Quiet(WSGIRequestHandler):
    """Writes nobody's address anywhere."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def run(port: int, told: Path) -> None:
    """Fork workers for ever."""
    from django.core.management import call_command
    from django.db import connections

    from config.wsgi import application

    call_command("collectstatic", interactive=False, verbosity=0)
    warm()
    line = socket.create_server(("127.0.0.1", port), backlog=64)
    connections.close_all()
    while True:
        pid = os.fork()
        if pid == 0:
            server = WSGIServer(("127.0.0.1", port), Quiet, bind_and_activate=False)
            server.socket.close()
            server.socket = line
            server.server_name, server.server_port = "localhost", port
            server.setup_environ()
            server.set_app(application)
            server.serve_forever(poll_interval=5)
        told.with_suffix(".new").write_text(str(pid))
        told.with_suffix(".new").rename(told)
        os.waitpid(pid, 0)


def warm() -> None:
    """Take in one letter, so that a worker that was just forked has everything loaded."""
    from django.test import Client

    from bench._desk_client import PAGE, letter, token_of

    client = Client(headers={"host": "localhost"})
    token = token_of(client.get(PAGE).content.decode())
    client.post(PAGE, {"token": token, "text": letter(0), "go": "send"})


def answer_before_storing() -> None:
    """The control: what a product does that believes its memory."""
    from madobe.consult.actions.seeker import letters

    real = letters.receive_letter

    def later(**given: Any) -> Any:
        from uuid import uuid4

        Timer(0.3, real, kwargs=given).start()
        return letters.Received(uuid4(), given["desk"].reply_by, None)

    letters.receive_letter = later


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if sys.argv[3:] == ["ack"]:
        answer_before_storing()
    run(int(sys.argv[1]), Path(sys.argv[2]))
