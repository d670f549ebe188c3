"""Five hundred searches, the same for the same seed: 40 % in a town, 20 % in a prefecture, 15 % in a circle, 25 % anywhere;
four of five with words, more than half of those with a word of one or two characters.
"""

import random
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bench._search_corpus import AUDIENCES, METHODS, towns
from madobe.directory.search.question import Near, SearchQuestion

QUERIES = 500
JAPAN = ZoneInfo("Asia/Tokyo")

SHORT = (
    "夜", "親", "お金", "就労", "不安", "孤立", "家族", "医療", "介護", "訪問", "匿名", "無料", "仕事", "若者", "女性",
    "年金", "借金", "面接", "うつ", "手帳", "学習", "家計", "心", "庭", "LINE",
)  # fmt: skip
LONG = (
    "居場所", "家族会", "ひきこもり", "引きこもり", "サポステ", "発達障害", "不登校", "フリースペース", "昼夜逆転",
    "精神保健福祉", "8050問題", "地域若者サポートステーション", "アウトリーチ", "ピアサポート", "クリニック", "デイケア",
    "在宅ワーク", "通信制", "キャリアセンター", "女子会", "当事者会", "生活困窮", "カウンセリング", "ボランティア", "障害者手帳",
)  # fmt: skip
SENTENCES = (
    "働きたいけど自信がない", "親だけで相談したい", "夜に話したい", "子どもが部屋から出てこない", "家から出られないので来てほしい",
    "昼夜逆転を直したい", "人が怖い", "誰かと話したい", "お金がなくて困っている", "高校を卒業したい", "勉強をやり直したい",
    "死にたい気持ちがある", "電話は苦手なのでメールで", "発達障害かもしれない", "仲間がほしい", "女性だけの集まり",
    "80代の親と50代の息子", "家で仕事がしたい", "病院に行くべきか迷っている", "ゲームをして過ごせる場所",
    "無理やり連れ出されたくない", "年金の申請を手伝ってほしい", "一人暮らしの練習", "顔を出さずに相談したい",
)  # fmt: skip

# Minutes at which something opens or closes, on a Tuesday, a Saturday, a holiday, on New Year's Day and at midnight.
MOMENTS = tuple(
    datetime.fromisoformat(moment).replace(tzinfo=JAPAN)
    for moment in (
        "2026-11-24T08:45", "2026-11-24T17:15", "2026-11-24T12:30", "2026-11-28T13:15", "2026-11-28T23:59",
        "2026-11-23T10:15", "2026-11-23T14:45", "2026-11-29T02:30", "2027-01-01T11:00", "2026-11-24T00:00",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One search of the workload. `scope`: municipality | prefecture | circle | nation."""

    scope: str
    question: SearchQuestion


def asked(seed: int, count: int = QUERIES) -> list[Asked]:
    """This will make the searches of a seed."""
    rng = random.Random(f"queries:{seed}")
    return [_one(rng) for _ in range(count)]


def _one(rng: random.Random) -> Asked:
    rows, weights = towns()
    town = rng.choices(rows, cum_weights=weights)[0]
    scope = rng.choices(("municipality", "prefecture", "circle", "nation"), (40, 20, 15, 25))[0]
    needs = {
        need
        for need, share in (
            ("free", 0.4),
            ("anonymous", 0.2),
            ("evening", 0.1),
            ("weekend", 0.08),
            ("text", 0.08),
        )
        if rng.random() < share
    }
    near = Near(round(town.lat, 5), round(town.lng, 5), rng.choice((5.0, 10.0, 20.0, 40.0)))
    question = SearchQuestion(
        text=_text(rng),
        municipality=town.code if scope == "municipality" else "",
        prefecture=town.prefecture if scope in ("municipality", "prefecture") else "",
        near=near if scope == "circle" else None,
        methods=tuple(rng.sample(METHODS, rng.choice((1, 1, 2)))) if rng.random() < 0.4 else (),
        who=rng.choice(AUDIENCES[:2]) if rng.random() < 0.8 else "",
        stage=rng.choice("123") if rng.random() < 0.4 else "",
        age=rng.choice((14, 17, 22, 28, 35, 42, 48, 55)) if rng.random() < 0.8 else -1,
        months=rng.choice((1, 4, 8, 24, 120)) if rng.random() < 0.6 else -1,
        needs=frozenset(needs),
        open_at=rng.choice(MOMENTS) if rng.random() < 0.12 else None,
    )
    return Asked(scope, question)


def _text(rng: random.Random) -> str:
    sort = rng.random()
    if sort < 0.2:
        return ""
    if sort < 0.5:
        return rng.choice(SHORT)
    return rng.choice(LONG if sort < 0.75 else SENTENCES)
