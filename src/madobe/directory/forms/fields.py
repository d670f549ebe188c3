"""Fields that read what people write: days, times, several lines. What cannot be read stays as typed."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from madobe.directory.rules.weekday_words import DaysNotRead, read_days, write_days

NEEDED = lazy("ここに書くと、残せます。")

LONGEST_MAIL = 254
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_CLOCK = re.compile(r"(\d{1,2})\s*(?:[::時])\s*(\d{2})?\s*分?|(\d{2})(\d{2})")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[-/月]\s*(\d{1,2})\s*日?")


def plain(text: Any) -> str:
    """This will give a text in half-width letters and digits, without space around it."""
    return unicodedata.normalize("NFKC", str(text or "")).strip()


class Line(forms.CharField):
    """One line of text."""

    def __init__(self, *, length: int = 200, required: bool = False, **options: Any) -> None:
        super().__init__(max_length=length, required=required, **options)
        self.error_messages["required"] = NEEDED


class Text(Line):
    """Several lines of text that belong together."""

    def __init__(self, *, rows: int = 3, length: int = 4000, **options: Any) -> None:
        super().__init__(length=length, widget=forms.Textarea(attrs={"rows": rows}), **options)


class Lines(forms.CharField):
    """A list, one line an item; a list of texts comes back."""

    def __init__(
        self, *, rows: int = 3, length: int = 300, required: bool = False, **options: Any
    ) -> None:
        self.item_length = length
        super().__init__(required=required, widget=forms.Textarea(attrs={"rows": rows}), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        for line in lines:
            if len(line) > self.item_length:
                raise ValidationError(
                    _("1行は%(length)d文字までです。「%(start)s…」を短くすると、残せます。")
                    % {"length": self.item_length, "start": line[:12]}
                )
        return lines


class Day(forms.CharField):
    """A day; ISO text comes back, None for none."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)
        self.widget.attrs |= {"placeholder": "2026-11-26", "inputmode": "numeric", "size": 12}

    def clean(self, value: Any) -> Any:
        text = plain(super().clean(value))
        if not text:
            return None
        match = _DAY.fullmatch(text)
        try:
            return date(*map(int, match.groups())).isoformat() if match else self._unread(text)
        except ValueError:
            return self._unread(text)

    @staticmethod
    def _unread(text: str) -> Any:
        raise ValidationError(
            _("「%(text)s」は、日にちとして読めませんでした。2026-11-26 のように書けます。")
            % {"text": text}
        )


class Clock(forms.CharField):
    """A time of day; "HH:MM" comes back, None for none. 24:00 is midnight at the end of the day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.widget.attrs |= {"placeholder": "10:00", "inputmode": "numeric", "size": 6}

    def clean(self, value: Any) -> Any:
        text = plain(super().clean(value))
        if not text:
            return None
        match = _CLOCK.fullmatch(text)
        try:
            if match is None:
                raise ValueError(text)
            hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
            return f"{time(0 if (hour, minute) == (24, 0) else hour, minute):%H:%M}"
        except ValueError as unread:
            raise ValidationError(
                _("「%(text)s」は、時刻として読めませんでした。10:00 のように書けます。")
                % {"text": text}
            ) from unread


class MonthDay(forms.CharField):
    """A day of any year; "MM-DD" comes back, "" for none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.widget.attrs |= {"placeholder": "12-29", "inputmode": "numeric", "size": 6}

    def clean(self, value: Any) -> Any:
        text = plain(super().clean(value))
        match = _MONTH_DAY.fullmatch(text)
        try:
            return (
                f"{date(2028, int(match[1]), int(match[2])):%m-%d}" if match else self._none(text)
            )
        except ValueError:
            return self._none(text)

    @staticmethod
    def _none(text: str) -> str:
        if text:
            raise ValidationError(
                _("「%(text)s」は、月と日として読めませんでした。12-29 のように書けます。")
                % {"text": text}
            )
        return ""


class Number(forms.CharField):
    """A whole number; None for none."""

    def __init__(self, *, low: int = 0, high: int = 32_000, **options: Any) -> None:
        self.low, self.high = low, high
        super().__init__(required=False, **options)
        self.widget.attrs |= {"inputmode": "numeric", "size": 6}

    def clean(self, value: Any) -> Any:
        text = plain(super().clean(value))
        if not text:
            return None
        if not re.fullmatch(r"\d{1,9}", text) or not self.low <= int(text) <= self.high:
            raise ValidationError(
                _("「%(text)s」は、%(low)dから%(high)dまでの数として読めませんでした。")
                % {"text": text, "low": self.low, "high": self.high}
            )
        return int(text)


class Money(forms.CharField):
    """An amount in yen; "1000.00" comes back, None for none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.widget.attrs |= {"inputmode": "decimal", "size": 8}

    def clean(self, value: Any) -> Any:
        text = plain(super().clean(value)).removesuffix("円").replace(",", "").strip()
        if not text:
            return None
        if not re.fullmatch(r"\d{1,8}(\.\d{1,2})?", text):
            raise ValidationError(
                _("「%(text)s」は、金額として読めませんでした。1000 のように書けます。")
                % {"text": text}
            )
        return f"{float(text):.2f}"


class WebAddress(forms.CharField):
    """An address of a page, http or https only."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=500, **options)
        self.widget.attrs["inputmode"] = "url"

    def clean(self, value: Any) -> Any:
        return web_address(super().clean(value))


class MailAddress(forms.CharField):
    """A mail address."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=254, **options)
        self.widget.attrs["inputmode"] = "email"

    def clean(self, value: Any) -> Any:
        return mail_address(super().clean(value))


class Days(forms.CharField):
    """Days of the week in Japanese; "MO,WE" comes back."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.widget.attrs |= {"placeholder": "月・水", "size": 14}

    def prepare_value(self, value: Any) -> Any:
        if value and re.fullmatch(r"(-?\d?[A-Z]{2},?)+", value):
            return write_days(value)
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read_days(text)
        except DaysNotRead as unread:
            raise ValidationError(
                _(
                    "「%(text)s」は、曜日として読めませんでした。「月・水」「第1・第3水」「最終土」のように書けます。"
                )
                % {"text": text}
            ) from unread


class YesNo(forms.ChoiceField):
    """Yes, no, or not known (None)."""

    def __init__(self, **options: Any) -> None:
        choices = [("", _("分かりません")), ("yes", _("はい")), ("no", _("いいえ"))]
        super().__init__(required=False, choices=choices, **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def clean(self, value: Any) -> Any:
        return {"yes": True, "no": False}.get(super().clean(value))


class Codes(forms.MultipleChoiceField):
    """Several codes. A code of the data that is no choice of ours is offered, too: nothing is lost by saving."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, choices: Iterable[tuple[str, Any]], **options: Any) -> None:
        self.offered: list[tuple[str, Any]] = list(choices)
        super().__init__(required=False, choices=self.offered, **options)

    def offer(self, codes: Iterable[str]) -> None:
        """This will add codes that stand in the data."""
        self.offered += [(one, one) for one in codes if one not in dict(self.offered)]
        self.choices = self.offered


class Carried(forms.CharField):
    """A value that travels with a row unseen; alone it makes no row."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def web_address(text: str) -> str:
    """This will give the address; raises ValidationError for anything a browser should not be sent to."""
    text = text.strip()
    if text:
        try:
            URLValidator(schemes=["http", "https"])(text)
        except ValidationError as unread:
            raise ValidationError(
                _(
                    "「%(text)s」は、ページのアドレスとして読めませんでした。https:// からはじまる形で書けます。"
                )
                % {"text": text[:60]}
            ) from unread
    return text


def mail_address(text: str) -> str:
    """This will give the mail address; raises ValidationError for what is none."""
    text = plain(text)
    if text:
        try:
            if len(text) > LONGEST_MAIL:
                raise ValidationError("")
            EmailValidator()(text)
        except ValidationError as unread:
            raise ValidationError(
                _(
                    "「%(text)s」は、メールアドレスとして読めませんでした。name@example.jp のような形です。"
                )
                % {"text": text[:60]}
            ) from unread
    return text
