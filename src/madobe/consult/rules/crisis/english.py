"""What is written in English, or as Japanese in Roman letters."""

import re
import unicodedata

from madobe.consult.rules.crisis.danger import Finding
from madobe.consult.rules.crisis.tables import DeskLexicon

LATIN = re.compile("[A-Za-zＡ-Ｚａ-ｚ]{3}")
_DROPPED = frozenset("'’‘`´*_~")


def read_english(text: str, lexicon: DeskLexicon) -> list[Finding]:
    """This will give the findings in `text`, in order of place; [] at once where nothing is in Latin letters."""
    if not LATIN.search(text):
        return []
    plain, places = _plain(text)
    calm = [match.span() for match in lexicon.english_calm.finditer(plain)]
    found = []
    for group in lexicon.english:
        for match in group.pattern.finditer(plain):
            start, end = match.span()
            if start == end or any(a < end and start < b for a, b in calm):
                continue
            first, last = places[start], places[end - 1] + 1
            found.append(Finding(text[first:last], first, last, group.sign, group.id))
    return found


def _plain(text: str) -> tuple[str, list[int]]:
    """Small letters, one space for what is no letter, sentences kept apart; with the way back."""
    out: list[str] = []
    places: list[int] = []
    for index, char in enumerate(text):
        if char in _DROPPED:
            continue
        for one in unicodedata.normalize("NFKC", char).lower():
            kept = one if one.isascii() and (one.isalnum() or one in ".!?") else " "
            if kept == " " and out[-1:] == [" "]:
                continue
            out.append(kept)
            places.append(index)
    return "".join(out), places
