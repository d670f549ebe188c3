"""Times that were offered: choose one or 「どれでもよい」, say that none fits, cancel. One form, no reason asked."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse

from madobe.consult.actions.doors import appointments
from madobe.consult.actions.seeker.letters import note_visit
from madobe.consult.forms.talk import NoticeForm
from madobe.consult.queries.threads import seen
from madobe.consult.rules.tokens import Token
from madobe.consult.thread import find_thread
from madobe.consult.times import day_of
from madobe.consult.views.seeker import pages

InThread = Callable[[HttpRequest, datetime, Callable[[Token], HttpResponse]], HttpResponse]
NONE, ANY, CANCEL = "none", "any", "cancel"


def choose(request: HttpRequest, at: datetime, in_thread: InThread) -> HttpResponse:
    """Whatever was tapped: "2.1" = the first time of invitation 2, "2.any", "2.none", "2.cancel".

    `in_thread` opens the thread of the form's token, or asks for the words again.
    """

    def act(token: Token) -> HttpResponse:
        said = _done(request, token, at)
        found = find_thread(secret=token.secret, on=day_of(at))
        note_visit(found.thread, on=day_of(at))
        kept = request.POST.get("text", "")  # what was being written stays in the box
        return pages.thread(request, token.secret, seen(found), at=at, said=said, kept=kept)

    return in_thread(request, at, act)


def _done(request: HttpRequest, token: Token, at: datetime) -> str:
    offer = request.POST.get("offer", "")
    number, _, which = offer.partition(".")
    if not which:
        return "time_not_said"
    try:
        if which == NONE:
            appointments.none_fits(secret=token.secret, number=number, at=at)
        elif which == CANCEL:
            appointments.cancel(secret=token.secret, number=number, at=at)
        else:
            can_be_told = appointments.choose_time(
                secret=token.secret, offer=offer, at=at, preference=_preference(request)
            )
            if not can_be_told:
                return "time_no_address"
    except appointments.NeedsOwnConsent:
        return "time_consent"
    except (appointments.TimeIsGone, appointments.NoSuchMeeting):
        return "time_gone"
    return SAID.get(which, "time_chosen")


def _preference(request: HttpRequest) -> appointments.Preference:
    typed = [
        one for one in request.POST.getlist("notice_to") if one.strip()
    ]  # a field by invitation
    form = NoticeForm({"notice_to": typed[0]} if typed else {})
    form.is_valid()
    return appointments.Preference(
        voice_only="voice_only" in request.POST,
        camera_off="camera_off" in request.POST,
        wants_notice="wants_notice" in request.POST,
        consents="consents" in request.POST,
        notice_to=form.cleaned_data.get("notice_to", ""),
    )


SAID: Final = {NONE: "time_none", ANY: "time_any", CANCEL: "time_cancelled"}
