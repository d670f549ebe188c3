"""Place names: where the person lives, as far as the text says it."""

import re

from madobe.directory.municipalities import find_in_text

# 大阪の母, 松戸の会社: a name before these is not where the person lives.
_NOT_HOME = re.compile(
    "の?(?:訪問相談|相談窓口|窓口|制度|センター|支援|事業|会社|業者|施設|寮|病院|大学|高校|学校|実家|友人|友達|母|父|親|兄|姉|弟|妹|叔|伯|祖|職場|本社|イベント|講演)|さん|"
    "(?:に|へ)(?:いる|住む)(?:兄|姉|弟|妹|親|叔|友)|出身|から(?:引っ越|来|転居|移|越)|生まれ|で(?:働|勤め|就職|生まれ)|の会"
)

# 東京に住んでいません, 東京ではなく
_DENIED = re.compile(
    "(?:には?|は)?(?:もう)?(?:住んで(?:い)?(?:ませ|な)|じゃな|では(?:な|あり)|とか(?:じゃ|では))"
)


def home(text: str) -> tuple[int, int, str] | None:
    """(start, end, code) of the place lived in: six digits, or two for a prefecture; else None.

    `text` is the original. A name shared by several municipalities has no certain code: None.
    """
    named = [
        place
        for place in find_in_text(text)
        if place.area is not None
        and not _DENIED.match(text, place.end)
        and (place.lives or not _NOT_HOME.match(text, place.end))
    ]
    best = max(named, key=lambda p: (p.lives, bool(p.area and p.area.code)), default=None)
    if best is None or best.area is None:
        return None
    return best.start, best.end, best.area.code or best.area.prefecture
