"""Kana as people type them, in one spelling; and how far two spellings lie apart."""

import re
import unicodedata

KANA = re.compile(r"[ぁ-ゖ]+")
_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_SAME_SOUND = str.maketrans("ぢづゐゑをゔ", "じずいえおぶ")
# The two marks are also typed as signs of their own; beside a space NFKC would part them from their kana.
_MARKS = str.maketrans({"゛": "\u3099", "゜": "\u309a", "ﾞ": "\u3099", "ﾟ": "\u309a"})
_ROWS = {
    "あ": "あかさたなはまやらわがざだばぱ",
    "い": "いきしちにひみりぎじぢびぴ",
    "う": "うくすつぬふむゆるぐずづぶぷゔ",
    "え": "えけせてねへめれげぜでべぺ",
    "お": "おこそとのほもよろをごぞどぼぽ",
}
_VOWEL = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
# How a long vowel is written where no bar stands: とうだい, せんせい.
_LONG = {**{vowel: vowel for vowel in "あいう"}, "え": "い", "お": "う"}
_VOICED = dict(
    zip("がぎぐげござじずぜぞだでどばびぶべぼ", "かきくけこさしすせそたてとはひふへほ", strict=True)
) | dict(zip("ぱぴぷぺぽ", "はひふへほ", strict=True))

BAR = "ー"
VOWEL, AS_WRITTEN, NOTHING = "vowel", "as written", "nothing"  # what a long bar may stand for


def hiragana(text: str) -> str:
    """This will give `text` with full-width hiragana for any katakana, and plain digits and letters."""
    plain = unicodedata.normalize("NFKC", text.translate(_MARKS))
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in plain)


def fold(text: str, *, bar: str = VOWEL) -> str:
    """This will give the kana by which spellings are compared.

    Katakana is hiragana, small kana are large, じ is ぢ, and ー is the vowel before it (`bar`: or the kana usually
    written there, or nothing). The marks of か and が stay apart.
    """
    out = ""
    for kana in hiragana(text).translate(_SMALL).translate(_SAME_SOUND):
        if kana != BAR:
            out += kana
        elif bar != NOTHING and out and (vowel := _VOWEL.get(out[-1])):
            out += vowel if bar == VOWEL else _LONG[vowel]
    return out


def slips(typed: str, meant: str, *, alike: float = 1) -> float:
    """This will count the slips between two folded spellings.

    A kana wrong, missing or too many, or two neighbours swapped, is one slip; か for が counts `alike`.
    """
    before: list[float] = []
    row: list[float] = [float(n) for n in range(len(meant) + 1)]
    for i, kana in enumerate(typed, 1):
        last, row = row, [float(i)]
        for j, other in enumerate(meant, 1):
            best = min(last[j] + 1, row[-1] + 1, last[j - 1] + _apart(kana, other, alike))
            if i > 1 and j > 1 and kana == meant[j - 2] and typed[i - 2] == other:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before = last
    return row[-1]


def _apart(kana: str, other: str, alike: float) -> float:
    if kana == other:
        return 0
    return alike if _VOICED.get(kana, kana) == _VOICED.get(other, other) else 1
