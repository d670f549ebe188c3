"""The chips of a search: what can be asked for besides words, with how many places answer it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from madobe.directory.choices import CENTRE_FUNCTIONS, FITTING_FUNCTIONS, WORK_FUNCTIONS
from madobe.directory.search.answer import SearchAnswer
from madobe.directory.search.question import NEEDS
from madobe.directory.views.asked import Asked

FIRST_SHOWN = 4  # at once; the others are folded, so that the list is not pushed away
KINDS_SHOWN = 12


@dataclass(frozen=True)
class Chip:
    """One thing to ask for: its code, whether it is asked for, how many places answer it (-1: not counted)."""

    code: str
    pressed: bool
    count: int = -1


def need_choices(asked: Asked) -> list[Chip]:
    """This will give every need, before anything was counted."""
    return [Chip(code, code in asked.needs) for code in NEEDS]


def needs_of(asked: Asked, answer: SearchAnswer) -> tuple[list[Chip], list[Chip]]:
    """This will give the needs that are asked for and those that narrow this answer most usefully; then the others."""
    counts = answer.facets.get("need", {})
    chips = [Chip(code, code in asked.needs, counts.get(code, 0)) for code in NEEDS]
    first = [chip for chip in chips if chip.pressed]
    useful = [chip for chip in chips if not chip.pressed and 0 < chip.count < answer.total]
    first += useful[: max(FIRST_SHOWN - len(first), 0)]
    return first, [chip for chip in chips if chip.count and chip not in first]


def function_chips(asked: Asked) -> list[tuple[str, list[Chip]]]:
    """This will give what a service may do for a person, by groups with a heading each; nothing is counted."""
    return [
        (heading, [Chip(code, code in asked.functions) for code in codes])
        for heading, codes in (
            (_("していること"), CENTRE_FUNCTIONS),
            (_("その人に合わせて"), FITTING_FUNCTIONS),
            (_("働くことについて"), WORK_FUNCTIONS),
        )
    ]


def kind_chips(asked: Asked, answer: SearchAnswer) -> list[Chip]:
    """This will give the kinds found, the frequent ones first, and those asked for."""
    counts = answer.facets.get("kind", {})
    order = sorted(counts, key=lambda kind: (-counts[kind], kind))
    wanted = [Chip(kind, pressed=True, count=counts.get(kind, 0)) for kind in asked.kinds]
    others = [
        Chip(kind, pressed=False, count=counts[kind])
        for kind in order
        if kind not in asked.kinds and counts[kind]
    ]
    return [*wanted, *others[:KINDS_SHOWN]]
