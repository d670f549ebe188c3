"""The first letter: written, sent or set aside, always for the desk whose page was shown."""

from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from madobe.consult.actions.seeker import letters, threads
from madobe.consult.forms.talk import LetterForm
from madobe.consult.rules.tokens import (
    Token,
    TokenIsNotOurs,
    TokenIsStale,
    desk_shown,
    message_id,
    read,
)
from madobe.consult.rules.work import is_done
from madobe.consult.thread import NoSuchThread, find_thread
from madobe.consult.times import day_of
from madobe.consult.views.seeker import first_pages, pages
from madobe.consult.views.seeker.carried import begun_of
from madobe.consult.views.seeker.flood import verdict_on
from madobe.desks.queries import ReceivingDesk, receiving_desk
from madobe.guide.queries import place_of
from madobe.vault.installed import form_key

UNPROCESSABLE: Final = 422
LONGEST_PLACE: Final = 100  # characters that are looked at


def page(request: HttpRequest, at: datetime, **more: Any) -> HttpResponse:
    """The first page for whoever comes; `more`: as `first_pages.write` takes it."""
    desk, moved = _desk(request, at)
    return first_pages.write(request, desk, at=at, moved=moved, **more)


def write_on(request: HttpRequest, at: datetime) -> HttpResponse:
    """The writing page with what is already there: from the display switch, the guide's memo, or a way back."""
    told = request.POST.copy()
    if "memo" in told:  # handed over from the guide, by choice
        told["text"] = str(told["memo"])
    form = LetterForm(told)
    form.is_valid()
    return page(request, at, form=form, show_faults=False)


def send(request: HttpRequest, at: datetime) -> HttpResponse:
    """Take the letter in, or show it again with what is still to be settled."""
    form = LetterForm(request.POST, request.FILES)
    begun = _begun(request, form, at)
    if isinstance(begun, HttpResponse):
        return begun
    token, desk = begun
    if not form.is_valid():
        return first_pages.write(request, desk, at=at, form=form, token=token, status=UNPROCESSABLE)
    letter = first_pages.letter_of(form)
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
        return first_pages.write(request, None, at=at, form=form)
    except NoSuchThread:  # these words are being erased at this moment: it goes under new ones
        return first_pages.write(request, desk, at=at, form=form, status=UNPROCESSABLE, again=True)
    return first_pages.sent(
        request, token, received, letter, form.cleaned_data["sent_files"], at=at
    )


def set_aside(request: HttpRequest, at: datetime) -> HttpResponse:
    """Keep an unfinished first letter under the words of its form."""
    form = LetterForm(request.POST)
    begun = _begun(request, form, at)
    if isinstance(begun, HttpResponse):
        return begun
    token, desk = begun
    form.is_valid()
    if form.has_error("text", "max_length"):
        return first_pages.write(request, desk, at=at, form=form, token=token, status=UNPROCESSABLE)
    threads.set_aside_first(
        text=form.cleaned_data.get("text", ""),
        contact=form.contact(),
        keep=form.cleaned_data.get("keep", ""),
        who=form.cleaned_data.get("who", ""),
        wishes=form.cleaned_data.get("wishes", ()),
        secret=token.secret,
        desk=desk,
        at=at,
    )
    return pages.set_aside(request, token.secret, at=at)


def _begun(
    request: HttpRequest, form: LetterForm, at: datetime
) -> tuple[Token, ReceivingDesk] | HttpResponse:
    """What a form was begun with; or the page again, where it has waited too long or its desk has closed."""
    try:
        token = _token(request, at)
    except (TokenIsStale, TokenIsNotOurs):
        form.is_valid()
        return page(request, at, form=form, status=UNPROCESSABLE, again=True)
    desk = _desk_of(token, at)
    if desk is None:
        return _elsewhere(request, at, form)
    form.allow(desk.keep_choices)
    return token, desk


def _elsewhere(request: HttpRequest, at: datetime, form: LetterForm) -> HttpResponse:
    """The desk has closed since its page was shown: nothing goes to another one that nobody has seen."""
    form.is_valid()
    return page(request, at, form=form, show_faults=False, status=UNPROCESSABLE)


def _token(request: HttpRequest, at: datetime) -> Token:
    return read(request.POST.get("token", ""), form_key(), is_new=True, at=at)


def _desk_of(token: Token, at: datetime) -> ReceivingDesk | None:
    """The desk of a form; None where it takes nothing any more, but for what is already under these words."""
    desk = receiving_desk(at=at, desk_id=token.desk)
    if desk is not None:
        return desk
    try:
        thread = find_thread(secret=token.secret, on=day_of(at)).thread
    except NoSuchThread:
        return None
    return receiving_desk(at=at, desk_id=thread.desk_id, even_in_set_up=True)


def _desk(request: HttpRequest, at: datetime) -> tuple[ReceivingDesk | None, bool]:
    """The desk to show, and whether it is another one than before: that of the form, else the one for the place."""
    begun = begun_of(request)
    shown = desk_shown(begun, form_key()) if begun else None
    if shown is not None and (desk := receiving_desk(at=at, desk_id=shown)) is not None:
        return desk, False
    return receiving_desk(at=at, place=_place(request)), shown is not None


def _place(request: HttpRequest) -> str:
    """The code of the place somebody named to the guide, by its name or code; "" where none was understood."""
    written = request.POST.get("place", "")[:LONGEST_PLACE]
    if not written.strip():
        return ""
    area = place_of(written).area
    return (area.code or area.prefecture) if area else ""
