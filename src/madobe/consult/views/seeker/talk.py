"""`/talk`: write, keep eight words, come back. Everything is a POST to one neutral address."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from madobe.consult.actions.seeker import letters, threads
from madobe.consult.forms.attachments import read_in_memory
from madobe.consult.forms.talk import LetterForm
from madobe.consult.rules.tokens import Token, TokenIsNotOurs, TokenIsStale, message_id, read
from madobe.consult.rules.work import is_done
from madobe.consult.thread import NoSuchThread
from madobe.consult.views.seeker import inside, offers, pages
from madobe.consult.views.seeker.flood import verdict_on
from madobe.desks.queries import ReceivingDesk, receiving_desk
from madobe.ui.display import Display
from madobe.vault.installed import form_key
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
        return pages.write(request, _desk(request, at), at=at)
    read_in_memory(request)
    if not _from_here(request):
        return pages.write(request, _desk(request, at), at=at, status=FORBIDDEN, again=True)
    step = request.POST.get("go", "").partition(".")[0]
    return STEPS.get(step, _write_on)(request, at)


@require_http_methods(["GET", "POST"])
def bare(request: HttpRequest) -> HttpResponse:
    """`/talk` without a display segment: the same, in plain Japanese or the language a browser prefers."""
    english = request.headers.get("Accept-Language", "").strip().lower().startswith("en")
    display = Display("en" if english else "ja")
    request.display = display  # type: ignore[attr-defined]
    with translation.override(display.locale):
        return talk(request, display)


def _write_on(request: HttpRequest, at: datetime) -> HttpResponse:
    """The writing page with what is already there: from the display switch, the guide's memo, or a way back."""
    told = request.POST.copy()
    if "memo" in told:  # handed over from the guide, by choice
        told["text"] = str(told["memo"])
    form = LetterForm(told)
    form.is_valid()
    return pages.write(request, _desk(request, at), at=at, form=form, show_faults=False)


def _send(request: HttpRequest, at: datetime) -> HttpResponse:
    form, desk = LetterForm(request.POST, request.FILES), _desk(request, at)
    if desk is None:
        return pages.write(request, None, at=at, form=form)
    try:
        token = _new_token(request, at)
    except (TokenIsStale, TokenIsNotOurs):
        form.is_valid()
        return pages.write(request, desk, at=at, form=form, status=UNPROCESSABLE, again=True)
    if not form.is_valid():
        return pages.write(request, desk, at=at, form=form, token=token, status=UNPROCESSABLE)
    letter = pages.letter_of(form)
    proven = is_done(request.POST["token"], request.POST.get("work", ""))
    verdict = verdict_on(request, letter.text, urgent=letter.is_urgent, proven=proven)
    try:
        received = letters.receive_letter(
            letter=letter,
            secret=token.secret,
            message=message_id(token, *letter.parts()),
            desk=desk,
            held=verdict.group,
            at=at,
        )
    except letters.DeskIsNotOpen:
        return pages.write(request, None, at=at, form=form)
    except NoSuchThread:  # these words are being erased at this moment: it goes under new ones
        return pages.write(request, desk, at=at, form=form, status=UNPROCESSABLE, again=True)
    return pages.sent(request, token, received, letter, form.cleaned_data["sent_files"], at=at)


def _set_aside_first(request: HttpRequest, at: datetime) -> HttpResponse:
    form, desk = LetterForm(request.POST), _desk(request, at)
    form.is_valid()
    if desk is None:
        return pages.write(request, None, at=at, form=form)
    try:
        token = _new_token(request, at)
    except (TokenIsStale, TokenIsNotOurs):
        return pages.write(request, desk, at=at, form=form, status=UNPROCESSABLE, again=True)
    if form.has_error("text", "max_length"):
        return pages.write(request, desk, at=at, form=form, token=token, status=UNPROCESSABLE)
    threads.set_aside_first(
        text=form.cleaned_data.get("text", ""),
        contact=form.contact(),
        keep=form.cleaned_data.get("keep", ""),
        secret=token.secret,
        desk=desk,
        at=at,
    )
    return pages.set_aside(request, token.secret, at=at)


def _by_words(request: HttpRequest, at: datetime) -> HttpResponse:
    """Open a thread by whatever was pasted into one field: words or digits."""
    typed = request.POST.get("words", "")
    try:
        receipt = read_receipt(typed)
    except ReceiptNotUnderstood as problem:
        kept = pages.kept_of(request)
        return pages.ask_words(
            request, typed=typed, kept=kept, problem=problem, status=UNPROCESSABLE
        )
    return inside.thread_page(request, receipt.secret, at, typed=typed)


def _show_words_field(request: HttpRequest, at: datetime) -> HttpResponse:
    return pages.ask_words(request, kept=pages.kept_of(request))


def _new_token(request: HttpRequest, at: datetime) -> Token:
    return read(request.POST.get("token", ""), form_key(), is_new=True, at=at)


def _desk(request: HttpRequest, at: datetime) -> ReceivingDesk | None:
    return receiving_desk(at=at, place=request.POST.get("place", "")[:100])


def _from_here(request: HttpRequest) -> bool:
    """No cookie and no session make a foreign form worth anything; still, a browser that says it comes from
    elsewhere is answered with the empty page. `null` is what browsers send under no-referrer (trust.md).
    """
    if request.headers.get("Sec-Fetch-Site", "") not in _HERE:
        return False
    origin = request.headers.get("Origin", "null")
    return origin == "null" or origin.partition("://")[2] == request.get_host()


STEPS: Final[dict[str, Callable[[HttpRequest, datetime], HttpResponse]]] = {
    "send": _send,
    "aside_first": _set_aside_first,
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
    "slip": inside.slip,
    "file": inside.file,
    "back": inside.back,
    "choose": lambda request, at: offers.choose(request, at, inside.in_thread),
}
