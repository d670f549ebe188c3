"""Where words begin, told by SudachiPy: keeps a kana expression from matching inside another word.

受けられる holds けられ, もしかして holds しか, はなしにたいして holds しにたい: none of them is meant.
The dictionary is loaded once, when a text first needs it.
"""

import re
import threading
from functools import cache
from typing import Any

from madobe.guide.rules.reading.stream import Stream

_KANJI = re.compile("[一-鿿]")
_PIECE = 4000  # characters given to the tokenizer at once; its limit is about 49,000 bytes


_OWN = threading.local()  # a tokenizer may serve one thread at a time


@cache
def _dictionary() -> Any:
    from sudachipy import Dictionary

    return Dictionary(dict="small")


def _tokenizer() -> Any:
    """The tokenizer of this thread."""
    if not hasattr(_OWN, "tokenizer"):
        _OWN.tokenizer = _dictionary().tokenizer()
    return _OWN.tokenizer


class WordStarts:
    """Answers for one text whether a place is inside a word. Sentences are analysed when asked about."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._known: dict[tuple[int, int], dict[int, tuple[int, str, str]]] = {}

    def is_inside(self, position: int, segment: tuple[int, int], *, surely: bool) -> bool:
        """Whether the folded `position` lies inside a word that begins before it.

        `surely`: say so only for words that cannot be a slip of the analysis (a word with kanji, or
        a noun of three kana and more): used where missing something would be worse.
        """
        first = self._stream.text[position]
        if position == segment[0]:
            return False
        at = self._stream.starts[position]
        if _KANJI.match(first):  # 力 in 暴力
            if not _KANJI.match(self._stream.original[at - 1]):
                return False
        elif not "ぁ" <= first <= "ん":
            return False
        word = self._words(segment).get(at)
        if word is None:
            return False
        begin, surface, kind = word
        if begin == at:
            return False
        return not surely or bool(_KANJI.search(surface)) or (kind == "名詞" and len(surface) >= 3)

    def _words(self, segment: tuple[int, int]) -> dict[int, tuple[int, str, str]]:
        """For each character of the sentence: where its word begins, the word, its part of speech."""
        if segment not in self._known:
            start = self._stream.starts[segment[0]]
            end = self._stream.ends[segment[1] - 1]
            places: dict[int, tuple[int, str, str]] = {}
            for piece in range(start, end, _PIECE):
                text = self._stream.original[piece : min(piece + _PIECE, end)]
                for word in _tokenizer().tokenize(text):
                    entry = (piece + word.begin(), word.surface(), word.part_of_speech()[0])
                    for at in range(word.begin(), word.end()):
                        places[piece + at] = entry
            self._known[segment] = places
        return self._known[segment]
