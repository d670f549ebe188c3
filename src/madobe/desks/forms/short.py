"""Short forms: a new desk, days that differ, a turn of duty."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from madobe.desks.choices import DayKind, Lane
from madobe.desks.registry import Member
from madobe.desks.rules.opening import minutes, moment
from madobe.directory.forms.fields import Clock, Day, Line

NEEDED = lazy("ここに書くと、残せます。")


class NewDeskForm(forms.Form):
    """The name of a desk and who runs it; everything else comes afterwards."""

    use_required_attribute = False

    name = Line(
        length=100,
        required=True,
        label=lazy("窓口の名前"),
        help_text=lazy("あとから変えられます。"),
    )
    organization = forms.ChoiceField(
        label=lazy("運営している団体や役所"),
        help_text=lazy("この団体の人が、窓口の画面を見られます。"),
    )
    organization_name = Line(
        label=lazy("運営している団体や役所の名前"),
        help_text=lazy(
            "窓口の一覧にある名前のとおりに書きます。空のときは、この窓辺ぜんたいの窓口になります。"
        ),
    )

    def __init__(
        self, *options: Any, places: Sequence[tuple[str, str]] | None, **named: Any
    ) -> None:
        """`places`: the organizations to choose from; None for somebody who may choose any."""
        super().__init__(*options, **named)
        if places is None:
            del self.fields["organization"]
        else:
            del self.fields["organization_name"]
            self.fields["organization"].choices = list(places)  # type: ignore[attr-defined]


class SpecialDaysForm(forms.Form):
    """Days that differ from the week: closed, or open besides."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        choices=DayKind.choices,
        widget=forms.RadioSelect,
        initial=DayKind.CLOSED,
        label=lazy("この日は"),
    )
    first_on = Day(label=lazy("はじめの日"))
    last_on = Day(label=lazy("おわりの日（一日だけのときは、空のまま）"))
    opens_at = Clock(label=lazy("開ける時刻（開ける日だけ）"))
    closes_at = Clock(label=lazy("閉める時刻（開ける日だけ）"))
    reason = Line(length=100, label=lazy("ひとこと（働く人だけに見えます）"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if not first and "first_on" not in self.errors:
            self.add_error("first_on", NEEDED)
        if cleaned.get("kind") == DayKind.OPEN:
            opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
            if not (opens and closes and opens < closes) and not {"opens_at", "closes_at"} & set(
                self.errors
            ):
                self.add_error(
                    "closes_at", _("その日のうちの、開ける時刻と閉める時刻を書くと、残せます。")
                )
            if last and last != first:
                self.add_error("last_on", _("開ける日は、一日ずつ書けます。"))
        elif first and last:
            length = (date.fromisoformat(last) - date.fromisoformat(first)).days
            if not 0 <= length < 366:
                self.add_error(
                    "last_on", _("おわりの日は、はじめの日から一年のうちの日にできます。")
                )
        return cleaned

    @property
    def first(self) -> date:
        return date.fromisoformat(self.cleaned_data["first_on"])

    @property
    def last(self) -> date:
        return date.fromisoformat(self.cleaned_data["last_on"] or self.cleaned_data["first_on"])

    @property
    def times(self) -> tuple[time, time]:
        """When it opens and closes, for days open besides."""
        opens, closes = self.cleaned_data["opens_at"], self.cleaned_data["closes_at"]
        return time.fromisoformat(opens), time.fromisoformat(closes)


class TurnForm(forms.Form):
    """Who is on duty, on which day, from when until when. An end before the beginning is the next day."""

    use_required_attribute = False

    member = forms.ChoiceField(label=pgettext_lazy("on duty", "だれが"))
    day = Day(label=lazy("いつ"))
    starts = Clock(label=lazy("何時から"))
    ends = Clock(label=lazy("何時まで（朝の時刻は、つぎの日になります）"))
    lane = forms.ChoiceField(choices=Lane.choices, initial=Lane.GENERAL, label=lazy("どの当番"))
    note = Line(length=100, label=lazy("ひとこと（相談の中身は書きません）"))

    def __init__(self, *options: Any, members: Iterable[Member], **named: Any) -> None:
        super().__init__(*options, **named)
        self.fields["member"].choices = [(one.id, one.name) for one in members]  # type: ignore[attr-defined]
        self.fields["member"].error_messages["invalid_choice"] = _("上の中から、ひとりえらべます。")
        self.fields["member"].error_messages["required"] = _("上の中から、ひとりえらべます。")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("day", "starts", "ends"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, NEEDED)
        return cleaned

    def read(self) -> dict[str, Any]:
        """This will give what `plan_turn` takes."""
        day = date.fromisoformat(self.cleaned_data["day"])
        starts, ends = (
            minutes(time.fromisoformat(self.cleaned_data[one])) for one in ("starts", "ends")
        )
        return {
            "member": self.cleaned_data["member"],
            "starts_at": moment(day, starts),
            "ends_at": self._end(day, starts, ends),
            "lane": self.cleaned_data["lane"],
            "note_text": self.cleaned_data["note"],
        }

    @staticmethod
    def _end(day: date, starts: int, ends: int) -> datetime:
        return moment(day if ends > starts else day + timedelta(days=1), ends)
