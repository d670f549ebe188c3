"""Clean input of the guide's screens. Never saves: the answers live in the form and nowhere else."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from madobe.guide.choices import STAGES
from madobe.guide.rules.situation import UNKNOWN, Situation
from madobe.guide.rules.tables import TABLES

LONGEST_TEXT = 10_000  # characters; a person's whole letter fits
OLDEST, LONGEST_MONTHS = 120, 1_200
LONGEST_NUMBER = 6  # digits

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # all but tab and line end

CODE_FIELDS = ("signs", "wants", "person_wants", "constraints", "person_constraints")
FIELDS = ("who", "text", "place", "age", "months", "stage", "struck", *CODE_FIELDS)


NOT_OURS = {
    "invalid_choice": _(
        "この窓にない答えが送られてきました（%(value)s）。えらび直すことができます。"
    )
}


def plain_text(text: str) -> str:
    """Control characters out, line ends alike; the words stay as written."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n"))


class Shared:
    """A field that all forms share: nothing about it changes, and copying its choices costs as much as reading them."""

    def __deepcopy__(self, memo: object) -> Self:
        return self


class OneOf(Shared, forms.ChoiceField):
    """One of our answers, or none."""


class SomeOf(Shared, forms.MultipleChoiceField):
    """Any of our answers."""


class WrittenField(Shared, forms.CharField):
    """What somebody wrote, made plain before it is counted: a line end is one character, as for its writer."""

    def to_python(self, value: Any) -> str:
        return plain_text(str(super().to_python(value) or ""))


def _one_of(values: Iterable[str]) -> OneOf:
    return OneOf(
        required=False,
        choices=[("", ""), *((value, value) for value in values)],
        error_messages=NOT_OURS,
    )


def _codes(kind: str) -> SomeOf:
    return SomeOf(
        required=False,
        choices=[(code, code) for code in TABLES.codes_of(kind)],
        error_messages=NOT_OURS,
    )


class GuideForm(forms.Form):
    """Everything somebody chose or wrote, on whichever screen. Each field may be empty."""

    who = _one_of(("self", "family", "friend", "worker"))
    text = WrittenField(
        required=False,
        max_length=LONGEST_TEXT,
        strip=False,
        error_messages={
            "max_length": _(
                "一度に読めるのは%(limit_value)s文字までです（いま%(show_value)s文字）。書いたものは下に残っています。少し短くすると進めます。"
            )
        },
    )
    signs = _codes("sign")
    wants = _codes("want")
    person_wants = _codes("want")
    constraints = _codes("constraint")
    person_constraints = _codes("constraint")
    place = WrittenField(
        required=False,
        max_length=60,
        error_messages={
            "max_length": _(
                "市区町村の名前が長すぎるようです。「昭島市」のように書くことができます。"
            )
        },
    )
    age = WrittenField(required=False)
    months = WrittenField(required=False)
    stage = _one_of(STAGES)
    struck = WrittenField(required=False)  # keys of readings, space between

    def clean_age(self) -> int:
        """Years, or UNKNOWN when empty."""
        return _number(
            self.cleaned_data["age"],
            OLDEST,
            _("年齢は0から120までの数で書けます。分からないときは、からのままで進めます。"),
        )

    def clean_months(self) -> int:
        """Months, or UNKNOWN when empty."""
        return _number(
            self.cleaned_data["months"],
            LONGEST_MONTHS,
            _("期間は月の数で書けます。分からないときは、からのままで進めます。"),
        )

    def situation(self) -> Situation:
        """This function will give the plain values the rules read; call it after `is_valid()`."""
        clean: dict[str, Any] = self.cleaned_data
        codes = {name: frozenset(clean.get(name, ())) for name in CODE_FIELDS}
        return Situation(
            who=clean.get("who", ""),
            municipality=clean.get("place", ""),
            age=clean.get("age", UNKNOWN),
            months=clean.get("months", UNKNOWN),
            free_text=clean.get("text", ""),
            signs=codes["signs"],
            wants=codes["wants"],
            person_wants=codes["person_wants"],
            constraints=codes["constraints"],
            person_constraints=codes["person_constraints"],
        )

    @property
    def has_only_words(self) -> bool:
        """Whether a sentence was written and no question answered."""
        answered = ("who", "place", *CODE_FIELDS)
        return bool(self.cleaned_data.get("text")) and not any(
            self.cleaned_data.get(n) for n in answered
        )

    def struck_keys(self) -> frozenset[str]:
        """The readings the person struck out."""
        return frozenset(str(self.cleaned_data.get("struck", "")).split())

    def chosen(self, name: str) -> list[str]:
        """The codes of one field as they were sent, known or not."""
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else []

    def carried(self, shown: Mapping[str, Container[str]]) -> Iterator[tuple[str, str]]:
        """Name and value of each hidden field a screen must carry, as typed.

        `shown`: field -> the values the screen itself offers (ANY for a field it shows whole); a screen that
        shows some codes of a field carries the others.
        """
        for name in FIELDS:
            offered = shown.get(name, ())
            values = (
                self.chosen(name) if name in CODE_FIELDS else [plain_text(self.data.get(name, ""))]
            )
            yield from (
                (name, value)
                for value in values
                if value and value not in offered and self._has(name, value)
            )

    def _has(self, name: str, value: str) -> bool:
        """Whether this window has such an answer: one it does not have is told once and not sent again."""
        field = self.fields[name]
        return not isinstance(field, forms.ChoiceField) or field.valid_value(value)


class _Anything:
    """Contains every value."""

    def __contains__(self, value: object) -> bool:
        return True


ANY = _Anything()


def _number(raw: str, most: int, message: Any) -> int:
    digits = unicodedata.normalize("NFKC", raw).strip().removesuffix("歳").removesuffix("か月")
    if not digits:
        return UNKNOWN
    if not digits.isdecimal() or len(digits) > LONGEST_NUMBER or int(digits) > most:
        raise forms.ValidationError(message)
    return int(digits)
