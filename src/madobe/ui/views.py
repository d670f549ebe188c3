"""The way out, and the gallery for developers."""

from calendar import Calendar
from datetime import date, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import jpholiday
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from madobe.ui.display import Display

JAPAN = ZoneInfo("Asia/Tokyo")
SUNDAY = 6


@require_GET
def leave(request: HttpRequest, display: Display) -> HttpResponse:
    """すぐ隠す: a neutral page, with what the browser may have kept thrown away.

    The operator's own page where one is set (MADOBE_EXIT_URL), else a plain month calendar without a word of ours.
    """
    response: HttpResponse
    if urlsplit(settings.EXIT_URL).scheme in ("http", "https"):
        response = HttpResponseRedirect(settings.EXIT_URL)
    else:
        response = render(
            request, "ui/calendar.html", _month(timezone.now().astimezone(JAPAN).date())
        )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _month(today: date) -> dict[str, object]:
    weeks = [
        [
            {
                "number": day.day if day.month == today.month else "",
                "rest": day.month == today.month
                and (day.weekday() == SUNDAY or jpholiday.is_holiday(day)),
                "today": day == today,
            }
            for day in week
        ]
        for week in Calendar(firstweekday=SUNDAY).monthdatescalendar(today.year, today.month)
    ]
    last = (today.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    holidays = [(day, name) for day, name in jpholiday.between(today.replace(day=1), last)]
    return {"today": today, "weeks": weeks, "holidays": holidays}


@require_GET
def gallery(request: HttpRequest, display: Display) -> HttpResponse:
    """Every component side by side; only where MADOBE_DEBUG is set."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "ui/gallery.html", {"chips": GALLERY_CHIPS})


GALLERY_CHIPS = (
    {"value": "one", "label": "夜ねむれない", "checked": True},
    {"value": "two", "label": "電話は苦手", "checked": False},
)
