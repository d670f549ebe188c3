"""What is written in English, or as Japanese in Roman letters."""

import re
import unicodedata
from string import ascii_lowercase, digits

from madobe.consult.rules.crisis.danger import Finding
from madobe.consult.rules.crisis.tables import DeskLexicon

NOT_JAPANESE = re.compile("[^ぁ-ヿ一-鿿、。「」]+")
LETTER = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")
LETTERS = 4  # one word of Japanese in Roman letters (kietai) has more
_DROPPED = frozenset("'’‘`´*_~")
_KEPT = frozenset(ascii_lowercase + digits + ".!?")
_RUN = re.compile("(?P<kept>[A-Za-z0-9.!?]+)|.", re.DOTALL)


def read_english(text: str, lexicon: DeskLexicon) -> list[Finding]:
    """This will give the findings in `text`, in order of place; [] at once where nothing is in Latin letters."""
    found = []
    for start, end in _stretches(text):
        plain, places = _plain(text, start, end)
        calm: list[tuple[int, int]] | None = None
        for group in lexicon.english:
            for match in group.pattern.finditer(plain):
                if calm is None:
                    calm = [one.span() for one in lexicon.english_calm.finditer(plain)]
                if any(a < match.end() and match.start() < b for a, b in calm):
                    continue
                first, last = places[match.start()], places[match.end() - 1] + 1
                found.append(Finding(text[first:last], first, last, group.sign, group.id))
    return found


def _stretches(text: str) -> list[tuple[int, int]]:
    """The parts of a letter that are written in Latin letters."""
    stretches = []
    for match in NOT_JAPANESE.finditer(text):
        if len(LETTER.findall(match[0])) > LETTERS:
            stretches.append(match.span())
    return stretches


def _plain(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Small letters, one space for what is no letter, sentences kept apart; with the way back."""
    out: list[str] = []
    places: list[int] = []
    for run in _RUN.finditer(text, start, end):
        if run.lastgroup == "kept":  # runs of plain letters at once, for speed
            out.append(run[0].lower())
            places.extend(range(*run.span()))
            continue
        index = run.start()
        if text[index] in _DROPPED:
            continue
        for one in unicodedata.normalize("NFKC", text[index]).lower():
            kept = one if one in _KEPT else " "
            if kept == " " and out and out[-1][-1] == " ":
                continue
            out.append(kept)
            places.append(index)
    return "".join(out), places
