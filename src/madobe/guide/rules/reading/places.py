"""Place names: where the person lives, as far as the text says it."""

import re

# 東京都の訪問相談, 大阪の母: a name before these is not where the person lives.
_NOT_HOME = re.compile(
    "の?(?:訪問相談|相談窓口|窓口|制度|センター|支援|事業|会社|業者|施設|寮|病院|大学|高校|学校|実家|友人|友達|母|父|親|兄|姉|弟|妹|叔|伯|祖|職場|本社|イベント|講演)|さん|(?:に|へ)(?:いる|住む)(?:兄|姉|弟|妹|親|叔|友)|出身|から(?:引っ越|来|転居|移|越)|生まれ|で(?:働い|勤め|就職|生まれ)|の会"
)
_HOME = re.compile("に住|住まい|住んで|在住|に(?:い|お)(?:ま|る)|暮らし|の者|です|から(?:書|相談|メ)")


def home(text: str) -> tuple[int, int, str] | None:
    """(start, end, code) of the place lived in: six digits, or two for a prefecture; else None.

    `text` is the original. A name shared by several municipalities has no certain code: None.
    """
    try:
        from madobe.directory.municipalities import find_in_text
    except ImportError:
        return None
    best: tuple[int, int, int, str] | None = None
    for start, end, candidates in find_in_text(text):
        if len(candidates) != 1 or _NOT_HOME.match(text, end):
            continue
        code = candidates[0].code
        score = 2 * bool(_HOME.match(text, end)) + bool(re.search("住まい[はが]?$|住所は?$", text[:start])) * 2
        score += len(code) == 6
        if best is None or score > best[0]:
            best = (score, start, end, code)
    return best[1:] if best else None
