"""Fields the forms share."""

import struct
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NOTHING_YET = _("ここは空のままでした。")
ADDRESS = _("メールアドレスの形になっていないようです。例：hana@example.jp")


class CodeField(forms.CharField):
    """Six digits or a code of the sheet, in whatever width, with or without spaces."""

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFKC", super().to_python(value) or "")
        return "".join(sign for sign in text if sign.isalnum())


def email_field() -> forms.EmailField:
    """An e-mail address, with a gentle word for what is none."""
    return forms.EmailField(
        label=_("メールアドレス"),
        max_length=254,
        error_messages={"required": NOTHING_YET, "invalid": ADDRESS},
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


def password_field(label: Any, autocomplete: str) -> forms.CharField:
    """A password, taken exactly as typed."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=200,
        error_messages={"required": NOTHING_YET},
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


# What a parser of the browser's answer meets when somebody sends it something else.
NO_ANSWER = (ValueError, TypeError, KeyError, IndexError, AttributeError, struct.error)
