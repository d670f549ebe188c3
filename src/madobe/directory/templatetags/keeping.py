"""Words for those who keep the directory: facts, who put them there, what to look at twice."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.forms import CheckboxInput
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from madobe.directory.choices import AlertKind, Kind, ReviewKind, Status, SuggestionKind
from madobe.directory.forms.areas import full_area_name
from madobe.directory.forms.service import PLACE, ROW_FORMS, ServiceForm, names_of_facts
from madobe.directory.forms.short import AlertForm, AvailabilityForm
from madobe.directory.rules.doubts import Doubt, extension_text
from madobe.directory.rules.reviewed import fact_of
from madobe.directory.rules.weekday_words import write_days
from madobe.lib.actor import Actor
from madobe.ui.staff import name_of

register = template.Library()

OTHER_NAMES: dict[str, Promise] = {
    "status": lazy("ようす"),
    "alerts": lazy("お知らせ"),
    "availability": lazy("いまの空き"),
    "availability_note": lazy("待ち方・つぎの空き"),
    "availability_date": lazy("空きを聞いた日"),
    "place": lazy("場所"),
    "contact": lazy("受け付ける課や係"),
    "organization": lazy("運営している団体や役所"),
}
DOUBTS: dict[str, Promise] = {
    "number": lazy("「%(this)s」は、見なれない形の番号です。もういちど見てみませんか。"),
    "spelling": lazy("「%(this)s」と「%(other)s」は、ひとつの名前の二つの書き方のように見えます。"),
    "extension": lazy("内線の書き方が二つあります。「%(this)s」と「%(other)s」です。"),
    "alias": lazy("別の書き方「%(this)s」は、ほかの窓口の名前でもあります。"),
    "hours": lazy(
        "この時間の表は、組みあわせると読めなくなりました。いまは「時間の説明」だけが見えています。"
    ),
}
SAID: dict[str, Promise] = {
    "saved": lazy("残しました。"),
    "created": lazy("新しい窓口を、下書きとして残しました。公開するまで、だれにも見えません。"),
    "verified": lazy("きょう確かめたことを残しました。"),
    "published": lazy("公開しました。"),
    "withdrawn": lazy("公開をやめました。書いてあることは、残っています。"),
    "alert": lazy("お知らせをのせました。"),
    "alert_withdrawn": lazy("お知らせを取りさげました。"),
    "room": lazy("いまの空きを残しました。"),
    "set_aside": lazy("そのままにしました。"),
    "settled": lazy("ほかの人が、先に見おわっていました。"),
    "reviewed": lazy("見おわりました。"),
}


@register.filter
def fact_name(name: str) -> str:
    """What a fact is called."""
    return str(OTHER_NAMES[name]) if name in OTHER_NAMES else _short(names_of_facts([name])[0])


@register.filter
def fact_lines(value: Any, name: str) -> list[str]:
    """A fact's value in words, one line a row; an empty one is no line."""
    if value in ("", None, [], {}):
        return []
    if name == "kinds":
        return [_label(Kind.choices, one) for one in value]
    if name == "areas":
        return [full_area_name(one) for one in value]
    if name == "place":
        labels = {column: ServiceForm.base_fields[field].label for field, column in PLACE.items()}
        words = {**value, "municipality": full_area_name(value.get("municipality", ""))}
        return [f"{_short(labels.get(key, key))}: {text}" for key, text in words.items() if text]
    if name in ROW_FORMS:
        return [_row(ROW_FORMS[name][1], row) for row in value]
    if name == "alerts":
        return [_row(AlertForm, value)]
    if name == "status":
        return [_label(Status.choices, value)]
    field = ServiceForm.base_fields.get(name) or AvailabilityForm.base_fields.get(name)
    choices = getattr(field, "choices", ())
    return [_word(one, choices) for one in (value if isinstance(value, list) else [value])]


@register.filter
def imported_lines(value: Any, field: str) -> list[str]:
    """The value of a review item in words, whatever its source calls it."""
    try:
        name, fact = fact_of(field, value)
        return fact_lines(fact, name)
    except (
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
    ):  # a value of another shape stands as it is
        return [str(value)]


@register.simple_tag(takes_context=True)
def who(context: template.RequestContext, by: str) -> str:
    """Who acted: a person, an import, the organization by its link. Each is looked up once a page."""
    known: dict[str, str] = context.request.__dict__.setdefault("_names_of_actors", {})
    if by not in known:
        known[by] = _who(getattr(context.request, "staff", None), by)
    return known[by]


@register.filter
def doubt_words(doubt: Doubt) -> str:
    """One thing to look at twice, as a sentence."""
    return str(DOUBTS[doubt.kind]) % {"this": doubt.this, "other": doubt.other}


@register.filter
def said_words(code: str) -> str:
    """What was just done, as a sentence; "" for a code nobody knows."""
    return str(SAID.get(code, ""))


@register.filter
def status_name(code: str) -> str:
    """The state of an entry."""
    return _label(Status.choices, code)


@register.filter
def alert_name(code: str) -> str:
    """What a notice says."""
    return _label(AlertKind.choices, code)


@register.filter
def suggestion_name(code: str) -> str:
    """What a visitor noticed."""
    return _label(SuggestionKind.choices, code)


@register.filter
def review_name(code: str) -> str:
    """Why something waits for a person."""
    return _label(ReviewKind.choices, code)


@register.filter
def is_checkbox(field: Any) -> bool:
    """Whether a field is one box to tick."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_group(field: Any) -> bool:
    """Whether a field is a group of boxes."""
    return bool(getattr(field.field.widget, "use_fieldset", False))


def _who(actor: Actor | None, by: str) -> str:
    if actor is not None and actor.id == by:
        return actor.name
    if by.startswith("import "):
        return _("取りこみ（%(source)s）") % {"source": by.removeprefix("import ")}
    if by.startswith("link:"):
        return _("窓口の方（確かめるリンク）")
    return name_of(by) or (_("担当者") if by.startswith("staff:") else by)


def _row(form: type[Any], row: Mapping[str, Any]) -> str:
    """A row as one line: what it says, each with its name."""
    parts = []
    for key, value in row.items():
        if key == "extension_last":
            continue
        field = form.base_fields.get(key)
        label = _short(field.label) if field is not None else key
        below = getattr(form, "below", None)
        if below and key == below[0]:
            parts.append("［" + "／".join(_row(below[1], one) for one in value) + "］")
        elif key == "extension":
            parts.append(f"{label}: {extension_text(row)}")
        elif key == "byday":
            parts.append(f"{label}: {write_days(value)}")
        elif value is True:
            parts.append(label)
        else:
            words = value if isinstance(value, list) else [value]
            choices = getattr(field, "choices", ())
            parts.append(f"{label}: " + "、".join(_word(one, choices) for one in words))
    return "　".join(parts)


def _word(value: Any, choices: Any) -> str:
    if value is True:
        return _("はい")
    if value is False:
        return _("いいえ")
    if isinstance(value, date):
        return value.isoformat()
    return _label(choices, value)


def _label(choices: Any, value: Any) -> str:
    return str({str(code): label for code, label in choices}.get(str(value), value))


def _short(label: Any) -> str:
    """A label without its hint in brackets."""
    return str(label).split("（")[0].split(" (")[0]
