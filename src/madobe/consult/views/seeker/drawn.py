"""Pages that differ from one visitor to the next in a few signs only are drawn once and filled in.

What is filled in are tokens and the words of a receipt: made here, never typed by anybody, and without a sign that means
something in HTML. What somebody wrote never stands on such a page.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import conditional_escape

from madobe.ui.display import display_of

KEPT: Final = 64  # languages, sizes and desks; another minute of a desk is another page
_pages: Final[OrderedDict[Hashable, str]] = OrderedDict()
_lock: Final = Lock()


def filled(
    request: HttpRequest,
    template: str,
    key: Hashable,
    context: Callable[[], Mapping[str, object]],
    blanks: Mapping[str, str],
) -> HttpResponse:
    """This will give the page with its blanks filled in. `key`: everything it shows besides, but the reader's display.

    `context` gives the values of the template, each blank as its own name.
    """
    place = (template, request.method, request.path, str(display_of(request)), key)
    with _lock:
        page = _pages.get(place)
        if page is not None:
            _pages.move_to_end(place)
    if page is None:
        page = render_to_string(template, dict(context()), request)
        with _lock:
            _pages[place] = page
            while len(_pages) > KEPT:
                _pages.popitem(last=False)
    for blank, text in blanks.items():
        page = page.replace(blank, conditional_escape(text))
    return HttpResponse(page)
