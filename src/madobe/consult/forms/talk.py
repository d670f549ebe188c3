"""What somebody writes at the desk. Every field may be empty but the letter, and that may be one sign long."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madobe.consult.choices import Change, Who, Wish
from madobe.consult.forms.attachments import AttachmentsField
from madobe.consult.rules.contact import Contact
from madobe.desks.choices import Keep
from madobe.guide.forms import NOT_OURS, OneOf, SomeOf, WrittenField

LONGEST = 20_000  # characters; a night's letter fits
LONGEST_WISH = 300

EMPTY = _("まだ何も書かれていません。ひとことだけでも、「ことばにならない」だけでも送れます。")
TOO_LONG = _(
    "一通に%(limit_value)s文字まで入ります（いま%(show_value)s文字）。書いたものは残っています。二通に分けて送れます。"
)


_REACHED = {one.name for one in fields(Contact)}


def _said(label: Any) -> WrittenField:
    return WrittenField(
        required=False,
        label=label,
        max_length=LONGEST_WISH,
        error_messages={
            "max_length": _(
                "このらんには%(limit_value)s文字まで入ります。長いときは、お便りの中に書けます。"
            )
        },
    )


class ContactForm(forms.Form):
    """How somebody wishes to be reached, if at all, and how long the words work."""

    call_me = _said(_("呼んでほしい名前"))
    safe_hours = _said(_("連絡してよい時間、さけたい時間"))
    must_not_know = _said(_("知られたくない人"))
    no_phone = forms.BooleanField(required=False, label=_("電話はしないでほしい"))
    no_letter = forms.BooleanField(required=False, label=_("手紙は送らないでほしい"))
    other = _said(_("そのほか、知っておいてほしいこと"))
    notice_to = forms.EmailField(
        required=False,
        max_length=254,
        label=_("お知らせを受けとるメールアドレス"),
        error_messages={
            "invalid": _("メールアドレスの形と少しちがうようです。からのままでも送れます。")
        },
    )
    keep = OneOf(required=False, choices=[("", ""), *Keep.choices], error_messages=NOT_OURS)

    def allow(self, keeps: Iterable[str]) -> None:
        """This will take these lengths of keeping and no other."""
        allowed = {*keeps}
        field = self.fields["keep"]
        assert isinstance(field, OneOf)
        field.choices = [("", ""), *(pair for pair in Keep.choices if pair[0] in allowed)]

    def contact(self) -> Contact:
        """This will give what was said about being reached; a field that was not understood counts as empty."""
        known = {name: value for name, value in self.cleaned_data.items() if name in _REACHED}
        return Contact(**known)


class NoticeForm(forms.Form):
    """Where 「お知らせがあります」 goes, asked for beside the wish for it."""

    notice_to = forms.EmailField(required=False, max_length=254)


class LetterForm(ContactForm):
    """A letter, with whatever somebody likes to say besides."""

    text = WrittenField(
        max_length=LONGEST,
        strip=False,
        error_messages={"required": EMPTY, "max_length": TOO_LONG},
    )
    who = OneOf(required=False, choices=[("", ""), *Who.choices], error_messages=NOT_OURS)
    wishes = SomeOf(required=False, choices=Wish.choices, error_messages=NOT_OURS)
    sent_files = AttachmentsField()

    def clean_text(self) -> str:
        """Blanks alone are no letter; a letter keeps its blanks."""
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(EMPTY)
        return text


class ReplyForm(forms.Form):
    """A further letter in a thread."""

    text = WrittenField(
        max_length=LONGEST,
        strip=False,
        error_messages={"required": EMPTY, "max_length": TOO_LONG},
    )
    sent_files = AttachmentsField()
    clean_text = LetterForm.clean_text


class ChangeForm(forms.Form):
    """Whom somebody would rather write with."""

    change = OneOf(required=True, choices=Change.choices, error_messages=NOT_OURS)
