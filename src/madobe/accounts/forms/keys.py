"""The words that open somebody's key, and those that make one."""

from collections.abc import Iterable
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from madobe.accounts.forms.fields import NOTHING_YET, password_field
from madobe.accounts.passwords import LongEnough, NotCommon, tidy_passphrase
from madobe.vault.rules.sheets import WORDS, read_sheet

NOT_THESE = _(
    "その言葉では開きませんでした。合い鍵のために決めた言葉を、もう一度入れてみてください。"
)
_EMPTY = {"required": NOTHING_YET}
_SHEET = forms.Textarea(
    attrs={"rows": 5, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
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


class DrillForm(forms.Form):
    """Two sheets, typed back. `cleaned_data["sheets"]`: their words."""

    first = forms.CharField(widget=_SHEET, label=_("1枚目の紙の言葉"), error_messages=_EMPTY)
    second = forms.CharField(widget=_SHEET, label=_("2枚目の紙の言葉"), error_messages=_EMPTY)

    def clean_first(self) -> str:
        return self._sheet("first")

    def clean_second(self) -> str:
        return self._sheet("second")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        sheets = (cleaned.get("first"), cleaned.get("second"))
        if not self.errors and sheets[0] == sheets[1]:
            self.add_error("second", _("1枚目と同じ紙のようです。もう1枚べつの紙をどうぞ。"))
        cleaned["sheets"] = sheets
        return cleaned

    def refuse(self, says: Any) -> None:
        """This will say why two sheets, each of them whole, do not do."""
        self.add_error(None, says)

    def _sheet(self, field: str) -> str:
        sheet = read_sheet(self.cleaned_data[field])
        for one in sheet.amiss:
            named = {"place": one.place, "typed": one.typed, "near": " / ".join(one.near)}
            near = _("%(place)s番目の「%(typed)s」は、「%(near)s」でしょうか。")
            far = _("%(place)s番目の「%(typed)s」は、この紙の言葉の一覧にないようです。")
            self.add_error(field, (near if one.near else far) % named)
        if len(sheet.words) != WORDS:
            self.add_error(
                field,
                _("いま%(count)s語あります。1枚の紙には%(whole)s語あります。")
                % {"count": len(sheet.words), "whole": WORDS},
            )
        elif not sheet.amiss and not sheet.is_whole:
            self.add_error(
                field, _("どこか一つ、べつの言葉になっているようです。紙と見くらべてみてください。")
            )
        return sheet.text


class ReadersForm(forms.Form):
    """People to give the key of a desk to."""

    users = forms.MultipleChoiceField(
        label=_("この窓口の鍵を持つ人"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("二人以上えらぶと、鍵を作れます。")},
    )

    def __init__(self, *args: Any, readers: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["users"].choices = list(readers)  # type: ignore[attr-defined]
