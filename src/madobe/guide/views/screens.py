"""What each screen of the guide needs to be drawn: chips, hidden answers, headings."""

from collections.abc import Container
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from madobe.guide import choices
from madobe.guide.forms import ANY, CODE_FIELDS, GuideForm, plain_text
from madobe.guide.queries import Guidance, chip_label, place_of
from madobe.guide.rules.screens import WORDS, screens_for
from madobe.ui.display import Display

LONGEST_QR_BYTES = 900  # beyond this a phone camera struggles
MEMO_ROWS = 14
FIRST_READINGS = 3  # shown at once; the others are folded, so that the path is not pushed away
FORM = "told"  # the form that carries everything; the display buttons belong to it
WHOLE_FIELDS = {"who": ("who",), "place": ("place", "age", "months"), WORDS: ("text",)}


def question(
    form: GuideForm, screen: str, display: Display, wishes: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """This will give the template's values for one question. `wishes`: whether a further question matters."""
    who = form.data.get("who", "")
    groups = _groups(form, screen, who, display.language)
    offered: dict[str, set[str]] = {}
    for group in groups:
        offered.setdefault(group["name"], set()).update(chip["value"] for chip in group["chips"])
    shown: dict[str, Container[str]] = dict(offered)
    shown |= dict.fromkeys(WHOLE_FIELDS.get(screen, ()), ANY)
    heading, note = _heading(screen, who)
    place = place_of(form.data.get("place", "")) if screen == "place" else None
    is_last = screen == screens_for(wishes)[-1]
    return {
        "form": form,
        "step": screen,
        "groups": groups,
        "heading": heading,
        "note": note,
        "carried": list(form.carried(shown)),
        "is_last": is_last,
        "enter_go": "result" if is_last else "next",
        "who_choices": (
            ("self", _("自分のこと")),
            ("family", _("家族のこと")),
            ("friend", _("友人・知人のこと")),
            ("worker", _("支援の仕事で")),
        ),
        "age_bands": choices.AGE_BANDS,
        "month_bands": choices.MONTH_BANDS,
        "age_value": form.data.get("age", ""),
        "months_value": form.data.get("months", ""),
        "age_legend": _("おおよその年齢") if who in ("", "self") else _("ご本人のおおよその年齢"),
        "place_candidates": place.candidates if place else (),
        "display_form": FORM,
        "display_go": screen,
    }


def result(form: GuideForm, guidance: Guidance, display: Display) -> dict[str, Any]:
    """This will give the template's values for the path."""
    return {
        "form": form,
        "guidance": guidance,
        "carried": list(form.carried({})),
        "readings": guidance.readings[:FIRST_READINGS],
        "more_readings": guidance.readings[FIRST_READINGS:],
        "nothing_read": bool(form.cleaned_data["text"].strip()) and not guidance.readings,
        "crisis": guidance.crisis,
        "place_candidates": guidance.place_candidates,
        "place_unknown": guidance.place_unknown,
        "place_written": guidance.place_written,
        "stage_choices": (
            ("1", _("休むことと安心が先の時期")),
            ("2", _("少しずつ外に気持ちが向く時期")),
            ("3", _("やってみたいことが見えてきた時期")),
        ),
        "stage_value": form.cleaned_data["stage"],
        "display_form": FORM,
        "display_go": "result",
    }


def memo(form: GuideForm, written: str) -> dict[str, Any]:
    """This will give the template's values for the 相談メモ."""
    text = plain_text(written).strip()
    return {
        "memo": text,
        "rows": MEMO_ROWS,
        "qr": _qr(text),
        "carried": list(form.carried({})),
        "display_form": FORM,
        "display_go": "write",
    }


def screen_of_error(form: GuideForm) -> str:
    """This will give the screen on which the first refused field can be mended."""
    at = {"text": WORDS, "who": "who", "signs": "signs", "wants": "wants", "person_wants": "wants"}
    at |= {"constraints": "ways", "person_constraints": "ways"}
    return at.get(next(iter(form.errors)), "place")


def _qr(text: str) -> SafeString | None:
    if not text or len(text.encode()) > LONGEST_QR_BYTES:
        return None
    code = segno.make(text, error="l", encoding="utf-8", micro=False)
    # segno writes the SVG itself; the text is inside the pattern, never in the markup.
    return mark_safe(
        code.svg_inline(
            scale=4, border=4, omitsize=True, dark="#000", light="#fff", title=_("メモの四角い印")
        )
    )


def _heading(screen: str, who: str) -> tuple[str, str]:
    if screen == "who":
        return _("どなたのことで、ここに来てくださいましたか"), _(
            "どれを選んでも、あとで変えられます。"
        )
    if screen == "place":
        return (
            _("住んでいる所など、分かる分だけ"),
            _("近くの窓口と、使える条件を出すためだけに使います。からのままでも進めます。"),
        )
    return "", ""


def _groups(form: GuideForm, screen: str, who: str, language: str) -> list[dict[str, Any]]:
    own = who in ("", "self")
    if screen == "signs":
        first = choices.SIGN_CHIPS if own else choices.SIGN_CHIPS + choices.FAMILY_FIRST_CHIPS
        home = choices.SELF_HOME_CHIPS if own else choices.FAMILY_HOME_CHIPS
        return [
            _group(
                form, "signs", _("いまの様子に近いものを、いくつでも"), "", first, who, language
            ),
            _group(
                form,
                "signs",
                _("体と心のこと"),
                "",
                choices.BODY_SIGN_CHIPS,
                who,
                language,
                folded=True,
            ),
            _group(
                form,
                "signs",
                _("暮らしと、人とのこと"),
                "",
                choices.LIFE_SIGN_CHIPS,
                who,
                language,
                folded=True,
            ),
            _group(
                form, "signs", _("家の中のこと、お金のこと"), "", home, who, language, folded=True
            ),
        ]
    if screen == "wants":
        by_who = {
            "family": choices.FAMILY_WANT_CHIPS,
            "friend": choices.FRIEND_WANT_CHIPS,
            "worker": choices.WORKER_WANT_CHIPS,
        }
        codes = by_who.get(who, choices.SELF_WANT_CHIPS)
        groups = [
            _group(form, "wants", _("どんなことがあるとよいですか"), "", codes, who, language)
        ]
        if not own:
            groups.append(
                _group(
                    form,
                    "person_wants",
                    _("ご本人が望んでいること（知っていれば）"),
                    _("ご家族やまわりの願いとは、分けてうかがいます。"),
                    choices.PERSON_WANT_CHIPS,
                    "self",
                    language,
                )
            )
        return groups
    if screen == "ways":
        heading = _("話しやすい方法、苦手なこと")
        return [_group(form, "constraints", heading, "", choices.WAY_CHIPS, who, language)]
    if screen == "papers":
        heading = _("あてはまるものがあれば")
        note = _(
            "なくても使えるものを先に出します。診断を受けることをすすめるための質問ではありません。"
        )
        return [_group(form, "signs", heading, note, choices.PAPER_CHIPS, who, language)]
    return []


def _group(
    form: GuideForm,
    name: str,
    heading: str,
    note: str,
    codes: tuple[str, ...],
    who: str,
    language: str,
    *,
    folded: bool = False,
) -> dict[str, Any]:
    assert name in CODE_FIELDS
    chosen = set(form.chosen(name))
    chips = [
        {"value": code, "label": chip_label(code, who, language), "checked": code in chosen}
        for code in codes
    ]
    # A folded group opens by itself where something in it was chosen.
    is_open = any(chip["checked"] for chip in chips)
    return {
        "name": name,
        "heading": heading,
        "note": note,
        "chips": chips,
        "folded": folded,
        "open": is_open,
    }
