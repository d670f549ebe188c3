"""What the people who answer write and choose. Texts are kept as they were typed; nothing here is ever sent by itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madobe.consult.staff_choices import ClosingKind, Safety, Visibility
from madobe.guide.forms import plain_text

LONGEST, LONGEST_NOTE = 20_000, 5_000
TOO_LONG = _(
    "ここには%(limit_value)s文字まで入ります。%(show_value)s文字あります。書いたものは残っています。"
)


class Written(forms.CharField):
    """A text of several lines, its ends kept."""

    def __init__(self, *, length: int = LONGEST_NOTE, rows: int = 3, **more: Any) -> None:
        super().__init__(
            required=False,
            max_length=length,
            strip=False,
            widget=forms.Textarea(attrs={"rows": rows, "cols": 60}),
            error_messages={"max_length": TOO_LONG},
            **more,
        )

    def to_python(self, value: Any) -> str:
        return plain_text(str(super().to_python(value) or ""))


class DayField(forms.DateField):
    """A day a browser gives."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            required=more.pop("required", False),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages={
                "required": _("日にちを入れると残せます。"),
                "invalid": _("日にちとして読めませんでした。2026-11-26 のように書けます。"),
            },
            **more,
        )


class StaffForm(forms.Form):
    """A form behind the door: no star, no browser's own refusal."""

    use_required_attribute = False


class SeenForm(StaffForm):
    """How many messages somebody's page showed when they decided."""

    seen = forms.IntegerField(min_value=0)


class AnswerForm(StaffForm):
    """An answer being written, and what its page showed."""

    text = Written(length=LONGEST, rows=9, label=_("お返事"))
    message = forms.UUIDField()
    seen = forms.IntegerField(min_value=0)
    version = forms.IntegerField(min_value=0, required=False)
    template = forms.UUIDField(required=False)
    way = forms.UUIDField(required=False)  # by which it goes out; none: it stands on their own page
    day = DayField(label=_("いつまでに書くか"))


class LookForm(StaffForm):
    """A look at a colleague's draft."""

    draft = forms.UUIDField()
    version = forms.IntegerField(min_value=0, required=False)  # of the words that were looked at
    seen = forms.IntegerField(min_value=0)
    way = forms.UUIDField(required=False)
    text = Written(label=_("書いた人へのひとこと"))


class HoldForm(StaffForm):
    """Who takes a thread, and who can open it beside them."""

    to = forms.CharField(required=False, max_length=60)
    beside = forms.CharField(required=False, max_length=60)


class NoteForm(StaffForm):
    """A note whose readers are chosen already."""

    visibility = forms.ChoiceField(choices=Visibility.choices, widget=forms.HiddenInput)
    facts = Written(label=_("あったこと"))
    words = Written(label=_("ご本人・ご家族のことば"))
    view = Written(label=_("わたしの見方"))


class RestForm(StaffForm):
    """From when the desk may write of itself to somebody who rests."""

    contact_after = DayField(label=_("こちらから連絡してよい時期（空でもかまいません）"))


class CloseForm(StaffForm):
    """How a thread comes to a stop."""

    kind = forms.ChoiceField(
        choices=ClosingKind.choices,
        widget=forms.RadioSelect,
        label=_("どのような一区切りか"),
        error_messages={"required": _("ひとつえらぶと残せます。")},
    )
    helped = Written(label=_("役に立ったこと（空でもかまいません）"))


class EraseForm(StaffForm):
    """That it is the person's own wish."""

    is_wished = forms.BooleanField(
        label=_("ご本人の望みだと確かめました"),
        error_messages={"required": _("確かめたしるしがあると、消せます。")},
    )


class DangerForm(StaffForm):
    """A danger somebody sees."""

    level = forms.ChoiceField(
        choices=Safety.choices,
        widget=forms.RadioSelect,
        label=_("どのくらい近いか"),
        error_messages={"required": _("ひとつえらぶと残せます。")},
    )
    basis = Written(label=_("何からそう思うか"))
    contacts = Written(label=_("ご本人と決めた連絡先"))
    review_on = DayField(required=True, label=_("見なおす日"))


class AbuseForm(StaffForm):
    """On what basis a notification is thought of."""

    basis = Written(label=_("何をもとに考えるか（法律の条文、見たこと、聞いたこと）"))
    where = Written(rows=2, label=_("どこへ（窓口の名前）"))


class NotifiedForm(StaffForm):
    """Whether and when it was made."""

    notified_on = DayField(label=_("通告した日（していないときは空）"))


class TemplateForm(StaffForm):
    """A beginning of an answer."""

    desk = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        max_length=60,
        label=_("見出し"),
        error_messages={"required": _("見出しを入れると残せます。")},
    )
    text = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        label=_("文章"),
        error_messages={"required": _("文章を入れると残せます。")},
    )


class TraineeForm(StaffForm):
    """Who learns at which desk."""

    desk = forms.UUIDField()
    member = forms.CharField(max_length=60)
    learns = forms.BooleanField(required=False)
