"""The product with somebody signed in, behind a port: `python -m tests.journeys.staff_site PORT`."""

import os
import sys
from collections.abc import Callable
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.http import HttpRequest, HttpResponse


class SignedIn:
    """Stands where the door under /staff stands: an editor of everything is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from tests.factories.staff import actor

        if request.path.startswith("/staff/"):
            request.staff = actor("editor")  # type: ignore[attr-defined]
        return self.get_response(request)


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 64


class Quiet(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        pass


def serve(port: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings

    django.setup()
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    settings.MIDDLEWARE = [
        *(one for one in settings.MIDDLEWARE if "WhiteNoise" not in one),
        "tests.journeys.staff_site.SignedIn",
    ]
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    settings.DEBUG = True  # static files are served from where they lie
    application = StaticFilesHandler(get_wsgi_application())
    make_server("127.0.0.1", port, application, Server, Quiet).serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
