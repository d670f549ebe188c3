"""Words for the directory's codes, in the language of the page. The data itself keeps its own language."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from madobe.directory.choices import Kind
from madobe.directory.rules.hours_words import lines_of

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
FUNCTIONS: dict[str, Promise] = {
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


@register.filter
def kind_name(code: str) -> str:
    """The name of a kind of service, in the language of the page."""
    return str(Kind(code).label)


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
def audience_name(code: str) -> str:
    """The word for who may come."""
    return str(AUDIENCES.get(code, code))


@register.filter
def function_name(code: str) -> str:
    """The word for what a place does."""
    return str(FUNCTIONS.get(code, code))


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
    return _("%(month)s月%(day)s日（%(weekday)s）%(time)s") % {
        "month": there.month,
        "day": there.day,
        "weekday": WEEKDAYS[there.weekday()],
        "time": time,
    }


@register.simple_tag(takes_context=True)
def hours_lines(context: template.Context, rows: str) -> tuple[str, ...]:
    """The timetable in words, one line a row, in the language of the page."""
    return lines_of(rows, context["display"].language)
