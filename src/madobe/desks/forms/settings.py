"""What a desk says of itself, in one form: each setting with a sentence that says what it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from madobe.desks.choices import Keep
from madobe.desks.rules.promise import MOST_REPLY_DAYS
from madobe.desks.rules.week import Week, WeekRow, hours_of, week_of
from madobe.desks.switches import SWITCHED, Switch, switches
from madobe.directory.forms.areas import Areas
from madobe.directory.forms.fields import Clock, Codes, Days, Line, MonthDay, Number, Text
from madobe.directory.forms.rows import RowForm, Rows

NEEDED = lazy("ここに書くと、残せます。")
HOURS = "hours"


class HoursRow(RowForm):
    """Some days of the week and when the desk is open on them."""

    byday = Days(label=lazy("曜日（月〜金、第1・第3水 のように）"))
    opens_at = Clock(label=lazy("はじまり"))
    closes_at = Clock(label=lazy("おわり（つぎの日になってもかまいません）"))

    def clean(self) -> dict[str, Any]:
        row = super().clean() or {}
        for name in ("byday", "opens_at", "closes_at"):
            if not row.get(name) and name not in self.errors:
                self.add_error(name, NEEDED)
        return row


@dataclass(frozen=True)
class Section:
    """A part of the form: what it is about, one sentence, and its fields."""

    id: str
    title: str | Promise
    about: str | Promise
    names: tuple[str, ...]


SECTIONS = (
    Section("names", lazy("名前と地域"), lazy("手紙を書く人が、どこに届くのかを知るところです。"),
            ("name", "name_easy", "name_en", "area", "position")),
    Section(HOURS, lazy("あいている時間"), lazy("お返事の約束も「いま人がいます」も、この時間から計算します。手紙はいつでも届きます。"),
            ("closed_on_holidays", "year_end_start", "year_end_end")),
    Section("promise", lazy("お返事の約束"), lazy("手紙を書いた人に、日にちと時刻で約束します。届いた日は数えません。"),
            ("reply_days", "reply_time", "quiet_from", "quiet_until")),
    Section("keeping", lazy("手紙をとっておく長さ"), lazy("最後に書いた日、見に来た日から数えます。書いた人は、いつでも自分で消せます。"),
            ("keep_choices", "keep_default", "fact_years")),
    Section("notice", lazy("書く前に読んでもらうこと"), lazy("最初の一文字を書く前に、この文がそのまま見えます。"),
            ("readers", "readers_easy", "readers_en", "organisation_line", "organisation_line_easy",
             "organisation_line_en", "danger_line", "danger_line_easy", "danger_line_en")),
    Section("night", lazy("夜の当番"), lazy("夜にひとりのとき、画面が「だれに電話するか」を伝えます。"),
            ("has_night_duty", "night_call")),
    Section("work", lazy("つながり方と、受けもつ数"), lazy("使わないつながり方は、切っておけます。あとから入れることもできます。"),
            ("channels", "max_open")),
)  # fmt: skip


class SettingsForm(forms.Form):
    """Everything about a desk but whether it is open. `read` gives what `change_desk` takes."""

    use_required_attribute = False

    name = Line(
        length=100,
        required=True,
        label=lazy("窓口の名前"),
        help_text=lazy("手紙の上と、受付票に見えます。"),
    )
    name_easy = Line(
        length=100,
        label=lazy("やさしい日本語の名前"),
        help_text=lazy("空のときは、上の名前が見えます。"),
    )
    name_en = Line(
        length=100, label=lazy("英語の名前"), help_text=lazy("空のときは、上の名前が見えます。")
    )
    area = Areas(
        label=lazy("受けもつ地域（1行に1つ。昭島市、東京都 のように）"),
        help_text=lazy("空のときは、どこからの手紙も届きます。"),
    )
    position = Number(
        low=0,
        high=999,
        label=lazy("ならべる順の数"),
        help_text=lazy("小さい数の窓口が、先に見えます。"),
    )
    closed_on_holidays = forms.BooleanField(
        required=False,
        label=lazy("祝日は休み"),
        help_text=lazy("祝日は、お返事までの日に数えません。"),
    )
    year_end_start = MonthDay(
        label=lazy("年末の休み（はじめの日）"), help_text=lazy("空のときは、年末も曜日どおりです。")
    )
    year_end_end = MonthDay(
        label=lazy("年始の休み（おわりの日）"), help_text=lazy("この日までが、休みです。")
    )
    reply_days = Number(
        low=1,
        high=MOST_REPLY_DAYS,
        label=lazy("お返事までの日数（あいている日で数えて）"),
        help_text=lazy("守れる日数がいちばんです。多めでもかまいません。"),
    )
    reply_time = Clock(
        label=lazy("その日の何時までに"),
        help_text=lazy("閉まっている時刻のときは、閉まる時刻になります。"),
    )
    quiet_from = Clock(
        label=lazy("お知らせを送らない時間のはじまり"),
        help_text=lazy("この時間は、こちらから何も送りません。"),
    )
    quiet_until = Clock(
        label=lazy("お知らせを送らない時間のおわり"),
        help_text=lazy("この時刻から、また送ります。同じ時刻にすると、いつでも送ります。"),
    )
    keep_choices = Codes(
        choices=Keep.choices,
        label=lazy("えらべる長さ"),
        help_text=lazy("書いた人が、この中からえらべます。"),
    )
    keep_default = forms.ChoiceField(
        choices=Keep.choices,
        label=lazy("えらばなかったとき"),
        help_text=lazy("はじめから入っている長さです。"),
    )
    fact_years = Number(
        low=1,
        high=30,
        label=lazy("相談があったことを残す年数"),
        help_text=lazy(
            "ことばを消したあとも、相談があったことと日にちだけを残す年数です。残さないときは、空のままにします。"
        ),
    )
    readers = Text(
        rows=2,
        length=300,
        label=lazy("だれが読むか"),
        help_text=lazy("例: この窓口の相談員が読みます。ほかの課の人は読みません。"),
    )
    readers_easy = Text(
        rows=2,
        length=300,
        label=lazy("だれが読むか（やさしい日本語）"),
        help_text=lazy("空のときは、上の文が見えます。"),
    )
    readers_en = Text(
        rows=2,
        length=300,
        label=lazy("だれが読むか（英語）"),
        help_text=lazy("空のときは、上の文が見えます。"),
    )
    organisation_line = Text(
        rows=2,
        length=300,
        label=lazy("どんなところか"),
        help_text=lazy("例: 市から頼まれて、NPOが開いている窓口です。"),
    )
    organisation_line_easy = Text(
        rows=2,
        length=300,
        label=lazy("どんなところか（やさしい日本語）"),
        help_text=lazy("空のときは、上の文が見えます。"),
    )
    organisation_line_en = Text(
        rows=2,
        length=300,
        label=lazy("どんなところか（英語）"),
        help_text=lazy("空のときは、上の文が見えます。"),
    )
    danger_line = Text(
        rows=2,
        length=300,
        label=lazy("命があぶないときのきまり"),
        help_text=lazy("命があぶないとき、この窓口がどうするか。約束できることだけを書きます。"),
    )
    danger_line_easy = Text(
        rows=2,
        length=300,
        label=lazy("命があぶないときのきまり（やさしい日本語）"),
        help_text=lazy("空のときは、上の文が見えます。"),
    )
    danger_line_en = Text(
        rows=2,
        length=300,
        label=lazy("命があぶないときのきまり（英語）"),
        help_text=lazy("空のときは、上の文が見えます。"),
    )
    has_night_duty = forms.BooleanField(
        required=False,
        label=lazy("夜も当番がいる"),
        help_text=lazy("入れると、夜の手紙にも人が気づくことがあると伝わります。"),
    )
    night_call = Text(
        rows=2,
        length=300,
        label=lazy("夜にひとりのとき、だれに電話するか"),
        help_text=lazy("書いた日が、いっしょに残ります。ときどき見なおせます。"),
    )
    channels = Codes(
        choices=[(one.value, one.label) for one in SWITCHED],
        label=lazy("使うつながり方"),
        help_text=lazy(
            "入っていないものは、相談員の画面に出ません。メールやLINEで届いたお便りは、切ってあっても受けとり、同じ道でお返事できます。"
        ),
    )
    max_open = Number(
        low=1,
        high=500,
        label=lazy("ひとりが受けもつ数のめやす"),
        help_text=lazy("この数をこえて受けもつ前に、画面が声をかけます。"),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, settings: Mapping[str, Any]
    ) -> None:
        self.settings = settings
        self.week = week_of(settings["hours"])
        week = self.week or Week()
        initial = {
            **settings,
            "closed_on_holidays": week.closed_on_holidays,
            "year_end_start": week.year_end[0],
            "year_end_end": week.year_end[1],
        }
        for name in ("reply_time", "quiet_from", "quiet_until"):
            initial[name] = f"{settings[name]:%H:%M}"
        super().__init__(data, initial=initial)
        rows = [
            {"byday": one.byday, "opens_at": one.opens_at, "closes_at": one.closes_at}
            for one in week.rows
        ]
        self.rows = Rows(HoursRow, HOURS, data, rows)

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The parts of the page with their fields, and whether something in them is to be mended."""
        return [
            {
                "id": one.id,
                "title": one.title,
                "about": one.about,
                "fields": [self[name] for name in one.names],
                "rows": self.rows if one.id == HOURS else None,
                "faults": sum(bool(self[name].errors) for name in one.names)
                + (self.rows.faults if one.id == HOURS else 0),
            }
            for one in SECTIONS
        ]

    @property
    def switches(self) -> list[tuple[Any, Switch]]:
        """Each way with its box."""
        said = {one.code: one for one in switches()}
        return [(box, said[str(box.data["value"])]) for box in self["channels"]]

    def is_valid(self) -> bool:
        rows_are = self.rows.is_valid()
        return super().is_valid() and rows_are

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in (
            "position",
            "reply_days",
            "reply_time",
            "quiet_from",
            "quiet_until",
            "max_open",
        ):
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, NEEDED)
        if not cleaned.get("keep_choices") and "keep_choices" not in self.errors:
            self.add_error("keep_choices", _("ひとつはえらべるようにすると、残せます。"))
        elif cleaned.get("keep_default") not in cleaned.get("keep_choices", []):
            self.add_error("keep_default", _("上で入れた長さの中からえらぶと、残せます。"))
        if bool(cleaned.get("year_end_start")) != bool(cleaned.get("year_end_end")):
            self.add_error("year_end_end", _("はじめとおわりの、両方の日を書くと残せます。"))
        return cleaned

    def read(self) -> dict[str, Any]:
        """This will give the settings by name. Hours these rows cannot say stay until rows are written."""
        values = dict(self.cleaned_data)
        kept = [one for one in self.settings["channels"] if one not in SWITCHED]
        values["channels"] = [*kept, *values["channels"]]
        year_end = (values.pop("year_end_start"), values.pop("year_end_end"))
        week = Week(_rows(self.rows.read()), values.pop("closed_on_holidays"), year_end)
        values["hours"] = hours_of(week)
        if self.week is None and not week.rows:
            values["hours"] = self.settings["hours"]
        for name in ("reply_time", "quiet_from", "quiet_until"):
            values[name] = time.fromisoformat(values[name])
        return values


def _rows(found: Sequence[Mapping[str, Any]]) -> tuple[WeekRow, ...]:
    return tuple(WeekRow(one["byday"], one["opens_at"], one["closes_at"]) for one in found)
