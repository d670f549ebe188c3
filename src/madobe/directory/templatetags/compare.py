"""The facts of a few places beside each other, in words: those that differ apart from those that do not."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from madobe.directory.rules.hours_words import lines_of
from madobe.directory.rules.place import Place
from madobe.directory.templatetags.places import (
    AUDIENCES,
    DOORS,
    FEES,
    FUNCTIONS,
    METHODS,
    RESERVATIONS,
    ROOM,
    alert_word,
    kind_name,
)
from madobe.ui.display import display_of

register = template.Library()


@dataclass(frozen=True)
class Fact:
    """One fact of every place, in the order of the places; `own`: in the words of the data, not of the page."""

    label: str
    values: tuple[str, ...]
    own: bool = False


@dataclass(frozen=True)
class Compared:
    """The facts that differ, and those that are the same everywhere."""

    different: tuple[Fact, ...]
    same: tuple[Fact, ...]


@register.simple_tag(takes_context=True)
def compared(context: template.RequestContext, places: Sequence[Place]) -> Compared:
    """This will put the facts side by side; one that nobody knows of any place is left out."""
    language = display_of(context.request).language
    rows: tuple[tuple[str, Callable[[Place], str], bool], ...] = (
        (_("どんな所か"), lambda p: kind_name(p.kind), False),
        (_("いまのようす"), _now, False),
        (_("していること"), lambda p: _join(FUNCTIONS.get(one, one) for one in p.functions), False),
        (_("使える人"), lambda p: _join(AUDIENCES.get(who, who) for who in p.audience), False),
        (_("方法"), lambda p: _join(METHODS.get(one, one) for one in p.methods), False),
        (_("声を使わずに"), lambda p: _join(dict.fromkeys(DOORS.get(d.kind, d.kind) for d in p.text_doors)), False),
        (_("あいている時間"), lambda p: _hours(p, language), False),
        (_("予約"), lambda p: str(RESERVATIONS.get(p.reservation, "")), False),
        (_("料金"), lambda p: str(FEES.get(p.fee, "")), False),
        (_("ほかにかかるお金"), lambda p: p.extra_costs, True),
        (_("名前を言わずに"), lambda p: _yes(p.anonymous_ok, _("あとで名前をうかがうことがあります")), False),
        (_("家族だけで"), lambda p: _yes(p.family_only_ok, _("ご本人といっしょのときに")), False),
        (_("はじめての日"), lambda p: p.first_visit, True),
        (_("電話"), lambda p: next((one.number for one in p.phones if one.kind == "voice"), ""), False),
        (_("場所"), lambda p: f"{p.address} {p.building}".strip(), True),
    )  # fmt: skip
    facts = []
    for label, say, own in rows:
        values = tuple(say(place) for place in places)
        if any(values):
            facts.append(Fact(label, values, own))
    return Compared(
        tuple(fact for fact in facts if len(set(fact.values)) > 1),
        tuple(fact for fact in facts if len(set(fact.values)) == 1),
    )


def _join(words: Iterable[object]) -> str:
    return _("・").join(str(word) for word in words)


def _now(place: Place) -> str:
    """Short notices and whether there is room: nobody should set out for a door that is closed this week."""
    return "\n".join(
        (
            *(str(alert_word(one.kind)) for one in place.alerts),
            *filter(None, [str(ROOM.get(place.availability, ""))]),
        )
    )


def _yes(known: bool | None, otherwise: str) -> str:  # noqa: FBT001
    if known is None:
        return ""
    return _("できます") if known else otherwise


def _hours(place: Place, language: str) -> str:
    return "\n".join((*lines_of(place.hours.rows, language), *filter(None, [place.hours.prose])))
