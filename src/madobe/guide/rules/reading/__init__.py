"""Reading what a person writes: free text in, readings out, each with its exact words.

The text is folded to one spelling (`stream`), matched against a reviewed table of expressions
(`lexicon`, tables/lexicon/), and what was found is weighed by the words around it (`hits`,
`endings`), by who writes about whom (`people`), and by what the text takes back (`decide`).
Pure: the same text always gives the same readings. It never fails, whatever the characters.
"""

import re

from madobe.guide.rules.reading import ages as _ages
from madobe.guide.rules.reading import durations as _durations
from madobe.guide.rules.reading import people, places
from madobe.guide.rules.reading.decide import verdicts_of
from madobe.guide.rules.reading.hits import find_hits
from madobe.guide.rules.reading.lexicon import lexicon
from madobe.guide.rules.reading.scene import Scene, scene_of
from madobe.guide.rules.reading.settle import Verdict
from madobe.guide.rules.reading.words import WordStarts
from madobe.guide.rules.situation import Reading
from madobe.lib.folding import Stream

__all__ = ["read", "who_from"]

_MAY_BE_ELDERLY = frozenset({"parent", "grandparent", "first", "spouse", "client", "person", ""})
LONGEST = 20_000  # characters read; nobody writes more in the box, and a page must answer in time

LIKELY_OLD_PARENT = 45  # years of a person whose frail parent is taken to be old
PARENT_FRAIL = re.compile(
    f"(?<![の義])(?:{people.PARENT})(?:が|は|も)[^。、]{{0,10}}?(?:倒れ(?!た?ら)|入院|要介護|認知症|腰が|足が悪|足腰|寝たきり|介護)"
)


def read(text: str, *, who: str = "") -> tuple[Reading, ...]:
    """What `text` says, in order of place. `who`: as the form said, "" to read it from the text.

    Every reading carries the words as written and their offsets in `text`. Codes are those of the
    guide's tables; `about` says whose: the writer's, the withdrawn person's, or somebody else's.
    """
    stream = Stream.of(text[:LONGEST])
    folded = stream.text
    if not folded:
        return ()
    found = people.mentions(folded)
    starts = WordStarts(stream)
    hits = [
        hit
        for hit in find_hits(folded, lexicon(), found)
        if not starts.is_inside(
            hit.start, hit.segment, surely=hit.row.code in ("crisis", "self_harm_talk")
        )
    ]
    scene = scene_of(folded, who, hits, found)
    verdicts = verdicts_of(folded, hits, found, scene)
    readings = [_reading(stream, starts, verdict) for verdict in verdicts]
    readings += _numbers(stream, scene, found, {v.code for v in verdicts})
    if scene.who and not who and scene.who_end > scene.who_start:
        shown = scene.who_start
        while shown < scene.who_end - 1 and folded[shown] in "。、？":
            shown += 1
        start, end = starts.whole(shown, scene.who_end)
        words = stream.original[start:end]
        readings.append(Reading(words, "who", "writer", start, end, "who", scene.who))
    if place := places.home(text[:LONGEST]):
        start, end, code = place
        readings.append(
            Reading(text[start:end], "municipality", "person", start, end, "municipality", code)
        )
    return tuple(sorted(readings, key=lambda r: (r.start, r.end, r.code)))


def who_from(readings: tuple[Reading, ...]) -> str:
    """Who writes, as read from the text; "" when it could not be read."""
    return next((reading.value for reading in readings if reading.kind == "who"), "")


def _reading(stream: Stream, starts: WordStarts, verdict: Verdict) -> Reading:
    start, end = starts.whole(verdict.start, verdict.end)
    words = stream.original[start:end]
    return Reading(words, verdict.code, verdict.about, start, end, verdict.kind)


def _numbers(
    stream: Stream, scene: Scene, found: list[people.Mention], codes: set[str]
) -> list[Reading]:
    """Age and months of the person, and an elderly parent told by age."""
    readings: list[Reading] = []
    age = -1
    struck = {"violence", "violence_to_me"}
    told = _ages.ages(stream.text, found)
    if scene.focus not in ("", "first") and any(item.group == scene.focus for item in told):
        # 70代の女性から、40代の娘さんのことを: the age of the person is told outright
        told.sort(key=lambda item: item.group != scene.focus)
    for item in told:
        words, start, end = stream.slice(item.start, item.end)
        if item.years >= _ages.ELDERLY and "violence" in codes and _is_struck(item, scene, found):
            # 妹が母を叩く。母は78歳
            readings.append(Reading(words, "violence_to_elder", "writer", start, end, "sign"))
        if item.years >= _ages.ELDERLY and item.group == "first" and struck <= codes:
            # the one struck is old: 私は78歳です
            readings.append(Reading(words, "violence_to_elder", "writer", start, end, "sign"))
        if _is_persons(item.group, scene) and not (
            age >= 0 and item.group == "" and item.years >= _ages.ELDERLY
        ):
            if age < 0:
                age = item.years
                readings.append(Reading(words, "age", "person", start, end, "age", str(age)))
        elif (
            item.years >= _ages.ELDERLY
            and "parent_elderly" not in codes
            and item.group in _MAY_BE_ELDERLY
        ):
            codes.add("parent_elderly")
            readings.append(Reading(words, "parent_elderly", "writer", start, end, "sign"))
    frail = PARENT_FRAIL.search(stream.text)
    if frail and age >= LIKELY_OLD_PARENT and "parent_elderly" not in codes:
        words, start, end = stream.slice(*frail.span())
        readings.append(Reading(words, "parent_elderly", "writer", start, end, "sign"))
    for lasted in _durations.durations(stream.text, age=age)[:1]:
        words, start, end = stream.slice(lasted.start, lasted.end)
        readings.append(
            Reading(words, "months", "person", start, end, "months", str(lasted.months))
        )
    return readings


def _is_struck(age: _ages.Age, scene: Scene, found: list[people.Mention]) -> bool:
    """Whether the old one told of is the one to whom something is done."""
    if scene.who == "worker" and age.group in ("", "client", "person"):
        return True
    return age.group in ("parent", "grandparent", "spouse") and any(
        m.group == age.group and m.particle in ("を", "に", "へ", "の", "にも") for m in found
    )


def _is_persons(group: str, scene: Scene) -> bool:
    if scene.who in ("self", ""):
        return group in ("", "first")
    if scene.who == "worker" and group in ("person", "client") and scene.focus not in ("", group):
        return False  # the one looked after is not the one who has withdrawn
    if group in ("person", scene.focus) and group:
        return True
    return group == "" and scene.who in ("family", "friend", "worker")
