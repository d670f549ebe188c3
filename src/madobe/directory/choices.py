"""Named values of the directory. Codes go into tables and open data; words for people are in templates."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NATION = "JP"  # the extent of a service for everyone in Japan


class Kind(TextChoices):
    """Service types: those of the guide (domain §5), then those known from a public register alone."""

    HIKIKOMORI_CENTER = "hikikomori_center", _("ひきこもり地域支援センター")
    MUNICIPAL_WINDOW = "municipal_window", _("市区町村のひきこもり相談窓口")
    PREF_PHONE_MAIL = "pref_phone_mail", _("都道府県の電話・メール相談")
    PREF_VISIT = "pref_visit", _("都道府県の訪問相談")
    TEXT_CONSULTATION = "text_consultation", _("SNS・チャット・オンライン相談")
    MENTAL_HEALTH_PUBLIC = "mental_health_public", _("保健所・精神保健福祉センター")
    MEDICAL_CLINIC = "medical_clinic", _("精神科・心療内科・ひきこもり外来")
    COUNSELING = "counseling", _("カウンセリング")
    FAMILY_ASSOCIATION = "family_association", _("家族会")
    FAMILY_CLASS = "family_class", _("家族教室・親の会")
    LIVELIHOOD_SUPPORT = "livelihood_support", _("自立相談支援（くらし・しごとの相談）")
    COMMUNITY_COMPREHENSIVE = "community_comprehensive", _("地域包括支援センター")
    DEVELOPMENTAL_SUPPORT = "developmental_support", _("発達障害者支援センターなど")
    SCHOOL_SUPPORT = "school_support", _("学校・教育相談")
    CRISIS_LINE = "crisis_line", _("いますぐの安全のための連絡先")
    CONSUMER_CENTER = "consumer_center", _("消費生活センター")
    IBASHO = "ibasho", _("居場所・フリースペース")
    ONLINE_PEER_GROUP = "online_peer_group", _("オンライン居場所・ピアグループ")
    PEER_GROUP = "peer_group", _("当事者会・ピアサポート")
    GROUP_ACTIVITY = "group_activity", _("趣味活動・グループワーク")
    OUTREACH_VISIT = "outreach_visit", _("訪問支援")
    DAY_CARE = "day_care", _("精神科デイケア")
    LIFE_TRAINING = "life_training", _("自立訓練（生活訓練）")
    DAILY_RHYTHM = "daily_rhythm", _("生活リズムを整える支援")
    VOLUNTEER = "volunteer", _("ボランティア・地域活動")
    SAPOSUTE = "saposute", _("地域若者サポートステーション")
    HELLO_WORK = "hello_work", _("ハローワーク")
    VOCATIONAL_TRAINING = "vocational_training", _("職業訓練")
    EMPLOYMENT_TRANSITION = "employment_transition", _("就労移行支援")
    WORK_EXPERIENCE = "work_experience", _("就労体験・職場体験")
    HOME_WORK = "home_work", _("在宅ワーク")
    CORRESPONDENCE_SCHOOL = "correspondence_school", _("通信制高校")
    FREE_SCHOOL = "free_school", _("フリースクール")
    STUDY_SUPPORT = "study_support", _("学び直し・学習支援")
    SEMINAR = "seminar", _("講演会・セミナー")
    PEER_TRAINING = "peer_training", _("ピアサポーター養成")
    INFO_MATERIAL = "info_material", _("パンフレット・資料")
    SUPPORT_CONFERENCE = "support_conference", _("ケース会議・支援会議")
    PHYSICAL_TRAINING = "physical_training", _("自立訓練（機能訓練）")
    CONTRACT_WORK = "contract_work", _("就労継続支援A型")
    OWN_PACE_WORK = "own_pace_work", _("就労継続支援B型")
    COMMUNITY_MOVE = "community_move", _("地域移行支援")
    COMMUNITY_SETTLING = "community_settling", _("地域定着支援")
    LIVING_ALONE_VISIT = "living_alone_visit", _("自立生活援助")
    JOB_RETENTION = "job_retention", _("就労定着支援")


# Found by who looks for them, with the 使い時 of their kind; the guide sends nobody there (docs/adr/0008-wam.md).
REGISTER_KINDS = (
    Kind.PHYSICAL_TRAINING,
    Kind.CONTRACT_WORK,
    Kind.OWN_PACE_WORK,
    Kind.COMMUNITY_MOVE,
    Kind.COMMUNITY_SETTLING,
    Kind.LIVING_ALONE_VISIT,
    Kind.JOB_RETENTION,
)
GUIDED_KINDS = tuple(kind for kind in Kind.values if kind not in REGISTER_KINDS)


class Status(TextChoices):
    """Life of a service's entry. Only `published` and `stale` are shown."""

    DRAFT = "draft", _("下書き")
    CHECKED = "checked", _("確認ずみ")
    PUBLISHED = "published", _("公開中")
    STALE = "stale", _("確認の時期")
    SUSPENDED = "suspended", _("お休み")
    ARCHIVED = "archived", _("保管")


SHOWN = (Status.PUBLISHED, Status.STALE)


class Standing(TextChoices):
    """Whose word we have for an operator. Nobody reads an entry of one who is unvetted (domain §5, rule of listing)."""

    UNVETTED = "unvetted", "確認まち"
    REGISTER = "register", "公的名簿より"  # in a public register, imported and marked so
    VETTED = "vetted", "確認ずみ"  # one verifier for a public body, two people for anybody else


TRUSTED = (Standing.REGISTER, Standing.VETTED)


class Availability(TextChoices):
    """Whether there is room at the moment (S0-20)."""

    UNKNOWN = "", _("確かめていません")
    OPEN = "open", _("空きがあります")
    WAITING = "waiting", _("順番を待って使えます")
    FULL = "full", _("いまは満席です")


class Sector(TextChoices):
    PUBLIC = "public", _("公的")
    PRIVATE = "private", _("民間")
    NPO = "npo", _("NPO・任意団体")
    MEDICAL = "medical", _("医療")
    WELFARE = "welfare", _("福祉")


class Registration(TextChoices):
    """Standing in Tokyo's youth participation programme (S4-20)."""

    NONE = "", pgettext_lazy("registration", "なし")
    REGISTERED = "registered", _("登録団体")
    RESEARCH = "research", _("研究団体")


class Method(TextChoices):
    IN_PERSON = "in_person", _("来所")
    PHONE = "phone", _("電話")
    MAIL = "mail", _("メール")
    FORM = "form", _("フォーム")
    CHAT = "chat", _("チャット")
    SNS = "sns", _("SNS")
    ONLINE = "online", _("オンライン")
    HOME_VISIT = "home_visit", _("訪問")
    FAX = "fax", _("ファクス")
    LETTER = "letter", _("手紙")


class Audience(TextChoices):
    SELF = "self", _("本人")
    FAMILY = "family", _("家族")
    FRIEND = "friend", _("友人・知人")
    WORKER = "worker", _("関係機関")
    EXPERIENCED = "experienced", _("経験者")


class Function(TextChoices):
    """What a service does: as a centre (S2-03, S0-29, S3-14), to suit a person (S0-28), about work (S3-27)."""

    COUNSELLING = "counselling", _("相談")
    BRIDGE = "bridge", _("専門機関への橋わたし")
    FAMILY_SUPPORT = "family_support", _("家族への支援")
    INFORMATION = "information", _("情報と理解を広げること")
    IBASHO = "ibasho", _("居場所")
    VISIT = "visit", _("訪問")
    PEER = "peer", _("ピアサポート")
    GROUPS = "groups", _("グループ活動")
    EMPLOYMENT = "employment", _("働く準備の支え")
    FAMILY_SEMINAR = "family_seminar", _("家族セミナー")
    WORKSHOP = "workshop", _("作業・ワークショップ")
    RHYTHM = "rhythm", _("生活リズムを整える支え")
    DEVELOPMENTAL = "developmental", _("発達の特性に合わせた支え")
    PSYCHIATRIC = "psychiatric", _("精神科の専門の支え")
    NARRATIVE = "narrative", _("自分の物語を大切にする対話（ナラティブ）")
    TRAUMA_INFORMED = "trauma_informed", _("つらい体験に配慮した支え（トラウマインフォームドケア）")
    GROUP_THERAPY = "group_therapy", _("グループ療法")
    CAREER_TALK = "career_talk", _("仕事についての相談")
    APTITUDE_CHECK = "aptitude_check", _("向いていることを見る検査")
    CV_HELP = "cv_help", _("履歴書の手伝い")
    INTERVIEW_PRACTICE = "interview_practice", _("面接の練習")
    INTERNSHIP = "internship", _("職場での実習")
    JOB_FOLLOW_UP = "job_follow_up", _("働きはじめたあとの相談")


FITTING_FUNCTIONS = (
    Function.DEVELOPMENTAL,
    Function.PSYCHIATRIC,
    Function.NARRATIVE,
    Function.TRAUMA_INFORMED,
    Function.GROUP_THERAPY,
)
WORK_FUNCTIONS = (
    Function.CAREER_TALK,
    Function.APTITUDE_CHECK,
    Function.CV_HELP,
    Function.INTERVIEW_PRACTICE,
    Function.INTERNSHIP,
    Function.JOB_FOLLOW_UP,
)
CENTRE_FUNCTIONS = tuple(one for one in Function if one not in FITTING_FUNCTIONS + WORK_FUNCTIONS)


class Reservation(TextChoices):
    UNKNOWN = "", _("確かめていません")
    NONE = "none", _("予約不要")
    RECOMMENDED = "recommended", _("予約するとスムーズ")
    REQUIRED = "required", _("要予約")


class Fee(TextChoices):
    UNKNOWN = "", _("確かめていません")
    FREE = "free", _("無料")
    PARTLY = "partly", _("一部有料")
    PAID = "paid", _("有料")
    SUBSIDISED = "subsidised", _("補助あり")


class DoorKind(TextChoices):
    """A way in that needs no voice."""

    FORM = "form", _("フォーム")
    MAIL = "mail", _("メール")
    CHAT = "chat", _("チャット")
    SNS = "sns", _("SNS")
    FAX = "fax", _("ファクス")
    COUNTER_MEMO = "counter_memo", _("窓口でメモを見せる")


class PhoneKind(TextChoices):
    VOICE = "voice", _("電話")
    FAX = "fax", _("ファクス")


class ScheduleKind(TextChoices):
    OPENING_HOURS = "opening_hours", _("受付時間")
    EVENT_SERIES = "event_series", _("くり返しの集まり")


class Freq(TextChoices):
    ONCE = "", _("一度")
    WEEKLY = "WEEKLY", _("毎週")
    MONTHLY = "MONTHLY", _("毎月")


class ExceptionKind(TextChoices):
    CANCELLED = "cancelled", _("お休み")
    MOVED = "moved", _("別の日に")
    SPECIAL = "special", _("この日だけの時間")


class ConditionKind(TextChoices):
    """Structured conditions of a service (domain §3.4)."""

    AGE_MIN = "age_min", _("年齢の下限")
    AGE_MAX = "age_max", _("年齢の上限")
    AFTER_COMPULSORY = "after_compulsory_education", _("義務教育の後")
    RESIDENCE_IN = "residence_in", _("住んでいるところ")
    MONTHS_MIN = "months_withdrawn_min", _("続いている月数の下限")
    REQUIRES_ANY = "requires_any", _("どれかが必要")
    RELATION_IN = "relation_in", _("相談できる人")
    GENDER_IDENTITY = "gender_identity", _("性別")
    TO_CONFIRM = "free_text_to_confirm", _("窓口で確かめること")


class ReviewKind(TextChoices):
    DIFFERENCE = "difference", _("人が直したあとに、元のデータも変わった")
    DOUBT = "doubt", _("読みとりに自信がない")
    REMOVED = "removed", _("元のデータから消えた")
    DUPLICATE = "duplicate", _("同じもののように見える")


class Decision(TextChoices):
    """How a review item was settled."""

    OURS = "ours", _("こちらの値のまま")
    THEIRS = "theirs", _("元のデータに合わせる")
    SEEN = "seen", _("見ました（そのまま）")


class Rhythm(IntegerChoices):
    """How often an entry is looked at again, in months."""

    MONTH = 1, _("毎月")
    QUARTER = 3, _("3か月ごと")
    HALF_YEAR = 6, _("半年ごと")
    YEAR = 12, _("1年ごと")


class AlertKind(TextChoices):
    """What a short-term notice says."""

    FULL = "full", _("満席")
    RESTING = "resting", _("お休み")
    MOVED = "moved", _("場所の変更")
    HOURS = "hours", _("時間の変更")
    OTHER = "other", _("お知らせ")


class SuggestionKind(TextChoices):
    """What a visitor found not to be right."""

    PHONE = "phone", _("電話やメールがちがう")
    HOURS = "hours", _("あいている時間がちがう")
    PLACE = "place", _("場所がちがう")
    CLOSED = "closed", _("もうやっていないようだ")
    CONDITIONS = "conditions", _("使える人や条件がちがう")
    NAME = "name", _("名前がちがう")
    OTHER = "other", _("そのほか")


class SuggestionState(TextChoices):
    OPEN = "open", _("これから見る")
    APPLIED = "applied", _("直しました")
    SET_ASIDE = "set_aside", _("そのままにしました")


class LinkKind(TextChoices):
    FLYER = "flyer", _("ちらし")
    FILE = "file", _("関連ファイル")
    LIST = "list", _("一覧")
    PAGE = "page", _("関連ページ")


class VettingState(TextChoices):
    """What became of a round of vetting."""

    OPEN = "open", _("確認のとちゅう")
    PASSED = "passed", _("確認ずみ")
    DECLINED = "declined", _("今回は見送り")
    REFUSED = "refused", _("のせない")
    VOID = "void", _("内容が変わったため、もう一度")
    LAPSED = "lapsed", _("決めた日がすぎました")
    REPLACED = "replaced", _("新しい確認に引きつぎました")
