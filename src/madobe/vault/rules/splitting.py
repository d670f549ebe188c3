"""Words found in kana that may stand without anything between them."""

from collections.abc import Iterator

from .words import CUT, Words

Piece = (
    int | tuple[int, int]
)  # the place of a word in the list, or from where to where nothing is known


def ways(run: str, known: Words, most: int) -> Iterator[list[int]]:
    """This will give every way to read folded kana as up to `most` words, whole or cut to three kana; whole first.

    Whole words can be read in one way only: three kana tell the word, and the word its length.
    """
    if not run:
        yield []
        return
    place = known.by_beginning.get(run[:CUT])
    if place is None or most == 0:
        return
    word = known.folded[place]
    for length in dict.fromkeys((len(word), CUT)):
        if run.startswith(word[:length]):
            for rest in ways(run[length:], known, most - 1):
                yield [place, *rest]


def one_word(run: str, known: Words) -> int | None:
    """This will give the word that is written here whole, or cut after its third kana."""
    place = known.by_beginning.get(run[:CUT])
    return place if place is not None and known.folded[place].startswith(run) else None


def pieces(run: str, known: Words) -> list[Piece]:
    """This will give the whole words that cover the most of a run, and the stretches between them."""
    # best[at]: (kana not covered, pieces) of run[at:], and how it begins
    best: list[tuple[int, int, Piece | None, int]] = [(0, 0, None, 0)] * (len(run) + 1)
    for at in reversed(range(len(run))):
        choices: list[tuple[int, int, Piece | None, int]] = []
        for end in range(at + 1, len(run) + 1):
            uncovered, count, begins, _ = best[end]
            if not isinstance(begins, tuple):
                choices.append((uncovered + end - at, count + 1, (at, end), end))
        place = known.by_beginning.get(run[at : at + CUT])
        if place is not None and run.startswith(known.folded[place], at):
            end = at + len(known.folded[place])
            uncovered, count, _, _ = best[end]
            choices.append((uncovered, count + 1, place, end))
        best[at] = min(choices, key=lambda choice: choice[:2])
    found: list[Piece] = []
    at = 0
    while at < len(run):
        _, _, piece, at = best[at]
        if piece is not None:
            found.append(piece)
    return found
