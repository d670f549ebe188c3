"""What somebody wrote now, and the earlier letters their mail program put below it."""

import re

_QUOTED = re.compile(r"^\s*[>＞]")
# A line that introduces a quotation: "2026年11月26日(木) 13:56 名前 <a@b>:", "On 26 Nov 2026, N wrote:", "…のメール:"
_INTRODUCES = re.compile(
    r"^(?:On\b.{4,200}|.{4,200}\b(?:wrote|writes)|.{0,80}\d{4}\s*[年/.-].{0,200}|.{0,200}(?:さんは書きました|のメール|のメッセージ))\s*[:：]\s*$"
)
_INTRODUCES_IN_TWO = re.compile(
    r"^(?:On\b|[（(]?\d{4}\s*[年/.-]).{4,300}(?:wrote|writes|のメール|のメッセージ|>)\s*[:：]\s*$"
)
# From here on everything is earlier: no ">" follows in these programs.
_EARLIER = re.compile(
    r"^\s*-{2,}\s*(?:Original Message|Original Appointment|元のメッセージ|元のメール|以前のメッセージ)\s*-{2,}\s*$",
    re.IGNORECASE,
)
_OUTLOOK = re.compile(r"^\s*(?:From|差出人|送信者)\s*[:：]\s*\S")
_OUTLOOK_NEXT = re.compile(r"^\s*(?:Sent|Date|送信日時|日時|送信)\s*[:：]\s*\S")


def fold(text: str) -> tuple[str, str]:
    """This will part a letter into what is new and the quoted history at its end, which is shown folded.

    No line is lost: every one stands in one of the two. Answers written between quoted lines stay where they are,
    and a letter that is nothing but history stays open. A forwarded letter is what somebody wants to show: it stays.
    """
    lines = text.split("\n")
    start = min(_earlier(lines), _quoted_tail(lines))
    shown = "\n".join(lines[:start]).strip("\n")
    if not shown.strip():
        return text.strip("\n"), ""
    return shown.rstrip(), "\n".join(lines[start:]).strip("\n")


def _earlier(lines: list[str]) -> int:
    for number, line in enumerate(lines):
        if _EARLIER.match(line):
            return number
        if _OUTLOOK.match(line) and any(
            _OUTLOOK_NEXT.match(below) for below in lines[number + 1 : number + 4]
        ):
            return number
    return len(lines)


def _quoted_tail(lines: list[str]) -> int:
    """Where the quoted lines at the very end begin, with the line that introduces them."""
    start, quoted = len(lines), False
    while start and (not lines[start - 1].strip() or _QUOTED.match(lines[start - 1])):
        start -= 1
        quoted = quoted or bool(lines[start].strip())
    if not quoted:
        return len(lines)
    above = [line.strip() for line in lines[max(0, start - 2) : start]]
    if len(above) == 2 and all(above) and _INTRODUCES_IN_TWO.match(" ".join(above)):
        return start - 2
    return start - 1 if above and _INTRODUCES.match(above[-1]) else start
