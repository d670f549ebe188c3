"""Which concepts stand in a service's words, and how strongly.

A form counts only as a word of its own: ライン does not stand in オンライン, LINE not in ONLINE, 親 not in 親身,
うつ not in もうつかれた. What is a border shows in the script of the characters as written, which folding
hides; so this is decided once, when a service is put into the search, and kept with it.
"""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from madobe.directory.choices import REGISTER_KINDS
from madobe.directory.search.words import concepts
from madobe.lib.folding import Stream

STRONG, MIDDLE, WEAK = 0, 1, 2  # name and aliases; the three texts; everything else
FIELD_WEIGHTS = (8, 3, 1)
MOST_TIMES = 2  # a form said again and again says no more
USUAL_LENGTH = 300  # characters
FULL_IMPACT = 99
WORD_IMPACTS = (70, 40, 20)  # of a word no concept knows, by the field it first stands in
CHARACTER_IMPACT = 20  # of a word of one character, wherever it stands
SHORT_KANA = 2  # hiragana this short hides inside other words

_REGISTER = frozenset(map(str, REGISTER_KINDS))

Found = dict[str, list[int]]  # concept -> how often in each field


def fields_of(texts: Sequence[Iterable[str]]) -> tuple[tuple[Stream, ...], ...]:
    """This will fold the texts of the three fields."""
    return tuple(tuple(Stream.of(part) for part in parts if part) for parts in texts)


def concept_impacts(
    fields: Sequence[Iterable[Stream]], *, kinds: Collection[str], facts: Collection[str]
) -> dict[str, int]:
    """This will give each concept a service answers, with an impact of 1 to 99: by its words, or by what it is.

    The kind that fits a concept best counts as a name does; other kinds, and facts, as the texts do. An office of the
    register whose kind is not for what is asked stays behind those that are: 相談 in the name of a 地域移行 office is no
    place to consult.
    """
    found: Found = {}
    length = 0
    for field, streams in enumerate(fields):
        for stream in streams:
            length += len(stream.text)
            for concept in _concepts_in(stream):
                found.setdefault(concept, [0, 0, 0])[field] += 1
    for kind in kinds:
        for concept, field in _by_kind().get(kind, ()):
            found.setdefault(concept, [0, 0, 0])[field] += 1
    for concept, needs in _by_need():
        if any(need in facts for need in needs):
            found.setdefault(concept, [0, 0, 0])[MIDDLE] += 1
    if kinds and set(kinds) <= _REGISTER:
        its_own = {concept for kind in kinds for concept, _field in _by_kind().get(kind, ())}
        for concept in found.keys() - its_own:
            found[concept] = [0, 0, sum(found[concept])]
    return {concept: _impact(counts, length) for concept, counts in found.items()}


def _impact(counts: Sequence[int], length: int) -> int:
    weight = sum(
        min(count, MOST_TIMES) * each for count, each in zip(counts, FIELD_WEIGHTS, strict=True)
    )
    saturation = 1.2 * (0.5 + 0.5 * min(length, 4 * USUAL_LENGTH) / USUAL_LENGTH)
    return max(1, round(FULL_IMPACT * weight / (weight + saturation)))


def _concepts_in(stream: Stream) -> Iterable[str]:
    text, forms = stream.text, _forms()
    for start in range(len(text)):
        for form, names in (*forms.get(text[start], ()), *forms.get(text[start : start + 2], ())):
            if text.startswith(form, start) and _stands_alone(stream, start, start + len(form)):
                yield from names


@cache
def _forms() -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Forms with their concepts, by their first two characters (by the only one, for those of one)."""
    names: dict[str, list[str]] = {}
    for concept in concepts():
        for form in dict.fromkeys(concept.forms):
            names.setdefault(form, []).append(concept.id)
    index: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for form, owners in names.items():
        if form:
            index.setdefault(form[:2], []).append((form, tuple(owners)))
    return {key: tuple(entries) for key, entries in index.items()}


@cache
def _by_kind() -> Mapping[str, tuple[tuple[str, int], ...]]:
    owners: dict[str, list[tuple[str, int]]] = {}
    for concept in concepts():
        for place, kind in enumerate(concept.kinds):
            owners.setdefault(kind, []).append((concept.id, MIDDLE if place else STRONG))
    return {kind: tuple(names) for kind, names in owners.items()}


@cache
def _by_need() -> Sequence[tuple[str, tuple[str, ...]]]:
    return tuple(
        (concept.id, tuple(f"need:{need}" for need in concept.needs))
        for concept in concepts()
        if concept.needs
    )


def _stands_alone(stream: Stream, start: int, end: int) -> bool:
    original, first, after = stream.original, stream.starts[start], stream.ends[end - 1]
    before = script(original[first - 1]) if first else ""
    behind = script(original[after]) if after < len(original) else ""
    opens, closes = script(original[first]), script(original[after - 1])
    if opens == before and opens in ("katakana", "latin", "digit"):
        return False
    if closes == behind and closes in ("katakana", "latin", "digit"):
        return False
    if end - start == 1 and opens == "kanji":
        return "kanji" not in (before, behind)
    if end - start <= SHORT_KANA and opens == closes == "hiragana":
        return before != "hiragana"
    return True


def script(character: str) -> str:
    """This will give the script a character is written in: "katakana", "latin", "digit", "kanji", "hiragana" or ""."""
    if "ぁ" <= character <= "ゖ":
        return "hiragana"
    if "ァ" <= character <= "ヺ" or character == "ー" or "ｦ" <= character <= "ﾟ":
        return "katakana"
    if "一" <= character <= "鿿" or character == "々":
        return "kanji"
    plain = unicodedata.normalize("NFKC", character)[:1]
    if plain.isdigit():
        return "digit"
    return "latin" if plain.isalpha() and plain.isascii() else ""
