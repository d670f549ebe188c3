"""What each page of the desk needs to be drawn. A page holds no id, and of its thread only what the person may see."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from madobe.consult.actions.seeker.letters import Letter
from madobe.consult.choices import Author, Change, State, Who, Wish
from madobe.consult.door_choices import Offered
from madobe.consult.forms.attachments import Attachments
from madobe.consult.forms.talk import LONGEST, ContactForm, ReplyForm
from madobe.consult.queries.doors.meetings import living
from madobe.consult.queries.lines import card_lines, contract_lines
from madobe.consult.queries.threads import SeenThread
from madobe.consult.rules.aside import mark_of, with_aside
from madobe.consult.rules.contact import Contact
from madobe.consult.rules.crisis import read_danger
from madobe.consult.rules.looks import LookDay, Part
from madobe.consult.rules.slips import slip_number
from madobe.consult.rules.standing import standing_of
from madobe.consult.rules.tokens import Token, written
from madobe.consult.thread import LockedThread
from madobe.consult.views.seeker.carried import (
    begun_of,
    carried_of,
    chosen_of,
    has_contact,
    kept_of,
    shown_of,
    then_of,
)
from madobe.consult.words_of_attachments import words_of_reason, words_of_removed
from madobe.desks.choices import Keep
from madobe.desks.queries import ReceivingDesk
from madobe.directory import queries as directory
from madobe.vault.installed import form_key
from madobe.vault.rules.receipts import Problem, Receipt, ReceiptNotUnderstood

DOORS_SHOWN: Final = 3
FORM: Final = "told"  # the form that carries what was typed; the display buttons belong to it
# The Enter key in the field for one word looks at that word, and neither leaves the page nor changes the language.
BESIDE_WORDS: Final = {"display_form": FORM, "display_go": "keep_words", "enter_go": "check_word"}
SAID: Final[Mapping[str, Any]] = {
    "sent": _("送りました。お便りは届いています。"),
    "rest": _("お休みにしました。書きたくなったときに、いつでも書けます。"),
    "another": _("わかりました。代わりの相談員をさがします。理由は書かなくてかまいません。"),
    "another_place": _(
        "わかりました。窓口が、別の場所をさがします。理由は書かなくてかまいません。"
    ),
    "contact": _("書きかえました。"),
    "time_chosen": _(
        "時間が決まりました。やめたくなったら、いつでもやめられます。理由はいりません。"
    ),
    "time_no_address": _(
        "時間を受けとりました。前の日のお知らせは、メールアドレスがあるときに届きます。「連絡のこと」で、いつでも書けます。"
    ),
    "time_any": _("わかりました。窓口が時間を決めて、ここでお知らせします。"),
    "time_none": _("わかりました。ほかの時間や、ほかの話しかたをさがします。"),
    "time_cancelled": _("予定をやめました。またいつでも話せます。"),
    "time_gone": _("その時間は、もうふさがっていました。ほかの時間もえらべます。"),
    "time_consent": _("家に来てもらうのは、あなたが「来てもらってもよい」をえらんだときだけです。"),
    "time_not_said": _("時間をえらんでから押すと、伝わります。"),
}

PARTS: Final[Mapping[str, Any]] = {
    Part.OWNER: _("担当の相談員"),
    Part.HELP: _("手伝いに入った相談員"),
    Part.DESK: _("窓口の相談員"),
}


def fresh_token(secret: bytes, *, at: datetime) -> Token:
    """This will make the token of a form of an open thread that is about to be shown."""
    return Token(secret, uuid4(), at, is_new=False)


def reply_of(form: ReplyForm, request: HttpRequest, found: LockedThread) -> Letter:
    """This will give a further letter; a first one that was set aside still says whom it is about."""
    said = form.cleaned_data
    letter = Letter(
        text=said["text"], files=said["sent_files"].kept, danger=read_danger(said["text"])
    )
    if found.thread.state != State.SET_ASIDE:
        return letter
    who, wishes = chosen_of(request)
    return replace(letter, who=who, wishes=wishes)


def set_aside(request: HttpRequest, secret: bytes, *, at: datetime) -> HttpResponse:
    """A letter was set aside: the words that open it again; above them the card, where it speaks of danger."""
    context = words_shown(secret, at)
    context["care"] = care_unsent(kept_of(request), chosen_of(request)[0], at=at)
    return render(request, "consult/set_aside.html", context)


def words(
    request: HttpRequest, secret: bytes, *, at: datetime, has_slip: bool, checked: str = ""
) -> HttpResponse:
    """The words once more. `checked`: "yes", "no" or "nothing" once one was to be typed back."""
    context = words_shown(secret, at) | {
        "kept": kept_of(request),
        "carried": carried_of(request),
        "checked": checked,
        "has_slip": has_slip,
    }
    return render(request, "consult/words.html", context)


def ask_words(
    request: HttpRequest,
    *,
    at: datetime,
    typed: str = "",
    kept: str = "",
    waited: bool = False,
    problem: ReceiptNotUnderstood | None = None,
    not_found: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The one field for the words. What was being written stands below it and goes along. Asks no database."""
    more = ContactForm.base_fields if has_contact(request) else ()
    context = {
        "typed": typed,
        "kept": kept,
        "care": care_unsent(kept, chosen_of(request)[0], at=at),
        "carried": carried_of(request, *more),
        "begun": begun_of(request),
        "then": then_of(request),
        "lost_files": bool(request.FILES),
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
    text = _in_the_box(request, found, form, kept)
    who, wishes = found.draft.who, found.draft.wishes
    if "chosen" in request.POST:  # from a page that showed them, whatever is ticked there now
        who, wishes = chosen_of(request)
    stands = how_it_stands(found, at=at)
    context = {
        "token": written(fresh_token(secret, at=at), form_key()),
        "faults": form,
        "lost_files": form is not None and bool(request.FILES),
        "said": SAID.get(said, ""),
        "text": text,
        "shown": mark_of(found.draft.text),
        "is_first": found.state == State.SET_ASIDE,
        "who_choices": chosen(Who.choices, [who]),
        "wish_choices": chosen(Wish.choices, wishes),
        "care": care_for(letter, None if stands["is_over"] else found.reply_by, at=at)
        if letter
        else care_unsent(text, who, at=at),
        "told": told_of(files) if files else [],
        "enter_go": "choose" if stands["meetings"] else "",  # the Enter key beside an invitation
        "display_form": FORM,
        "display_go": "back",
    } | stands
    return render(request, "consult/thread.html", context, status=status)


def how_it_stands(found: SeenThread, *, at: datetime) -> dict[str, Any]:
    """This will give what a page of the thread shows and a look for news renews: its sentence, its letters, its times."""
    meetings = living(found.meetings, at=at)
    fixed = [one.starts_at for one in meetings if one.state == Offered.FIXED and one.starts_at]
    is_over = found.reply_by is not None and found.reply_by < at
    return {
        "found": found,
        "standing": standing_of(
            found.state.value,
            last=found.last,
            is_late=found.missed > 0 or is_over,
            is_promised=found.reply_by is not None,
        ),
        "is_over": is_over,
        "next_at": min(fixed, default=None),
        "meetings": meetings,
        "doors": directory.text_desks(at=at)[:DOORS_SHOWN] if _seeks_place(found) else [],
    }


def _seeks_place(found: SeenThread) -> bool:
    return found.asked_for_change and found.asked_for_place


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
        "is_unsent": False,
    }


def care_unsent(text: str, who: str, *, at: datetime) -> dict[str, Any] | None:
    """This will give the same for words that are only in a box or set aside: nobody reads them, and it says so."""
    if not text.strip():
        return None
    letter = Letter(text="", who=who, danger=read_danger(text[:LONGEST]))
    care = care_for(letter, None, at=at)
    return care | {"is_unsent": True} if care else None


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
    keeps: Collection[str],
    *,
    at: datetime,
    form: ContactForm | None = None,
    status: int = 200,
    show_faults: bool = True,
) -> HttpResponse:
    """How to be reached, and how long the words work. `keeps`: the lengths that may be chosen."""
    filled = form or ContactForm(initial=_initial(found.contact))
    context = {
        "form": filled,
        "faults": form if show_faults else None,
        "keep_choices": keeps_chosen(keeps, form.data.get("keep", "") if form else found.keep),
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
    shown = {"thread": found.thread, "number": slip_number(found.thread.pk)}
    return render(request, "consult/slip.html", shown | _in_thread(request, secret, at, "slip"))


def looks(
    request: HttpRequest, secret: bytes, days: Iterable[LookDay], *, at: datetime
) -> HttpResponse:
    """Who opened the thread: days, and in which part."""
    shown = [
        (one.on, [(PARTS.get(part, Author.STAFF.label), many) for part, many in one.parts])
        for one in days
    ]
    context = {"days": shown} | _in_thread(request, secret, at, "looks")
    return render(request, "consult/looks.html", context)


def _in_the_box(request: HttpRequest, found: SeenThread, form: ReplyForm | None, kept: str) -> str:
    aside = found.draft.text
    if form is None and not kept.strip():
        return aside
    typed = form.data.get("text", "") if form is not None else kept
    return with_aside(aside, typed, shown=shown_of(request))


def _in_thread(request: HttpRequest, secret: bytes, at: datetime, go: str) -> dict[str, Any]:
    return {
        "kept": kept_of(request),
        "carried": carried_of(request),
        "token": written(fresh_token(secret, at=at), form_key()),
        "display_form": FORM,
        "display_go": go,
    }


def words_shown(secret: bytes, at: datetime) -> dict[str, Any]:
    """This will give what a page with the words on it needs."""
    return {
        "receipt": Receipt(secret),
        "token": written(fresh_token(secret, at=at), form_key()),
        **BESIDE_WORDS,
    }


def chosen(choices: Iterable[tuple[Any, Any]], values: Iterable[str]) -> list[dict[str, Any]]:
    held = set(values)
    return [{"value": code, "label": label, "checked": code in held} for code, label in choices]


def keeps_chosen(keeps: Collection[str], held: str) -> list[dict[str, Any]]:
    """This will give the lengths of keeping to choose from; `held` is chosen."""
    return chosen([pair for pair in Keep.choices if pair[0] in keeps], [held])


def _initial(said: Contact) -> dict[str, Any]:
    return {name: getattr(said, name) for name in ContactForm.base_fields if hasattr(said, name)}
