"""For the machines that watch: no content, only a status."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from madobe.directory import queries

INDEX_HEADER = (
    "Madobe-Index"  # "snapshot": the search answers from it; "sql": it is slower, not wrong
)


def healthz(request: HttpRequest) -> HttpResponse:
    """204 while the process runs."""
    return HttpResponse(status=204)


def readyz(request: HttpRequest) -> HttpResponse:
    """204 while the database answers, 503 otherwise; a header tells what the search answers from."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        index = queries.search_stands_on()
    except DatabaseError:
        return HttpResponse(status=503)
    return HttpResponse(status=204, headers={INDEX_HEADER: index})
