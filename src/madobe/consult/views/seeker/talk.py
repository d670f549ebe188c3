"""`/talk`: write, keep eight words, come back. Everything is a POST to one neutral address."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from madobe.consult.forms.attachments import read_in_memory
from madobe.consult.views.seeker import first, inside, offers, pages
from madobe.consult.views.seeker.carried import kept_of
from madobe.ui.display import Display
from madobe.vault.rules.receipts import ReceiptNotUnderstood, read_receipt

UNPROCESSABLE, FORBIDDEN = 422, 403
_HERE: Final = ("same-origin", "same-site", "none", "")


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def talk(request: HttpRequest, display: Display) -> HttpResponse:
    """The first page, or whatever the button that was pressed asks for."""
    at = timezone.now()
    if request.method == "GET":
        return first.page(request, at)
    read_in_memory(request)
    if not _from_here(request):
        return first.page(request, at, status=FORBIDDEN, again=True)
    step = request.POST.get("go", "").partition(".")[0]
    return STEPS.get(step, first.write_on)(request, at)


@require_http_methods(["GET", "POST"])
def bare(request: HttpRequest) -> HttpResponse:
    """`/talk` without a display segment: the same, in plain Japanese or the language a browser prefers."""
    english = request.headers.get("Accept-Language", "").strip().lower().startswith("en")
    display = Display("en" if english else "ja")
    request.display = display  # type: ignore[attr-defined]
    with translation.override(display.locale):
        return talk(request, display)


def _by_words(request: HttpRequest, at: datetime) -> HttpResponse:
    """Open a thread by whatever was pasted into one field: words or digits."""
    typed = request.POST.get("words", "")
    if request.POST.get("then") == "contact":  # they were on that page when it had waited too long
        return inside.contact(request, at)
    try:
        receipt = read_receipt(typed)
    except ReceiptNotUnderstood as problem:
        kept = kept_of(request)
        return pages.ask_words(
            request, at=at, typed=typed, kept=kept, problem=problem, status=UNPROCESSABLE
        )
    return inside.thread_page(request, receipt.secret, at, typed=typed)


def _show_words_field(request: HttpRequest, at: datetime) -> HttpResponse:
    typed = request.POST.get("words", "")
    return pages.ask_words(request, at=at, typed=typed, kept=kept_of(request))


def _from_here(request: HttpRequest) -> bool:
    """No cookie and no session make a foreign form worth anything; still, a browser that says it comes from
    elsewhere is answered with the empty page. `null` is what browsers send under no-referrer (trust.md).
    """
    if request.headers.get("Sec-Fetch-Site", "") not in _HERE:
        return False
    origin = request.headers.get("Origin", "null")
    return origin == "null" or origin.partition("://")[2] == request.get_host()


STEPS: Final[dict[str, Callable[[HttpRequest, datetime], HttpResponse]]] = {
    "send": first.send,
    "aside_first": first.set_aside,
    "open": _show_words_field,
    "words": _by_words,
    "reply": inside.reply,
    "aside": inside.set_aside,
    "rest": inside.rest,
    "another": inside.another,
    "contact": inside.contact,
    "contact_change": inside.contact,
    "erase": inside.erase,
    "erase_now": inside.erase_now,
    "keep_words": inside.words_again,
    "check_word": inside.check_word,
    "slip": inside.slip,
    "looks": inside.looks,
    "file": inside.file,
    "back": inside.back,
    "choose": lambda request, at: offers.choose(request, at, inside.in_thread),
}
