"""The words that open somebody's key, and those that make one."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from madobe.accounts.forms.fields import password_field
from madobe.accounts.passwords import LongEnough, NotCommon, tidy_passphrase

NOT_THESE = _(
    "その言葉では開きませんでした。合い鍵のために決めた言葉を、もう一度入れてみてください。"
)
A_WHILE = _("何度か続いたので、少し休みます。5分ほどしてからどうぞ。")


class OpenForm(forms.Form):
    """The words that open one's key."""

    keyring_passphrase = password_field(_("合い鍵の言葉"), "off")

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def may_try(self) -> bool:
        """This will count one more guess of this account, as at sign-in; False, and said, when it were too many."""
        may = bool(ratelimit.consume(self.request, action="login_failed", key=self._key))
        if not may:
            self.add_error(None, A_WHILE)
        return may

    def refuse(self) -> None:
        """This will say that the words were others."""
        self.add_error("keyring_passphrase", ValidationError(NOT_THESE))

    def forget_guesses(self) -> None:
        """This will begin the count anew, once the words were right."""
        ratelimit.clear(self.request, action="login_failed", key=self._key)

    @property
    def _key(self) -> str:
        return f"key {self.request.user.pk}"


class NewWordsMixin(forms.Form):
    """The words of a key, twice: what is typed cannot be seen, and nobody can set it back."""

    passphrase = password_field(_("合い鍵の言葉"), "new-password")
    passphrase_again = password_field(_("もう一度"), "new-password")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_passphrase(self) -> str:
        words = tidy_passphrase(self.cleaned_data["passphrase"])
        for rule in (LongEnough(), NotCommon()):
            rule.validate(words)
        if self.user.check_password(words):
            raise ValidationError(
                _("入口のパスワードと同じ言葉です。べつの言葉にすると、二つに分けて守れます。")
            )
        return words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        words, again = cleaned.get("passphrase"), cleaned.get("passphrase_again")
        if words and again is not None and words != tidy_passphrase(again):
            self.add_error(
                "passphrase_again", _("上の言葉と少しちがうようです。両方をもう一度どうぞ。")
            )
        return cleaned


class MakeKeyForm(NewWordsMixin):
    """The words of a new key."""


class ChangeWordsForm(OpenForm, NewWordsMixin):
    """The words so far, and the new ones."""

    field_order = ("keyring_passphrase", "passphrase", "passphrase_again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keyring_passphrase"].label = _("これまでの合い鍵の言葉")
        self.fields["passphrase"].label = _("新しい合い鍵の言葉")
