"""Named values of the desks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Keep(TextChoices):
    """How long letters are kept after the last visit or message; the person chooses among what a desk allows."""

    THREE_MONTHS = "three_months", _("三か月")
    YEAR = "year", _("一年")
    UNTIL_ERASED = "until_erased", _("消すまで")


class Channel(TextChoices):
    """The ways a desk can be reached; each is one switch."""

    WEB = "web", _("このサイトの手紙")
    PHONE_LOG = "phone_log", _("電話の記録")
    LETTER = "letter", _("手紙・玄関先のメモ")
    CALENDAR = "calendar", _("会う日の予定")
    EMAIL = "email", _("メール")
    LINE = "line", _("LINE")


FIRST_CHANNELS = (Channel.WEB, Channel.PHONE_LOG, Channel.LETTER, Channel.CALENDAR)


class Lane(TextChoices):
    """What somebody on duty looks after."""

    GENERAL = "general", _("ふだんの当番")
    CRISIS = "crisis", _("急ぎの当番")


class DayKind(TextChoices):
    """How special days differ from the week."""

    CLOSED = "closed", _("休み")
    OPEN = "open", _("この日も開ける")


def keep_all() -> list[str]:
    """This will give every length of keeping: what a new desk allows."""
    return list(Keep.values)


def first_channels() -> list[str]:
    """This will give the channels a new desk starts with."""
    return [str(one) for one in FIRST_CHANNELS]
