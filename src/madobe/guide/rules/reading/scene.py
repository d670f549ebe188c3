"""Who writes about whom: the scene against which every reading is weighed."""

import re
from dataclasses import dataclass

from madobe.guide.rules.reading import people
from madobe.guide.rules.reading.hits import Hit

VIOLENCE = frozenset({"violence", "violence_to_elder"})
# What an onlooker would not say of somebody else without naming them.
SELF_TELLING = frozenset(
    {"fear_people", "cannot_go_out", "lonely", "job_left_repeatedly", "part_time_experience",
     "past_trauma", "setback", "sleep_trouble", "online_friends", "day_night_reversal", "has_doctor"}
)  # fmt: skip
# Wishes and limits that a relative writes in just the same words.
ANYBODYS = frozenset(
    {"visit_at_home", "no_medical", "cost_free", "study", "high_school_diploma", "weekend_only",
     "women_only", "far_from_city", "anonymous_only"}
)  # fmt: skip
# Told of the house and not of one person, yet nobody but the writer can own them.
OWN_TROUBLE = frozenset(
    {"financial_trouble", "pressured", "contract_offer", "past_trauma", "bad_match"}
)
# What people who look on ask for, and what anybody may ask: neither shows a life of one's own.
OUTSIDERS = frozenset({"learn_publicly", "conference"})
UNTELLING = frozenset(
    {
        "visit_at_home",
        "family_skills",
        "parent_elderly",
        "info",
        "medical_judgement",
        "understand_state",
    }
)
OWN_AGE = re.compile(
    f"(?:^|(?<=。))(?:(?:{people.FIRST})(?:は|、)?)?"
    "(?:もう|今|今年(?:で)?)?(?P<n>[0-9]{2}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?:歳|才|さい)?(?:です|。|、|だ。|になりました)"
)
STAYS_HOME = re.compile(
    "(?:ずっと|毎日|一日中|もう長く)(?:家|いえ|うち)に(?:い|お)(?:ま|る|り)|仕事をして(?:い)?な|働いて(?:い)?(?:ませ|な)"
)
# 話しかけても, 連れて行きたい: somebody else is there without being named
NAMELESS_OTHER = re.compile(
    "何を言っても|返事をし(?:ない|ませ|て(?:くれ|こ))|目が離せ|気がない(?:みたい|よう)|(?:暴れる|怒る|泣く|叫ぶ|怒鳴る)(?:ので|から)[^。]{0,4}(?:困|こわ|怖|どう)|なるのに|話しかけ(?:て|る)|声をかけ(?:て|る)|させたい|させて(?:い|あげ|やり)|連れて行きたい|ご飯を(?:運|置)|食事を(?:運|置)"
)
STRUCK_BY_PARENT = re.compile(f"(?:{people.PARENT})(?:に|から)[^。、]{{0,10}}$")
# 親に「大学に行きたい」と言ったら: a child of the house speaks
SAID_TO_PARENT = re.compile(
    f"(?:{people.PARENT})に(?:は)?[^。」]{{0,24}}」?(?:と|って)(?:言った|言っ(?:て|たら)|話し|相談し)"
)
# 私がうるさう言うたから: the writer presses somebody
WRITER_PRESSED = re.compile(
    f"(?:{people.FIRST})が[^。、]{{0,10}}?(?:言う?っ?た|ゆうた|いうた|せかし|急かし|すすめ|勧め|責め|怒っ|怒鳴っ|せっつ)[^。、]{{0,3}}?(?:から|ので|せい|んで|もん)"
)
THEY_SAY = re.compile(
    "(?:と|って|[るくういたすむ])(?:言うて|ゆうて|言って|いうて|言よう?って)(?:(?:い|お)?ます|はり|はる|(?:い|お)?る(?:けど|が|の|ん)|おり)"
)
RELATIVES_WISHES = frozenset({"job_for_person", "force_out"})
PRESSED = re.compile("て(?:く|来)(?:る|ます|んね)|られ|され|われ|無理やり|男の人|業者")
GIVEN_BY_THEM = re.compile(
    "て(?:くれ|もらえ)(?:る|ます|ました|た)(?!か|と(?:助か|うれ|嬉|あり)|ところ|とこ|人|所|場|会社|職場|バイト|仕事|方|先生|相談|病院|施設|寮|業者|窓口|団体|友|仲間|なら)"
)
# Signs that describe a withdrawn life: whoever stands under them is the person.
OF_A_LIFE = frozenset(
    {"room_withdrawn", "no_talk", "fear_people", "cannot_go_out", "school_nonattendance",
     "lost_interest", "day_night_reversal", "goes_convenience", "sleep_trouble", "low_mood",
     "part_time_experience", "job_left_repeatedly", "crisis", "self_harm_talk", "not_eating", "setback", "attends_ibasho", "past_trauma",
     "work_confidence", "job_find", "hallucination_like", "diagnosis", "has_doctor", "violence",
     "irritability", "recent_onset", "goes_walk", "physical_complaint"}
)  # fmt: skip
LIFE_WORDS = re.compile(
    "引きこも|ひきこも|引き籠|ひっこも|閉じこも|こもって|こもり|籠も|籠っ|不登校|家から出|外に出|外へ出|出てこ|出てき|働いて(?:い)?(?:な|ま)|無職|仕事を辞め|仕事をやめ|ニート|家にい|家におる|部屋にい|部屋におる|部屋から"
)
PAST_LIFE = re.compile("(?:り)?(?:だった|でした)|って(?:い)?(?:た|ました)(?!きり|まま)")
DESCRIBES = re.compile(
    "(?:り|って(?:い|お)?る|って(?:い|お)?た|ない|りがちな|りの状態)?(?:の|な|状態の|中の|気味の|がちな|ている|[0-9一二三四五六七八九十]+歳の|[0-9一二三四五六七八九十]+代の|うちの){0,2}"
)  # ひきこもりの兄
OUTSIDE_VIEW = re.compile(
    "[よもこそとのぼろ]うとし(?:ない|ませ|なく|まへん)|(?:出て|降りて|下りて|顔を)(?:こ|き|く|来|見せ)|くれ(?:な|ま|へ)|(?:こもっ|籠っ|引きこもっ|ひきこもっ)たきり"
)


@dataclass(frozen=True)
class Scene:
    """Who writes and which group of people the withdrawn person belongs to."""

    who: str
    focus: str
    who_start: int = 0
    who_end: int = 0

    def role(self, group: str) -> str:
        """writer | person | other for a group of people.GROUPS."""
        if group == "first":
            return "writer"
        if group in ("person", "client") or (group and group == self.focus):
            return "person" if self.who != "self" else "other"
        return "other"


def scene_of(text: str, who: str, hits: list[Hit], found: list[people.Mention]) -> Scene:
    """Who writes about whom: as given, else as far as the words show it."""
    subjects: list[people.Mention | None] = [
        hit.subject
        for hit in hits
        if hit.row.code in OF_A_LIFE
        and not hit.row.needs_who
        and not _is_attack(hit)
        and not (hit.row.safety and hit.subject and hit.subject.group in ("first", "parent"))
    ]
    for match in LIFE_WORDS.finditer(text):
        start = max(text.rfind("。", 0, match.start()), text.rfind("？", 0, match.start())) + 1
        described = [
            m
            for m in found
            if m.start >= match.end() and DESCRIBES.fullmatch(text, match.end(), m.start)
        ]
        if not described and PAST_LIFE.match(text, match.end()):
            continue
        near = [m for m in found if start <= m.start]
        subjects.append(
            described[0] if described else people.subject_at(near, start, match.start(), text)
        )
    if who:
        return Scene(who, people.focus_group(who, found, subjects))
    if (pressed := WRITER_PRESSED.search(text)) and THEY_SAY.search(text):
        return Scene("family", people.focus_group("family", found, subjects), *pressed.span())
    outside = OUTSIDE_VIEW.search(text) or GIVEN_BY_THEM.search(text)
    own = [] if outside or any(h.evident for h in hits) else [h for h in hits if _is_own(h, text)]
    has_state = (
        any(
            not hit.negated
            and hit.row.kind == "sign"
            and hit.row.whose in ("person", "feeler")
            and (hit.subject is None or hit.subject.group == "first")
            for hit in hits
        )
        and not outside
    )
    watched = any(
        (hit.subject is None or hit.subject.group in ("sibling", "spouse", "grand"))
        and not hit.negated
        and (
            hit.evident
            or (hit.reported and hit.subject is not None)
            or OUTSIDE_VIEW.search(text, hit.start, hit.end + 6)
        )
        for hit in hits
    )
    if watched and not any(
        m.group in ("child", "grand") for m in found
    ):  # もう一週間食べていなかったようです: seen from outside, of whoever was named
        subjects += [m for m in found if m.topic and m.group in ("sibling", "spouse", "friend")][:1]
    inferred, start, end = people.infer_who(text, found, subjects, bool(own), has_state)
    if inferred in ("", "self") and start == end:
        for hit in hits:  # 早く働いてほしい: a relative's wish, whoever else is left unnamed
            if hit.row.code in RELATIVES_WISHES and not (
                hit.negated or hit.reported or (hit.subject and hit.subject.group == "parent")
            ):
                return Scene(
                    "family", people.focus_group("family", found, subjects), hit.start, hit.end
                )
    if not inferred and not outside and (spoken := _speaks_of_itself(text, hits, found)):
        return Scene("self", "first", *spoken)
    if inferred == "self" and start == end and own:
        start, end = own[0].start, own[0].end
    return Scene(inferred, people.focus_group(inferred, found, subjects), start, end)


def _tells_a_life(hit: Hit) -> bool:
    """A state, a wish or a limit that whoever writes without naming anybody has themselves."""
    return (
        not (hit.negated or hit.row.needs_who)
        and (not (hit.reported or hit.evident) or hit.row.code in OWN_TROUBLE)
        and hit.row.code not in UNTELLING
        and (not hit.row.whoever or hit.row.code in OWN_TROUBLE)
    )


def _speaks_of_itself(
    text: str, hits: list[Hit], found: list[people.Mention]
) -> tuple[int, int] | None:
    """The words in which a writer who names nobody else tells of themselves, None when there are none."""
    others = {m.group for m in found} - {"first", "third", "parent"}
    voices = any(hit.row.code == "hallucination_like" for hit in hits)
    if any(hit.row.code in OUTSIDERS for hit in hits):
        return None
    if not others and (said := SAID_TO_PARENT.search(text)):
        return said.span()
    told = [hit for hit in hits if not (hit.row.whoever or (hit.row.safety and voices))]
    offered = {"contract_offer"} if not any(m.group == "first" for m in found) else set()
    if others or any(hit.reported or hit.evident for hit in told) or NAMELESS_OTHER.search(text):
        return None
    if any(m.group == "parent" and m.topic for m in found):
        return None
    spoken = next((hit for hit in hits if _tells_a_life(hit) and hit.row.code not in offered), None)
    if spoken:
        return spoken.start, spoken.end
    age = OWN_AGE.search(text) or STAYS_HOME.search(text)
    return age.span() if age else None


def _is_attack(hit: Hit) -> bool:
    """A parent or spouse who strikes is not the one who has withdrawn."""
    return hit.row.code in VIOLENCE and bool(
        hit.subject and hit.subject.group in ("parent", "spouse", "grandparent")
    )


def _is_own(hit: Hit, text: str) -> bool:
    if _is_attack(hit) and not hit.negated:
        return True
    if hit.row.code == "violence" and not (hit.negated or hit.subject):
        struck = STRUCK_BY_PARENT.search(text[hit.segment[0] : hit.start])
        if struck and re.search("れ", text[hit.start : hit.end + 3]):
            return True  # 父に首をつかまれた
    if (
        hit.row.code == "pressured"
        and not hit.negated
        and PRESSED.search(text, hit.start, hit.end + 3)
    ):
        return hit.subject is None or hit.subject.group in ("first", "parent", "third")
    if hit.negated or hit.reported or hit.evident or hit.row.needs_who:
        return False
    if hit.subject is not None and hit.subject.group != "first":
        return False
    if hit.row.kind == "constraint" or hit.row.wish == "person":
        is_plain_wish = hit.row.wish == "person" and bool(
            re.search("たい$|たく$|たけ|ほし$|欲し$|ほしい$", text[hit.start : hit.end])
        )
        return is_plain_wish or hit.row.code not in ANYBODYS
    if re.match("[^。]{0,4}(?:の)?(?:でしょうか|だろうか|かもしれ)", text[hit.end :]):
        return False
    return hit.row.code in SELF_TELLING and not OUTSIDE_VIEW.search(text, hit.start, hit.end + 6)
