"""What is done in a thread that is open: write on, rest, be reached otherwise, look for an answer, erase."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from madobe.consult.actions.seeker import letters, threads
from madobe.consult.choices import Change, State
from madobe.consult.forms.attachments import Attachments
from madobe.consult.forms.talk import ChangeForm, ContactForm, LetterForm, ReplyForm
from madobe.consult.queries.looks import looks_at
from madobe.consult.queries.threads import file_of, seen
from madobe.consult.rules.tokens import Token, TokenIsNotOurs, TokenIsStale, message_id, read
from madobe.consult.thread import NoSuchThread, find_thread
from madobe.consult.times import day_of
from madobe.consult.views.seeker import first_pages, pages
from madobe.consult.views.seeker.carried import chosen_of, has_contact, kept_of, shown_of
from madobe.consult.views.seeker.files import handed
from madobe.desks.queries import receiving_desk
from madobe.vault.installed import form_key
from madobe.vault.rules.receipts import (
    Receipt,
    ReceiptNotUnderstood,
    holds_word,
    read_receipt,
)

UNPROCESSABLE = 422


def reply(request: HttpRequest, at: datetime) -> HttpResponse:
    """A further letter, or the first one that was set aside."""

    def send(token: Token) -> HttpResponse:
        form = ReplyForm(request.POST, request.FILES)
        found = find_thread(secret=token.secret, on=day_of(at))
        if not form.is_valid():
            return pages.thread(
                request, token.secret, seen(found), at=at, form=form, status=UNPROCESSABLE
            )
        desk = receiving_desk(at=at, desk_id=found.thread.desk_id, even_in_set_up=True)
        if desk is None:
            return first_pages.write(request, None, at=at, form=LetterForm(request.POST))
        letter = pages.reply_of(form, request, found)
        try:
            letters.add_letter(
                letter=letter,
                secret=token.secret,
                message=message_id(token, *letter.parts()),
                desk=desk,
                at=at,
                shown=shown_of(request),
            )
        except letters.DeskIsNotOpen:  # set aside, and since then nobody holds the desk's key
            return first_pages.write(request, None, at=at, form=LetterForm(request.POST))
        files = form.cleaned_data["sent_files"]
        return thread_page(request, token.secret, at, said="sent", letter=letter, files=files)

    return in_thread(request, at, send)


def set_aside(request: HttpRequest, at: datetime) -> HttpResponse:
    """What was written so far, kept under the words of the thread."""

    def keep(token: Token) -> HttpResponse:
        form = ReplyForm(request.POST)
        form.is_valid()
        if form.has_error("text", "max_length"):
            found = seen(find_thread(secret=token.secret, on=day_of(at)))
            return pages.thread(
                request, token.secret, found, at=at, form=form, status=UNPROCESSABLE
            )
        text = form.cleaned_data.get("text", "")
        who, wishes = chosen_of(request)
        threads.set_aside(
            text=text, who=who, wishes=wishes, secret=token.secret, at=at, shown=shown_of(request)
        )
        return pages.set_aside(request, token.secret, at=at)

    return in_thread(request, at, keep)


def rest(request: HttpRequest, at: datetime) -> HttpResponse:
    """Nobody waits for anything."""

    def rest(token: Token) -> HttpResponse:
        threads.rest(secret=token.secret, at=at)
        return thread_page(request, token.secret, at, said="rest")

    return in_thread(request, at, rest)


def another(request: HttpRequest, at: datetime) -> HttpResponse:
    """Another counsellor: one more tap, no reason."""

    def ask(token: Token) -> HttpResponse:
        form = ChangeForm(request.POST)
        if not form.is_valid():
            return pages.another(request, token.secret, at=at)
        kind = form.cleaned_data["change"]
        threads.ask_for_another(secret=token.secret, kind=kind, at=at)
        said = "another_place" if kind == Change.PLACE else "another"
        return thread_page(request, token.secret, at, said=said)

    return in_thread(request, at, ask)


def contact(request: HttpRequest, at: datetime) -> HttpResponse:
    """How to be reached, and how long the words work."""

    def change(token: Token) -> HttpResponse:
        found = seen(find_thread(secret=token.secret, on=day_of(at)))
        desk = receiving_desk(at=at, desk_id=found.desk_id, even_in_set_up=True)
        keeps = {found.keep, *(desk.keep_choices if desk else ())}
        form = ContactForm(request.POST)
        form.allow(keeps)
        if request.POST.get("go") != "contact_change":
            typed = form if has_contact(request) else None
            return pages.contact(
                request, token.secret, found, keeps, at=at, form=typed, show_faults=False
            )
        if not form.is_valid():
            return pages.contact(
                request, token.secret, found, keeps, at=at, form=form, status=UNPROCESSABLE
            )
        threads.change_contact(
            secret=token.secret, contact=form.contact(), keep=form.cleaned_data["keep"], at=at
        )
        return thread_page(request, token.secret, at, said="contact")

    return in_thread(request, at, change)


def erase(request: HttpRequest, at: datetime) -> HttpResponse:
    """What goes and what stays, before it goes."""

    def ask(token: Token) -> HttpResponse:
        thread = find_thread(secret=token.secret, on=day_of(at)).thread
        desk = receiving_desk(at=at, desk_id=thread.desk_id, even_in_set_up=True)
        return pages.erase(request, token.secret, desk, at=at)

    return in_thread(request, at, ask)


def erase_now(request: HttpRequest, at: datetime) -> HttpResponse:
    """Gone."""

    def erase(token: Token) -> HttpResponse:
        threads.erase(secret=token.secret, at=at)
        return pages.erased(request)

    return in_thread(request, at, erase)


def words_again(request: HttpRequest, at: datetime) -> HttpResponse:
    """The words once more, for whoever is in their thread and would like to copy them."""
    return in_thread(request, at, lambda token: _words(request, token, at))


def _words(request: HttpRequest, token: Token, at: datetime, *, checked: str = "") -> HttpResponse:
    thread = find_thread(secret=token.secret, on=day_of(at)).thread
    has_slip = thread.state != State.SET_ASIDE
    return pages.words(request, token.secret, at=at, has_slip=has_slip, checked=checked)


def check_word(request: HttpRequest, at: datetime) -> HttpResponse:
    """One word typed back by whoever likes to see that they have kept them. Looked for among the words of the form only."""

    def look(token: Token) -> HttpResponse:
        typed = request.POST.get("one_word", "")
        held = "yes" if holds_word(Receipt(token.secret), typed) else "no"
        return _words(request, token, at, checked=held if typed.strip() else "nothing")

    return in_thread(request, at, look)


def slip(request: HttpRequest, at: datetime) -> HttpResponse:
    """受付票: the day and a number, nothing else. What was only set aside was received by nobody and has none."""

    def give(token: Token) -> HttpResponse:
        found = find_thread(secret=token.secret, on=day_of(at))
        if found.thread.state == State.SET_ASIDE:
            return thread_page(request, token.secret, at)
        return pages.slip(request, token.secret, found, at=at)

    return in_thread(request, at, give)


def looks(request: HttpRequest, at: datetime) -> HttpResponse:
    """Who opened this thread, on which days. What was only set aside was opened by nobody."""

    def give(token: Token) -> HttpResponse:
        found = find_thread(secret=token.secret, on=day_of(at))
        if found.thread.state == State.SET_ASIDE:
            return thread_page(request, token.secret, at)
        return pages.looks(request, token.secret, looks_at(found.thread, at=at), at=at)

    return in_thread(request, at, give)


def file(request: HttpRequest, at: datetime) -> HttpResponse:
    """A picture or paper once more: "file.2.1" is the first one of letter 2."""

    def give(token: Token) -> HttpResponse:
        place = request.POST.get("go", "").partition(".")[2]
        file = file_of(find_thread(secret=token.secret, on=day_of(at)), place)
        return handed(file) if file else thread_page(request, token.secret, at)

    return in_thread(request, at, give)


def back(request: HttpRequest, at: datetime) -> HttpResponse:
    """The thread again, with what is new."""
    return in_thread(request, at, lambda token: thread_page(request, token.secret, at))


def in_thread(
    request: HttpRequest, at: datetime, act: Callable[[Token], HttpResponse]
) -> HttpResponse:
    """Do something in an open thread. A form shown too long ago asks for the words again and keeps what was typed."""
    try:
        token = _thread_token(request, at)
        return act(token)
    except (TokenIsStale, TokenIsNotOurs):
        kept = kept_of(request)
        return pages.ask_words(request, at=at, kept=kept, waited=True, status=UNPROCESSABLE)
    except ReceiptNotUnderstood as problem:
        return pages.ask_words(
            request,
            at=at,
            typed=request.POST.get("words", ""),
            kept=kept_of(request),
            problem=problem,
            status=UNPROCESSABLE,
        )
    except NoSuchThread:
        return pages.ask_words(
            request,
            at=at,
            typed=request.POST.get("words", ""),
            kept=kept_of(request),
            not_found=True,
            status=UNPROCESSABLE,
        )


def thread_page(
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
        kept = "" if letter else kept_of(request)
        return pages.ask_words(
            request, at=at, typed=typed, kept=kept, not_found=True, status=UNPROCESSABLE
        )
    letters.note_visit(found.thread, on=day_of(at))
    kept = "" if letter else kept_of(request)
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
