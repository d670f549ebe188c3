"""Inviting somebody to talk or meet, and one's own calendar."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from madobe.consult.actions.doors import appointments, calendars
from madobe.consult.actions.staff.reading import read_thread
from madobe.consult.door_choices import Meeting
from madobe.consult.forms.doors import FixForm, TimesForm
from madobe.consult.queries.doors.meetings import has_calendar_link, meetings_of
from madobe.consult.queries.doors.ways import way_out
from madobe.consult.reach import Hand
from madobe.consult.rules.doors.talks import NotTimesToOffer
from madobe.consult.views.staff.door import UNPROCESSABLE, at_desk, to_thread
from madobe.consult.views.staff.doors.said import NOT_SENT, not_sent, why_not


@at_desk("GET", "POST")
def times(request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID) -> HttpResponse:
    """What was offered, and a form to offer."""
    go = request.POST.get("go", "") if request.method == "POST" else ""
    form = TimesForm(request.POST if go == "offer" else None)
    amiss = ""
    if go:
        try:
            said = _done(request, hand, at, thread_id, go, form)
        except NotTimesToOffer:
            amiss = _("これからの時間を、ひとつから三つまで入れると送れます。")
        except appointments.NeedsOwnConsent:
            amiss = _(
                "家にうかがうのは、ご本人の同意があるときだけです。ご本人のことばを書くと進めます。"
            )
        except appointments.TimeIsGone:
            amiss = _("その時間は過ぎたか、ほかの予定が入っています。")
        except NOT_SENT as refused:
            amiss = not_sent(refused)
        except appointments.NoSuchMeeting:
            amiss = _("ようすが変わっていました。いまのようすは、このとおりです。")
        else:
            if said:
                return to_thread(request, thread_id, said)
    found = read_thread(hand=hand, thread_id=thread_id, at=at, what="times")
    out = way_out(found, at=at)
    context = {
        "thread_id": thread_id,
        "form": form,
        "out": out,
        "no_way": why_not(out),
        "message": (form.data.get("message") if form.is_bound else None) or uuid4(),
        "seen": found.thread.messages_count,
        "refused": request.POST.get("meeting", ""),  # the invitation whose words stand there again
        "consent": request.POST.get("consent", ""),
        "meetings": meetings_of(found),
        "amiss": amiss,
    }
    status = UNPROCESSABLE if go else 200
    return render(request, "consult/staff/doors/times.html", context, status=status)


@at_desk("GET", "POST")
def calendar(request: HttpRequest, hand: Hand, at: datetime) -> HttpResponse:
    """The address for one's calendar program; it is shown once, when it is made."""
    address = ""
    match request.POST.get("go") if request.method == "POST" else "":
        case "make":
            token = calendars.make_calendar_link(by=hand.id, at=at)
            address = request.build_absolute_uri(reverse("consult_feed:calendar", args=[token]))
        case "end":
            calendars.end_calendar_link(by=hand.id, at=at)
    context = {"address": address, "has_link": has_calendar_link(hand.id)}
    return render(request, "consult/staff/doors/calendar.html", context)


def _done(
    request: HttpRequest, hand: Hand, at: datetime, thread_id: UUID, go: str, form: TimesForm
) -> str:
    match go:
        case "offer" if form.is_valid():
            appointments.offer_times(
                hand=hand,
                thread_id=thread_id,
                kind=Meeting(form.cleaned_data["kind"] or Meeting.PHONE),
                spans=form.spans(),
                words=form.words(),
                telling=_telling(form.cleaned_data, go, form.spans()),
                at=at,
            )
            if form.cleaned_data["quietly"]:
                return _only_noted()
            return _("時間の候補を送りました。")
        case "fix":
            said = _fixed(request)
            if said["number"] is None:
                raise appointments.NoSuchMeeting
            appointments.fix_time(
                hand=hand,
                thread_id=thread_id,
                meeting_id=said["meeting"],
                number=said["number"],
                consent=said["consent"],
                telling=_telling(said, go, said["meeting"], said["number"]),
                at=at,
            )
            if said["quietly"]:
                return _only_noted()
            return _("時間を決めて、お便りで伝えました。")
        case "call_off":
            said = _fixed(request)
            appointments.call_off(
                hand=hand,
                thread_id=thread_id,
                meeting_id=said["meeting"],
                telling=_telling(said, go, said["meeting"]),
                at=at,
            )
            if said["quietly"]:
                return _only_noted()
            return _("取りやめて、お便りで伝えました。")
    return ""


def _fixed(request: HttpRequest) -> dict[str, Any]:
    form = FixForm(request.POST)
    if not form.is_valid():
        raise appointments.NoSuchMeeting
    return form.cleaned_data


def _telling(said: dict[str, Any], *what: object) -> appointments.Telling:
    """The same press twice tells once; another act from a page that was drawn before is another message."""
    message = uuid5(said["message"] or uuid4(), repr(what))
    return appointments.Telling(said["way"], message, said["quietly"], said["seen"])


def _only_noted() -> str:
    return _("予定に書きとめました。ご本人には、ここからは伝わっていません。")
