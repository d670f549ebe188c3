"""The tables of the desk, made ready for reading. Read when first needed: importing this costs nothing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from madobe.consult.rules.crisis.danger import CONTRACT
from madobe.guide.rules.reading.lexicon import TOKEN, Lexicon, Row, compile_expression
from madobe.guide.rules.reading.lexicon import lexicon as guide_lexicon

FILES = ("own_life", "plan", "harm", "gone", "strong", "plain", "nets")
# A choice of particles that follows a noun and stands right before a verb, never before a gap.
PARTICLES = re.compile(
    r"(?<=[^|(:])\(((?:を|が|に|は|も|、|って)(?:\|(?:を|が|も|は|に|で|へ|さ|ば|、|って))*)\)(?=\(?[一-鿿ぁ-んァ-ヶ])"
)
GUIDE = "guide"  # the group of the rows for safety that the guide reads, too


@dataclass(frozen=True)
class EnglishGroup:
    """One group of English words."""

    id: str
    sign: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Pair:
    """Two things that say together what neither says alone; both sides are rows of the lexicon of pairs."""

    id: str
    sign: str
    first: Row
    second: Row
    unless: tuple[
        re.Pattern[str], ...
    ] = ()  # words in the sentences of both that make it another thing


@dataclass(frozen=True)
class DeskLexicon:
    """Everything one reading goes by; `group_of` names the group of a row by its identity."""

    japanese: Lexicon
    group_of: Mapping[int, str]
    pairs: tuple[Pair, ...]
    paired: Lexicon
    calm: Lexicon
    english: tuple[EnglishGroup, ...]
    english_calm: re.Pattern[str]


@cache
def desk_lexicon(without: str = "") -> DeskLexicon:
    """This will give the lexicon; `without` leaves one group out: so that tests can see what it is good for."""
    english = _load("english")
    calm = [
        Row("calm", "sign", "writer", entry["why"], _also_in_kana(entry["say"]))
        for entry in _load("calm")["calm"]
    ]
    theirs = [row for row in guide_lexicon().rows if row.safety or row.code == CONTRACT]
    never = {row.code: row.unless for row in theirs}
    words = {
        **guide_lexicon().words,
        **{name: tuple(forms) for name, forms in _load("words").items()},
    }
    rows: list[Row] = []
    group_of: dict[int, str] = {}
    named = [(entry["id"], _row(entry)) for entry in _groups()]
    # of two rows of one sign that begin at one place the first counts: those nothing denies go first
    both = [(GUIDE, row) for row in theirs] + named
    for group, row in sorted(both, key=lambda one: not one[1].steady):
        if group == without:
            continue
        # one sign, one list of what its words mean elsewhere: the matcher keeps them by sign
        shared = _with(row, unless=never.get(row.code, ()))
        rows.append(shared)
        group_of[id(shared)] = group
    pairs = tuple(
        Pair(
            entry["id"],
            entry["sign"],
            _side(entry, "first"),
            _side(entry, "second"),
            tuple(
                compile_expression(written, words)
                for written in _also_in_kana(entry.get("unless", ()))
            ),
        )
        for entry in _load("pairs")["pairs"]
        if entry["id"] != without
    )
    return DeskLexicon(
        Lexicon(rows, words),
        group_of,
        pairs,
        Lexicon([side for pair in pairs for side in (pair.first, pair.second)], words),
        Lexicon(calm, words),
        tuple(
            EnglishGroup(entry["id"], entry["sign"], re.compile("|".join(entry["say"])))
            for entry in english["groups"]
            if entry["id"] != without
        ),
        re.compile("|".join(written for entry in english["calm"] for written in entry["say"])),
    )


def group_ids() -> tuple[str, ...]:
    """The names of all groups, the guide's first."""
    entries = [*_groups(), *_load("pairs")["pairs"], *_load("english")["groups"]]
    return (GUIDE, *(entry["id"] for entry in entries))


def _row(entry: Mapping[str, Any]) -> Row:
    return Row(
        code=entry["sign"],
        kind="sign",
        whose=entry["whose"],
        source=entry["why"],
        say=tuple(entry["say"]),
        any_tense=True,
        steady=entry.get("steady", False),
        safety=entry["sign"] != CONTRACT,
    )


def _side(entry: Mapping[str, Any], side: str) -> Row:
    return Row(
        code=f"{entry['id']}:{side}",
        kind="sign",
        whose="feeler",
        source=entry["why"],
        say=_also_in_kana(entry[side]),
    )


def _with(row: Row, *, unless: tuple[str, ...]) -> Row:
    return Row(
        code=row.code,
        kind=row.kind,
        whose=row.whose,
        source=row.source,
        say=_also_in_kana(row.say),
        unless=unless,
        any_tense=True,
        steady=row.steady,
        safety=row.safety,
        whoever=row.whoever,
    )


def _also_in_kana(say: Iterable[str]) -> tuple[str, ...]:
    """The expressions with a choice of kana wherever they name a word that people write so."""
    return tuple(_with_kana(_without_particles(written)) for written in say)


def _without_particles(written: str) -> str:
    """首を吊る is written 首吊る, too: a particle before a word may be missing or a looser one."""
    return PARTICLES.sub(lambda found: f"({found[1]}|とか|なんか|まで)?", written)


@cache
def _with_kana(written: str) -> str:
    if "(?<" in written or "[" in written:  # what looks back must have one width
        return written
    return "".join(
        one if one[0] in "<(" else _kana_words().sub(_choice, one) for one in TOKEN.findall(written)
    )


@cache
def _kana_words() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_load("kana"), key=len, reverse=True)))


def _choice(word: re.Match[str]) -> str:
    return f"({'|'.join((word[0], *_load('kana')[word[0]]))})"


def _groups() -> list[Any]:
    return [entry for name in FILES for entry in _load(name)["groups"]]


@cache
def _load(name: str) -> Any:
    path = resources.files("madobe.consult") / "tables" / "crisis" / f"{name}.yaml"
    return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
