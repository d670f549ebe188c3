"""The display segment: read once, before anything else, and kept out of cookies."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from madobe.ui.display import Display, DisplayConverter
from madobe.ui.furigana import with_furigana

_READ = DisplayConverter().to_python


class DisplayMiddleware:
    """Give every request its display and speak its language while the answer is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            display = _READ(request.path_info.split("/", 2)[1])
        except (ValueError, IndexError):
            display = Display()
        request.display = display  # type: ignore[attr-defined]
        with translation.override(display.locale):
            response = self.get_response(request)
        display = request.display  # type: ignore[attr-defined]  # staff pages know their reader's language
        response.headers["Content-Language"] = display.locale
        if response.headers.get("Content-Type", "").startswith("text/html"):
            if display.furigana and not response.streaming:
                _add_furigana(request, response)
            # No page is kept: the browser's Back must not bring back what somebody wrote or looked for.
            response.headers["Cache-Control"] = "no-store"
        return response


def _add_furigana(request: HttpRequest, response: HttpResponse) -> None:
    # What somebody wrote or searched for may stand on the page: it must not stay in memory after the answer.
    told = request.META.get("QUERY_STRING") or getattr(request, "shows_what_was_written", False)
    said_nothing = request.method == "GET" and not told
    response.content = with_furigana(response.content.decode(), keep=said_nothing).encode()
    if response.has_header("Content-Length"):
        response.headers["Content-Length"] = str(len(response.content))
