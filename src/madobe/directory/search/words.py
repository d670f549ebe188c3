"""Words people search by, and what they mean: one concept, many forms.

Forms are folded (`lib.folding.fold`), `written` says each as people write it. A word no concept knows is
looked for as it stands.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from madobe.directory.search.question import LONGEST_TEXT
from madobe.lib.folding import fold

MOST_TERMS = 8  # of one question; further ones are not read

_GAPS = re.compile(r"[\s、。？「」,.!?！・/／]+")


@dataclass(frozen=True)
class Concept:
    """What several words mean. A service answers it when a form stands in its text, or by being of a kind."""

    id: str  # letters, digits and "_"
    forms: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    written: tuple[str, ...] = ()  # one for each form; empty: as folded

    def shown(self, form: str) -> str:
        """This will give a form as people write it."""
        return self.written[self.forms.index(form)] if self.written else form


@dataclass(frozen=True)
class Term:
    """One thing asked for: `shown` as the visitor wrote it; a concept's id, or else the folded `word`."""

    shown: str
    concept: str | None
    word: str


_PROVISIONAL: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("hikikomori", ("ひきこもり", "引きこもり", "引き籠もり", "引籠り"), ()),
    ("work", ("働く", "働き", "就労", "仕事", "就職"), ("saposute", "hello_work")),
    ("saposute", ("サポステ", "若者サポートステーション"), ("saposute",)),
    ("line", ("LINE", "ライン"), ()),
    ("family", ("家族", "親"), ("family_association", "family_class")),
    ("place_to_be", ("居場所", "フリースペース"), ("ibasho",)),
    ("suicide", ("死にたい", "しにたい"), ("crisis_line",)),
)


@cache
def concepts() -> Sequence[Concept]:
    """This will give every concept, in a fixed order."""
    return tuple(
        Concept(name, tuple(fold(form) for form in forms), kinds, forms)
        for name, forms, kinds in _PROVISIONAL
    )


@cache
def by_id() -> Mapping[str, Concept]:
    """This will give the concepts by their id."""
    return {concept.id: concept for concept in concepts()}


@cache
def _by_form() -> Mapping[str, str]:
    return {form: concept.id for concept in reversed(concepts()) for form in concept.forms}


def read_text(text: str) -> tuple[Term, ...]:
    """This will give what a text asks for, each thing once, in the order written. Never fails."""
    found: dict[tuple[str | None, str], Term] = {}
    for part in _GAPS.split(text[:LONGEST_TEXT]):
        word = fold(part).strip("、。？「」")
        if word:
            concept = _by_form().get(word)
            term = Term(part, concept, word)
            found.setdefault((concept, "" if concept else word), term)
    return tuple(found.values())[:MOST_TERMS]
