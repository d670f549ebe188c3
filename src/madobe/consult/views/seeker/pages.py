"""What each page of the desk needs to be drawn. A page holds no id, and of its thread only what the person may see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from madobe.consult.actions.seeker.letters import Letter, Received
from madobe.consult.choices import Change, State, Who, Wish
from madobe.consult.forms.attachments import Attachments
from madobe.consult.forms.talk import ContactForm, LetterForm, ReplyForm
from madobe.consult.queries.doors.meetings import living
from madobe.consult.queries.lines import card_lines, contract_lines
from madobe.consult.queries.threads import SeenThread
from madobe.consult.rules.aside import mark_of, with_aside
from madobe.consult.rules.contact import Contact
from madobe.consult.rules.crisis import read_danger
from madobe.consult.rules.tokens import Token, written
from madobe.consult.rules.work import BITS
from madobe.consult.thread import LockedThread
from madobe.consult.times import day_of
from madobe.consult.views.seeker.drawn import filled
from madobe.consult.views.seeker.flood import is_under_attack
from madobe.consult.words_of_attachments import words_of_reason, words_of_removed
from madobe.desks.choices import Keep
from madobe.desks.queries import ReceivingDesk
from madobe.directory import queries as directory
from madobe.ui.display import display_of
from madobe.vault.installed import form_key
from madobe.vault.rules.receipts import Problem, Receipt, ReceiptNotUnderstood, new_receipt

FORM: Final = "told"  # the form that carries what was typed; the display buttons belong to it
DOORS_SHOWN: Final = 3
SAID: Final[Mapping[str, Any]] = {
    "sent": _("送りました。お便りは届いています。"),
    "rest": _("お休みにしました。書きたくなったときに、いつでも書けます。"),
    "another": _("わかりました。代わりの相談員をさがします。理由は書かなくてかまいません。"),
    "contact": _("書きかえました。"),
    "time_chosen": _(
        "時間が決まりました。やめたくなったら、いつでもやめられます。理由はいりません。"
    ),
    "time_any": _("わかりました。窓口が時間を決めて、ここでお知らせします。"),
    "time_none": _("わかりました。ほかの時間や、ほかの話しかたをさがします。"),
    "time_cancelled": _("予定をやめました。またいつでも話せます。"),
    "time_gone": _("その時間は、もうふさがっていました。ほかの時間もえらべます。"),
    "time_consent": _("家に来てもらうのは、あなたが「来てもらってもよい」をえらんだときだけです。"),
    "time_not_said": _("時間をえらんでから押すと、伝わります。"),
}


@dataclass(frozen=True)
class _Blank:
    """Stands where the words of a receipt will."""

    lines: tuple[str, ...] = ("@line1@", "@line2@", "@line3@", "@line4@")
    digits: str = "@digits@"


_BLANK: Final = _Blank()
_TOKEN: Final = "@token@"  # noqa: S105 (a blank)


def fresh_token(secret: bytes, *, at: datetime, is_new: bool = False) -> Token:
    """This will make the token of a form that is about to be shown."""
    return Token(secret, uuid4(), at, is_new)


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


def reply_of(form: ReplyForm, request: HttpRequest, found: LockedThread) -> Letter:
    """This will give a further letter; a first one that was set aside still says whom it is about."""
    said = form.cleaned_data
    letter = Letter(
        text=said["text"], files=said["sent_files"].kept, danger=read_danger(said["text"])
    )
    if found.thread.state != State.SET_ASIDE:
        return letter
    wishes = [code for code in request.POST.getlist("wishes") if code in Wish.values]
    who = request.POST.get("who", "")
    return replace(letter, who=who if who in Who.values else "", wishes=tuple(wishes))


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
) -> HttpResponse:
    """The first page: what happens to a letter, then the box. While no desk is open: where one can write now."""
    form = form if form is not None else LetterForm()
    if desk is None:
        context = {
            "text": form.data.get("text", ""),
            "doors": directory.text_desks(at=at)[:DOORS_SHOWN],
            "display_form": FORM,
        }
        return render(request, "consult/not_open.html", context, status=status)
    token = token or fresh_token(new_receipt().secret, at=at, is_new=True)
    work = BITS if is_under_attack() else 0
    if not form.is_bound and not again:
        drawn = partial(_writing, request, desk, form, token=_TOKEN, work=work)
        blanks = {_TOKEN: written(token, form_key())}
        return filled(request, "consult/write.html", (desk, day_of(at), work), drawn, blanks)
    sealed = written(token, form_key())
    context = _writing(request, desk, form, token=sealed, work=work, again=again)
    context["faults"] = form if show_faults and form.is_bound else None
    return render(request, "consult/write.html", context, status=status)


def _writing(
    request: HttpRequest,
    desk: ReceivingDesk,
    form: LetterForm,
    *,
    token: str,
    work: int,
    again: bool = False,
) -> dict[str, Any]:
    language = display_of(request).locale
    return {
        "desk": desk,
        "readers": desk.readers.said(language),
        "desk_name": desk.name.said(language),
        "form": form,
        "faults": None,
        "again": again,
        "token": token,
        "work": work,
        "who_choices": _chosen(Who.choices, [form.data.get("who", "")]),
        "wish_choices": _chosen(Wish.choices, _list(form, "wishes")),
        "keep_choices": _keeps(desk, form.data.get("keep", "") or desk.keep_default),
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
        "display_form": FORM,
        "display_go": "keep_words",
    }
    if shown["care"] or shown["told"]:
        return render(request, "consult/sent.html", shown | _words(token.secret, at))
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


def set_aside(request: HttpRequest, secret: bytes, *, at: datetime) -> HttpResponse:
    """A letter was set aside: the words that open it again."""
    context = _words(secret, at) | {"display_form": FORM, "display_go": "keep_words"}
    return render(request, "consult/set_aside.html", context)


def words(request: HttpRequest, secret: bytes, *, at: datetime) -> HttpResponse:
    """The words once more."""
    context = _words(secret, at) | {"display_form": FORM, "display_go": "keep_words"}
    context |= {"kept": kept_of(request), "shown": shown_of(request)}
    return render(request, "consult/words.html", context)


def ask_words(
    request: HttpRequest,
    *,
    typed: str = "",
    kept: str = "",
    waited: bool = False,
    problem: ReceiptNotUnderstood | None = None,
    not_found: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The one field for the words. What was being written stands below it and goes along. Asks no database."""
    context = {
        "typed": typed,
        "kept": kept,
        "shown": shown_of(request),
        "waited": waited,
        "problem": problem,
        "Problem": Problem,
        "not_found": not_found,
        "display_form": FORM,
        "display_go": "open",
    }
    return render(request, "consult/ask_words.html", context, status=status)


def thread(
    request: HttpRequest,
    secret: bytes,
    found: SeenThread,
    *,
    at: datetime,
    form: ReplyForm | None = None,
    status: int = 200,
    said: str = "",
    kept: str = "",
    letter: Letter | None = None,
    files: Attachments | None = None,
) -> HttpResponse:
    """The thread: how it stands, what was said, a box to write on."""
    context = {
        "found": found,
        "token": written(fresh_token(secret, at=at), form_key()),
        "faults": form,
        "said": SAID.get(said, ""),
        "text": _in_the_box(request, found, form, kept),
        "shown": mark_of(found.draft),
        "is_late": found.reply_by is not None and found.reply_by < at,
        "is_first": found.state == State.SET_ASIDE,
        "who_choices": _chosen(Who.choices, [request.POST.get("who", "")]),
        "wish_choices": _chosen(Wish.choices, request.POST.getlist("wishes")),
        "State": State,
        "care": care_for(letter, found.reply_by, at=at) if letter else None,
        "told": told_of(files) if files else [],
        "meetings": living(found.meetings, at=at),
        "display_form": FORM,
        "display_go": "back",
    }
    return render(request, "consult/thread.html", context, status=status)


def care_for(letter: Letter, reply_by: datetime | None, *, at: datetime) -> dict[str, Any] | None:
    """This will give what the card above the text needs; None where no words of danger were read."""
    if not (letter.danger.is_crisis or letter.danger.contract_offer):
        return None
    return {
        "is_crisis": letter.danger.is_crisis,
        "contract_offer": letter.danger.contract_offer,
        "lines": card_lines(at=at, who=letter.who, signs=letter.danger.signs),
        "contract_lines": contract_lines(at=at) if letter.danger.contract_offer else [],
        "reply_by": reply_by,
    }


def told_of(files: Attachments) -> list[Any]:
    """This will give what is said about the files that came: what was taken away, what could not be kept."""
    said = [words for file in files.kept for words in words_of_removed(file.removed)]
    return [*dict.fromkeys(said), *(words_of_reason(one.reason) for one in files.left)]


def another(request: HttpRequest, secret: bytes, *, at: datetime) -> HttpResponse:
    """Another counsellor: one more tap, no reason."""
    context = {"change_choices": Change.choices} | _in_thread(request, secret, at, "another")
    return render(request, "consult/another.html", context)


def contact(
    request: HttpRequest,
    secret: bytes,
    found: SeenThread,
    *,
    at: datetime,
    form: ContactForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """How to be reached, and how long the words work."""
    filled = form or ContactForm(initial=_initial(found.contact))
    context = {
        "form": filled,
        "faults": form,
        "keep_choices": _chosen(Keep.choices, [found.keep]),
        "enter_go": "contact_change",
    } | _in_thread(request, secret, at, "contact")
    return render(request, "consult/contact.html", context, status=status)


def erase(
    request: HttpRequest, secret: bytes, desk: ReceivingDesk | None, *, at: datetime
) -> HttpResponse:
    """Erasing: what goes and what stays, then one button."""
    context = {"desk": desk} | _in_thread(request, secret, at, "erase")
    return render(request, "consult/erase.html", context)


def erased(request: HttpRequest) -> HttpResponse:
    """Gone."""
    return render(request, "consult/erased.html", {})


def slip(request: HttpRequest, secret: bytes, found: LockedThread, *, at: datetime) -> HttpResponse:
    """受付票 as a page of its own: a day and a number."""
    shown = {"thread": found.thread, "number": found.thread.pk.hex[:8].upper()}
    return render(request, "consult/slip.html", shown | _in_thread(request, secret, at, "slip"))


def kept_of(request: HttpRequest) -> str:
    """What stood in the letter when another button was pressed: it goes along, so that it is there again afterwards."""
    return request.POST.get("text", "")


def shown_of(request: HttpRequest) -> str:
    """Which set-aside letter stood in the box of the form (rules.aside)."""
    return request.POST.get("shown", "")


def _in_the_box(request: HttpRequest, found: SeenThread, form: ReplyForm | None, kept: str) -> str:
    if form is None and not kept.strip():
        return found.draft
    typed = form.data.get("text", "") if form is not None else kept
    return with_aside(found.draft, typed, shown=shown_of(request))


def _in_thread(request: HttpRequest, secret: bytes, at: datetime, go: str) -> dict[str, Any]:
    return {
        "kept": kept_of(request),
        "shown": shown_of(request),
        "token": written(fresh_token(secret, at=at), form_key()),
        "display_form": FORM,
        "display_go": go,
    }


def _words(secret: bytes, at: datetime) -> dict[str, Any]:
    return {"receipt": Receipt(secret), "token": written(fresh_token(secret, at=at), form_key())}


def _chosen(choices: Iterable[tuple[Any, Any]], values: Iterable[str]) -> list[dict[str, Any]]:
    held = set(values)
    return [{"value": code, "label": label, "checked": code in held} for code, label in choices]


def _keeps(desk: ReceivingDesk, held: str) -> list[dict[str, Any]]:
    offered = [pair for pair in Keep.choices if pair[0] in desk.keep_choices]
    return _chosen(offered, [held])


def _list(form: LetterForm, name: str) -> list[str]:
    getlist = getattr(form.data, "getlist", None)
    return getlist(name) if getlist else []


def _initial(said: Contact) -> dict[str, Any]:
    return {name: getattr(said, name) for name in ContactForm.base_fields if hasattr(said, name)}
