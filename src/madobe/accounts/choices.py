"""Named values of the people who work here."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What somebody may do, for one organization or for all of this installation."""

    EDITOR = "editor", _("編集")
    VERIFIER = "verifier", _("確認")
    COUNSELLOR = "counsellor", _("相談")
    COORDINATOR = "coordinator", _("調整")
    OFFICER = "officer", _("行政")
    ORGANISER = "organiser", _("催し")
    STATISTICIAN = "statistician", _("統計")
    ADMIN = "admin", _("管理")


# Who may hold the key of a desk and read what arrives there. An administrator alone does not.
READING = (Role.COUNSELLOR, Role.COORDINATOR)


class Language(TextChoices):
    """The language staff pages speak to somebody."""

    JA = "ja", "日本語"
    EN = "en", "English"
