"""Which question comes next. Every question can be skipped, left, or gone back from (domain.md §4.1)."""

ORDER = ("who", "signs", "wants", "ways", "place", "papers")
RESULT = "result"
WORDS = "words"

# A diagnosis or a handbook changes the answer only for these wishes (welfare services, day care): asked only then.
PAPERS_MATTER_FOR = frozenset({"life_skills", "work_with_understanding", "rhythm"})


def screens_for(wishes: frozenset[str]) -> tuple[str, ...]:
    """This will give the questions of one walk, at most six."""
    return ORDER if wishes & PAPERS_MATTER_FOR else ORDER[:-1]


def next_screen(current: str, go: str, wishes: frozenset[str], *, only_words: bool = False) -> str:
    """This will give the screen to show after `go` on `current`; an unknown word leads to the result.

    `only_words`: nothing was chosen, so the way back from the result is the sentence, not a question.
    """
    order = screens_for(wishes)
    if go in order or go == WORDS:
        return go
    if go == "back" and current == RESULT:
        return WORDS if only_words else order[-1]
    if go == "back" and current in order:
        return order[max(order.index(current) - 1, 0)]
    if go == "back" and current in ORDER:
        return order[-1]
    if go in ("next", "skip"):
        if current == WORDS:
            return order[0]
        if current in order and current != order[-1]:
            return order[order.index(current) + 1]
    return RESULT
