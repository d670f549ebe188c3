"""From expressions found to codes read: whose they are, and which of them stand."""

import re

from madobe.guide.rules.reading import people
from madobe.guide.rules.reading.hits import FINE_NOW, INTENT, SOFT_AFTER, SOFT_BEFORE, Hit
from madobe.guide.rules.reading.scene import VIOLENCE, Scene
from madobe.guide.rules.reading.settle import Verdict, settle, struck_elders
from madobe.guide.rules.reading.violence import read_violence

ADVISER = re.compile("先生|医師|主治医|医者|支援員|相談員|カウンセラ")


def verdicts_of(
    text: str, hits: list[Hit], found: list[people.Mention], scene: Scene
) -> list[Verdict]:
    """The codes that stand, in order of place."""
    verdicts: list[Verdict] = []
    denied: list[tuple[str, str]] = []
    for hit in hits:
        row = hit.row
        if row.needs_who and scene.who not in row.needs_who:
            continue
        if row.code in VIOLENCE:
            continue
        about = _about(hit, scene, text)
        if hit.negated:
            denied.append((row.code, about))
            continue
        verdict = (
            _wish(hit, scene, about, text)
            if row.kind == "want"
            else _state(hit, scene, about, text)
        )
        if verdict:
            verdicts.append(verdict)
    verdicts += [
        Verdict(code, "sign", about, start, end)
        for code, about, start, end in read_violence(text, hits, found, scene)
    ]
    verdicts += struck_elders(verdicts, found)
    return settle(text, verdicts, denied)


def _about(hit: Hit, scene: Scene, text: str) -> str:
    row, subject = hit.row, hit.subject
    if row.whoever:
        return "writer" if scene.who in ("self", "") or row.whose == "writer" else "person"
    if scene.who in ("self", ""):
        if (
            subject
            and scene.who == "self"
            and subject.particle == "が"
            and "、" in text[subject.end : hit.start]
        ):
            return "writer"  # 母が入院して、眠れません: one's own sleep
        if (
            scene.who == ""
            and subject is None
            and row.safety
            and SAID_BY_ANOTHER.match(text, hit.end)
        ):
            return "person"
        if subject is None or subject.group == "first":
            return "writer"
        if scene.who == "":
            return "person" if subject.group != "third" else "writer"
        return "other" if row.wish != "person" else "writer"
    if row.wish == "writer" or (row.whose == "writer" and row.kind != "want"):
        if (
            subject
            and scene.role(subject.group) == "person"
            and (hit.reported or hit.evident or row.kind == "constraint")
        ):
            return "person"
        is_refused = hit.evident or REFUSED.match(text, hit.end)
        if row.kind == "constraint" and subject is None and is_refused:
            return "person"
        return "writer"
    if subject is not None:
        return scene.role(subject.group)
    if row.whose == "person":
        return "person"
    if row.safety:  # 死にたい with nobody named is the writer's; a rope found is not
        own = re.search("た[いくか]|とう|生き|楽に", text[hit.start : hit.end])
        return "writer" if own and not (hit.reported or hit.evident) else "person"
    if row.whose == "feeler":
        return "person" if hit.evident or hit.reported else "writer"
    if row.wish == "person":
        return "person" if hit.reported or hit.evident else "writer"
    return "writer"


def _state(hit: Hit, scene: Scene, about: str, text: str) -> Verdict | None:
    row, code = hit.row, hit.row.code
    if code == "pressured" and not _presses(hit, scene, text):
        return None
    if row.safety:
        return _danger(hit, about, text)
    if code == "attends_ibasho" and ENDED.match(text, hit.end):
        code = "setback"  # 通っていましたが、先月やめました
    elif hit.past and not row.any_tense:
        return None
    if hit.supposed and row.kind == "sign" and not row.any_tense and code != "future_worry":
        return None
    helper = scene.who in ("family", "friend", "worker")
    if helper and row.family and about in ("writer", "other"):
        if scene.who != "family":
            return None
        code, about = row.family, "writer"  # anyone of the family: it counts as the family's
    elif (
        helper
        and row.whose == "person"
        and about != "person"
        and row.kind == "sign"
        or (
            scene.who == "self"
            and about == "other"
            and row.whose in ("person", "feeler")
            and row.kind == "sign"
        )
    ):
        return None
    if code in ("family_guilt", "family_exhausted") and about == "person":
        return None
    if row.whose == "other":
        about = "writer"  # the household's: it counts whoever tells it
    return Verdict(code, row.kind, about, hit.start, hit.end)


def _presses(hit: Hit, scene: Scene, text: str) -> bool:
    """Shouting presses the person only when somebody else shouts: 独りで怒鳴っている does not."""
    words = text[hit.start : hit.end + 2]
    is_suffered = bool(re.search("られ|され|かれ", words))
    if is_suffered and scene.who in ("family", "friend", "worker"):
        # 話しかけると怒鳴られます: it is the writer who is shouted at
        return bool(hit.subject and scene.role(hit.subject.group) == "person")
    if not re.match("怒鳴|どな|怒|おこ|責め|せめ|叱|しか", words) or is_suffered:
        return True
    did_so = re.match("[てで]?(?:しま[いうっ]|ちゃ)", text[hit.end : hit.end + 6])
    if did_so or "」" in text[max(0, hit.start - 2) : hit.start]:
        return scene.who != "self"  # つい責めてしまう: a relative of the person
    if hit.subject is None:
        return False
    return scene.role(hit.subject.group) in (
        ("other",) if scene.who in ("self", "") else ("other", "writer")
    )


def _danger(hit: Hit, about: str, text: str) -> Verdict | None:
    """Danger now stays danger; over, feared, or only a shade of it becomes the gentle card."""
    code = hit.row.code
    if hit.past:
        if FINE_NOW.search(text):
            return None
        code = "self_harm_talk"
    elif code == "crisis":
        after = text[hit.end : hit.end + 16].lstrip("」")
        before = text[hit.segment[0] : hit.start]
        words = text[hit.start : hit.end]
        is_wish = bool(re.match("(?:死に|しに|逝き|氏に|たひ)(?:た|て|とう|とお)", words))
        softened = SOFT_AFTER.match(after) or SOFT_BEFORE.search(before)
        if hit.supposed or (
            is_wish and softened and not INTENT.search(text, hit.segment[0], hit.segment[1])
        ):
            code = "self_harm_talk"
    # Danger is never set aside because it is somebody else's in the house.
    return Verdict(code, "sign", "person" if about == "other" else about, hit.start, hit.end)


def _wish(hit: Hit, scene: Scene, about: str, text: str) -> Verdict | None:
    row, code = hit.row, hit.row.code
    helper = scene.who in ("family", "friend", "worker")
    if row.wish == "person" and SUGGESTED.match(text[hit.end : hit.end + 16]):
        return Verdict("pressured", "sign", "person" if helper else "writer", hit.start, hit.end)
    if (
        hit.past
        and row.wish == "person"
        and re.match("[ぁ-ん]{0,6}?(?:た|でした)", text[hit.end :])
        and not re.search("たい|ほし", text[hit.start : hit.end])
    ):
        return None
    if (
        row.wish == "writer"
        and scene.who == "self"
        and hit.subject
        and hit.subject.group not in ("first", "third")
        and hit.subject.particle in ("が", "は")
        and code not in ("just_listen", "talk")
    ):
        return None  # 親が施設に入れようとする: not one's own wish
    if row.wish == "person" and helper:
        if about == "writer" and row.family_wish:
            code = row.family_wish
        elif about == "other":
            return None
        return Verdict(code, "want", about, hit.start, hit.end)
    if (
        row.wish == "person"
        and hit.subject
        and hit.subject.group != "first"
        and not (scene.who == "" and hit.subject.group == "person")
        and not ADVISER.search(hit.subject.noun)
        and (hit.reported or hit.subject.particle in ("が", "は", "も"))
    ):
        return None
    if row.wish == "person" and hit.reported and _told_by_others(hit, text):
        return None
    if helper and hit.reported and hit.subject and scene.role(hit.subject.group) == "other":
        about = "other"
    return Verdict(
        code, "want", about if about in ("person", "other") else "writer", hit.start, hit.end
    )


def _told_by_others(hit: Hit, text: str) -> bool:
    """母に言われた, 親から言われる: somebody else's wish. What a doctor advised is taken up."""
    rest = text[hit.end : hit.segment[1]]
    if not re.match(
        "[^、。]{0,12}?(?:と|って|て)[^、。]{0,6}?(?:言われ|いわれ|言って(?:き|く)|せかされ)", rest
    ):
        return False
    return not ADVISER.search(text, hit.segment[0], hit.segment[1])


# 「ハローワークだけでも行ってみたら」と言ったら: somebody presses, nobody wishes
SUGGESTED = re.compile(
    "(?:て)?(?:み)?(?:たら|れば|なさい|なよ)[」？]*(?:と|って)(?:言|すすめ|勧め)"
)
# 死にたいと言うので: somebody else says it
SAID_BY_ANOTHER = re.compile(
    "」?(?:と|って)(?:言うので|言います|言いま(?:す|した)|言って(?:い)?(?:る|ます)|言い出)"
)
# 訪問の話をしたら怒られた: the one who was asked does not want it
REFUSED = re.compile(
    "[^。]{0,14}?(?:怒られ|怒鳴られ|どなられ|嫌がられ|断られ|拒まれ|拒否され|言われ)"
)
# What was attended and is attended no more.
ENDED = re.compile(
    "[^。]{0,8}?(?:た(?:けど|けれど|が|のに|もの|んです|の(?:です|に)|り)|ました(?:が|けど)|たんですけど|て(?:い)?ましたが)"
    "[^。]{0,22}?(?:やめ(?!ずに|られな)|辞め|(?:行け|通え|いけ|行か|通わ)な(?:く|い)|行けません|通えません|続かな|続きません|途中で|だめ(?:でした|だった))"
)
