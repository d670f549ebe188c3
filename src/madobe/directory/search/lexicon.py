"""The reviewed table of words that mean the same (tables/words.yaml), read when it is first needed.

A form is matched folded (`lib.folding.fold`). In an entry a concept is found by its own `forms` and by those of the
concepts that are a part of it; in what is typed, a form means the one concept it stands in.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from madobe.lib.folding import fold

TABLE = Path(__file__).resolve().parent.parent / "tables" / "words.yaml"
SHORT_HIRAGANA = 4  # an entry is written with kanji; kana this short in it belong to other words
_HIRAGANA = re.compile("[ぁ-ゖー]+")


class LexiconError(ValueError):
    """The table cannot be read: says which row and why."""


@dataclass(frozen=True)
class Concept:
    """What several words mean. A service answers it when a form stands in its text, or by being of a kind.

    `kinds`: the most fitting first. `needs`: facts of a service that answer it, too.
    `only_alone`: says nothing beside any other word.
    """

    id: str  # letters, digits and "_"
    forms: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    written: tuple[str, ...] = ()  # one for each form; empty: as folded
    needs: tuple[str, ...] = ()
    only_alone: bool = False

    @property
    def urgent(self) -> bool:
        """Whether it speaks of danger to life: it leads to the lines of いますぐ."""
        return "crisis_line" in self.kinds

    def shown(self, form: str) -> str:
        """This will give a form as people write it."""
        return self.written[self.forms.index(form)] if self.written else form


@cache
def concepts() -> Sequence[Concept]:
    """This will give every concept, in the order of the table."""
    rows = _table()["concepts"]
    parts: dict[str, list[str]] = {}
    for row in rows:
        for whole in row.get("part_of", ()):
            parts.setdefault(whole, []).extend(_in_entries(row))
    return tuple(_concept(row, parts.get(row["id"], ())) for row in rows)


@cache
def by_id() -> Mapping[str, Concept]:
    """This will give the concepts by their id."""
    return {concept.id: concept for concept in concepts()}


@cache
def typed_forms() -> Mapping[str, str]:
    """This will give every folded form with the one concept it means; "" for words that mean something else."""
    found: dict[str, str] = {}
    for row in _table()["concepts"]:
        for written in _every_form(row):
            if found.setdefault(fold(written), row["id"]) != row["id"]:
                raise LexiconError(f"{written}: in {found[fold(written)]} and in {row['id']}")
    for row in _table()["masks"]:
        for written in row["words"]:
            if found.setdefault(fold(written), ""):
                raise LexiconError(f"{written}: in {found[fold(written)]} and among the masks")
    return found


@cache
def fillers() -> frozenset[str]:
    """This will give the folded words that ask for nothing of their own."""
    return frozenset(fold(str(word)) for word in _table()["fillers"])


def words_of(concept: str) -> tuple[str, ...]:
    """This will give the names of a concept as written, for others who read text (the guide). KeyError: unknown."""
    row = next((row for row in _table()["concepts"] if row["id"] == concept), None)
    if row is None:
        raise KeyError(concept)
    return tuple(_strings(row, "words", "asks"))


def _concept(row: Mapping[str, Any], parts: Iterable[str]) -> Concept:
    written: dict[str, str] = {}
    for one in (*_in_entries(row), *parts):
        written.setdefault(fold(one), one)
    return Concept(
        id=row["id"],
        forms=tuple(written),
        kinds=tuple(row.get("kinds", ())),
        written=tuple(written.values()),
        needs=tuple(row.get("needs", ())),
        only_alone=bool(row.get("only_alone", False)),
    )


def _in_entries(row: Mapping[str, Any]) -> list[str]:
    if row.get("only_alone"):
        return []
    return [
        one
        for one in _strings(row, "words", "says")
        if not (_HIRAGANA.fullmatch(one) and len(one) <= SHORT_HIRAGANA)
    ]


def _every_form(row: Mapping[str, Any]) -> list[str]:
    return _strings(row, "words", "asks", "says")


def _strings(row: Mapping[str, Any], *names: str) -> list[str]:
    return [str(one) for name in names for one in row.get(name, ())]


@cache
def _table() -> Any:
    return yaml.load(TABLE.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
