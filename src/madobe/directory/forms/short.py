"""Short forms: a notice, whether there is room, a reason, what a visitor noticed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from madobe.directory.choices import AlertKind, Availability, SuggestionKind
from madobe.directory.forms.fields import Day, Line, Number

LONGEST_SUGGESTION = 2000


class AlertForm(forms.Form):
    """A short-term notice."""

    prefix = "alert"
    use_required_attribute = False

    kind = forms.ChoiceField(choices=AlertKind.choices, label=lazy("どんなお知らせか"))
    text = Line(length=300, label=lazy("ことば（例: 来月の10日から、また受け付けます）"))
    starts_date = Day(label=lazy("いつから（空のときは、きょうから）"))
    ends_date = Day(label=lazy("いつまで（空のときは、取りさげるまで）"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = cleaned.get("starts_date"), cleaned.get("ends_date")
        if start and end and end < start:
            self.add_error("ends_date", _("おわりの日は、はじまりの日よりあとにできます。"))
        if (
            cleaned.get("kind") == AlertKind.OTHER
            and not cleaned.get("text")
            and "text" not in self.errors
        ):
            self.add_error("text", _("「お知らせ」のときは、ことばを書くと残せます。"))
        return cleaned

    def values(self, today: date) -> dict[str, Any]:
        """This will give what `set_alert` takes."""
        cleaned = self.cleaned_data
        start = cleaned["starts_date"]
        end = cleaned["ends_date"]
        return {
            "kind": cleaned["kind"],
            "text": cleaned["text"],
            "starts_date": date.fromisoformat(start) if start else min(today, _day(end) or today),
            "ends_date": _day(end),
        }


class AvailabilityForm(forms.Form):
    """Whether there is room, how one waits, and for how many there is room."""

    prefix = "room"
    use_required_attribute = False

    availability = forms.ChoiceField(
        choices=Availability.choices, required=False, label=lazy("いまの空き")
    )
    note = Line(label=lazy("待ち方・つぎの空き（例: 順番待ち3人。つぎは1月のはじめ）"))
    capacity = Number(high=100_000, label=lazy("定員"))


class ReasonForm(forms.Form):
    """Why, in one sentence; may stay empty."""

    reason = Line(length=300, label=lazy("ひとこと"))


class SourceWordForm(forms.Form):
    """How it was checked."""

    source_name = Line(label=lazy("どうやって確かめたか（電話、ホームページ など）"))


class NoteForm(forms.Form):
    """Why a suggestion is set aside."""

    use_required_attribute = False

    note = Line(length=500, required=True, label=lazy("なぜそのままにするか（ひとこと）"))


class SuggestionForm(forms.Form):
    """What a visitor noticed. Nobody has to say who they are."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        choices=SuggestionKind.choices, initial=SuggestionKind.OTHER, widget=forms.RadioSelect,
        label=lazy("どんなことでしょうか"),
    )  # fmt: skip
    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 6}), label=lazy("気づいたこと（2000文字まで）")
    )
    answer_to = Line(label=lazy("返事がほしいときの、メールなど（書かなくてもだいじょうぶです）"))

    def __init__(self, *options: Any, **named: Any) -> None:
        super().__init__(*options, **named)
        self.fields["text"].error_messages["required"] = _("ひとこと書くと、送れます。")
        self.fields["kind"].error_messages["invalid_choice"] = _("上の中から、ひとつ選べます。")
        self.fields["kind"].error_messages["required"] = _("上の中から、ひとつ選べます。")

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").replace("\x00", "").strip()
        if len(text) > LONGEST_SUGGESTION:
            raise forms.ValidationError(
                _(
                    "いま%(count)d文字です。%(most)d文字までにすると、送れます。書いたものは残っています。"
                )
                % {"count": len(text), "most": LONGEST_SUGGESTION}
            )
        return text


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
