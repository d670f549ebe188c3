"""Answering by e-mail, by LINE or on paper."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from madobe.consult.actions.doors import outgoing, talks
from madobe.consult.actions.staff import answers
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.forms.doors import ByDoorForm, PaperForm
from madobe.consult.queries.doors.ways import ways_of
from madobe.consult.queries.staff.thread import staff_thread
from madobe.consult.reach import Hand
from madobe.consult.views.staff.door import CONFLICT, UNPROCESSABLE, at_desk, to_thread
from madobe.consult.views.staff.doors.said import NOT_SENT, OTHER_WORDS_WENT, REFUSALS, not_sent


@at_desk("GET", "POST")
def by_door(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """An answer by the way they wrote. What was typed stays in the box and as a draft until it went."""
    if request.method == "GET":
        return _answering(request, hand, at, thread_id, None)
    form = ByDoorForm(request.POST)
    if not form.is_valid():
        return _answering(request, hand, at, thread_id, form, status=UNPROCESSABLE)
    said = form.cleaned_data
    draft = answers.Draft(message=said["message"], seen=said["seen"], text=said["text"])
    try:
        outgoing.send_by_door(
            hand=hand, thread_id=thread_id, identity_id=said["way"], draft=draft, at=at
        )
    except answers.NothingWritten:
        amiss = _("まだ何も書かれていません。")
    except answers.OtherWordsWent:  # a fresh form: sent from here, it is a second letter
        amiss = str(OTHER_WORDS_WENT)
        return _answering(request, hand, at, thread_id, None, amiss=amiss, status=CONFLICT)
    except NOT_SENT as refused:
        amiss = not_sent(refused)
    except answers.NewLetterArrived:
        amiss = _("そのあいだに新しいお便りが届きました。書いたものは残っています。")
    except answers.ASecondPairLooks:
        amiss = _("送る前に、同僚の方が見ます。下書きはお便りのページにあります。")
    else:
        return to_thread(request, thread_id, _("お返事を送りました。"))
    return _answering(request, hand, at, thread_id, form, amiss=amiss, status=CONFLICT)


@at_desk("GET", "POST")
def letter(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """A letter on paper: written, noted in the thread, then a page to print."""
    form = PaperForm(request.POST if request.method == "POST" else None)
    amiss, message = "", form.data.get("message") if form.is_bound else uuid4()
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            talks.note_letter(
                hand=hand,
                thread_id=thread_id,
                message=said["message"],
                text=said["text"],
                to_name=said["to_name"],
                address=said["address"],
                is_wished=said["is_wished"],
                keeps_promise=said["keeps_promise"],
                at=at,
            )
        except answers.NothingWritten:
            amiss = _("まだ何も書かれていません。")
        except outgoing.NotThatWay as refused:
            amiss = str(REFUSALS[refused.refusal])
        except answers.OtherWordsWent:
            message = uuid4()  # pressed once more, it is a second letter
            amiss = _(
                "この画面の手紙は、はじめの文でもう書きのこしてあります。もう一通として書きのこすときは、もう一度押せます。"
            )
        else:
            found = read_thread(hand=hand, thread_id=thread_id, at=at, what="letter")
            sender = found.thread.desk.name if said["shows_sender"] else ""
            # Part of the letter itself, whatever language the screen is in.
            to = f"{said['to_name']} 様" if said["to_name"] else ""
            context = {"said": said, "to": to, "sender": sender, "thread_id": thread_id}
            return render(request, "consult/staff/doors/paper.html", context)
    found = read_thread(hand=hand, thread_id=thread_id, at=at, what="letter")
    context = {
        "thread_id": thread_id,
        "form": form,
        "amiss": amiss,
        "message": message,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "consult/staff/doors/letter.html", context, status=status)


def _answering(
    request: HttpRequest,
    hand: Hand,
    at: datetime,
    thread_id: UUID,
    form: ByDoorForm | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    locked = read_thread(hand=hand, thread_id=thread_id, at=at, what="by door")
    found = staff_thread(hand, locked, at=at)
    ways = ways_of(locked, at=at)
    chosen = form.data.get("way", "") if form else (str(ways[0].id) if len(ways) == 1 else "")
    context = {
        "thread_id": thread_id,
        "found": found,
        "ways": [(way, str(REFUSALS[way.refusal]) if way.refusal else "") for way in ways],
        "chosen": chosen,
        "faults": form if form and form.errors else None,
        "text": form.data.get("text", "") if form else found.draft.text,
        "message": form.data.get("message", "") if form else uuid4(),
        "seen": locked.thread.messages_count,
    }
    return render(request, "consult/staff/doors/by_door.html", context | more, status=status)
