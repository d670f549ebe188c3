"""Short voices the judge wrote: what must be heard, and what must not be."""

import pytest

from madobe.guide.rules.answer import facts_of, parse_situation
from madobe.guide.rules.reading import read
from madobe.guide.rules.situation import Facts

HEARD = [
    ("うちに来てくれるならうれしい。外には出られないから。", {"visit_at_home", "cannot_go_out"}, {"no_visit"}),
    ("もう家に来てくれるな。", {"no_visit"}, {"visit_at_home"}),
    ("祖母が、ひきこもりの叔父に突き飛ばされています。", {"violence_to_elder"}, set()),
    ("夫に声をかけたら枕を投げつけてきました。", {"violence"}, set()),
    ("死ねって書きこまれて、外に出られなくなった。", {"cannot_go_out"}, {"violence_to_me", "violence", "crisis"}),
    ("きのう妹の机から遺書が出てきました。本人は冗談やと笑っています。", {"crisis"}, set()),
    ("眠剤をまとめて飲んで、さっき起きました。", {"crisis"}, set()),
    ("生きるのに疲れたって言うけど、みんなそうだよね。ぼくも少し疲れただけ。", set(), {"crisis"}),
    ("息子が『訪問はいらない』ときっぱり言いました。", {"no_visit"}, set()),
    ("引き出し屋に頼もうと夫が言っています。わたしは反対です。", {"contract_offer"}, set()),
    ("三食きちんと食べてます。夜も寝てます。", set(), {"not_eating", "sleep_trouble"}),
    ("息子は手をあげたことは一度もありません。ただ何を言っても返事をしないんです。", {"no_talk"}, {"violence"}),
]  # fmt: skip


def heard(text: str) -> Facts:
    return facts_of(parse_situation({"free_text": text, "use": "text"}), read(text))


def codes(known: Facts) -> set[str]:
    told = known.signs | known.wants | known.constraints
    # whom it strikes is worked out from the words around it: either way the card for safety opens
    return told | ({"violence"} if "violence_to_me" in told else set())


@pytest.mark.parametrize(("text", "must", "must_not"), HEARD, ids=[text[:16] for text, *_ in HEARD])
def test_a_voice_is_heard_for_what_it_says(text: str, must: set[str], must_not: set[str]) -> None:
    found = codes(heard(text))
    assert must <= found
    assert not must_not & found
