"""Named values of the desk."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Who(TextChoices):
    """Who writes. Each of them has a thread of their own; nothing crosses from one to another, nor into a joint one."""

    SELF = "self", _("自分のこと")
    FAMILY = "family", _("家族のこと")
    TOGETHER = "together", _("本人と家族で、いっしょに")
    FRIEND = "friend", _("友人・知人のこと")
    WORKER = "worker", _("支援の仕事で")


class Wish(TextChoices):
    """What somebody says they would like, by a tap; every one of them may be left out (domain.md §6.1)."""

    LISTEN = "listen", _("話だけ聞いてほしい")
    WHERE = "where", _("どこに行けばいいか知りたい")
    FAMILY = "family", _("家族のこと")
    MISMATCH = "mismatch", _("前の相談が合わなかった")
    OTHER = "other", _("担当を代わってほしい")


class State(TextChoices):
    """Where a thread stands. Nothing here ever runs out towards the person."""

    SET_ASIDE = "set_aside", _("書きかけ")  # under the words of the person; nobody else can open it
    WAITING_STAFF = "waiting_staff", _("お返事を待つ")
    WAITING_PERSON = "waiting_person", _("お返事ずみ")
    RESTING = "resting", _("お休み中")
    CLOSED = "closed", _("ひと区切り")


class Erasing(TextChoices):
    """Why a thread is being erased. Nobody opens it any more, and nothing is laid into it."""

    PERSON = "person"  # it was wished
    DAYS = "days"  # its days ran out


class Author(TextChoices):
    """Whose words a message holds."""

    PERSON = "person", _("あなた")
    STAFF = "staff", _("相談員")


class Door(TextChoices):
    """The way a contact came or went."""

    WEB = "web", _("この窓")
    PHONE = "phone", _("電話")
    LETTER = "letter", pgettext_lazy("on paper", "手紙")
    COUNTER = "counter", pgettext_lazy("how we met", "来所")
    VISIT = "visit", pgettext_lazy("how we met", "訪問")
    VIDEO = "video", _("オンライン")
    EMAIL = "email", _("メール")
    LINE = "line", _("LINE")


class Change(TextChoices):
    """Whom somebody would rather write with."""

    PERSON = "person", _("別の人")
    PLACE = "place", _("別の場所")
