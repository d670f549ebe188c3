"""Named values of the desk."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Who(TextChoices):
    """Who writes. Each of them has a thread of their own; nothing crosses from one to another."""

    SELF = "self", _("自分のこと")
    FAMILY = "family", _("家族のこと")
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


class Author(TextChoices):
    """Whose words a message holds."""

    PERSON = "person", _("あなた")
    STAFF = "staff", _("相談員")


class Door(TextChoices):
    """The way a contact came or went."""

    WEB = "web", _("この窓")
    PHONE = "phone", _("電話")
    LETTER = "letter", _("手紙")
    COUNTER = "counter", _("来所")
    VISIT = "visit", _("訪問")
    VIDEO = "video", _("オンライン")
    EMAIL = "email", _("メール")
    LINE = "line", _("LINE")


class Change(TextChoices):
    """Whom somebody would rather write with."""

    PERSON = "person", _("別の人")
    PLACE = "place", _("別の場所")


class Visibility(TextChoices):
    """Who sees a note: chosen before the first word of it."""

    OWNER = "owner", _("担当だけ")  # its writer, and whoever answered when it was written
    DESK = "desk", _("この机の相談員")  # whoever can open the thread
    HANDOVER = "handover", _("引きつぎのとき")  # its writer, and whoever answers after them


class Safety(TextChoices):
    """How near a danger seems to those who read (domain.md §3.2)."""

    WATCH = "watch", _("見守り")
    URGENT = "urgent", _("急ぎ")


class ClosingKind(TextChoices):
    """How a thread came to a stop. None of them is counted as a success (domain.md §6.4)."""

    NEARER = "nearer", _("目標にちかづいた")
    ELSEWHERE = "elsewhere", _("別の支援へ")
    WISH = "wish", _("本人の希望")
    MOVED = "moved", _("転居")
    SILENT = "silent", _("連絡がとれない（休止として保存）")
    DIED = "died", _("亡くなった")


class Meeting(TextChoices):
    """How people talk or meet. The person's wish decides."""

    OFFICE = "office", _("窓口で会う")
    PHONE = "phone", _("電話で話す")
    HOME = "home", _("家にうかがう")
    VIDEO = "video", _("オンラインで話す")


class Offered(TextChoices):
    """Where an invitation stands."""

    OPEN = "open", _("えらぶのを待つ")
    ANY = "any", _("どれでもよい")  # the desk fixes one of the times
    FIXED = "fixed", _("決まりました")
    NONE_FITS = "none_fits", _("どれも合わない")
    CANCELLED = "cancelled", _("取りやめ")


# Talks that staff note in their own words. The page of the person shows letters, never notes about a talk: whoever
# telephoned may have been somebody else (trust.md E25, T3).
NOTED = (Door.PHONE, Door.LETTER, Door.COUNTER, Door.VISIT, Door.VIDEO)
