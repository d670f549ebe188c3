"""What the whole text takes back: verdicts weighed against one another."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from madobe.guide.rules.reading import people

WORK = frozenset(
    {"work_confidence", "job_find", "qualification", "small_income_home", "work_with_understanding"}
)
MADE_TO_SAY = re.compile(
    "口だけ|口先|本心(?:じゃ|では)|(?:ほんま|本当|ほんと|本心|本音|内心)(?:は|のところ(?:は)?|では)[^。]{0,10}(?:違|ちが|行きた(?:く)?な|働きた(?:く)?な|たくな|したな|とうな)|言わされ|言わせ|言うたから|言ったから|言うから(?:で|仕方)|せかしたから|急かしたから|仕方なく|しかたなく|しぶしぶ|無理して(?:言|合わせ)"
)
NOT_MET = re.compile(
    f"(?:{people.CHILD}|{people.SIBLING}|{people.GRAND}|{people.SPOUSE}|{people.PERSON})(?:は|に|に?とは|が|には)[^。]{{0,8}}?(?:会え|会って|会おうと|出てこ|出てき|顔を見せ|顔を出)[^。]{{0,4}}(?:な|ませ|ず|へん|ん(?:。|$))"
)
MUST_WORK = re.compile("ないと|なきゃ|なければ|なくちゃ|なくては|んと|ねば|べき")
NOT_EATING_FOR = re.compile(
    "(?:食べ|たべ)[^。]{0,6}?(?:ない|ません|へん|とらん)(?:です|んです)?[。、](?:もう|かれこれ)?"
    "(?:[0-9一二三四五六七八九十何数]+日|ふつか|みっか|よっか|いつか|むいか|なのか|一週間|いっしゅうかん)"
)


@dataclass(frozen=True)
class Verdict:
    """A code that stands, on which words (folded offsets), about whom."""

    code: str
    kind: str
    about: str
    start: int
    end: int


def settle(text: str, verdicts: list[Verdict], denied: Iterable[tuple[str, str]]) -> list[Verdict]:
    """Take back what the text itself takes back; keep the first words for each code and person."""
    denied_work = {about for code, about in denied if code in WORK}
    if denied_work or MADE_TO_SAY.search(text):
        reported_of = denied_work | ({"person"} if MADE_TO_SAY.search(text) else set())
        verdicts = [
            v for v in verdicts if not (v.code in WORK and v.about == "person" and reported_of)
        ]
    if "writer" in denied_work:  # 働きたくない。でも働かないと: no wish, only a must
        verdicts = [
            v
            for v in verdicts
            if not (v.code in WORK and MUST_WORK.search(text, v.start, v.end + 4))
        ]
    if match := NOT_EATING_FOR.search(text):  # 食べません。もう三日
        about = next((v.about for v in verdicts if v.code == "physical_complaint"), "person")
        verdicts.append(Verdict("not_eating", "sign", about, *match.span()))
    for failed in [v for v in verdicts if v.code == "setback"]:
        verdicts = [  # 居場所に行ってみたけど、行けなくなった: neither attended nor wished for now
            v
            for v in verdicts
            if not (
                v.about == failed.about
                and v.start <= failed.end
                and v.code in ("attends_ibasho", "place_to_be")
                and (v.code == "attends_ibasho" or v.start >= failed.start)
            )
        ]
    if NOT_MET.search(
        text
    ):  # 五回とも使いました。息子はまだ会えません: the visits were the family's
        verdicts = [
            replace(v, code="visits_used_family_5", about="writer")
            if v.code == "visits_used_person_5"
            else v
            for v in verdicts
        ]
    kept: dict[tuple[str, str], Verdict] = {}
    for verdict in sorted(verdicts, key=lambda v: (v.start, -v.end)):
        kept.setdefault((verdict.code, verdict.about), verdict)
    return list(kept.values())


def struck_elders(verdicts: list[Verdict], found: list[people.Mention]) -> list[Verdict]:
    """寝たきりの父を叩く, 祖母の手をひねる: violence toward somebody old in the house."""
    old = {"grandparent"}
    if any(v.code == "parent_elderly" for v in verdicts):
        old.add("parent")
    return [
        Verdict("violence_to_elder", "sign", "writer", v.start, v.end)
        for v in verdicts
        if v.code == "violence"
        and any(
            m.group in old
            and m.particle in ("を", "に", "へ", "の", "のこと")
            and 0 <= v.start - m.end <= (2 if m.particle == "の" else 6)
            for m in found
        )
    ]
