"""Whatever is sent: a page or one plain sentence, never a fault, never a dead end, nothing lost."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madobe.guide.rules.tables import TABLES
from tests.directory.views.pages import main_of, text_of
from tests.guide.views.walk import press, step_of, told_of

pytestmark = pytest.mark.django_db

GUIDE, MEMO = "/ja/guide/", "/ja/guide/memo/"
WORDS = "息子と話せていません。"


def sentences(answer) -> list[str]:
    """What the page says about a refused answer."""
    block = re.search(r'<div class="errors" role="alert">(.*?)</div>', main_of(answer), re.DOTALL)
    return re.findall(r"<p>(.*?)</p>", block[1], re.DOTALL) if block else []


REFUSED = [
    ({"signs": "nothing_known"}, "signs"),
    ({"wants": ["job_find", "<b>"]}, "wants"),
    ({"person_wants": "exhausted"}, "wants"),
    ({"constraints": "no_phone'--"}, "ways"),
    ({"person_constraints": "x"}, "ways"),
    ({"who": "cat"}, "who"),
    ({"age": "999"}, "place"),
    ({"age": "-3"}, "place"),
    ({"age": "二十"}, "place"),
    ({"age": "1" * 13}, "place"),
    ({"months": "99999"}, "place"),
    ({"months": "ずっと"}, "place"),
    ({"place": "あ" * 61}, "place"),
    ({"stage": "4"}, "place"),
    ({"text": "あ" * 10_001}, "words"),
]


@pytest.mark.parametrize(("sent", "screen"), REFUSED)
@pytest.mark.parametrize("address", [GUIDE, MEMO])
def test_a_refused_answer_gets_a_sentence_on_its_own_screen(
    client: Client, address: str, sent: dict, screen: str
):
    answer = client.post(address, {"text": WORDS, **sent, "step": "signs", "go": "next"})
    assert (answer.status_code, step_of(answer)) == (422, screen)
    said = sentences(answer)
    assert len(said) == 1
    assert said[0].endswith(("。", "。）"))
    assert not re.search(r"エラー|無効|不正|正しく|なければなりません", said[0])


@pytest.mark.parametrize(("sent", "screen"), REFUSED[:-1])
def test_nothing_is_lost_and_the_way_goes_on(client: Client, sent: dict, screen: str):
    told = {"text": WORDS, "signs": ["lonely"], "months": "12", **sent}
    answer = client.post(GUIDE, {**told, "step": "signs", "go": "next"})
    assert told_of(answer).values("text") == [WORDS]
    on = ("who", "family") if screen == "who" else ("go", "back")
    after = press(client, answer, *on, write={"place": "昭島市"})
    assert after.status_code == 200
    assert told_of(after).values("text") == [WORDS]


@pytest.mark.parametrize("language", ["ja", "yasashii", "en"])
def test_every_sentence_is_in_the_readers_language(client: Client, language: str):
    for sent, _ in REFUSED:
        said = sentences(client.post(f"/{language}/guide/", sent))
        assert bool(re.search("[ぁ-ん]", said[0].replace("「昭島市」", ""))) == (
            language != "en"
        ), said


def test_ten_thousand_characters_are_read(client: Client):
    answer = client.post(GUIDE, {"text": "あ" * 10_000, "step": "words", "go": "result"})
    assert answer.status_code == 200


def test_line_ends_count_once_as_a_person_counts(client: Client):
    text = "あ\r\n" * 5_000
    assert client.post(GUIDE, {"text": text, "step": "words", "go": "result"}).status_code == 200


def test_one_character_more_is_answered_with_both_numbers_and_the_text(client: Client):
    text = "あ" * 10_000 + "い"
    answer = client.post(GUIDE, {"text": text, "who": "family", "step": "words", "go": "result"})
    assert answer.status_code == 422
    assert "10000文字" in sentences(answer)[0]
    assert "10001文字" in sentences(answer)[0]
    assert told_of(answer).values("text") == [text]
    assert told_of(answer).values("who") == ["family"]
    shorter = press(client, answer, "go", "result", write={"text": text[:-1]})
    assert (shorter.status_code, step_of(shorter)) == (200, "result")


@pytest.mark.parametrize("text", ["😀🏠👩‍👦", "\x00\x01\x1b[31m", "a\x00b", "\u202e逆", "\ufeff", "\u0301" * 300, " \n\t ", "𠮷野家", "<script>alert(1)</script>", "{{ 7 }}{% x %}", "%(words)s", "&lt;", "。" * 3000])  # fmt: skip
@pytest.mark.parametrize("go", ["result", "next"])
def test_odd_characters_are_taken_like_any_other(client: Client, text: str, go: str):
    for address in (GUIDE, MEMO):
        answer = client.post(address, {"text": text, "step": "words", "go": go, "who": "self"})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


def test_control_characters_are_gone_from_what_is_repeated(client: Client):
    answer = client.post(MEMO, {"text": "会い\x00たく\x1bない", "memo": "紙\x00に\x07書く"})
    page = answer.content.decode()
    assert "紙に書く" in page
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", page)


def test_the_guide_works_when_nobody_said_who(client: Client):
    answer = client.post(GUIDE, {"signs": ["exhausted"], "step": "signs", "go": "result"})
    assert (answer.status_code, step_of(answer)) == (200, "result")


@pytest.mark.parametrize(("step", "go"), [("", ""), ("nowhere", "next"), ("result", "sideways"), ("who", "back"), ("\x00", "\x00")])  # fmt: skip
def test_a_step_nobody_knows_leads_to_a_page(client: Client, step: str, go: str):
    assert client.post(GUIDE, {"step": step, "go": go}).status_code == 200


def test_however_many_readings_are_struck_the_way_goes_on(client: Client):
    struck = " ".join(f"exhausted@{number}" for number in range(1_000))
    answer = client.post(GUIDE, {"text": WORDS, "struck": struck, "step": "result", "go": "result"})
    assert answer.status_code == 200


def test_a_reading_nobody_made_can_be_struck_without_harm(client: Client):
    answer = client.post(GUIDE, {"text": WORDS, "strike": "nothing@999", "unstrike": "x"})
    assert answer.status_code == 200


FIELDS = ("who", "text", "place", "place_code", "age", "months", "stage", "struck", "strike", "unstrike", "example", "step", "go", "signs", "wants", "person_wants", "constraints", "person_constraints", "memo")  # fmt: skip
KNOWN = [code for kind in ("sign", "want", "constraint") for code in TABLES.codes_of(kind)]
VALUES = st.one_of(
    st.sampled_from(KNOWN),
    st.sampled_from(["self", "family", "result", "next", "back", "who", "words", "昭島市", "府中市", "26", "1", "0", "-1", "at_home"]),
    st.text(max_size=30),
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    body=st.dictionaries(st.sampled_from(FIELDS), st.lists(VALUES, min_size=1, max_size=4), max_size=8),
    address=st.sampled_from([GUIDE, MEMO]),
)  # fmt: skip
def test_whatever_is_posted_is_answered(client: Client, body: dict, address: str):
    answer = client.post(address, body)
    assert answer.status_code in (200, 422)
    assert (answer.status_code == 422) == bool(sentences(answer))
    assert "<main" in answer.content.decode()


@pytest.mark.parametrize("body", [{"text": "あ" * 1_000_000}, {f"f{n}": "" for n in range(1_100)}])
def test_what_is_far_too_much_at_once_gets_a_page_with_a_way_on(client: Client, body: dict):
    form = "application/x-www-form-urlencoded"
    answer = client.post(GUIDE, urlencode(body), content_type=form)
    assert answer.status_code == 400
    assert "少し短くすると、受けとれます" in text_of(answer)
    assert "/ja/now/" in main_of(answer)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_another_verb_is_refused(client: Client, method: str):
    assert getattr(client, method)(GUIDE).status_code == 405


def test_the_memo_is_made_of_what_was_told_and_never_of_an_address(client: Client):
    assert client.get(MEMO).status_code == 405
    assert "ことば" not in text_of(client.get(GUIDE, {"text": "ことば"}))
