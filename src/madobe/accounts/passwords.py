"""What a password has to be: long, and not one of those everybody tries first. Nothing else."""

import unicodedata

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHORTEST = 15
_ROWS = ("1234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


class LongEnough:
    """At least fifteen characters, of whatever kind."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError for a shorter one."""
        if len(password) < SHORTEST:
            raise ValidationError(
                _("%(count)s文字以上にすると使えます。いまは%(length)s文字です。")
                % {"count": SHORTEST, "length": len(password)},
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return _(
            "15文字以上。好きな言葉をいくつかならべると、おぼえやすくなります。記号や数字はなくてもかまいません。"
        )


class NotCommon(CommonPasswordValidator):
    """None of the twenty thousand most used, none of them repeated, no walk along the keyboard."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError for one that is tried first."""
        plain = password.lower().strip()
        if plain in self.passwords or _repeats(plain, self.passwords) or _walks(plain):
            raise ValidationError(
                _("とてもよく使われる言葉です。ほかの言葉にすると、あなただけのものになります。"),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return ""


def tidy_passphrase(passphrase: str) -> str:
    """This will give a passphrase as it locks a key: the width of its letters and spaces around it make no other."""
    return unicodedata.normalize("NFKC", passphrase).strip()


def _repeats(password: str, common: set[str]) -> bool:
    """One short piece over and over, or a common password twice or more."""
    for size in range(1, len(password) // 2 + 1):
        piece = password[:size]
        whole = (piece * (len(password) // size + 1))[: len(password)]
        if whole == password and (size <= 4 or piece in common):
            return True
    return False


def _walks(password: str) -> bool:
    return any(password in row * 3 or password in row[::-1] * 3 for row in _ROWS)
