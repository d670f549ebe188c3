"""The 相談メモ: one's own words, to show instead of speak; nothing judged, nothing kept."""

import re

import pytest
from django.test import Client

from tests.directory.views.pages import main_of, text_of
from tests.guide.views.walk import press, step_of, told_of

pytestmark = pytest.mark.django_db

MEMO = "/ja/guide/memo/"
TOLD = {
    "who": "self",
    "text": "夜になると不安です。",
    "signs": ["exhausted"],
    "wants": ["just_listen"],
    "constraints": ["no_phone"],
    "place": "昭島市",
    "struck": "",
}


def memo_of(answer) -> str:
    return told_of(answer).values("memo")[0]


def test_it_holds_what_was_written_and_chosen_in_ones_own_voice(client: Client):
    memo = memo_of(client.post(MEMO, TOLD))
    assert "夜になると不安です。" in memo
    assert "昭島市" in memo
    assert "話だけ聞いてほしい" in memo
    assert "電話" in memo


def test_it_holds_no_judgement_and_no_suggestion(client: Client):
    memo = memo_of(client.post(MEMO, TOLD))
    assert not re.search(r"時期|かもしれません|センター|窓口|[a-z]+_[a-z]+", memo)


def test_a_struck_reading_is_not_on_it(client: Client):
    told = {"text": "もう疲れました。", "step": "words", "go": "result"}
    result = client.post("/ja/guide/", told)
    with_it = memo_of(client.post(MEMO, told))
    key = next(b[1] for b in told_of(result).buttons if b[0] == "strike" and "exhausted" in b[1])
    without = memo_of(client.post(MEMO, {**told, "struck": key}))
    assert len(without) < len(with_it)


def test_the_result_leads_to_it_and_it_leads_back(client: Client):
    result = client.post("/ja/guide/", {**TOLD, "step": "place", "go": "result"})
    button = next(b for b in told_of(result).buttons if b[2] == MEMO)
    memo = press(client, result, button[0], button[1]) if button[0] else client.post(MEMO, TOLD)
    assert "夜になると不安です。" in memo_of(memo)
    back = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', main_of(memo)))
    assert step_of(client.post("/ja/guide/", {**back, "go": "result"})) == "result"


def test_what_is_rewritten_stays_rewritten(client: Client):
    answer = press(client, client.post(MEMO, TOLD), "go", "write", write={"memo": "これだけ見せたい。"})  # fmt: skip
    assert memo_of(answer) == "これだけ見せたい。"


def test_everything_may_be_taken_off_it(client: Client):
    answer = press(client, client.post(MEMO, TOLD), "go", "write", write={"memo": ""})
    assert (answer.status_code, memo_of(answer)) == (200, "")


def test_a_short_memo_has_its_code_and_a_long_one_says_why_not(client: Client):
    short = client.post(MEMO, {**TOLD, "memo": "あ" * 300})  # 900 bytes
    long = client.post(MEMO, {**TOLD, "memo": "あ" * 301})
    assert "<svg" in main_of(short)
    assert "<svg" not in main_of(long)
    assert "QR" in text_of(long)


def test_the_code_carries_no_style_the_content_policy_refuses(client: Client):
    svg = re.search(
        r"<svg.*?</svg>", main_of(client.post(MEMO, {"memo": "見せたいこと"})), re.DOTALL
    )[0]
    assert "style" not in svg
    assert "見せたいこと" not in svg  # the words are in the pattern only


def test_a_memo_cannot_become_markup(client: Client):
    html = client.post(MEMO, {"memo": "</textarea><script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html


def test_it_asks_the_database_nothing(client: Client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.post(MEMO, TOLD)
