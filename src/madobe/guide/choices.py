"""Named values of the guide's screens: the order of the questions, the chips shown, the ranges offered."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The questions of domain.md §4.1, one a screen; never more than six. "papers" appears only when an answer hangs on it.
WHO, SIGNS, WANTS, WAYS, PLACE, PAPERS = "who", "signs", "wants", "ways", "place", "papers"
STEPS = (WHO, SIGNS, WANTS, WAYS, PLACE, PAPERS)
WORDS = "words"  # the one-sentence box of the front page, shown again only when it needs mending
RESULT = "result"

# Chips of each screen: codes of the tables, in the order shown. The rest can be said in words.
# The first ones are shown at once; the others stand folded under a heading, for who wishes to say more.
SIGN_CHIPS = (
    "exhausted", "room_withdrawn", "no_talk", "low_mood", "sleep_trouble", "fear_people", "lonely", "stuck",
    "talks_to_family", "goes_convenience", "recent_onset",
)  # fmt: skip
FAMILY_FIRST_CHIPS = ("family_exhausted", "not_told")
BODY_SIGN_CHIPS = (
    "day_night_reversal", "irritability", "lost_interest", "physical_complaint", "not_eating", "hallucination_like",
    "self_harm_talk",
)  # fmt: skip
LIFE_SIGN_CHIPS = (
    "goes_walk", "chores_role", "online_friends", "attends_ibasho", "routine_ok", "part_time_experience",
    "job_left_repeatedly", "school_nonattendance", "developmental_trait", "setback", "bad_match",
)  # fmt: skip
SELF_HOME_CHIPS = (
    "pressured",
    "violence_to_me",
    "financial_trouble",
    "future_worry",
    "parent_elderly",
    "past_trauma",
)
FAMILY_HOME_CHIPS = (
    "pressured", "family_guilt", "financial_trouble", "future_worry", "parent_elderly", "violence", "violence_to_me",
    "violence_to_elder", "contract_offer",
)  # fmt: skip

SELF_WANT_CHIPS = (
    "just_listen", "talk", "info", "understand_state", "medical_judgement", "counseling", "place_to_be", "peers",
    "hobby", "rhythm", "visit_at_home", "volunteer", "life_skills", "work_confidence", "job_find", "qualification",
    "work_with_understanding", "small_income_home", "study", "high_school_diploma", "peer_supporter",
    "financial_help", "diagnosis_doc", "change_counsellor", "leaflet",
)  # fmt: skip
FAMILY_WANT_CHIPS = (
    "just_listen", "talk", "info", "understand_state", "family_relief", "family_skills", "medical_judgement",
    "visit_at_home", "job_for_person", "financial_help", "force_out", "diagnosis_doc", "change_counsellor", "leaflet",
)  # fmt: skip
FRIEND_WANT_CHIPS = (
    "talk",
    "info",
    "understand_state",
    "visit_at_home",
    "learn_publicly",
    "leaflet",
)
WORKER_WANT_CHIPS = (
    "conference",
    "info",
    "talk",
    "visit_at_home",
    "financial_help",
    "learn_publicly",
    "leaflet",
)
PERSON_WANT_CHIPS = (
    "just_listen", "place_to_be", "peers", "hobby", "rhythm", "visit_at_home", "volunteer", "life_skills",
    "work_confidence", "job_find", "qualification", "work_with_understanding", "small_income_home", "study",
    "high_school_diploma",
)  # fmt: skip
WAY_CHIPS = (
    "no_phone", "anonymous_only", "no_face", "no_video", "no_face_to_face_group", "no_visit", "cannot_go_out",
    "far_from_city", "weekend_only", "cost_free", "no_medical", "women_only",
)  # fmt: skip
PAPER_CHIPS = ("diagnosis", "techo", "has_doctor")

# A range stands for one age inside it; no range crosses a limit of a programme (15, 49, 65), so nothing is lost.
AGE_BANDS = (
    ("", _("こたえない・わからない")),
    ("13", _("14歳まで")),
    ("16", _("15〜17歳")),
    ("26", _("18〜34歳")),
    ("42", _("35〜49歳")),
    ("57", _("50〜64歳")),
    ("70", _("65歳から")),
)
MONTH_BANDS = (
    ("", _("こたえない・わからない")),
    ("3", _("半年より短い")),
    ("12", _("半年から2年")),
    ("60", _("2年から10年")),
    ("180", _("それより長い")),
)
STAGES = ("1", "2", "3")


@dataclass(frozen=True)
class Example:
    """A small thing one may come with (S4-12): what the button says, and what it stands for."""

    name: str
    label: str | Promise
    text: str  # read like any written sentence, so that the page can show what was understood


EXAMPLES = (
    Example("at_home", _("仕事をしていなくて、家にいる"), "仕事をしていなくて、ずっと家にいます"),
    Example("shop_only", _("買い物のほかは、出かけない"), "コンビニに行くほかは、外に出ません"),
    Example("long", _("もう長いあいだ、家の中にいる"), "もう何年も、家から出ていません"),
    Example("people", _("人といると、つらくなる"), "人といるのがこわくて、つらいです"),
    Example(
        "work_where",
        _("働きたい気持ちはある。どこに行けばよいか分からない"),
        "働きたいけど、どこに相談すればいいか分かりません",
    ),
)
