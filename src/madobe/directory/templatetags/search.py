"""Words of a search: what can be asked for, why a place is there, what was let go of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import template
from django.template.loader import get_template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from madobe.directory.choices import Kind
from madobe.directory.rules.hours import JAPAN
from madobe.directory.rules.place import Place
from madobe.directory.rules.sketch import Point
from madobe.directory.search.answer import Hit, Reason, Relaxation
from madobe.directory.templatetags.places import AUDIENCES, METHODS, function_name, kind_name
from madobe.ui.display import Display, display_of

register = template.Library()

ROWS_KEPT = 512  # drawn rows a worker keeps: some five kilobytes each
REASONS_SHOWN = 3

NEEDS: dict[str, Promise] = {
    "anonymous": lazy("匿名で"),
    "family_only": lazy("家族だけで"),
    "no_reservation": lazy("予約なし"),
    "text": lazy("文字で"),
    "camera_off": lazy("カメラを切って"),
    "visit": lazy("家に来てもらえる"),
    "free": lazy("無料"),
    "evening": lazy("夕方から"),
    "weekend": lazy("土日"),
    "voice_free": lazy("声を使わずに"),
    "at_home": lazy("家でできる"),
    "open_now": lazy("いま開いている"),
}
NEED_REASONS: dict[str, Promise] = {
    "anonymous": lazy("名前を言わずに話せます"),
    "family_only": lazy("家族だけでも話せます"),
    "no_reservation": lazy("予約なしで使えます"),
    "text": lazy("文字で話せます"),
    "camera_off": lazy("カメラを切ったままで、だいじょうぶです"),
    "visit": lazy("家に来てもらえます"),
    "free": lazy("無料です"),
    "evening": lazy("夕方もあいています"),
    "weekend": lazy("土日もあいています"),
    "voice_free": lazy("声を使わない方法があります"),
    "at_home": lazy("家にいたまま使えます"),
    "open_now": lazy("いま開いています"),
}


@register.filter
def need_name(code: str) -> str:
    """The word for one thing that can be asked for."""
    return str(NEEDS.get(code, code))


@register.simple_tag
def toggle(field: str, chip: Any) -> SafeString:
    """A chip that is pressed or not: `field` "need", "kind" or "function"; `chip` with `code`, `pressed` and `count`.

    Written here and not in a template: a page draws some twenty of them.
    """
    return format_html(
        '<button class="chip toggle" name="toggle" value="{}.{}" aria-pressed="{}" data-stay>{}{}</button>',
        field,
        chip.code,
        "true" if chip.pressed else "false",
        _CHIP_WORDS[field](chip.code),
        format_html(' <span class="count">{}</span>', chip.count) if chip.count >= 0 else "",
    )


_CHIP_WORDS: dict[str, Callable[[str], str]] = {
    "need": need_name,
    "kind": kind_name,
    "function": function_name,
}


@register.filter
def why(hit: Hit) -> list[str]:
    """The reasons why a place is there, one sentence each; the area stands on the row already."""
    sentences = dict.fromkeys(filter(None, (reason_words(reason) for reason in hit.reasons)))
    return list(sentences)[:REASONS_SHOWN]


def reason_words(reason: Reason) -> str:
    """This will say one reason; "" for one that the row says anyway."""
    say = _REASONS.get(reason.kind)
    return say(reason) if say else ""


def _word(reason: Reason) -> str:
    return _("「%(word)s」ということばがあります") % {"word": reason.asked}


def _synonym(reason: Reason) -> str:
    if reason.found == reason.asked or not reason.found:
        return _word(reason)
    found = str(Kind(reason.found).label) if reason.found in Kind.values else reason.found
    return _("「%(asked)s」を「%(found)s」として見つけました") % {
        "asked": reason.asked,
        "found": found,
    }


def _need(reason: Reason) -> str:
    return str(NEED_REASONS.get(reason.found or reason.asked, ""))


def _kind(reason: Reason) -> str:
    code = reason.found or reason.asked
    return str(Kind(code).label) if code in Kind.values else ""


def _who(reason: Reason) -> str:
    who = AUDIENCES.get(reason.found or reason.asked)
    return _("%(who)sも使えます") % {"who": who} if who else ""


def _age(reason: Reason) -> str:
    return _("%(age)s歳の方も使えます") % {"age": reason.asked} if reason.asked else ""


def _method(reason: Reason) -> str:
    return str(METHODS.get(reason.found or reason.asked, ""))


def _function(reason: Reason) -> str:
    return function_name(reason.found or reason.asked)


_REASONS: dict[str, Callable[[Reason], str]] = {
    "word": _word,
    "synonym": _synonym,
    "need": _need,
    "kind": _kind,
    "who": _who,
    "age": _age,
    "method": _method,
    "function": _function,
}


@register.simple_tag
def relaxed(relaxation: Relaxation, prefecture: str) -> list[str]:
    """What was let go of because nothing fitted, one sentence a step."""
    return list(dict.fromkeys(_step(step, prefecture) for step in relaxation.steps))


def _step(step: str, prefecture: str) -> str:
    name, _colon, code = step.partition(":")
    if name == "area" and code == "prefecture" and prefecture:
        return _("近くでは見つからなかったので、%(prefecture)s全体からさがしました。") % {
            "prefecture": prefecture
        }
    if name == "area":
        return _("近くでは見つからなかったので、全国からさがしました。")
    if name == "need" and code in NEEDS:
        return _("「%(need)s」にあう先は見つからなかったので、この条件をはずしてさがしました。") % {
            "need": NEEDS[code]
        }
    if name == "words":
        return _("そのことばでは見つからなかったので、ことばをはずしてさがしました。")
    if name == "kind":
        return _("その種類では見つからなかったので、ほかの種類もさがしました。")
    if name == "function":
        return _("それをしている先は見つからなかったので、その条件をはずしてさがしました。")
    if name == "open_at":
        return _("いま開いている先は見つからなかったので、ほかの時間もさがしました。")
    if name in {"who", "age", "months"}:
        return _("その人にあう先は見つからなかったので、だれでも使える先までさがしました。")
    if name == "doors":
        return _("合う先は見つからなかったので、どこに住んでいても使える窓口を出しています。")
    return _("ぴったりの先は見つからなかったので、条件を少しひろげてさがしました。")


@register.simple_tag(takes_context=True)
def found_row(context: template.RequestContext, place: Place) -> SafeString:
    """The row of a place inside a form that carries a search; drawn once as long as nothing on it changes."""
    today = timezone.now().astimezone(JAPAN).date()
    return _row(place, display_of(context.request), today)


@register.simple_tag
def found_beside(hit: Hit | None, place: Place, asked: Any, number: int) -> SafeString:
    """What stands beside a row for this visitor alone: why it is there, keep it, compare it.

    `asked`: with `kept` and `compared`. Written here and not in a template: it is drawn ten times a page.
    """
    here, name = UUID(place.id), escape(place.name)
    reasons = "".join(f"<li>{escape(one)}</li>" for one in (why(hit) if hit else ()))
    held = here in asked.kept
    words, compare = escape(keep_words(held)), escape(_("くらべる"))
    checked = " checked" if here in asked.compared else ""
    return SafeString(
        (f'<ul class="why">{reasons}</ul>' if reasons else "")
        + f'<div class="beside no-print"><input type="hidden" name="shown" value="{here}">'
        f'<button class="linklike" name="{"drop" if held else "keep"}" value="{here}" formaction="#p{number}"'
        f' data-stay aria-label="{name} {words}">{words}</button>'
        f'<label class="tick"><input type="checkbox" name="compare" value="{here}"'
        f' aria-label="{name} {compare}"{checked}> {compare}</label></div>'
    )


@register.filter
def keep_words(held: bool) -> str:  # noqa: FBT001
    """What the button says that puts a place aside or lets go of it."""
    return _("とってあります・はずす") if held else _("とっておく")


@register.filter
def at(items: Sequence[Any], number: int) -> Any:
    """The item at a place in a row of them, counted from 0."""
    return items[number]


@register.filter
def maps_elsewhere(place: Place, point: Point | None) -> list[tuple[str, str]]:
    """Maps of others on which a place can be looked up: name and address."""
    if point is None:
        asked = quote(place.address)
        return [
            ("OpenStreetMap", f"https://www.openstreetmap.org/search?query={asked}"),
            ("Google", f"https://www.google.com/maps/search/?api=1&query={asked}"),
        ]
    here = f"{point.latitude},{point.longitude}"
    return [
        (
            _("地理院地図（国土地理院）"),
            f"https://maps.gsi.go.jp/#17/{point.latitude}/{point.longitude}/",
        ),
        (
            "OpenStreetMap",
            f"https://www.openstreetmap.org/?mlat={point.latitude}&mlon={point.longitude}#map=17/{point.latitude}/{point.longitude}",
        ),
        ("Google", f"https://www.google.com/maps/search/?api=1&query={here}"),
    ]


@dataclass(frozen=True)
class _Reader:
    """All a row asks of its request."""

    display: Display


class _RowContext(template.Context):
    """What a row is drawn from, without the processors of a page."""

    def __init__(self, place: Place, display: Display) -> None:
        super().__init__({"place": place, "flow": True})
        self.request = _Reader(display)


@lru_cache(maxsize=ROWS_KEPT)
def _row(place: Place, display: Display, today: date) -> SafeString:
    # `today` is part of what is drawn: きょう and あす are words of a day.
    return _row_template().render(_RowContext(place, display))


@lru_cache(maxsize=1)
def _row_template() -> template.Template:
    return get_template("directory/_place_row.html").template  # type: ignore[attr-defined]
