"""Make src/madobe/vault/data/receipt_words.txt, the words of a receipt (合言葉), from reviewed lists.

    python tools/receipt_words.py                        write the list
    python tools/receipt_words.py colours                print the colouring that belongs to it
    python tools/receipt_words.py propose DICTIONARY     readings of a dictionary that would still find room
    python tools/receipt_words.py unknown DICTIONARY     words of the list that the dictionary does not have

Two files beside this one are kept by people who read every word: `receipt_words_wanted.txt`, in the order in which
they are taken, and `receipt_words_refused.txt`, words that are not for somebody who is frightened: illness, death,
violence, family, failure, school, work, money, being alone, being hurried, the body, religion, names.
DICTIONARY is a folder of MeCab's ipadic (EUC-JP, the reading in column 12); nothing of it is in this repository.

A list that has been used is never changed: a new one gets a new version (`madobe/vault/rules/words.py`).
"""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from madobe.vault.rules.kana import KANA, fold, hiragana, slips

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "madobe" / "vault" / "data" / "receipt_words.txt"
SIZE, SHORTEST, LONGEST, CUT = 2048, 3, 6, 3
EIGHTH = SIZE // 8
KINDS = {("名詞", "一般"), ("名詞", "サ変接続"), ("名詞", "形容動詞語幹"), ("副詞", "一般")}


class TooFewWords(Exception):
    """The reviewed words do not suffice."""


def one_slip(word: str) -> set[str]:
    """This will give marks: two folded words that share one lie one slip apart, or begin alike.

    A "*" stands for any kana or none, so a wrong, a missing and a surplus kana meet in the same mark.
    """
    gaps = {word[:at] + "*" + word[at + rest :] for at in range(len(word) + 1) for rest in (0, 1)}
    swaps = {"~" + "".join(sorted(word[at : at + 2])) + f"{at}" + word[:at] + "|" + word[at + 2 :]
             for at in range(len(word) - 1)}  # fmt: skip
    return gaps | swaps | {"^" + word[:CUT]}


def choose(wanted: Iterable[str], refused: set[str]) -> list[str]:
    """This will give the first 2,048 wanted words that do not clash with one before, in the order of kana."""
    chosen: list[str] = []
    marks: set[str] = set()
    for word in wanted:
        if not KANA.fullmatch(word):
            raise ValueError(word)
        mine = one_slip(fold(word))
        if word not in refused and SHORTEST <= len(word) <= LONGEST and marks.isdisjoint(mine):
            chosen.append(word)
            marks |= mine
        if len(chosen) == SIZE:
            return sorted(chosen)
    raise TooFewWords(len(chosen))


def near(words: Sequence[str]) -> list[tuple[int, int]]:
    """This will give the places of words that lie within two slips of each other."""
    folded = [fold(word) for word in words]
    return [
        (i, j)
        for j, word in enumerate(folded)
        for i in range(j)
        if len(set(word) - set(folded[i])) <= 2 and slips(folded[i], word) <= 2
    ]


def colouring(words: Sequence[str]) -> list[tuple[int, int]]:
    """This will give a (multiplier, shift) for each eighth so that near words never have the same colour."""
    lower: list[list[tuple[int, int, int]]] = [[] for _ in range(8)]
    for i, j in near(words):
        if i // EIGHTH != j // EIGHTH:  # within an eighth all colours differ
            lower[j // EIGHTH].append((j % EIGHTH, i // EIGHTH, i % EIGHTH))

    def fits(multiplier: int, shift: int, found: list[tuple[int, int]]) -> bool:
        return all(
            (multiplier * place + shift - found[other][0] * there - found[other][1]) % EIGHTH
            for place, other, there in lower[len(found)]
        )

    def go_on(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
        if len(found) == 8:
            return found
        for multiplier in range(1, EIGHTH, 2):
            for shift in range(EIGHTH):
                if fits(multiplier, shift, found) and (
                    whole := go_on([*found, (multiplier, shift)])
                ):
                    return whole
        return []

    return go_on([(1, 0)])


def readings(dictionary: Path) -> Iterator[tuple[int, str, tuple[str, str]]]:
    """This will give cost (low is common), reading in hiragana and kind of every entry."""
    for path in sorted(dictionary.glob("*.csv")):
        for row in csv.reader(path.read_text(encoding="euc-jp", errors="replace").splitlines()):
            yield int(row[3]), hiragana(row[11]), (row[4], row[5])


def propose(dictionary: Path, chosen: Sequence[str], known: set[str]) -> list[str]:
    """This will give readings nobody has judged that clash with no chosen word, the common ones first."""
    marks = {mark for word in chosen for mark in one_slip(fold(word))}
    found = sorted((cost, word) for cost, word, kind in readings(dictionary) if kind in KINDS)
    return list(
        dict.fromkeys(
            word
            for _, word in found
            if KANA.fullmatch(word) and SHORTEST <= len(word) <= LONGEST and word not in known
            if marks.isdisjoint(one_slip(fold(word)))
        )
    )


def main(arguments: Sequence[str]) -> None:
    wanted = (HERE / "receipt_words_wanted.txt").read_text(encoding="utf-8").split()
    refused = set((HERE / "receipt_words_refused.txt").read_text(encoding="utf-8").split())
    words = choose(wanted, refused)
    match arguments:
        case []:
            OUT.write_text("".join(f"{word}\n" for word in words), encoding="utf-8")
        case ["colours"]:
            sys.stdout.write(f"{tuple(colouring(words))}\n")
        case ["propose", folder]:
            sys.stdout.write("\n".join(propose(Path(folder), words, refused | set(wanted))) + "\n")
        case ["unknown", folder]:
            there = {fold(word) for _, word, _ in readings(Path(folder))}
            sys.stdout.write("\n".join(w for w in words if fold(w) not in there) + "\n")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
