"""When a page is not there, or something went wrong here: say so plainly, and show the way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from madobe.ui.display import Display


def not_taken(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 for what cannot be read at all: far too much at once, or nothing a browser's form would send."""
    _give_display(request)
    return render(request, "web/not_taken.html", status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 with the doors that are open."""
    _give_display(request)
    return render(request, "web/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: nothing the visitor did."""
    _give_display(request)
    return render(request, "web/server_error.html", status=500)


def _give_display(request: HttpRequest) -> None:
    # An address outside the display segment has no choice of its own: plain Japanese then.
    if getattr(request, "display", None) is None:
        request.display = Display("ja")  # type: ignore[attr-defined]
