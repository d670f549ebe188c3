"""Whether anything is new in an open thread: asked again and again by the page, answered in next to nothing."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET

from madobe.consult.queries.threads import SeenThread, revision_of, seen
from madobe.consult.rules.tokens import TokenIsNotOurs, TokenIsStale, read
from madobe.consult.rules.writing import Side
from madobe.consult.thread import NoSuchThread, find_thread
from madobe.consult.times import day_of
from madobe.consult.views.seeker import pages
from madobe.consult.views.writing import tell_writing
from madobe.ui.display import Display, DisplayConverter
from madobe.vault.installed import form_key

HEADER = "X-Madobe-Thread"  # the token of the open form; an address carries nothing
DISPLAY = "X-Madobe-Display"  # how its page is shown: its news are to look like the rest
GONE, NOT_MODIFIED = 410, 304


@require_GET
@sensitive_variables()
def poll(request: HttpRequest) -> HttpResponse:
    """How the thread stands, its letters and its times when something is new, else 304.

    410 once the form has waited too long. Looking gives no new time: a page that lies open with nobody before it ends,
    and who comes back says the words (rules.tokens).
    """
    at = timezone.now()
    day = day_of(at)
    try:
        token = read(request.headers.get(HEADER, ""), form_key(), is_new=False, at=at)
        thread, revision = revision_of(token.secret, on=day)
        tag = f'"{revision}"'
        if request.headers.get("If-None-Match") == tag:
            response = HttpResponse(status=NOT_MODIFIED)
        else:
            found = seen(find_thread(secret=token.secret, on=day))
            response = _news(request, found, at)
    except (TokenIsStale, TokenIsNotOurs, NoSuchThread):
        return HttpResponse(status=GONE)
    response.headers["ETag"] = tag
    return tell_writing(request, response, thread, Side.PERSON, at)


def _news(request: HttpRequest, found: SeenThread, at: datetime) -> HttpResponse:
    try:
        display = DisplayConverter().to_python(request.headers.get(DISPLAY, ""))
    except ValueError:
        display = Display()
    request.display = display  # type: ignore[attr-defined]
    request.shows_what_was_written = True  # type: ignore[attr-defined]
    with translation.override(display.locale):
        return render(request, "consult/_news.html", pages.how_it_stands(found, at=at))
