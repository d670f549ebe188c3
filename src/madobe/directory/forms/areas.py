"""Areas by the names people write."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from madobe.directory import municipalities
from madobe.directory.choices import NATION
from madobe.directory.forms.fields import Lines

NATION_WORDS = ("全国", "日本", "日本全国")


class Areas(Lines):
    """Areas by name, one a line: 昭島市, 東京都, 全国; their codes come back."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return "\n".join(full_area_name(extent) for extent in value)
        return value

    def clean(self, value: Any) -> Any:
        return [area_code(line) for line in super().clean(value)]


class Municipality(forms.CharField):
    """One municipality by name; its code comes back, "" for none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=60, **options)

    def prepare_value(self, value: Any) -> Any:
        return full_area_name(value) if value and re.fullmatch(r"\d{6}", value) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        code = area_code(text) if text else ""
        if code and len(code) != 6:
            raise ValidationError(
                _("「%(text)s」は、市区町村の名前として読めませんでした。") % {"text": text}
            )
        return code


def full_area_name(extent: str) -> str:
    """This will give the name of an area that means only this one; the code itself where nobody has a name."""
    if extent == NATION:
        return NATION_WORDS[0]
    if len(extent) == 2:
        return municipalities.prefecture_name(extent) or extent
    found = municipalities.by_code(extent)
    return found.full_name if found else extent


def area_code(text: str) -> str:
    """This will give the code of a written area; raises ValidationError for one unknown or with two meanings."""
    if text in NATION_WORDS:
        return NATION
    if re.fullmatch(r"\d{6}", text) and municipalities.by_code(text):
        return text
    found = municipalities.resolve(text)
    if found.ward is not None:
        return found.ward.code
    if found.area is not None:
        return found.area.code or found.area.prefecture
    if found.candidates:
        names = "」「".join(one.full_name for one in found.candidates)
        raise ValidationError(
            _("「%(text)s」という名前の所は、いくつかあります。「%(names)s」のように書けます。")
            % {"text": text, "names": names}
        )
    near = "」「".join(found.nearest)
    if near:
        raise ValidationError(
            _("「%(text)s」という名前の所は、見つかりませんでした。近い名前は「%(near)s」です。")
            % {"text": text, "near": near}
        )
    raise ValidationError(
        _(
            "「%(text)s」という名前の所は、見つかりませんでした。「昭島市」「東京都」「全国」のように書けます。"
        )
        % {"text": text}
    )
