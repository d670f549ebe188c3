"""`/talk`: write, keep eight words, come back. Everything is a POST to one neutral address."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from madobe.consult.actions.seeker import letters, threads
from madobe.consult.choices import Change
from madobe.consult.forms.attachments import Attachments, read_in_memory
from madobe.consult.forms.talk import ChangeForm, ContactForm, LetterForm, ReplyForm
from madobe.consult.queries.threads import file_of, seen
from madobe.consult.rules.tokens import Token, TokenIsNotOurs, TokenIsStale, message_id, read
from madobe.consult.rules.work import is_done
from madobe.consult.thread import NoSuchThread, find_thread
from madobe.consult.times import day_of
from madobe.consult.views.seeker import files, offers, pages
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
    return _thread_page(request, receipt.secret, at, typed=typed)


def _show_words_field(request: HttpRequest, at: datetime) -> HttpResponse:
    return pages.ask_words(request, kept=pages.kept_of(request))


def _reply(request: HttpRequest, at: datetime) -> HttpResponse:
    def send(token: Token) -> HttpResponse:
        form = ReplyForm(request.POST, request.FILES)
        found = find_thread(secret=token.secret, on=day_of(at))
        if not form.is_valid():
            return pages.thread(
                request, token.secret, seen(found), at=at, form=form, status=UNPROCESSABLE
            )
        desk = receiving_desk(at=at, desk_id=found.thread.desk_id, even_in_set_up=True)
        if desk is None:
            return pages.write(request, None, at=at, form=LetterForm(request.POST))
        letter = pages.reply_of(form, request, found)
        try:
            letters.add_letter(
                letter=letter,
                secret=token.secret,
                message=message_id(token, *letter.parts()),
                desk=desk,
                at=at,
            )
        except letters.DeskIsNotOpen:  # set aside, and since then nobody holds the desk's key
            return pages.write(request, None, at=at, form=LetterForm(request.POST))
        files = form.cleaned_data["sent_files"]
        return _thread_page(request, token.secret, at, said="sent", letter=letter, files=files)

    return _in_thread(request, at, send)


def _set_aside(request: HttpRequest, at: datetime) -> HttpResponse:
    def keep(token: Token) -> HttpResponse:
        form = ReplyForm(request.POST)
        form.is_valid()
        if form.has_error("text", "max_length"):
            found = seen(find_thread(secret=token.secret, on=day_of(at)))
            return pages.thread(
                request, token.secret, found, at=at, form=form, status=UNPROCESSABLE
            )
        text = form.cleaned_data.get("text", "")
        threads.set_aside(text=text, secret=token.secret, at=at)
        return pages.set_aside(request, token.secret, at=at)

    return _in_thread(request, at, keep)


def _rest(request: HttpRequest, at: datetime) -> HttpResponse:
    def rest(token: Token) -> HttpResponse:
        threads.rest(secret=token.secret, at=at)
        return _thread_page(request, token.secret, at, said="rest")

    return _in_thread(request, at, rest)


def _another(request: HttpRequest, at: datetime) -> HttpResponse:
    def ask(token: Token) -> HttpResponse:
        form = ChangeForm(request.POST)
        if not form.is_valid():
            return pages.another(request, token.secret, at=at)
        kind = form.cleaned_data["change"]
        threads.ask_for_another(secret=token.secret, kind=kind, at=at)
        said = "another_place" if kind == Change.PLACE else "another"
        return _thread_page(request, token.secret, at, said=said)

    return _in_thread(request, at, ask)


def _contact(request: HttpRequest, at: datetime) -> HttpResponse:
    def change(token: Token) -> HttpResponse:
        found = seen(find_thread(secret=token.secret, on=day_of(at)))
        if request.POST.get("go") != "contact_change":
            return pages.contact(request, token.secret, found, at=at)
        form = ContactForm(request.POST)
        if not form.is_valid():
            return pages.contact(
                request, token.secret, found, at=at, form=form, status=UNPROCESSABLE
            )
        threads.change_contact(
            secret=token.secret, contact=form.contact(), keep=form.cleaned_data["keep"], at=at
        )
        return _thread_page(request, token.secret, at, said="contact")

    return _in_thread(request, at, change)


def _erase(request: HttpRequest, at: datetime) -> HttpResponse:
    def ask(token: Token) -> HttpResponse:
        thread = find_thread(secret=token.secret, on=day_of(at)).thread
        desk = receiving_desk(at=at, desk_id=thread.desk_id, even_in_set_up=True)
        return pages.erase(request, token.secret, desk, at=at)

    return _in_thread(request, at, ask)


def _erase_now(request: HttpRequest, at: datetime) -> HttpResponse:
    def erase(token: Token) -> HttpResponse:
        threads.erase(secret=token.secret, at=at)
        return pages.erased(request)

    return _in_thread(request, at, erase)


def _words_again(request: HttpRequest, at: datetime) -> HttpResponse:
    """The words once more, for whoever is in their thread and would like to copy them."""
    return _in_thread(request, at, lambda token: pages.words(request, token.secret, at=at))


def _slip(request: HttpRequest, at: datetime) -> HttpResponse:
    """受付票: the day and a number, nothing else."""

    def give(token: Token) -> HttpResponse:
        found = find_thread(secret=token.secret, on=day_of(at))
        return pages.slip(request, token.secret, found, at=at)

    return _in_thread(request, at, give)


def _file(request: HttpRequest, at: datetime) -> HttpResponse:
    """A picture or paper once more: "file.2.1" is the first one of letter 2."""

    def give(token: Token) -> HttpResponse:
        place = request.POST.get("go", "").partition(".")[2]
        file = file_of(find_thread(secret=token.secret, on=day_of(at)), place)
        return files.handed(file) if file else _thread_page(request, token.secret, at)

    return _in_thread(request, at, give)


def _back(request: HttpRequest, at: datetime) -> HttpResponse:
    return _in_thread(request, at, lambda token: _thread_page(request, token.secret, at))


def _in_thread(
    request: HttpRequest, at: datetime, act: Callable[[Token], HttpResponse]
) -> HttpResponse:
    """Do something in an open thread. A form shown too long ago asks for the words again and keeps what was typed."""
    try:
        token = _thread_token(request, at)
        return act(token)
    except (TokenIsStale, TokenIsNotOurs):
        kept = pages.kept_of(request)
        return pages.ask_words(request, kept=kept, waited=True, status=UNPROCESSABLE)
    except ReceiptNotUnderstood as problem:
        return pages.ask_words(
            request,
            typed=request.POST.get("words", ""),
            kept=pages.kept_of(request),
            problem=problem,
            status=UNPROCESSABLE,
        )
    except NoSuchThread:
        return pages.ask_words(
            request,
            typed=request.POST.get("words", ""),
            kept=pages.kept_of(request),
            not_found=True,
            status=UNPROCESSABLE,
        )


def _thread_page(
    request: HttpRequest,
    secret: bytes,
    at: datetime,
    *,
    typed: str = "",
    said: str = "",
    letter: letters.Letter | None = None,
    files: Attachments | None = None,
) -> HttpResponse:
    try:
        found = find_thread(secret=secret, on=day_of(at))
    except NoSuchThread:
        kept = "" if letter else pages.kept_of(request)
        return pages.ask_words(
            request, typed=typed, kept=kept, not_found=True, status=UNPROCESSABLE
        )
    letters.note_visit(found.thread, on=day_of(at))
    kept = "" if letter else pages.kept_of(request)
    return pages.thread(
        request, secret, seen(found), at=at, said=said, kept=kept, letter=letter, files=files
    )


def _thread_token(request: HttpRequest, at: datetime) -> Token:
    """The token of the form; or, where the form has waited too long, the words typed anew beside it."""
    try:
        return read(request.POST.get("token", ""), form_key(), is_new=False, at=at)
    except (TokenIsStale, TokenIsNotOurs):
        if not request.POST.get("words", "").strip():
            raise
        return pages.fresh_token(read_receipt(request.POST["words"]).secret, at=at)


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
    "reply": _reply,
    "aside": _set_aside,
    "rest": _rest,
    "another": _another,
    "contact": _contact,
    "contact_change": _contact,
    "erase": _erase,
    "erase_now": _erase_now,
    "keep_words": _words_again,
    "slip": _slip,
    "file": _file,
    "back": _back,
    "choose": lambda request, at: offers.choose(request, at, _in_thread),
}
