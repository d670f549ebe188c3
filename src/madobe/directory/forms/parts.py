"""The rows that hang on an entry: numbers, doors, sections, papers, prices, languages."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from madobe.directory.choices import DoorKind, LinkKind, PhoneKind
from madobe.directory.forms.fields import (
    Carried,
    Day,
    Line,
    MailAddress,
    Money,
    Number,
    WebAddress,
    mail_address,
    plain,
    web_address,
)
from madobe.directory.forms.rows import RowForm
from madobe.directory.rules.doubts import extension_text
from madobe.directory.rules.hours import is_readable


class PhoneRow(RowForm):
    number = Line(length=20, required=True, label=lazy("番号"))
    extension = Line(length=20, label=lazy("内線（2853-2856 のように、はばでも書けます）"))
    kind = forms.ChoiceField(choices=PhoneKind.choices, initial=PhoneKind.VOICE, label=lazy("種類"))
    description = Line(label=lazy("どこにつながるか"))
    is_toll_free = forms.BooleanField(required=False, label=lazy("通話料無料"))

    def __init__(self, *options: Any, **named: Any) -> None:
        if initial := named.get("initial"):
            named["initial"] = {**initial, "extension": extension_text(initial)}
        super().__init__(*options, **named)

    def clean_number(self) -> str:
        number = re.sub(r"[‐‑–—−ー－]", "-", plain(self.cleaned_data["number"]))
        if not re.fullmatch(r"[#(\d][\d\s()-]{0,19}", number) or not any(map(str.isdigit, number)):
            raise ValidationError(
                _("「%(number)s」は、番号として読めませんでした。042-544-5111 のように書けます。")
                % {"number": number}
            )
        return number

    def clean_extension(self) -> str:
        text = re.sub(r"[~〜～‐‑–—−ー－]", "-", plain(self.cleaned_data["extension"])).replace(
            " ", ""
        )
        if not re.fullmatch(r"(\d{1,9}(-\d{1,9})?)?", text):
            raise ValidationError(
                _(
                    "「%(text)s」は、内線として読めませんでした。2855 や 2853-2856 のように書けます。"
                )
                % {"text": text}
            )
        first, dash, last = text.partition("-")
        if dash and int(first) >= int(last):
            raise ValidationError(_("内線のはばは、小さい番号を先に書けます。"))
        return text

    def read(self) -> dict[str, Any]:
        row = super().read()
        first, _dash, last = row.pop("extension", "").partition("-")
        return (
            row
            | ({"extension": int(first)} if first else {})
            | ({"extension_last": int(last)} if last else {})
        )


class DoorRow(RowForm):
    fine = (
        "reply_note",
        "hours_rule",
        "source_name",
        "source_url",
        "verified_date",
        "needs_check",
    )

    kind = forms.ChoiceField(choices=DoorKind.choices, label=lazy("方法"))
    address = Line(length=500, label=lazy("アドレスか番号"))
    label = Line(label=lazy("名前（分かりやすい呼び方）"))
    reply_note = Line(label=lazy("返事までの時間など"))
    hours_rule = Line(length=500, label=lazy("受付時間（opening_hours の書き方。分かるときだけ）"))
    source_name = Line(label=lazy("出典"))
    source_url = WebAddress(label=lazy("出典のアドレス"))
    verified_date = Day(label=lazy("確かめた日"))
    needs_check = forms.BooleanField(required=False, label=lazy("要確認"))

    def clean(self) -> dict[str, Any]:
        row = super().clean() or {}
        kind, address = row.get("kind"), row.get("address", "")
        if not address:
            if kind != DoorKind.COUNTER_MEMO and not row.get("needs_check"):
                self.add_error("address", _("アドレスを書くか、「要確認」をつけると、残せます。"))
            return row
        try:
            if kind == DoorKind.MAIL:
                row["address"] = mail_address(address)
            elif kind in (DoorKind.FORM, DoorKind.CHAT, DoorKind.SNS):
                row["address"] = web_address(address)
        except ValidationError as unread:
            self.add_error("address", unread)
        return row

    def clean_hours_rule(self) -> str:
        rule: str = self.cleaned_data["hours_rule"]
        if rule and not is_readable(rule):
            raise ValidationError(
                _(
                    "この時間は読めませんでした。Mo-Fr 10:00-17:00 のような形か、空のままでも残せます。"
                )
            )
        return rule


class ContactRow(RowForm):
    department = Line(required=True, label=lazy("課や係"))
    title = Line(label=lazy("役割"))
    email = MailAddress(label=lazy("メール"))


class LinkRow(RowForm):
    fine = (
        "source_date",
        "needs_check",
    )

    kind = forms.ChoiceField(choices=LinkKind.choices, initial=LinkKind.PAGE, label=lazy("種類"))
    title = Line(required=True, label=lazy("題名"))
    url = WebAddress(label=lazy("アドレス"))
    source_date = Day(label=lazy("資料の日付"))
    needs_check = forms.BooleanField(required=False, label=lazy("要確認"))


class LimitRow(RowForm):
    fine = (
        "source_name",
        "needs_check",
    )

    target = forms.ChoiceField(
        choices=[("family", lazy("家族")), ("person", lazy("本人"))], label=lazy("だれと")
    )
    times = Number(low=1, high=999, label=lazy("何回まで"))
    period_note = Line(label=lazy("いつからいつまで"))
    source_name = Line(label=lazy("出典"))
    needs_check = forms.BooleanField(required=False, label=lazy("要確認"))

    def clean_times(self) -> int:
        times: int | None = self.cleaned_data["times"]
        if times is None:
            raise ValidationError(_("回数を書くと、残せます。"))
        return times


class CostRow(RowForm):
    fine = (
        "valid_from",
        "valid_to",
    )

    option = Line(required=True, label=lazy("何のお金か"))
    amount = Money(label=lazy("金額（円）"))
    amount_description = Line(length=1000, label=lazy("ふくまれるもの"))
    subsidy = Line(length=1000, label=lazy("補助や免除"))
    valid_from = Day(label=lazy("いつから"))
    valid_to = Day(label=lazy("いつまで"))
    currency = Carried(required=False, initial="JPY")

    def clean_currency(self) -> str:
        return self.cleaned_data["currency"][:3] or "JPY"


class LanguageRow(RowForm):
    code = Line(length=10, required=True, label=lazy("ことばの記号（en、zh、pt など）"))
    name = Line(length=60, label=lazy("ことばの名前"))
    note = Line(label=lazy("ひとこと"))

    def clean_code(self) -> str:
        code = plain(self.cleaned_data["code"])
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z]{2,4})?", code):
            raise ValidationError(
                _(
                    "「%(code)s」は、ことばの記号として読めませんでした。en や zh-Hans のような形です。"
                )
                % {"code": code}
            )
        return code
