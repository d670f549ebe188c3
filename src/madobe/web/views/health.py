"""For the machines that watch: no content, only a status."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from madobe.directory import queries
from madobe.directory.actions.upkeep import is_silent
from madobe.vault.installed import KeyStoreIsNotOurs, ask_key_store

INDEX_HEADER = (
    "Madobe-Index"  # "snapshot": the search answers from it; "sql": it is slower, not wrong
)

MISSING_HEADER = "Madobe-Missing"  # with a 503, what does not answer: "database", "keys", "upkeep"


def healthz(request: HttpRequest) -> HttpResponse:
    """204 while the process runs."""
    return HttpResponse(status=204)


def readyz(request: HttpRequest) -> HttpResponse:
    """204 while the database and its key store answer and the upkeep is at work, 503 otherwise.

    A header tells what the search answers from, or what is missing.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        index = queries.search_stands_on()
    except DatabaseError:
        return _missing("database")
    try:
        ask_key_store()
    except (DatabaseError, KeyStoreIsNotOurs):
        return _missing("keys")
    if is_silent(settings.DATA_DIR, at=timezone.now()):
        return _missing("upkeep")
    return HttpResponse(status=204, headers={INDEX_HEADER: index})


def _missing(what: str) -> HttpResponse:
    return HttpResponse(status=503, headers={MISSING_HEADER: what})
