"""Where words begin, told by SudachiPy: keeps a kana expression from matching inside another word.

受けられる holds けられ, もしかして holds しか, はなしにたいして holds しにたい: none of them is meant.
"""

import re
from typing import NamedTuple

from madobe.lib.folding import Stream
from madobe.lib.tokens import tokenizer

_KANJI = re.compile("[一-鿿]")
INFLECTED = ("動詞", "形容詞", "助動詞")
SURE = frozenset(
    {"名詞", "副詞", "形容詞", "形状詞", "感動詞"}
)  # of three kana and more: no slip of the analysis
SURELY = 3  # kana
TOPIC = "は"
LONGEST_ENDING = 12  # characters an ending may add to the words shown
_PIECE = 4000  # characters given to the tokenizer at once; its limit is about 49,000 bytes


class Word(NamedTuple):
    """A word of the original text: its place, part of speech and the finer kind of it."""

    start: int
    end: int
    kind: str
    detail: str


class WordStarts:
    """Answers for one text whether a place is inside a word. Sentences are analysed when asked about."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._known: dict[tuple[int, int], dict[int, Word]] = {}

    def is_inside(self, position: int, segment: tuple[int, int], *, surely: bool) -> bool:
        """Whether the folded `position` lies inside a word that begins before it.

        `surely`: say so only for words that cannot be a slip of the analysis (a word with kanji, or one of three kana
        and more that is no verb and no particle): used where missing something would be worse.
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
        if word.start == at:
            return False
        return not surely or self._is_sure(word) or bool(_KANJI.search(self._written(word)))

    def is_topic_and(self, start: int, end: int, segment: tuple[int, int]) -> bool:
        """Whether the folded range is the particle は and the beginning of a word of kana behind it: 今日は|たくさん holds
        はたく, 今日は|たすけて はたす, and neither is meant.
        """
        if self._stream.text[start] != TOPIC or end - start < 2:
            return False
        words = self._words(segment)
        first, then, last = *self._stream.starts[start : start + 2], self._stream.ends[end - 1]
        particle, word = words.get(first), words.get(then)
        if particle is None or word is None:
            return False
        return (
            (particle.start, particle.end, particle.kind) == (first, first + 1, "助詞")
            and word.start == then
            and last <= word.end
            and (self._is_sure(word) or word.kind == "動詞")
        )

    def _is_sure(self, word: Word) -> bool:
        return (
            word.kind in SURE
            and word.end - word.start >= SURELY
            and not _KANJI.search(self._written(word))
        )

    def _written(self, word: Word) -> str:
        return self._stream.original[word.start : word.end]

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of the folded range, drawn out to whole words and the ending
        that belongs to them: 母の私がもう疲 → 母の私がもう疲れました."""
        first, last = self._stream.starts[start], self._stream.ends[end - 1]
        words = self._words(self._sentence(start, end))
        if begins := words.get(first):
            first = begins.start
        word = words.get(last - 1)
        if word is None:
            return first, last
        last, limit = max(last, word.end), last + LONGEST_ENDING
        while (following := words.get(last)) and following.end <= limit:
            particle = following.detail == "接続助詞"
            joined = particle and word.kind in INFLECTED and self._is_te(following)
            bound = word.detail == "接続助詞" and self._is_te(word)
            goes_on = following.detail == "非自立可能" and (word.kind == "助動詞" or bound)
            ending = following.kind == "助動詞" and (word.kind != "助詞" or bound)
            if not (joined or goes_on or ending):
                break
            word, last = following, following.end
        return first, last

    def _is_te(self, word: Word) -> bool:
        return self._written(word) in ("て", "で", "ば")

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        text = self._stream.text
        before = max(text.rfind("。", 0, start), text.rfind("？", 0, start)) + 1
        after = min(
            (i for i in (text.find("。", end - 1), text.find("？", end - 1)) if i >= 0), default=-1
        )
        return before, len(text) if after < 0 else after + 1

    def _words(self, segment: tuple[int, int]) -> dict[int, Word]:
        """For each character of the sentence the word it belongs to."""
        if segment not in self._known:
            start = self._stream.starts[segment[0]]
            end = self._stream.ends[segment[1] - 1]
            places: dict[int, Word] = {}
            for piece in range(start, end, _PIECE):
                text = self._stream.original[piece : min(piece + _PIECE, end)]
                for word in tokenizer().tokenize(text):
                    kind, detail = word.part_of_speech()[:2]
                    entry = Word(piece + word.begin(), piece + word.end(), kind, detail)
                    for at in range(word.begin(), word.end()):
                        places[piece + at] = entry
            self._known[segment] = places
        return self._known[segment]
