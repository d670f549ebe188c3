"""Noting a talk while it goes on. Whatever happens to the session meanwhile, the words stay (accounts.views.unlock)."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from madobe.consult.actions.doors import talks
from madobe.consult.actions.staff.answers import NothingWritten
from madobe.consult.actions.staff.reading import note_lines_read
from madobe.consult.forms.doors import TalkForm
from madobe.consult.queries.doors.ways import own_threads
from madobe.consult.reach import Hand, NotOpenedHere, NotReached, reach
from madobe.consult.views.staff.door import UNPROCESSABLE, at_desk, to_inbox, to_thread


@at_desk("GET", "POST")
def talk(request: HttpRequest, hand: Hand, at: datetime) -> HttpResponse:
    """One box, and taps."""
    if request.method == "GET":
        initial = {name: request.GET[name] for name in ("door", "thread") if name in request.GET}
        return _page(request, hand, at, TalkForm(initial=initial), chosen=initial.get("thread", ""))
    form = TalkForm(request.POST)
    if not form.is_valid():
        return _page(request, hand, at, form, status=UNPROCESSABLE)
    said = form.cleaned_data
    try:
        thread = talks.note_talk(
            hand=hand,
            talk=form.talk(),
            message=said["message"],
            thread_id=said["thread"],
            desk_id=said["desk"],
            call_back=form.call_back(),
            keeps_promise=said["keeps_promise"],
            at=at,
        )
    except NothingWritten:
        amiss = _("ひとことでも書くと残せます。")
    except (NotReached, NotOpenedHere):
        amiss = _(
            "えらんだお便りは、いまは開けません。書いたものは残っています。新しいお便りとして残せます。"
        )
    except (talks.NoDutyYet, talks.NotATalk):
        amiss = _("この窓口には、まだ当番の合い鍵がありません。書いたものは残っています。")
    else:
        return _noted(request, hand, at, thread)
    return _page(request, hand, at, form, amiss=amiss, status=UNPROCESSABLE)


def _noted(request: HttpRequest, hand: Hand, at: datetime, thread: Any) -> HttpResponse:
    """To the thread where they can open it; whoever is on duty can."""
    try:
        reach(hand, thread, at=at)
        hand.keyring.open(thread)
    except Exception:  # noqa: BLE001 (either way: it is kept, and others read it)
        return to_inbox(request, _("書きのこしました。当番の方が読めます。"))
    return to_thread(request, thread, _("書きのこしました。"))


def _page(
    request: HttpRequest,
    hand: Hand,
    at: datetime,
    form: TalkForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    threads = own_threads(hand, at=at)
    note_lines_read(by=hand.id, threads=[one.id for one in threads], at=at)
    context = {
        "form": form,
        "threads": threads,
        "chosen": form.data.get("thread", "") if form.is_bound else "",
        "desks": hand.desks,
        "message": form.data.get("message") if form.is_bound else uuid4(),
    }
    return render(request, "consult/staff/doors/talk.html", context | more, status=status)
