"""The first pages: the box to write in, and what is shown once a letter is there."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from madobe.consult.actions.seeker.letters import Letter, Received
from madobe.consult.choices import Who, Wish
from madobe.consult.forms.attachments import Attachments
from madobe.consult.forms.talk import ContactForm, LetterForm
from madobe.consult.queries.lines import lines_now
from madobe.consult.rules.crisis import read_danger
from madobe.consult.rules.tokens import Token, written
from madobe.consult.rules.work import BITS
from madobe.consult.times import day_of
from madobe.consult.views.seeker.carried import begun_of, chosen_of
from madobe.consult.views.seeker.drawn import filled
from madobe.consult.views.seeker.flood import is_under_attack
from madobe.consult.views.seeker.pages import (
    BESIDE_WORDS,
    DOORS_SHOWN,
    FORM,
    care_for,
    care_unsent,
    chosen,
    fresh_token,
    keeps_chosen,
    told_of,
    words_shown,
)
from madobe.desks.queries import ReceivingDesk
from madobe.directory import queries as directory
from madobe.directory.rules.hours_words import lines_of
from madobe.directory.rules.lines import Line
from madobe.ui.display import Display, display_of
from madobe.vault.installed import form_key
from madobe.vault.rules.receipts import Receipt, new_receipt


@dataclass(frozen=True)
class DeskTexts:
    """What a desk says of itself in one language; "" where it says nothing. `hours`: a line a row of its week."""

    name: str
    organisation_line: str
    readers: str
    danger_line: str
    hours: tuple[str, ...]


@dataclass(frozen=True)
class _Blank:
    """Stands where the words of a receipt will."""

    lines: tuple[str, ...] = ("@line1@", "@line2@", "@line3@", "@line4@")
    digits: str = "@digits@"


_BLANK: Final = _Blank()
_TOKEN: Final = "@token@"  # noqa: S105 (a blank)


def letter_of(form: LetterForm) -> Letter:
    """This will give what somebody sends."""
    said = form.cleaned_data
    return Letter(
        text=said["text"],
        who=said["who"],
        wishes=tuple(said["wishes"]),
        contact=form.contact(),
        keep=said["keep"],
        files=said["sent_files"].kept,
        danger=read_danger(said["text"]),
    )


def write(
    request: HttpRequest,
    desk: ReceivingDesk | None,
    *,
    at: datetime,
    form: LetterForm | None = None,
    token: Token | None = None,
    status: int = 200,
    show_faults: bool = True,
    again: bool = False,
    moved: bool = False,
) -> HttpResponse:
    """The first page: what happens to a letter, then the box. While no desk is open: where one can write now.

    `again`: the form had waited too long. `moved`: another desk stood above the letter until now.
    """
    form = form if form is not None else LetterForm()
    if desk is None:
        text = form.data.get("text", "")
        context = {
            "text": text,
            "was_open": bool(begun_of(request)),
            "care": care_unsent(text, chosen_of(request)[0], at=at),
            "doors": directory.text_desks(at=at)[:DOORS_SHOWN],
            "display_form": FORM,
        }
        return render(request, "consult/not_open.html", context, status=status)
    token = token or _begun_for(desk.id, at=at)
    work = BITS if is_under_attack() else 0
    open_lines = () if desk.is_staffed else lines_now(at=at)
    if not (form.is_bound or again or moved):
        drawn = partial(_writing, request, desk, form, open_lines, token=_TOKEN, work=work)
        blanks = {_TOKEN: written(token, form_key())}
        key = (desk, day_of(at), work, open_lines)
        return filled(request, "consult/write.html", key, drawn, blanks)
    sealed = written(token, form_key())
    context = _writing(
        request, desk, form, open_lines, token=sealed, work=work, again=again, moved=moved
    )
    context["care"] = care_unsent(form.data.get("text", ""), chosen_of(request)[0], at=at)
    context["faults"] = form if show_faults and form.is_bound else None
    context["lost_files"] = bool(request.FILES)
    return render(request, "consult/write.html", context, status=status)


def _writing(
    request: HttpRequest,
    desk: ReceivingDesk,
    form: LetterForm,
    open_lines: tuple[Line, ...],
    *,
    token: str,
    work: int,
    again: bool = False,
    moved: bool = False,
) -> dict[str, Any]:
    return {
        "desk": desk,
        "told": texts_of(desk, display_of(request)),
        "open_lines": open_lines,
        "form": form,
        "faults": None,
        "care": None,
        "again": again,
        "moved": moved,
        "token": token,
        "work": work,
        "who_choices": chosen(Who.choices, [form.data.get("who", "")]),
        "wish_choices": chosen(Wish.choices, _list(form, "wishes")),
        "keep_choices": keeps_chosen(
            desk.keep_choices, form.data.get("keep", "") or desk.keep_default
        ),
        "contact_open": any(form.data.get(name) for name in ContactForm.base_fields),
        "display_form": FORM,
        "enter_go": "write",  # the Enter key in a field of one line: neither sends nor changes the language
    }


def sent(
    request: HttpRequest,
    token: Token,
    received: Received,
    letter: Letter,
    files: Attachments,
    *,
    at: datetime,
) -> HttpResponse:
    """Received: the promise, then the words that open the answer."""
    shown = {
        "reply_by": received.reply_by,
        "care": care_for(letter, received.reply_by, at=at),
        "told": told_of(files),
        "expires_date": received.expires_date,
        "has_slip": True,
        **BESIDE_WORDS,
    }
    if shown["care"] or shown["told"]:
        return render(request, "consult/sent.html", shown | words_shown(token.secret, at))
    receipt = Receipt(token.secret)
    blanks = dict(zip(_BLANK.lines, receipt.lines, strict=True)) | {
        _BLANK.digits: receipt.digits,
        _TOKEN: written(fresh_token(token.secret, at=at), form_key()),
    }
    key = (received.reply_by, received.expires_date, day_of(at))
    return filled(
        request,
        "consult/sent.html",
        key,
        lambda: shown | {"receipt": _BLANK, "token": _TOKEN},
        blanks,
    )


def _list(form: LetterForm, name: str) -> list[str]:
    getlist = getattr(form.data, "getlist", None)
    return getlist(name) if getlist else []


def _begun_for(desk: UUID, *, at: datetime) -> Token:
    return Token(new_receipt().secret, uuid4(), at, is_new=True, desk=desk)


def texts_of(desk: ReceivingDesk, display: Display) -> DeskTexts:
    """This will give what a desk says before the first word is written."""
    language = display.locale
    return DeskTexts(
        name=desk.name.said(language),
        organisation_line=desk.organisation_line.said(language),
        readers=desk.readers.said(language),
        danger_line=desk.danger_line.said(language),
        hours=lines_of(desk.calendar.hours, display.language),
    )
