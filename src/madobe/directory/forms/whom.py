"""Rows of conditions: who can use a service, from when to when."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from madobe.directory.choices import ConditionKind
from madobe.directory.forms.areas import area_code, full_area_name
from madobe.directory.forms.fields import Day, Line, Lines, Number, WebAddress
from madobe.directory.forms.rows import RowForm
from madobe.directory.rules.card import AUDIENCE_WORDS
from madobe.directory.rules.eligibility import PROOFS

_NUMBERED = (ConditionKind.AGE_MIN, ConditionKind.AGE_MAX, ConditionKind.MONTHS_MIN)
_WORDS: dict[str, dict[str, str]] = {
    "requires_any": PROOFS,
    "relation_in": AUDIENCE_WORDS,
}


class ConditionRow(RowForm):
    kind = forms.ChoiceField(choices=ConditionKind.choices, label=lazy("条件"))
    number = Number(high=999, label=lazy("年齢・月数"))
    values = Lines(
        rows=2, length=60, label=lazy("あてはまるもの（1行に1つ。市区町村、診断、本人 など）")
    )
    note = Line(length=300, label=lazy("読む人に見せる文"))

    def __init__(self, *options: Any, **named: Any) -> None:
        if initial := named.get("initial"):
            words = [_word(initial.get("kind", ""), one) for one in initial.get("values", ())]
            named["initial"] = {**initial, "values": words}
        super().__init__(*options, **named)

    def clean(self) -> dict[str, Any]:
        row = super().clean() or {}
        kind = row.get("kind", "")
        is_lacking = row.get("number") is None and "number" not in self.errors
        if is_lacking and kind in _NUMBERED:
            self.add_error("number", _("この条件は、数を書くと残せます。"))
        try:
            row["values"] = [_code(kind, one) for one in row.get("values", ())]
        except ValidationError as unread:
            self.add_error("values", unread)
        return row


class EligibilityRow(RowForm):
    below = ("conditions", ConditionRow)
    fine = (
        "source_url",
        "needs_check",
    )

    source_name = Line(required=True, label=lazy("条件の出典"))
    source_url = WebAddress(label=lazy("出典のアドレス"))
    valid_from = Day(label=lazy("いつから"))
    valid_to = Day(label=lazy("いつまで"))
    needs_check = forms.BooleanField(required=False, label=lazy("要確認"))

    def clean(self) -> dict[str, Any]:
        row = super().clean() or {}
        start, end = row.get("valid_from"), row.get("valid_to")
        if start and end and start > end:
            self.add_error("valid_to", _("おわりの日は、はじまりの日よりあとにできます。"))
        return row


def _word(kind: str, code: str) -> str:
    if kind == ConditionKind.RESIDENCE_IN:
        return full_area_name(code)
    return _WORDS.get(kind, {}).get(code, code)


def _code(kind: str, word: str) -> str:
    if kind == ConditionKind.RESIDENCE_IN:
        return area_code(word)
    words = _WORDS.get(kind, {})
    codes = {said: code for code, said in words.items()} | {
        said.removeprefix("ご"): code for code, said in words.items()
    }
    if words and word not in words and word not in codes:
        raise ValidationError(
            _("「%(word)s」は、「%(words)s」のどれかで書けます。")
            % {"word": word, "words": "」「".join(words.values())}
        )
    return codes.get(word, word)
