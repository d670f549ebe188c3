"""Violence in every direction: who does it, to whom."""

import re

from madobe.guide.rules.reading import people
from madobe.guide.rules.reading.hits import FINE_NOW, Hit
from madobe.guide.rules.reading.scene import VIOLENCE, Scene

SUFFERED = re.compile(
    "(?:ら|か|さ|ま|わ|た)れ(?!ば|ない(?:よう|か)|ん)|受け(?:た|て|る|ま|続)|うけ(?:た|て|る|ま)|浴び|れとる|れよる|からの"
)
# The writer is afraid at home: こわくて台所にいます
FRIGHTENED = re.compile(
    "(?:怖|こわ)くて[^。]{0,8}?(?:台所|逃げ|隠れ|車|外に|家に(?:帰|い)|帰れ|眠れ|寝られ|鍵|別の部屋|部屋から)|"
    "(?:私|わたし|あたし|子ども|こっち|家族)[^。]{0,8}?(?:が|は|も)[^。]{0,4}?(?:怖|こわ)(?:い|く)"
)
# 殴ってしまった: one's own deed
OWN_DEED = re.compile("[^。]{0,3}?(?:て|で)?(?:しま|ちゃ|もう)")
# 投げてくる, 殴ってきよる: done toward the one who writes
TOWARD_ME = re.compile("[^。]{0,4}?て(?:き(?:よ|ます|た(?!い)|て)|くる|来(?:る|ます|た))")
THINGS = re.compile(
    "(?:壁|ドア|ふすま|戸|物|もの|皿|椅子|窓|ガラス|床|机|障子|茶碗|リモコン|コップ)(?:を|に|が|や)"
)


def read_violence(
    text: str, hits: list[Hit], found: list[people.Mention], scene: Scene
) -> list[tuple[str, str, int, int]]:
    """(code, about, start, end) for each act of violence that stands.

    `violence`: by the person; `violence_to_me`: toward the writer, or toward the person by others;
    `violence_to_elder`: toward somebody old in the house. `about` names the one who does it for
    `violence`, the one who suffers it for `violence_to_me`.
    """
    verdicts: list[tuple[str, str, int, int]] = []
    for hit in hits:
        if hit.row.code not in VIOLENCE or hit.negated or hit.supposed:
            continue
        span = (hit.start, hit.end)
        if hit.past and scene.who in ("self", ""):  # what was done long ago stays as a wound
            verdicts.append(("past_trauma", "writer", *span))
            continue
        if hit.past and FINE_NOW.search(text):
            continue
        around = [m for m in found if hit.segment[0] <= m.start < hit.end]
        for code, about in _act(text, hit, around, scene):
            verdicts.append((code, about, *span))
    return verdicts


def _act(text: str, hit: Hit, around: list[people.Mention], scene: Scene) -> list[tuple[str, str]]:
    doer, sufferer = _parties(text, hit, around)
    suffered = bool(
        SUFFERED.search(text, max(hit.start - 3, hit.segment[0]), min(hit.end + 6, hit.segment[1]))
    )
    elder = hit.row.code == "violence_to_elder"
    if re.search("合い", text[hit.start : hit.end]):  # 取っ組み合い: both sides
        return [("violence", "writer" if scene.who == "self" else "person")]
    if suffered and not elder and hit.subject and hit.subject.group == "grandparent":
        return [("violence_to_elder", "writer"), ("violence", "person")]
    if suffered and not elder:
        return _suffered(doer, sufferer, scene)
    subject = hit.subject.group if hit.subject else ""
    if not subject and sufferer and not OWN_DEED.match(text, hit.end):
        # 父が酔うと母に手を上げる: one does it, another suffers it
        agents = [m for m in around if m.particle in ("が", "は") and m.end <= hit.start]
        subject = next((m.group for m in reversed(agents) if m.group != sufferer), subject)
        fathers = [m for m in agents if m.group == sufferer == "parent"]
        subject = subject or (fathers[0].group if fathers else "")
    by = scene.role(subject) if subject else ""
    if elder:
        acts = [("violence_to_elder", "writer")]
        if by in ("person", "") or (by == "writer" and scene.who == "self"):
            acts.append(("violence", "person" if scene.who != "self" else "writer"))
        return acts
    if TOWARD_ME.match(text, hit.end - 2) and not sufferer:
        sufferer = "first"
    return _done(text, by, sufferer, scene)


def _parties(text: str, hit: Hit, around: list[people.Mention]) -> tuple[str, str]:
    """Groups of the one marked に/から and of the one marked を/に/が before the act."""
    doer = sufferer = ""
    for mention in around:
        if mention.particle in ("に", "から", "には"):
            doer = mention.group
            sufferer = sufferer or ""
        if mention.particle in ("を", "に", "へ", "にも", "の"):
            sufferer = mention.group
    if hit.subject:
        sufferer = sufferer if sufferer else ""
    return doer, sufferer


def _suffered(doer: str, marked: str, scene: Scene) -> list[tuple[str, str]]:
    by = scene.role(doer) if doer else ""
    if scene.who in ("self", ""):
        return [] if doer == "third" else [("violence_to_me", "writer")]
    if by in ("person", ""):
        acts = [("violence", "person")]
        if by == "person":
            acts.append(("violence_to_me", "writer"))
        return acts
    return [("violence_to_me", "writer")]


def _done(text: str, by: str, sufferer: str, scene: Scene) -> list[tuple[str, str]]:
    if scene.who in ("self", ""):
        if by in ("", "writer"):
            return [("violence", "writer" if scene.who == "self" or by else "person")]
        return [("violence_to_me", "writer")]
    if by in ("person", ""):
        acts = [("violence", "person")]
        if sufferer == "first" or (scene.who == "family" and FRIGHTENED.search(text)):
            acts.append(("violence_to_me", "writer"))
        return acts
    return [("violence_to_me", "person")]
