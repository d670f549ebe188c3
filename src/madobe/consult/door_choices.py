"""Named values of the other ways in and out."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from madobe.consult.choices import Door


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
