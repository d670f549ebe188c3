"""A receipt read from its words, however they are typed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .kana import AS_WRITTEN, BAR, NOTHING, VOWEL, fold, slips
from .not_understood import Correction, Problem, ReceiptNotUnderstood, WrongWord
from .spelling import WORDS, Receipt, from_places, that_fit
from .splitting import one_word, pieces, ways
from .words import CUT, Words

_LABEL = re.compile(r"(?:(?:わたし|私|ぼく|僕)の)?(?:合い?言葉|あいことば)(?:は|です)?")
_RUNS = re.compile(r"[ぁ-ゖー]+")
_TOKENS = re.compile(r"[ぁ-ゖー一-鿿々a-z]+", re.IGNORECASE)
_FAR = 3  # slips after which a word is no longer like another
_NEAREST = 3
_LONGEST_COMPARED = 10


@dataclass(frozen=True)
class Item:
    """What stands where a word should: the place of that word in the list, None where it is no word of it."""

    typed: str
    place: int | None = None
    is_cut: bool = False


def read_words(plain: str, known: Words) -> Receipt:
    """This will give the receipt these words spell; ReceiptNotUnderstood where they spell none.

    `plain` is in hiragana (`kana.hiragana`). Words may be cut to three kana, and stand in any other text.
    """
    plain = _LABEL.sub(" ", plain)
    runs = _RUNS.findall(plain)
    for bar in (VOWEL, AS_WRITTEN, NOTHING) if BAR in plain else (VOWEL,):
        found = _fitting([run for raw in runs if (run := fold(raw, bar=bar))], known)
        if len(found) == 1:
            return found.pop()
    items = _items(runs, known)
    # Words typed in kanji are counted only where they make the eight full: a heading is no word.
    if len(items) <= WORDS and len(whole := _items(_TOKENS.findall(plain), known)) <= WORDS:
        items = whole
    raise _problem(items, known)


def _fitting(runs: Sequence[str], known: Words) -> set[Receipt]:
    """Receipts that stand in these runs: eight words in a row, or the kana of all runs together."""
    items = [place for run in runs for place in _read(run, known)]
    in_a_row = (items[n : n + WORDS] for n in range(len(items) - WORDS + 1))
    found = _receipts(([p for p in row if p is not None] for row in in_a_row), known)
    return found or _receipts(ways("".join(runs), known, WORDS), known)


def _read(run: str, known: Words) -> list[int | None]:
    """The words of a run, None where one cannot be read. One kana too many between whole words is passed over.

    That lets no slip through: what is left of a word is within two slips of it, so the check tells them apart.
    """
    place = one_word(run, known)
    if place is not None:
        return [place]
    for way in ways(run, known, 2 * WORDS):
        return [*way]
    found = pieces(run, known)
    strays = [piece[1] - piece[0] for piece in found if not isinstance(piece, int)]
    return [piece for piece in found if isinstance(piece, int)] if strays == [1] else [None]


def _receipts(rows: Iterable[Sequence[int]], known: Words) -> set[Receipt]:
    read = {from_places(row, known) for row in rows if len(row) == WORDS}
    return {receipt for receipt in read if receipt}


def _items(runs: Iterable[str], known: Words) -> list[Item]:
    """Words of the list, and what was typed between them."""
    items: list[Item] = []
    for raw in runs:
        run = fold(raw)
        place = one_word(run, known)
        if place is not None:
            items.append(Item(raw, place, is_cut=len(run) < len(known.folded[place])))
            continue
        if len(run) <= _LONGEST_COMPARED and not any(len(way) > 1 for way in ways(run, known, 2)):
            items.append(Item(raw))  # stands alone: one word with a slip in it, not the ends of two
            continue
        shown = raw if len(raw) == len(run) else run
        for piece in pieces(run, known):
            if isinstance(piece, int):
                items.append(Item(known.words[piece], piece))
            else:
                items.append(Item(shown[slice(*piece)]))
    return items


def _problem(items: Sequence[Item], known: Words) -> ReceiptNotUnderstood:
    if not items:
        return ReceiptNotUnderstood(Problem.NOTHING)
    doubtful = _doubtful(items, known)
    wrong = _wrong(items, doubtful, known) if len(items) <= 2 * WORDS else ()
    if len(items) != WORDS:
        problem = Problem.TOO_FEW if len(items) < WORDS else Problem.TOO_MANY
        return ReceiptNotUnderstood(problem, counted=len(items), wrong=wrong)
    if wrong:
        return ReceiptNotUnderstood(Problem.UNKNOWN, counted=WORDS, wrong=wrong)
    return ReceiptNotUnderstood(
        Problem.CHECK, counted=WORDS, corrections=_corrections(items, known)
    )


def _doubtful(items: Sequence[Item], known: Words) -> list[int]:
    """Where no word of the list stands. Who writes words whole did not cut this one: it is a short word gone wrong."""
    writes_whole = any(
        item.place is not None and not item.is_cut and len(known.folded[item.place]) > CUT
        for item in items
    )
    return [
        n for n, item in enumerate(items) if item.place is None or (item.is_cut and writes_whole)
    ]


def _wrong(items: Sequence[Item], doubtful: list[int], known: Words) -> tuple[WrongWord, ...]:
    fitting: set[int] = set()
    if len(doubtful) == 1 and len(items) == WORDS:  # the other seven tell which words it can be
        fitting = set(that_fit(doubtful[0], [item.place or 0 for item in items], known))
    return tuple(
        WrongWord(n + 1, items[n].typed, _nearest(fold(items[n].typed), fitting, known))
        for n in doubtful
    )


def _nearest(typed: str, fitting: set[int], known: Words) -> tuple[str, ...]:
    """Words like this one; of two words alike, the one that makes the check fit stands before."""
    if len(typed) > _LONGEST_COMPARED:
        return ()
    like: list[tuple[float, int]] = []
    for place, word in enumerate(known.folded):
        if abs(len(word) - len(typed)) <= _FAR and set(word) & set(typed):
            apart = slips(typed, word, alike=0.5)
            if len(typed) == CUT < len(word):
                apart = min(apart, slips(typed, word[:CUT], alike=0.5) + 0.5)
            if apart <= min(_FAR, len(word) - 1):
                like.append((apart + (0 if place in fitting else 1.5), place))
    return tuple(known.words[place] for _, place in sorted(like)[:_NEAREST])


def _corrections(items: Sequence[Item], known: Words) -> tuple[Correction, ...]:
    """Two neighbours swapped, or one word that is easily taken for another, with which the check fits."""
    places = [item.place or 0 for item in items]
    found: list[tuple[float, Correction]] = []
    for n, (left, right) in enumerate(pairwise(places)):
        if from_places([*places[:n], right, left, *places[n + 2 :]], known):
            found.append((1, Correction((n + 1, n + 2), (known.words[right], known.words[left]))))
    for n, item in enumerate(items):
        typed = fold(item.typed)
        for other in that_fit(n, places, known):
            meant = known.folded[other][: len(typed)] if item.is_cut else known.folded[other]
            apart = slips(typed, meant, alike=0.5)
            if 0 < apart <= (1 if item.is_cut else 2):
                found.append((apart, Correction((n + 1,), (known.words[other],))))
    return tuple(correction for _, correction in sorted(found, key=lambda pair: pair[0]))
