"""Words for the directory's codes, in the language of the page. The data itself keeps its own language."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from madobe.directory.choices import GUIDED_KINDS, Function, Kind
from madobe.directory.rules.hours_words import lines_of
from madobe.directory.rules.place import HoursNow, TextDoor
from madobe.ui.display import display_of

register = template.Library()

JAPAN = ZoneInfo("Asia/Tokyo")

METHODS: dict[str, Promise] = {
    "in_person": lazy("行って話す"),
    "phone": lazy("電話"),
    "mail": lazy("メール"),
    "form": lazy("問い合わせフォーム"),
    "chat": lazy("チャット"),
    "sns": lazy("SNS"),
    "online": lazy("オンライン"),
    "home_visit": lazy("家に来てもらう"),
    "fax": lazy("ファックス"),
    "letter": lazy("手紙"),
}
FEES: dict[str, Promise] = {
    "free": lazy("無料"),
    "partly": lazy("一部にお金がかかる"),
    "paid": lazy("有料"),
    "subsidised": lazy("補助がある"),
}
RESERVATIONS: dict[str, Promise] = {
    "none": lazy("申込みなしで使える"),
    "recommended": lazy("先に連絡すると安心"),
    "required": lazy("予約が必要"),
}
AUDIENCES: dict[str, Promise] = {
    "self": lazy("ご本人"),
    "family": lazy("ご家族"),
    "friend": lazy("友人・知人"),
    "worker": lazy("支援の仕事をしている方"),
    "experienced": lazy("経験した方"),
}
FUNCTIONS: dict[str, Any] = dict(Function.choices) | {
    "counselling": lazy("相談"),
    "bridge": lazy("ほかの窓口への橋わたし"),
    "family_support": lazy("ご家族の支え"),
    "information": lazy("お知らせと学びの場"),
    "ibasho": lazy("居場所"),
    "visit": lazy("訪問"),
    "peer": lazy("経験者どうしの支え合い"),
}
WEEKDAYS: tuple[Promise, ...] = (
    pgettext_lazy("weekday", "月"),
    pgettext_lazy("weekday", "火"),
    pgettext_lazy("weekday", "水"),
    pgettext_lazy("weekday", "木"),
    pgettext_lazy("weekday", "金"),
    pgettext_lazy("weekday", "土"),
    pgettext_lazy("weekday", "日"),
)


ALERTS: dict[str, Promise] = {
    "full": lazy("満席"),
    "resting": lazy("お休み"),
    "moved": lazy("場所の変更"),
    "hours": lazy("時間の変更"),
    "other": lazy("お知らせ"),
}
ROOM: dict[str, Promise] = {
    "open": lazy("いま、空きがあります。"),
    "waiting": lazy("順番を待って使えます。"),
    "full": lazy("いまは満席です。"),
}
DOORS: dict[str, Promise] = {
    "form": lazy("問い合わせフォーム"),
    "mail": lazy("メール"),
    "chat": lazy("チャット"),
    "sns": lazy("SNS"),
    "fax": lazy("ファックス"),
    "counter_memo": lazy("書いたメモを窓口で見せる"),
}
DISTANCES: dict[str, Promise] = {
    "city": lazy("お住まいの市区町村"),
    "prefecture": lazy("都道府県"),
    "nation": lazy("全国"),
}


@register.filter
def kind_name(code: str) -> str:
    """The name of a kind of service, in the language of the page."""
    return str(Kind(code).label)


@register.filter
def is_guided(code: str) -> bool:
    """Whether the guide knows this kind, and so has a page about it."""
    return code in GUIDED_KINDS


@register.filter
def method_name(code: str) -> str:
    """The word for a method; an unknown code stands as it is."""
    return str(METHODS.get(code, code))


@register.filter
def fee_name(code: str) -> str:
    """The word for a fee."""
    return str(FEES.get(code, code))


@register.filter
def reservation_name(code: str) -> str:
    """The word for whether one must book."""
    return str(RESERVATIONS.get(code, code))


@register.filter
def alert_word(kind: str) -> str:
    """What a short notice is about, now or on coming days."""
    return str(ALERTS.get(kind, ALERTS["other"]))


@register.filter
def availability_word(code: str) -> str:
    """Whether there is room, as a sentence."""
    return str(ROOM.get(code, code))


@register.filter
def audience_name(code: str) -> str:
    """The word for who may come."""
    return str(AUDIENCES.get(code, code))


@register.filter
def function_name(code: str) -> str:
    """The word for what a place does."""
    return str(FUNCTIONS.get(code, code))


@register.simple_tag
def distance_name(distance: str) -> str:
    """How far a place reaches."""
    return str(DISTANCES.get(distance, distance))


@register.simple_tag
def open_chip(hours: HoursNow) -> SafeString:
    """Open now and until when, or when it opens next; never a guess."""
    if hours.open_now:
        until = hours.closes_at
        words = (
            _("いま開いています（%(time)sまで）")
            % {"time": until.astimezone(JAPAN).strftime("%H:%M")}
            if until
            else _("いま開いています（24時間）")
        )
        return format_html('<span class="open">{}</span>', words)
    if hours.undated:
        words = _("日程未定")
    elif hours.open_now is False and hours.next_open:
        words = _("つぎに開くのは %(when)s") % {"when": moment(hours.next_open)}
    else:
        return format_html(
            '<span class="unsure">{}</span>', _("時間は、行く前に確かめると安心です")
        )
    return format_html('<span class="closed">{}</span>', words)


@register.simple_tag
def text_door(door: TextDoor, name: str = "", *, brief: bool = False) -> SafeString:
    """A way in that needs no voice, as a link where it has an address.

    `name`: what the place is called already. `brief`: only the way itself, for rows; its page says the rest.
    """
    words = str(DOORS.get(door.kind, door.kind))
    parts = [
        format_html('<a href="{}" rel="noreferrer">{}</a>', _address(door), words)
        if _address(door)
        else words
    ]
    if brief:
        return format_html("{}", parts[0])
    if door.kind == "fax" and door.address:
        parts.append(door.address)
    if door.label and door.label != name:
        parts.append(format_html('<span class="soft" lang="ja">{}</span>', door.label))
    if door.needs_check:
        parts.append(format_html('<span class="soft">{}</span>', _("（確かめが必要な情報です）")))
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _address(door: TextDoor) -> str:
    if door.kind == "mail" and "@" in door.address:
        return f"mailto:{door.address}"
    return web_address(door.address)


@register.filter
def web_address(url: str) -> str:
    """The address, if a browser may go there; "" for anything else that data could hold."""
    return url if url.startswith(("https://", "http://")) else ""


@register.filter
def day(date: date | None) -> str:
    """A date as people write it: 2025年12月12日; "" for none."""
    return formats.date_format(date, "DATE_FORMAT") if date else ""


@register.filter
def moment(at: datetime) -> str:
    """A coming moment as people say it: きょう 10:00, あす 10:00, 11月24日（火）10:00."""
    there = at.astimezone(JAPAN)
    today = timezone.now().astimezone(JAPAN).date()
    time = there.strftime("%H:%M")
    if there.date() == today:
        return _("きょう %(time)s") % {"time": time}
    if there.date() == today + timedelta(days=1):
        return _("あす %(time)s") % {"time": time}
    return _("%(day)s（%(weekday)s）%(time)s") % {
        "day": formats.date_format(there.date(), "MONTH_DAY_FORMAT"),
        "weekday": WEEKDAYS[there.weekday()],
        "time": time,
    }


@register.simple_tag(takes_context=True)
def hours_lines(context: template.RequestContext, rows: str) -> tuple[str, ...]:
    """The timetable in words, one line a row, in the language of the page."""
    return lines_of(rows, display_of(context.request).language)
