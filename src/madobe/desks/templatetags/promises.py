"""Words for promises: a day and an hour, the same on every page."""

from datetime import date, datetime

from django import template
from django.utils import formats
from django.utils.translation import gettext as _

from madobe.directory.rules.hours import JAPAN
from madobe.directory.templatetags.places import WEEKDAYS

register = template.Library()


@register.filter
def promised(at: datetime) -> str:
    """By when a person answers, as a day and an hour: 12月1日（火）17時ごろ."""
    there = at.astimezone(JAPAN)
    words = {
        "day": weekday(there.date()),
        "hour": there.hour,
        "minute": f"{there.minute:02d}",
    }
    if there.minute:
        return _("%(day)s%(hour)d時%(minute)s分ごろ") % words
    return _("%(day)s%(hour)d時ごろ") % words


@register.filter
def weekday(day: date) -> str:
    """A day with its weekday: 12月1日（火）."""
    return _("%(day)s（%(weekday)s）") % {
        "day": formats.date_format(day, "MONTH_DAY_FORMAT"),
        "weekday": WEEKDAYS[day.weekday()],
    }
