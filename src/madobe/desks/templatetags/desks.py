"""Words of the staff pages of desks: openings, turns, what is missing."""

from datetime import datetime

from django import template
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from madobe.desks.rules import set_up
from madobe.desks.rules.opening import Span, minute_of
from madobe.directory.forms.areas import full_area_name
from madobe.directory.rules.hours import JAPAN
from madobe.directory.rules.hours_words import lines_of

register = template.Library()

MISSING: dict[str, Promise] = {
    set_up.HOURS: lazy("あいている曜日と時間を書く"),
    set_up.PROMISE: lazy(
        "お返事の約束ができる日をつくる（いまは60日先まで、約束できる日がありません）"
    ),
    set_up.READERS: lazy("だれが手紙を読むかを書く"),
    set_up.NIGHT_CALL: lazy("夜にひとりのとき、だれに電話するかを書く"),
    set_up.KEYS: lazy("鍵を持つ人を、二人以上にする"),
    set_up.DRILL: lazy("紙の回復キーを、ためしに使ってみる"),
}


@register.filter
def clock(at: datetime) -> str:
    """The time of day in Japan: 17:00."""
    return at.astimezone(JAPAN).strftime("%H:%M")


@register.filter
def through(turn_ends: datetime, starts_at: datetime) -> str:
    """When a turn ends, with the day where that is another one: 17:00, 翌日 9:00."""
    ends = clock(turn_ends)
    days = (minute_of(turn_ends)[0] - minute_of(starts_at)[0]).days
    return _("翌日 %(time)s") % {"time": ends} if days else ends


@register.filter
def spans(found: tuple[Span, ...]) -> str:
    """When a desk is open on a day: 10:00–17:00."""
    return "・".join(f"{_minute(start)}–{_minute(end)}" for start, end in found)


@register.filter
def missing_words(code: str) -> str:
    """What is still to be done before letters may arrive."""
    return str(MISSING[code])


@register.filter
def week_lines(hours: str) -> tuple[str, ...]:
    """A timetable in words, a line a row, in the language of a staff page."""
    return lines_of(hours, "en" if (get_language() or "").startswith("en") else "ja")


@register.filter
def area_names(codes: list[str]) -> str:
    """The areas of a desk: 昭島市・東京都; 全国 where it has none."""
    return "・".join(full_area_name(one) for one in codes) if codes else _("どこからでも")


def _minute(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
