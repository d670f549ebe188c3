"""For the machines that watch: no content, only a status."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """204 while the process runs."""
    return HttpResponse(status=204)


def readyz(request: HttpRequest) -> HttpResponse:
    """204 while the database answers, 503 otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse(status=503)
    return HttpResponse(status=204)
