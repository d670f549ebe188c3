"""Cutting a long text into messages, counted the way LINE counts: in UTF-16 units."""

import unicodedata

LONGEST = 5_000  # UTF-16 units in one text message (LINE Messaging API reference, "Text message")
_BREAKS = ("\n\n", "\n", "。", "、", " ", "　")
_JOINER = "\u200d"


def units(text: str) -> int:
    """This will count UTF-16 units: a sign beyond the basic plane, such as an emoji, counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, longest: int = LONGEST) -> list[str]:
    """This will cut a text into pieces of at most `longest` units; joined together they are the text again.

    Cut after a paragraph, a line, a sentence, a pause, in that order, if one ends in the later half of the piece; never
    inside a sign that is put together of several, unless that sign alone is longer than a piece.
    """
    found = []
    while units(text) > longest:
        end = _end(text, longest)
        found.append(text[:end])
        text = text[end:]
    return [*found, text] if text else found


def _end(text: str, longest: int) -> int:
    end, used = 0, 0
    for sign in text:
        used += 2 if ord(sign) > 0xFFFF else 1
        if used > longest:
            break
        end += 1
    end = max(end, 1)
    for mark in _BREAKS:
        at = text.rfind(mark, end // 2, end)
        if at >= 0:
            return at + len(mark)
    whole = end
    while whole > 1 and _belongs(text[whole - 1], text[whole]):
        whole -= 1
    return whole if whole > 1 else end


def _belongs(before: str, sign: str) -> bool:
    """Whether `sign` is drawn together with the sign before it."""
    return (
        _JOINER in (before, sign)
        or unicodedata.combining(sign) != 0
        or "\ufe00" <= sign <= "\ufe0f"  # variation selectors
        or "\U0001f3fb" <= sign <= "\U0001f3ff"  # skin tones
        or (
            "\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= sign <= "\U0001f1ff"
        )  # flags
    )
