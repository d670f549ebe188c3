"""The text as the lexicon sees it: one spelling for many ways of writing, with the way back.

`Stream.of(text)` folds width, case, katakana, old characters and drawn-out sounds, and drops what
carries no meaning (spaces, emoji, control characters, hesitation dots). `Stream.slice` goes back to
the characters the person really wrote.
"""

import re
import unicodedata
from dataclasses import dataclass
from string import ascii_letters, digits

OLD_CHARACTERS = str.maketrans(
    "獨來會學氣體聲藥醫眞發變經壓應晝讀勞聽辭續對實歸關戶姊步收國縣區齡圓惡轉爲寢數樂圖飮戀兩處"
    "淋篭籠逢歿",
    "独来会学気体声薬医真発変経圧応昼読労聴辞続対実帰関戸姉歩収国県区齢円悪転為寝数楽図飲恋両処"
    "寂籠籠会没",
)
SAME_SOUND = str.maketrans("ゐゑづぢヰヱ", "いえずじいえ")
SMALL_VOWELS = {"ぁ": "あかさたなはまやらわがざだばぱゃ", "ぃ": "いきしちにひみりぎじびぴ",
                "ぅ": "うくすつぬふむゆるぐずぶぷゅ", "ぇ": "えけせてねへめれげぜでべぺ",
                "ぉ": "おこそとのほもよろごぞどぼぽょ"}  # fmt: skip
LARGE_VOWELS = dict(zip("ぁぃぅぇぉ", "あいうえお", strict=True))  # ウェルビー is ウエルビー, too
PAUSES = frozenset("…‥・･、､,，;；:： \t　")
SENTENCE_ENDS = frozenset("。．.！!？?\n｡")
QUOTES = {
    "「": "「",
    "『": "「",
    "“": "「",
    "｢": "「",
    "」": "」",
    "』": "」",
    "”": "」",
    "｣": "」",
}
COMMA = "、"
STOP = "。"
ASK = "？"
MARKS = frozenset("、。？「」")


_VOICING = frozenset("ﾞﾟ\u3099\u309a")
# What folds the same way wherever it stands, unless a voicing mark follows: runs of it are looked up at once, for speed.
_ONE_BY_ONE = "っ" + "".join(SMALL_VOWELS)
_EVER = str.maketrans(
    {
        char: char.translate(SAME_SOUND)
        for char in map(chr, range(ord("ぁ"), ord("ん") + 1))
        if char not in _ONE_BY_ONE
    }
    | {
        char: chr(ord(char) - 0x60).translate(SAME_SOUND)
        for char in map(chr, range(ord("ァ"), ord("ン") + 1))
        if chr(ord(char) - 0x60) not in _ONE_BY_ONE
    }
    | {char: char.lower() for char in ascii_letters + digits}
    | {chr(ord(char) + 0xFEE0): char.lower() for char in ascii_letters + digits}
    | {chr(code): chr(code) for code in range(ord("一"), ord("鿿") + 1)}
    | {chr(old): chr(new) for old, new in OLD_CHARACTERS.items()}
)
_RUN = re.compile(f"[{''.join(map(chr, sorted(_EVER)))}]+(?![{''.join(_VOICING)}])")


@dataclass(frozen=True)
class Stream:
    """`text`: the folded characters; `starts[i]`, `ends[i]`: where character i lies in `original`."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, original: str) -> "Stream":
        """Fold `original`; never fails, whatever the characters."""
        out: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        index, length = 0, len(original)
        while index < length:
            if run := _RUN.match(original, index):
                out.extend(run[0].translate(_EVER))
                starts.extend(range(index, run.end()))
                ends.extend(range(index + 1, run.end() + 1))
                index = run.end()
                continue
            char, step = original[index], 1
            after = original[index + 1 : index + 2]
            if char == COMMA and after not in _VOICING:  # the sign met most, for speed
                if out and out[-1] not in MARKS:
                    out.append(COMMA)
                    starts.append(index)
                    ends.append(index + 1)
                index += 1
                continue
            if after and after in _VOICING:
                char += after
                step = 2
            for folded in _fold(char, out, original, index):
                out.append(folded)
                starts.append(index)
                ends.append(index + step)
            index += step
        return cls(original, "".join(out), tuple(starts), tuple(ends))

    def slice(self, start: int, end: int) -> tuple[str, int, int]:
        """The words as written for the folded range, with their place in the original."""
        first, last = self.starts[start], self.ends[end - 1]
        return self.original[first:last], first, last


def fold(text: str) -> str:
    """A word of the lexicon, folded as a text is."""
    return Stream.of(text).text


def _fold(char: str, out: list[str], original: str, index: int) -> str:
    if len(char) == 1 and "ぁ" <= char <= "ん":
        if char in SMALL_VOWELS:
            return "" if out and out[-1] in SMALL_VOWELS[char] else LARGE_VOWELS[char]
        return "" if out and out[-1] == "っ" else "っ"
    if char in QUOTES:
        return QUOTES[char]
    if char in SENTENCE_ENDS:
        return _sentence_end(char, out, original, index)
    if char in PAUSES:
        return _pause(char, out)
    folded = unicodedata.normalize("NFKC", char).lower()
    result = ""
    for one in folded:
        result += _plain(one, out, result)
    return result


def _plain(one: str, out: list[str], before: str) -> str:
    if "ァ" <= one <= "ヶ":
        one = chr(ord(one) - 0x60) if one not in "ヵヶ" else "か"
    one = one.translate(SAME_SOUND)
    previous = before[-1:] or (out[-1] if out else "")
    if one in SMALL_VOWELS and previous and previous in SMALL_VOWELS[one]:
        return ""
    one = LARGE_VOWELS.get(one, one)
    if one == "っ" and previous == "っ":
        return ""
    if one in "ー〜～~−–—―─-":
        return ""
    if one == "々" and previous:
        return previous
    kind = unicodedata.category(one)
    if kind[0] in "LN" and kind != "Lm":
        return one.translate(OLD_CHARACTERS)
    return ""  # emoji, control characters, other signs


def _sentence_end(char: str, out: list[str], original: str, index: int) -> str:
    if char in ".．" and index + 1 < len(original) and original[index + 1].isdigit():
        return ""
    mark = ASK if char in "？?" else STOP
    if out and out[-1] in "。？":
        if mark == ASK and out[-1] == STOP:
            out[-1] = ASK
        return ""
    return mark if out else ""


def _pause(char: str, out: list[str]) -> str:
    """A written comma stays; a space or hesitation dots vanish: words may go on across them."""
    if char in "、,，;；､" and out and out[-1] not in MARKS:
        return COMMA
    return ""
