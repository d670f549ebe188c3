"""The chips of a search: what can be asked for besides words, with how many places answer it."""

from dataclasses import dataclass

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


def first_needs(asked: Asked, answer: SearchAnswer) -> list[Chip]:
    """This will give what is asked for, then the needs that narrow this answer most usefully."""
    chips = _needs(asked, answer)
    pressed = [chip for chip in chips if chip.pressed]
    useful = [chip for chip in chips if not chip.pressed and chip.count < answer.total]
    return [*pressed, *useful[: max(FIRST_SHOWN - len(pressed), 0)]]


def other_needs(asked: Asked, answer: SearchAnswer) -> list[Chip]:
    """This will give the needs that do not stand among the first."""
    first = first_needs(asked, answer)
    return [chip for chip in _needs(asked, answer) if chip not in first]


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


def _needs(asked: Asked, answer: SearchAnswer) -> list[Chip]:
    counts = answer.facets.get("need", {})
    chips = [Chip(code, code in asked.needs, counts.get(code, 0)) for code in NEEDS]
    return [chip for chip in chips if chip.pressed or chip.count]
