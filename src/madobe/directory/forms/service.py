"""The whole of an entry in one form, in calm sections."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from madobe.directory.choices import (
    Audience,
    Fee,
    Function,
    Kind,
    Method,
    Registration,
    Reservation,
    Rhythm,
    Sector,
)
from madobe.directory.forms.areas import Areas, Municipality
from madobe.directory.forms.fields import (
    Codes,
    Day,
    Line,
    Lines,
    MailAddress,
    Number,
    Text,
    WebAddress,
    YesNo,
)
from madobe.directory.forms.parts import (
    ContactRow,
    CostRow,
    DoorRow,
    LanguageRow,
    LimitRow,
    LinkRow,
    PhoneRow,
)
from madobe.directory.forms.rows import RowForm, Rows
from madobe.directory.forms.when import ScheduleRow
from madobe.directory.forms.whom import EligibilityRow

PLACE = {
    "place_name": "name", "place_alternate_name": "alternate_name", "postal_code": "postal_code",
    "state_province": "state_province", "city": "city", "region": "region",
    "address_1": "address_1", "address_2": "address_2", "building": "building", "floor": "floor",
    "window": "window", "municipality": "municipality", "place_description": "description",
    "transportation": "transportation", "sensory_notes": "sensory_notes",
}  # fmt: skip
ROW_FORMS: Mapping[str, tuple[Any, type[RowForm]]] = {
    "phones": (lazy("電話とファックス"), PhoneRow),
    "text_doors": (lazy("声を使わない方法"), DoorRow),
    "contacts": (lazy("受け付ける課や係"), ContactRow),
    "schedules": (lazy("あいている時間"), ScheduleRow),
    "eligibilities": (lazy("使える条件"), EligibilityRow),
    "usage_limits": (lazy("使える回数"), LimitRow),
    "cost_options": (lazy("料金のこまかいこと"), CostRow),
    "languages": (lazy("話せることば"), LanguageRow),
    "links": (lazy("ちらしや関連ページ"), LinkRow),
}
SECTIONS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("names", lazy("名前と種類"), ("name", "alternate_name", "aliases", "kind", "more_kinds")),
    ("texts", lazy("読む人へのことば"), ("when_to_use", "role_text", "content_text", "first_visit", "application_process", "apply_at_kind", "notices")),
    ("reach", lazy("つながり方"), ("phones", "text_doors", "methods", "url", "email", "contacts", "reservation", "anonymous_ok", "family_only_ok", "camera_off_ok")),
    ("hours", lazy("あいている時間"), ("schedules", "hours_prose")),
    ("where", lazy("地域と場所"), ("areas", *PLACE)),
    ("whom", lazy("使える人"), ("audience", "eligibilities", "eligibility_description", "usage_limits", "max_months", "stages", "capacity")),
    ("money", lazy("お金"), ("fee", "fees_description", "extra_costs", "cost_options")),
    ("what", lazy("していること・運営"), ("functions", "professions", "languages", "sector", "registration", "is_hikikomori_desk", "is_unevaluated")),
    ("papers", lazy("資料"), ("links",)),
    ("truth", lazy("この情報の出典と、見なおす間隔"), ("source_name", "source_url", "source_page_id", "source_updated_date", "recheck_months", "needs_check")),
)  # fmt: skip
STAGES = (("1", lazy("第一段階")), ("2", lazy("第二段階")), ("3", lazy("第三段階")))


@dataclass(frozen=True)
class Part:
    """One thing of a section: a field, or rows."""

    name: str
    field: forms.BoundField | None = None
    rows: Rows | None = None
    title: str | Promise = ""


@dataclass(frozen=True)
class Section:
    """One calm piece of the form. `faults`: how many of its parts have something to mend."""

    id: str
    title: str | Promise
    parts: tuple[Part, ...]
    faults: int = 0


class ServiceForm(forms.Form):
    """Every fact of an entry. Unbound it shows `facts`; bound it keeps whatever was typed."""

    use_required_attribute = False

    name = Line(required=True, label=lazy("名前"))
    alternate_name = Line(label=lazy("ほかの呼び名"))
    aliases = Lines(length=200, label=lazy("さがすときに使われる、別の書き方（1行に1つ）"))
    kind = forms.ChoiceField(choices=Kind.choices, label=lazy("おもな種類"))
    more_kinds = Codes(choices=Kind.choices, label=lazy("ほかの種類"))
    when_to_use = Text(label=lazy("使い時（どんなときに使えるか）"))
    role_text = Text(label=lazy("役割"))
    content_text = Text(label=lazy("内容"))
    first_visit = Text(label=lazy("はじめての日の流れ"))
    application_process = Text(label=lazy("申しこみ方"))
    apply_at_kind = forms.ChoiceField(
        choices=[("", lazy("ここで受け付ける")), *Kind.choices],
        required=False,
        label=lazy("申しこむ窓口の種類"),
    )
    notices = Lines(label=lazy("そえる短い文（1行に1つ）"))
    url = WebAddress(label=lazy("ホームページ"))
    email = MailAddress(label=lazy("メール"))
    methods = Codes(choices=Method.choices, label=lazy("方法"))
    reservation = forms.ChoiceField(choices=Reservation.choices, required=False, label=lazy("予約"))
    anonymous_ok = YesNo(label=lazy("名前を言わずに相談できる"))
    family_only_ok = YesNo(label=lazy("家族だけで相談できる"))
    camera_off_ok = YesNo(label=lazy("カメラを切って参加できる"))
    hours_prose = Text(label=lazy("時間の説明（表に書けないとき）"))
    areas = Areas(label=lazy("どの地域の人が使えるか（1行に1つ。市区町村・都道府県・全国）"))
    place_name = Line(label=lazy("建物や会場の名前"))
    place_alternate_name = Line(label=lazy("会場のほかの呼び名"))
    postal_code = Line(length=8, label=lazy("郵便番号"))
    state_province = Line(length=20, label=lazy("都道府県"))
    city = Line(length=60, label=lazy("市区町村"))
    region = Line(length=60, label=lazy("郡・区など"))
    address_1 = Line(label=lazy("町名と番地"))
    address_2 = Line(label=lazy("住所のつづき"))
    building = Line(label=lazy("建物"))
    floor = Line(length=20, label=lazy("階"))
    window = Line(length=20, label=lazy("窓口の番号"))
    municipality = Municipality(label=lazy("場所のある市区町村"))
    place_description = Text(rows=2, label=lazy("場所の説明（番地がはっきりしないとき）"))
    transportation = Text(rows=2, label=lazy("行き方"))
    sensory_notes = Text(rows=2, label=lazy("静かさ・入口・人目"))
    audience = Codes(choices=Audience.choices, label=lazy("使える人"))
    eligibility_description = Text(label=lazy("条件の説明"))
    max_months = Number(low=1, high=600, label=lazy("使える長さ（か月）"))
    stages = Codes(choices=STAGES, label=lazy("合う段階"))
    capacity = Number(high=100_000, label=lazy("定員"))
    fee = forms.ChoiceField(choices=Fee.choices, required=False, label=lazy("料金"))
    fees_description = Text(label=lazy("料金の説明"))
    extra_costs = Text(label=lazy("ほかにかかるお金（交通費・通信費など）"))
    functions = Codes(choices=Function.choices, label=lazy("していること"))
    professions = Lines(length=60, label=lazy("話を聞く人の資格など（1行に1つ）"))
    sector = forms.ChoiceField(choices=Sector.choices, label=lazy("運営"))
    registration = forms.ChoiceField(
        choices=Registration.choices, required=False, label=lazy("都の登録")
    )
    is_hikikomori_desk = forms.BooleanField(required=False, label=lazy("ひきこもりのための窓口"))
    is_unevaluated = forms.BooleanField(required=False, label=lazy("評価をしない場所"))
    source_name = Line(label=lazy("出典"))
    source_url = WebAddress(label=lazy("出典のアドレス"))
    source_page_id = Line(length=60, label=lazy("出典のページ番号"))
    source_updated_date = Day(label=lazy("出典が新しくなった日"))
    recheck_months = forms.TypedChoiceField(
        choices=Rhythm.choices, coerce=int, initial=Rhythm.HALF_YEAR, label=lazy("見なおす間隔")
    )
    needs_check = forms.BooleanField(
        required=False, label=lazy("要確認（まだ窓口に確かめていないことがある）")
    )

    def __init__(self, data: Any = None, *, facts: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=_initial(facts or {}))
        self.rows = {
            name: Rows(form, name, data, (facts or {}).get(name, ()))
            for name, (_title, form) in ROW_FORMS.items()
        }
        for name, field in self.fields.items():
            if isinstance(field, Codes):
                field.offer((facts or {}).get(name, ()))

    def is_valid(self) -> bool:
        """This will check everything, rows too, so that all that is to be mended is said at once."""
        return all([super().is_valid(), *(rows.is_valid() for rows in self.rows.values())])

    def values(self) -> dict[str, Any]:
        """This will give every fact as the form says it; call it once it is valid."""
        cleaned = dict(self.cleaned_data)
        kind = cleaned.pop("kind")
        facts: dict[str, Any] = {"kinds": [kind, *cleaned.pop("more_kinds")]}
        facts["place"] = {column: cleaned.pop(name) for name, column in PLACE.items()}
        return {**cleaned, **facts, **{name: rows.read() for name, rows in self.rows.items()}}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("address_1"):
            alone = [
                name
                for name in (
                    "postal_code",
                    "city",
                    "region",
                    "address_2",
                    "building",
                    "floor",
                    "window",
                )
                if cleaned.get(name)
            ]
            if alone and "address_1" not in self.errors:
                self.add_error(
                    "address_1",
                    lazy(
                        "住所は、町名と番地を書くと残せます。分からないときは、下の「場所の説明」に書けます。"
                    ),
                )
        return cleaned

    def sections(self) -> Iterator[Section]:
        """The form in its sections, for a template."""
        for key, title, names in SECTIONS:
            parts = tuple(self._part(name) for name in names)
            yield Section(key, title, parts, sum(map(_has_fault, parts)) if self.is_bound else 0)

    def _part(self, name: str) -> Part:
        if name in self.rows:
            return Part(name, rows=self.rows[name], title=ROW_FORMS[name][0])
        return Part(name, field=self[name], title=self[name].label)


class SourceForm(forms.Form):
    """On whose word an edit rests, and why it was made."""

    use_required_attribute = False

    word_name = Line(
        required=True, label=lazy("だれの・どこの言葉か（電話で聞いた、ホームページ など）")
    )
    word_url = WebAddress(label=lazy("そのアドレス"))
    reason = Line(length=300, label=lazy("ひとこと（なぜ直したか）"))
    is_checked = forms.BooleanField(required=False, label=lazy("きょう、全体を確かめました"))


class NewServiceForm(forms.Form):
    """Whose entry a new one is."""

    use_required_attribute = False

    organization_name = Line(required=True, label=lazy("運営している団体や役所の名前"))


def _initial(facts: Mapping[str, Any]) -> dict[str, Any]:
    kinds = list(facts.get("kinds", ()))
    place = facts.get("place", {})
    initial = {name: value for name, value in facts.items() if name not in ("kinds", "place")}
    initial |= {name: place.get(column, "") for name, column in PLACE.items()}
    return initial | ({"kind": kinds[0], "more_kinds": kinds[1:]} if kinds else {})


def _has_fault(part: Part) -> bool:
    if part.rows is not None:
        return part.rows.faults > 0
    return bool(part.field and part.field.errors)


def field_labels() -> dict[str, Any]:
    """This will give what each fact is called."""
    labels: dict[str, Any] = {name: field.label for name, field in ServiceForm.base_fields.items()}
    return labels | {name: title for name, (title, _form) in ROW_FORMS.items()}


def row_labels(form: type[RowForm]) -> dict[str, Any]:
    """This will give what the fields of a row are called."""
    return {name: field.label for name, field in form.base_fields.items()}


def names_of_facts(facts: Iterable[str]) -> list[Any]:
    """This will give what these facts are called."""
    labels = field_labels() | {"kinds": lazy("種類"), "last_verified_date": lazy("確かめた日")}
    return [labels.get(name, name) for name in facts]
