"""The calendar feed. A calendar lies in somebody's pocket: it says 「予定」, the kind and the hour, and no name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET
from icalendar import Calendar, Event

from madobe.consult.actions.doors.calendars import digest_of
from madobe.consult.door_choices import Meeting
from madobe.consult.queries.doors.meetings import planned_for

LONGEST = 100  # signs of a token


@require_GET
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """text/calendar for whoever holds the address; a wrong one looks like one that never was."""
    planned = planned_for(digest_of(token[:LONGEST]), at=timezone.now())
    if planned is None:
        raise Http404
    with translation.override("ja"):
        feed = Calendar()
        feed.add("prodid", "-//Madobe//ja")
        feed.add("version", "2.0")
        for one in planned:
            event = Event()
            event.add("uid", one.uid)
            event.add("dtstamp", one.made_at)
            event.add("dtstart", one.starts_at)
            event.add("dtend", one.ends_at)
            event.add("summary", _("予定（%(kind)s）") % {"kind": _kind(one.kind)})
            event.add("class", "PRIVATE")
            feed.add_component(event)
    response = HttpResponse(feed.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response


def _kind(kind: Meeting) -> str:
    return {
        Meeting.OFFICE: pgettext("where to meet", "窓口"),
        Meeting.PHONE: _("電話"),
        Meeting.HOME: _("外出"),
        Meeting.VIDEO: _("オンライン"),
    }[kind]
