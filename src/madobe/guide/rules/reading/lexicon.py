"""The reviewed table of expressions, made ready for matching.

An expression is written with words and a few marks (docs: tables/lexicon/README.md): `<name>` any
word of that name in words.yaml, `~` a few characters in between, `-ない` `-たい` `-たくない` `-ねば`
the endings for not, wish, wish not, must (in every dialect we know), `( | )?` choices.
Tables are read and expressions compiled when first needed: importing this costs nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from operator import add
from typing import Any

import yaml

from madobe.directory.search.lexicon import words_of
from madobe.guide.rules.reading.endings import MUST, NO_WISH, NOT, WISH, WISH_NOT
from madobe.lib.folding import fold

FILES = ("safety", "signs_state", "signs_life", "wants", "constraints")
GAP = "[^。？]{0,8}?"
WIDE_GAP = "[^。？]{0,18}?"
NUMBER = "[0-9〇一二三四五六七八九十百千数何]{1,5}"
ENDINGS = {"-たくない": WISH_NOT, "-ない": NOT, "-たい": WISH, "-ねば": MUST}
TOKEN = re.compile(
    r"-\??たくない|-\??ない|-\??たい|-\??ねば|<[^>]+>|~~?\??|\((?:\?[:=!]|\?<[=!])?|[)|?*+^$\[\]]|\\.|[^-<~()|?*+^$\[\]\\]+|-\??"
)


class LexiconError(ValueError):
    """The tables cannot be read: says which row and why."""


@dataclass(frozen=True)
class Row:
    """One code with the expressions that mean it. See the tables for what the fields say."""

    code: str
    kind: str
    whose: str
    source: str
    say: tuple[str, ...]
    unless: tuple[str, ...] = ()
    wish: str = ""
    family: str = ""
    family_wish: str = ""
    needs_who: tuple[str, ...] = ()
    any_tense: bool = False
    steady: bool = False  # what follows never denies it (夜しか電話できません)
    whoever: bool = False  # somebody else may be the grammatical subject (父が働けと言う)
    safety: bool = False


@dataclass
class Expression:
    """One expression of a row: compiled on first use; `anchors` must occur in a text that matches."""

    row: Row
    written: str
    words: Mapping[str, tuple[str, ...]]
    order: int
    anchors: tuple[tuple[str, ...], ...] = field(default=())

    @cached_property
    def also(self) -> re.Pattern[str]:
        """The second rarest words a match must contain, as one quick pattern."""
        return re.compile("|".join(map(re.escape, self.anchors[-1])))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression as a regular expression over folded text."""
        return compile_expression(self.written, self.words)


class Lexicon:
    """All rows. `candidates(text)` gives the few expressions worth trying on a folded text."""

    def __init__(self, rows: list[Row], words: Mapping[str, tuple[str, ...]]) -> None:
        self.rows = rows
        self.words = words
        self._index: dict[str, list[tuple[str, list[Expression]]]] = {}
        by_literal: dict[str, list[Expression]] = {}
        count = 0
        for row in rows:
            for written in row.say:
                expression = Expression(row, written, words, count, _anchors(written, words))
                count += 1
                if not expression.anchors:
                    raise LexiconError(f"{row.code}: nothing certain to look for in {written}")
                for literal in expression.anchors[0]:
                    by_literal.setdefault(literal, []).append(expression)
        for literal, expressions in by_literal.items():
            self._index.setdefault(literal[:2], []).append((literal, expressions))
        self._keys = frozenset(self._index)

    def candidates(self, text: str) -> list[Expression]:
        """Expressions whose certain words occur in `text`, in the order of the tables."""
        found: dict[int, Expression] = {}
        for key in self._keys.intersection(text) | self._keys.intersection(
            map(add, text, text[1:])
        ):
            for literal, expressions in self._index[key]:
                if len(literal) <= 2 or literal in text:
                    for expression in expressions:
                        found[expression.order] = expression
        return [found[order] for order in sorted(found) if found[order].also.search(text)]

    @cache  # noqa: B019 - one lexicon lives as long as the process
    def unless(self, row: Row) -> tuple[re.Pattern[str], ...]:
        """The turns of phrase in which the words of `row` mean something else."""
        return tuple(compile_expression(written, self.words) for written in row.unless)


@cache
def lexicon() -> Lexicon:
    """The lexicon of the package, read once."""
    words = {name: _group(name, entries) for name, entries in _load("words").items()}
    words["数"] = ()
    rows: list[Row] = []
    for name in FILES:
        kind = {"wants": "want", "constraints": "constraint"}.get(name, "sign")
        rows.extend(_row(entry, kind) for entry in _load(name))
    return Lexicon(rows, words)


def compile_expression(written: str, words: Mapping[str, tuple[str, ...]]) -> re.Pattern[str]:
    """`written` as a regular expression; LexiconError with the expression when it is malformed."""
    try:
        return re.compile("".join(_expand(written, words)))
    except (re.error, KeyError) as error:
        raise LexiconError(f"{written}: {error}") from error


def _load(name: str) -> Any:
    path = resources.files("madobe.guide") / "tables" / "lexicon" / f"{name}.yaml"
    return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _group(name: str, entries: list[Any] | dict[str, str]) -> tuple[str, ...]:
    """The words of one group; `same_as` leads to those the search keeps for both."""
    if isinstance(entries, list):
        return tuple(str(one) for one in entries)
    try:
        return words_of(entries["same_as"])
    except KeyError as error:
        raise LexiconError(f"{name}: no words of the search called {error}") from error


def _row(entry: Mapping[str, Any], kind: str) -> Row:
    return Row(
        code=entry["code"],
        kind=kind,
        whose=entry.get("whose", "writer"),
        source=str(entry["source"]),
        say=tuple(entry["say"]),
        unless=tuple(entry.get("unless", ())) + tuple(entry.get("never", ())),
        wish=entry.get("wish", ""),
        family=entry.get("family", ""),
        family_wish=entry.get("family_wish", ""),
        needs_who=tuple(entry.get("needs_who", ())),
        any_tense=entry.get("tense") == "any",
        steady=bool(entry.get("steady", False)),
        whoever=bool(entry.get("whoever", False)),
        safety=bool(entry.get("safety", False)),
    )


def _expand(written: str, words: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for token in TOKEN.findall(written):
        plain = token.replace("?", "") if token[0] in "-~" else token
        if plain in ENDINGS:
            yield ENDINGS[plain]
        elif plain == "~":
            yield GAP
        elif plain == "~~":
            yield WIDE_GAP
        elif plain == "-":
            continue
        elif token == "<数>":
            yield NUMBER
        elif token[0] == "<":
            yield "(?:" + "|".join(_variants(token, words)) + ")"
        elif token == "(":
            yield "(?:"
        elif token[0] in "()|?*+^$[]\\":
            yield token
        else:
            literal = fold_literal(token)
            yield NO_WISH + literal if literal.startswith("たい") else literal


@cache
def fold_literal(literal: str) -> str:
    """A literal of an expression, folded; commas and stops stay."""
    return fold("あ" + literal)[1:] if literal[0] in "、。？ぁぃぅぇぉー" else fold(literal)


def _variants(token: str, words: Mapping[str, tuple[str, ...]]) -> list[str]:
    folded = {fold(word) for word in words[token[1:-1]]}
    return sorted((word for word in folded if word), key=len, reverse=True)


def _anchors(written: str, words: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The two rarest sets of literals of which a match must contain one each."""
    tokens = TOKEN.findall(written)
    sets, _ = _sequence(tokens, 0, words)
    sets = sorted((s for s in sets if s), key=_commonness)
    return tuple(tuple(sorted(s)) for s in sets[:2])


def _sequence(
    tokens: list[str], at: int, words: Mapping[str, tuple[str, ...]]
) -> tuple[list[frozenset[str]], int]:
    """Required literal sets of one choice-free or choosing group; stops at its closing bracket."""
    branches: list[list[frozenset[str]]] = [[]]
    while at < len(tokens):
        token = tokens[at]
        required: list[frozenset[str]] = []
        if token == ")":
            break
        if token == "|":
            branches.append([])
            at += 1
            continue
        if token[0] == "(":
            inner, at = _sequence(tokens, at + 1, words)
            required = [] if token.startswith("(?") and token != "(?:" else inner
        elif token[0] == "<" and token != "<数>":
            required = [frozenset(_variants(token, words))]
        elif token[0] not in "-~<)|?*+^$[]\\":
            literal = fold_literal(token).strip("。、？")
            following = tokens[at + 1] if at + 1 < len(tokens) else ""
            if following in ("?", "*"):
                literal, at = literal[:-1], at + 1
            required = [frozenset([literal])] if literal else []
            branches[-1].extend(required)
            at += 1
            continue
        at += 1
        if at < len(tokens) and tokens[at] in ("?", "*"):
            at += 1
            continue
        branches[-1].extend(required)
    if len(branches) == 1:
        return branches[0], at
    best = [min(branch, key=_commonness, default=frozenset()) for branch in branches]
    return ([frozenset().union(*best)] if all(best) else []), at


def _commonness(literals: frozenset[str]) -> float:
    """How often one of these would occur in everyday text: a rough guess, for ordering only."""
    total = 0.0
    for literal in literals:
        kanji = sum("一" <= char <= "鿿" for char in literal)
        if not literal:
            total += 1000
        elif kanji:
            total += 1.0 if len(literal) == 1 else 0.2
        else:
            total += {1: 40.0, 2: 4.0, 3: 0.8}.get(len(literal), 0.2)
    return total
