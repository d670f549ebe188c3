"""Named values only those who answer see."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Visibility(TextChoices):
    """Who sees a note: chosen before the first word of it."""

    OWNER = "owner", _("担当だけ")  # its writer, and whoever answered when it was written
    DESK = "desk", _("この窓口の相談員")  # whoever can open the thread
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
