"""From a letter to what was found in it. Pure: the same letter always gives the same findings."""

import re
from itertools import islice

from madobe.consult.rules.crisis.around import (
    is_gone_by,
    is_half_denied,
    is_long_over,
    is_not_so,
    is_over,
    is_told,
    never_happened,
    sentence,
)
from madobe.consult.rules.crisis.danger import SIGNS_OF_DANGER, Danger, Finding
from madobe.consult.rules.crisis.english import read_english
from madobe.consult.rules.crisis.tables import DeskLexicon, Pair, desk_lexicon
from madobe.guide.rules.reading import people
from madobe.guide.rules.reading.hits import Hit, find_hits
from madobe.guide.rules.reading.lexicon import Expression
from madobe.guide.rules.reading.scene import VIOLENCE, scene_of
from madobe.guide.rules.reading.violence import read_violence
from madobe.guide.rules.reading.words import WordStarts
from madobe.lib.folding import Stream

PIECE = 2_000  # characters read at once; a letter is read piece by piece
ENOUGH = 12  # findings after which the rest of a letter is left unread: the card is sure
NEAR = 120  # characters within which two things told belong together
OBLIQUE = frozenset(
    {"guide", "wish_to_die", "wish_to_vanish", "cry_for_help"}
)  # groups in which a half denial counts
NEWLINES = str.maketrans("\r\n", "\u3000\u3000")
BROKEN = re.compile(r"[^。．.！？!?\s]\s*\n")  # the end of a line that is not the end of a sentence


def read_danger(text: str) -> Danger:
    """This will give the danger read in `text`, of any length, script and shape. It never fails.

    Words broken by the end of a line are read across it (死\\nに\\nた\\nい).
    """
    lexicon = desk_lexicon()
    found = read_english(text, lexicon)[:ENOUGH]
    for start, end in _pieces(text):
        if len(found) >= ENOUGH:
            break
        part = text[start:end]
        here = _read(part, lexicon)
        if BROKEN.search(part.strip()):
            across = _read(part.translate(NEWLINES), lexicon)
            here += [one for one in across if "\n" in part[one.start : one.end]]
        found += [
            Finding(text[one.start + start : one.end + start], one.start + start,
                    one.end + start, one.sign, one.group)
            for one in here
        ]  # fmt: skip
    return Danger(tuple(_longest(found)))


def _longest(found: list[Finding]) -> list[Finding]:
    """In order of place; of findings of one sign that lie inside another only the longer stays."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.sign)):
        if not any(one.end <= other.end and one.sign == other.sign for other in kept):
            kept.append(one)
    return kept


def _pieces(text: str) -> list[tuple[int, int]]:
    """Pieces that end where a sentence ends, if one does."""
    pieces, start = [], 0
    while start < len(text):
        end = min(start + PIECE, len(text))
        if end < len(text):
            stops = [text.rfind(stop, start + PIECE // 2, end) for stop in "。\n！？!?"]
            end = max(stops) + 1 or end
        pieces.append((start, end))
        start = end
    return pieces


def _read(text: str, lexicon: DeskLexicon) -> list[Finding]:
    # 消えてぇ is 消えたい, and folding would make it 消えて
    stream = Stream.of(text.replace("てぇ", "てえ").replace("ねぇ", "ねえ"))
    folded = stream.text
    if not folded:
        return []
    found = people.mentions(folded)
    starts = WordStarts(stream)
    calm = _Calm(folded, lexicon)
    hits = [
        hit
        for hit in find_hits(folded, lexicon.japanese, found)
        if not calm.covers(hit.start, hit.end)
        and not is_told(folded, hit.start, hit.end)
        and not starts.is_inside(hit.start, hit.segment, surely=hit.row.safety)
        and not starts.is_topic_and(hit.start, hit.end, hit.segment)
    ]
    standing = [
        hit
        for hit in hits
        if (not hit.negated or _goes_on(folded, hit, lexicon))
        and not never_happened(folded, hit.end)
        and not is_not_so(folded, hit)
        and not is_over(folded, hit)
    ]
    findings = _pairs(stream, lexicon, calm, starts)
    if standing:
        scene = scene_of(folded, "", hits, found)
        acts = read_violence(folded, standing, found, scene)
        for hit in standing:
            for sign in _signs(hit, acts):
                words, start, end = stream.slice(hit.start, hit.end)
                findings.append(Finding(words, start, end, sign, lexicon.group_of[id(hit.row)]))
    return findings


class _Calm:
    """Where the turns of phrase stand that mean something else, looked up by sentence when asked."""

    def __init__(self, text: str, lexicon: DeskLexicon) -> None:
        self._text = text
        self._lexicon = lexicon.calm
        self._known: dict[int, list[tuple[int, int]]] = {}

    def covers(self, start: int, end: int) -> bool:
        """Whether one of them overlaps the words from `start` to `end`."""
        first, last = sentence(self._text, start, end)
        if first not in self._known:
            part = self._text[first:last]
            self._known[first] = [
                (match.start() + first, match.end() + first)
                for expression in self._lexicon.candidates(part)
                for match in expression.pattern.finditer(part)
            ]
        return any(a < end and start < b for a, b in self._known[first])


def _pairs(stream: Stream, lexicon: DeskLexicon, calm: _Calm, starts: WordStarts) -> list[Finding]:
    """Two things told near each other (a farewell on the phone, then a noise): both words are shown."""
    folded = stream.text
    likely: dict[str, list[Expression]] = {}
    for expression in lexicon.paired.candidates(folded):
        likely.setdefault(expression.row.code, []).append(expression)
    told: dict[str, list[tuple[int, int]]] = {}  # looked for when the other of a pair may be there

    def spans(code: str) -> list[tuple[int, int]]:
        if code not in told:
            told[code] = [
                match.span()
                for expression in likely[code]
                for match in islice(expression.pattern.finditer(folded), ENOUGH)
            ]
        return told[code]

    known: dict[tuple[int, int], bool] = {}  # one place stands in many pairs

    def meant(span: tuple[int, int]) -> bool:
        if span not in known:
            known[span] = not is_told(folded, *span)
        return known[span]

    findings = []
    for pair in lexicon.pairs:
        if pair.first.code not in likely or pair.second.code not in likely:
            continue
        near = (
            (first, second)
            for first in spans(pair.first.code)
            for second in spans(pair.second.code)
            if abs(first[0] - second[0]) <= NEAR
            and (first[1] <= second[0] or second[1] <= first[0])
            and not calm.covers(*first)
            and meant(first)
            and meant(second)
            and not starts.is_inside(first[0], sentence(folded, *first), surely=False)
            and not is_long_over(folded, *second)
            and not is_gone_by(folded, *first)
            and not _is_other(pair, folded, first, second)
        )
        for span in next(near, ()):
            words, start, end = stream.slice(*span)
            findings.append(Finding(words, start, end, pair.sign, pair.id))
    return findings


def _goes_on(text: str, hit: Hit, lexicon: DeskLexicon) -> bool:
    """Whether a wish of somebody's own is denied only by half."""
    own = hit.row.code in ("crisis", "self_harm_talk")
    return own and lexicon.group_of[id(hit.row)] in OBLIQUE and is_half_denied(text, hit)


def _is_other(pair: Pair, text: str, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether the sentences of the two say that it is another thing."""
    if not pair.unless:
        return False
    start = sentence(text, *min(first, second))[0]
    end = sentence(text, *max(first, second))[1]
    return any(pattern.search(text, start, end) for pattern in pair.unless)


def _signs(hit: Hit, acts: list[tuple[str, str, int, int]]) -> list[str]:
    """What the words are a sign of; none where somebody only tells of blows of long ago."""
    code = hit.row.code
    if code not in VIOLENCE or hit.supposed:  # 殴られるかもしれない: about to be hurt
        gentle = code == "crisis" and (hit.past or hit.supposed)
        return ["self_harm_talk"] if gentle else [code]
    return [
        sign
        for sign, _, start, end in acts
        if (start, end) == (hit.start, hit.end) and sign in SIGNS_OF_DANGER
    ]
