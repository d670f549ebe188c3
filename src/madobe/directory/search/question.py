"""What somebody looks for, as plain values."""

from dataclasses import dataclass, field
from datetime import datetime

LONGEST_TEXT = 400  # characters that are read of what somebody wrote; a form may hold more

# What can be asked for beside words and area; each is one yes-or-no fact of a service.
NEEDS = (
    "anonymous",  # 匿名で
    "family_only",  # 家族だけで
    "no_reservation",  # 予約なしで
    "text",  # 文字で
    "camera_off",  # カメラを切って
    "visit",  # 家に来てもらえる
    "free",  # 無料
    "evening",  # 平日の18時よりあとに開いている日がある
    "weekend",  # 土日に開いている日がある
    "voice_free",  # 声を使わずに
    "at_home",  # 家でできる
    "open_now",  # いま開いている
)


@dataclass(frozen=True)
class Near:
    """A circle on the map: degrees (WGS 84) and kilometres."""

    latitude: float
    longitude: float
    within_km: float = 10.0


@dataclass(frozen=True)
class SearchQuestion:
    """One search. Empty values ask nothing; an unknown fact of a service never answers a need.

    `municipality`: six digits; `prefecture`: two digits; `kinds`, `methods`: any of them is enough;
    `needs`: all of them (`NEEDS`); `age` in years, `months` withdrawn, -1 when not said.
    """

    text: str = ""
    municipality: str = ""
    prefecture: str = ""
    near: Near | None = None
    kinds: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()  # choices.Function, all of them
    who: str = ""  # choices.Audience
    stage: str = ""  # "1", "2", "3"
    age: int = -1
    months: int = -1
    needs: frozenset[str] = field(default_factory=frozenset)
    open_at: datetime | None = None  # another minute than now
    first: int = 0
    size: int = 20
