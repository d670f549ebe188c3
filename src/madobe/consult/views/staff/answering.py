"""Writing an answer: kept, looked at, sent, or promised for later. Whatever happens, what was typed stays."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from madobe.consult.actions.doors import outgoing
from madobe.consult.actions.staff import answers, drafts
from madobe.consult.forms.staff import AnswerForm, LookForm
from madobe.consult.queries.staff.lead import template_text
from madobe.consult.reach import Hand
from madobe.consult.views.staff.door import (
    CONFLICT,
    UNPROCESSABLE,
    at_desk,
    is_background,
    to_thread,
)
from madobe.consult.views.staff.doors.said import NOT_SENT, OTHER_WORDS_WENT, not_sent
from madobe.consult.views.staff.thread import page
from madobe.directory.rules.hours import JAPAN


@at_desk("POST")
def answer(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """Whatever the button that was pressed asks for; without one, what a page keeps by itself."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        if is_background(request):
            return JsonResponse({}, status=UNPROCESSABLE)
        return page(request, hand, at, thread_id, form=form, status=UNPROCESSABLE)
    step = STEPS.get(request.POST.get("go", ""), _save)
    try:
        return step(request, hand, at, thread_id, form)
    except drafts.DraftMovedOn as other:
        if is_background(request):
            return JsonResponse({}, status=CONFLICT)
        more = {"other_text": other.text, "other_version": other.version}
        return page(request, hand, at, thread_id, form=form, status=CONFLICT, **more)


@at_desk("POST")
def look(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """A second pair of eyes: out it goes, or back with a note. A note that goes nowhere stands on the page again."""
    form = LookForm(request.POST)
    if not form.is_valid():
        return _look_again(request, hand, at, thread_id, form)
    said = form.cleaned_data
    try:
        if request.POST.get("go") == "send":
            if said["text"].strip():
                return _look_again(request, hand, at, thread_id, form, _both())
            looked = {
                "hand": hand,
                "thread_id": thread_id,
                "draft_id": said["draft"],
                "version": said["version"] or 0,
                "seen": said["seen"],
                "at": at,
            }
            if said["way"]:
                outgoing.send_for_by_door(**looked, identity_id=said["way"])
            else:
                answers.send_for(**looked)
            return to_thread(request, thread_id, _("送りました。"))
        drafts.give_draft_back(
            hand=hand, thread_id=thread_id, draft_id=said["draft"], text=said["text"], at=at
        )
        return to_thread(request, thread_id, _("書いた人にもどしました。"))
    except NOT_SENT as refused:
        return page(request, hand, at, thread_id, status=CONFLICT, amiss=not_sent(refused))
    except drafts.NothingToLookAt:
        amiss = _("この下書きは、もうほかの人が見ました。")
    except drafts.OtherThanLookedAt:
        amiss = _("そのあいだに、下書きが書きかえられました。いまのことばは、このとおりです。")
    except answers.NewLetterArrived:
        amiss = _("そのあいだに新しいお便りが届きました。")
    except answers.ASecondPairLooks:
        amiss = _("送るのは、同僚の方がします。")
    if said["text"].strip():
        return _look_again(request, hand, at, thread_id, form, amiss)
    return to_thread(request, thread_id, amiss)


def _both() -> str:
    return _(
        "ひとことが書かれています。このまま送ると、書いた人には届きません。ひとことを消してから送るか、つけてもどすかを、えらべます。"
    )


def _look_again(
    request: HttpRequest,
    hand: Hand,
    at: datetime,
    thread_id: UUID,
    form: LookForm,
    amiss: str = "",
) -> HttpResponse:
    status = CONFLICT if amiss else UNPROCESSABLE
    return page(request, hand, at, thread_id, status=status, look=form, amiss=amiss)


def _save(
    request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID, form: AnswerForm
) -> HttpResponse:
    said = form.cleaned_data
    saved = drafts.save_draft(
        hand=hand, thread_id=thread_id, text=said["text"], version=said["version"], at=at
    )
    if is_background(request):
        time = localtime(saved.at, JAPAN).strftime("%H:%M")
        return JsonResponse(
            {
                "version": saved.version,
                "said": _("下書きを残しました %(time)s") % {"time": time},
            }
        )
    return to_thread(request, thread_id, _("下書きを残しました。"))


def _send(
    request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID, form: AnswerForm
) -> HttpResponse:
    said = form.cleaned_data
    draft = answers.Draft(message=said["message"], seen=said["seen"], text=said["text"])
    try:
        if said["way"]:
            outgoing.send_by_door(
                hand=hand, thread_id=thread_id, identity_id=said["way"], draft=draft, at=at
            )
        else:
            answers.reply(hand=hand, thread_id=thread_id, draft=draft, at=at)
    except answers.NothingWritten:
        more = {"amiss": _("まだ何も書かれていません。")}
        return page(request, hand, at, thread_id, form=form, status=UNPROCESSABLE, **more)
    except answers.NewLetterArrived:
        more = {"amiss": _("そのあいだに新しいお便りが届きました。書いたものは残っています。")}
        return page(request, hand, at, thread_id, form=form, status=CONFLICT, **more)
    except answers.ASecondPairLooks:
        more = {"amiss": _("送る前に、同僚の方が見ます。「見てもらう」で渡せます。")}
        return page(request, hand, at, thread_id, form=form, status=CONFLICT, **more)
    except answers.OtherWordsWent:
        return to_thread(request, thread_id, str(OTHER_WORDS_WENT))
    except NOT_SENT as refused:
        more = {"amiss": not_sent(refused)}
        return page(request, hand, at, thread_id, form=form, status=CONFLICT, **more)
    return to_thread(request, thread_id, _("お返事を送りました。"))


def _ask_for_a_look(
    request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID, form: AnswerForm
) -> HttpResponse:
    if not form.cleaned_data["text"].strip():
        more = {"amiss": _("まだ何も書かれていません。")}
        return page(request, hand, at, thread_id, form=form, status=UNPROCESSABLE, **more)
    drafts.ask_for_a_look(hand=hand, thread_id=thread_id, text=form.cleaned_data["text"], at=at)
    return to_thread(
        request, thread_id, _("同僚の方に渡しました。見たあとに送られるか、もどってきます。")
    )


def _insert(
    request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID, form: AnswerForm
) -> HttpResponse:
    """A beginning goes behind what is there: into the box, never out of the house."""
    said = form.cleaned_data
    more = template_text(hand, said["template"])
    text = "\n\n".join(part for part in (said["text"].rstrip(), more) if part)
    drafts.save_draft(hand=hand, thread_id=thread_id, text=text, version=said["version"], at=at)
    return to_thread(request, thread_id)


def _later(
    request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID, form: AnswerForm
) -> HttpResponse:
    said = form.cleaned_data
    drafts.save_draft(hand=hand, thread_id=thread_id, text=said["text"], at=at)
    try:
        if said["day"] is None:
            raise answers.NotADayToPromise
        later = {
            "hand": hand,
            "thread_id": thread_id,
            "message": said["message"],
            "day": said["day"],
            "at": at,
        }
        if said["way"]:
            outgoing.later_by_door(**later, identity_id=said["way"])
        else:
            answers.answer_later(**later)
    except answers.NotADayToPromise:
        more = {"amiss": _("窓口があいている、20日先までの日をえらべます。")}
        return page(request, hand, at, thread_id, form=form, status=UNPROCESSABLE, **more)
    except answers.OtherWordsWent:
        amiss = _(
            "この画面からは、もう一通届いています。新しい日は、もう一度えらぶと伝えられます。"
        )
        return to_thread(request, thread_id, amiss)
    except NOT_SENT as refused:
        more = {"amiss": not_sent(refused)}
        return page(request, hand, at, thread_id, form=form, status=CONFLICT, **more)
    return to_thread(request, thread_id, _("新しい約束の日を、ご本人に伝えました。"))


def _put_away(
    request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID, form: AnswerForm
) -> HttpResponse:
    drafts.put_away(hand=hand, thread_id=thread_id, at=at)
    return to_thread(request, thread_id, _("下書きを消しました。"))


Step = Callable[[HttpRequest, Hand, datetime, UUID, AnswerForm], HttpResponse]
STEPS: Final[dict[str, Step]] = {
    "save": _save,
    "send": _send,
    "look": _ask_for_a_look,
    "insert": _insert,
    "later": _later,
    "put_away": _put_away,
}
