"""Rows of a timetable and the dates that differ."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from madobe.directory.choices import ExceptionKind, Freq, ScheduleKind
from madobe.directory.forms.fields import Clock, Day, Days, Line, MonthDay, Number, plain
from madobe.directory.forms.rows import RowForm


class ExceptionRow(RowForm):
    fine = ("source_name",)

    date = Day(label=lazy("日にち"))
    kind = forms.ChoiceField(choices=ExceptionKind.choices, label=lazy("その日は"))
    moved_to = Day(label=lazy("うつした日"))
    opens_at = Clock(label=lazy("はじまり"))
    closes_at = Clock(label=lazy("おわり"))
    note = Line(label=lazy("ひとこと"))
    source_name = Line(label=lazy("出典"))

    def clean(self) -> dict[str, Any]:
        row = super().clean() or {}
        if not row.get("date") and "date" not in self.errors:
            self.add_error("date", _("日にちを書くと、残せます。"))
        if row.get("kind") == ExceptionKind.MOVED and not row.get("moved_to"):
            self.add_error("moved_to", _("どの日にうつしたかを書くと、残せます。"))
        if row.get("kind") == ExceptionKind.SPECIAL and not (
            row.get("opens_at") and row.get("closes_at")
        ):
            self.add_error("opens_at", _("その日の、はじまりとおわりの時刻を書くと、残せます。"))
        return row


class ScheduleRow(RowForm):
    below = ("exceptions", ExceptionRow)
    fine = (
        "bymonthday",
        "dtstart",
        "interval",
        "until",
        "valid_from",
        "valid_to",
        "season_start",
        "season_end",
        "year_end_start",
        "year_end_end",
        "is_irregular",
        "description",
        "notes",
        "source_name",
        "needs_check",
    )

    kind = forms.ChoiceField(
        choices=ScheduleKind.choices, initial=ScheduleKind.OPENING_HOURS, label=lazy("種類")
    )
    freq = forms.ChoiceField(
        choices=Freq.choices, initial=Freq.WEEKLY, required=False, label=lazy("くり返し")
    )
    byday = Days(label=lazy("曜日（月・水、第1・第3水、最終土）"))
    bymonthday = Line(length=40, label=lazy("毎月の日（15 や 1,15）"))
    opens_at = Clock(label=lazy("はじまり"))
    closes_at = Clock(label=lazy("おわり"))
    closed_on_holidays = forms.BooleanField(required=False, label=lazy("祝日は休み"))
    year_end_start = MonthDay(label=lazy("年末の休み（はじめの日）"))
    year_end_end = MonthDay(label=lazy("年始の休み（おわりの日）"))
    dtstart = Day(label=lazy("日にち（一度だけのとき、または数えはじめ）"))
    interval = Number(low=1, high=52, initial="1", label=lazy("いくつおきか（1は毎回）"))
    until = Day(label=lazy("くり返しのおわり"))
    valid_from = Day(label=lazy("この時間になる日"))
    valid_to = Day(label=lazy("この時間のおわりの日"))
    season_start = MonthDay(label=lazy("季節のはじめ"))
    season_end = MonthDay(label=lazy("季節のおわり"))
    is_irregular = forms.BooleanField(
        required=False, label=lazy("きまりのない日程（日にちだけを書く）")
    )
    description = Line(length=1000, label=lazy("ひとこと"))
    notes = Line(length=1000, label=lazy("担当者のメモ"))
    source_name = Line(label=lazy("出典"))
    needs_check = forms.BooleanField(required=False, label=lazy("要確認"))

    def clean_bymonthday(self) -> str:
        text = (
            plain(self.cleaned_data["bymonthday"])
            .replace("日", "")
            .replace("、", ",")
            .replace(" ", "")
        )
        days = (
            [int(one) for one in text.split(",")]
            if re.fullmatch(r"-?\d{1,2}(,-?\d{1,2})*", text)
            else []
        )
        if text and not (days and all(1 <= abs(one) <= 31 for one in days)):
            raise ValidationError(_("毎月の日は、15 や 1,15 のように書けます。"))
        return text

    def clean(self) -> dict[str, Any]:
        row = super().clean() or {}
        freq, irregular = row.get("freq", ""), bool(row.get("is_irregular"))
        if irregular and not row.get("dtstart"):
            row["freq"] = freq = ""
        if bool(row.get("opens_at")) != bool(row.get("closes_at")):
            self.add_error("closes_at", _("はじまりとおわりの、両方の時刻を書くと残せます。"))
        for first, last in (("year_end_start", "year_end_end"), ("season_start", "season_end")):
            if bool(row.get(first)) != bool(row.get(last)):
                self.add_error(last, _("はじめとおわりの、両方の日を書くと残せます。"))
        if freq == "" and not irregular and not row.get("dtstart"):
            self.add_error("dtstart", _("一度だけのときは、日にちを書くと残せます。"))
        if (
            freq
            and not row.get("byday")
            and not row.get("bymonthday")
            and "byday" not in self.errors
        ):
            self.add_error("byday", _("曜日か、毎月の日を書くと、残せます。"))
        if (row.get("interval") or 1) > 1 and not row.get("dtstart"):
            self.add_error("dtstart", _("何週おきかのときは、数えはじめの日を書くと残せます。"))
        return row
