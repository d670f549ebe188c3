"""Whatever is typed: a clear answer, never a fault, and never nothing at all."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madobe.directory.queries import search
from madobe.directory.search.build import segment_arrays
from madobe.directory.search.entry import Entry
from madobe.directory.search.find import find
from madobe.directory.search.plan import QuestionNotUnderstood, plan_of
from madobe.directory.search.question import Near, SearchQuestion
from madobe.directory.search.segment import Segment
from tests.directory.search.worlds import AT, Made, save

ODD = (
    "夜" * 5000,
    "夜",
    "\x00\x07\u202e",
    "\ud800",
    "麒\ud800麟",
    "%_\\'\"; DROP TABLE",
    "。、？「」",
    " 　\n",
    "🙂‍↔️",
    "．．麒．鼎．．",
    "a" * 400,
)


def entry(number: int, text: str) -> Entry:
    """An entry that says one thing, for everybody."""
    areas = json.dumps([["JP", "全国"]])
    return Entry(UUID(int=number + 1), f"{text}\n\n", " ", 0, 0, 0, 120, 0, "", "", areas, "[]")


@pytest.mark.parametrize("engine", ["snapshot", "sql"])
@pytest.mark.parametrize("text", ODD)
@pytest.mark.django_db
def test_odd_texts_get_an_answer(snapshot: Callable[[], str], engine: str, text: str) -> None:
    save([Made(1, ("麒麟鼎があります",), ("ibasho",), ("JP",))])
    if engine == "snapshot":
        snapshot()
    for question in (SearchQuestion(text=text), SearchQuestion(text=text, municipality="132071")):
        answer = search(question, at=AT)
        assert answer.total == len(answer.hits) == 1


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.text(alphabet="あいう漢。 ", max_size=9), max_size=7),
    st.text(alphabet="あいう漢", min_size=1, max_size=4),
)
def test_a_word_is_found_exactly_where_it_stands(texts: list[str], word: str) -> None:
    from dataclasses import replace

    from madobe.directory.search.words import Term

    arrays, facts = segment_arrays([entry(number, text) for number, text in enumerate(texts)])
    plan = replace(plan_of(SearchQuestion(), at=AT), terms=(Term(word, None, word),))
    found = find(Segment(arrays, facts), plan)
    assert found.total == sum(word in text for text in texts)
    assert sorted(found.rows) == [n for n, text in enumerate(texts) if word in text]


@pytest.mark.django_db
def test_filters_nobody_can_meet_become_a_stated_wider_search() -> None:
    save([Made(1, (), ("ibasho",), ("131016",))])
    question = SearchQuestion(
        text="鉄道模型", municipality="132071", kinds=("seminar",), age=130, months=9999,
        needs=frozenset({"anonymous", "visit", "open_now"}), stage="3", who="worker",
    )  # fmt: skip
    answer = search(question, at=AT)
    assert answer.total == 1
    assert answer.relaxation is not None
    assert answer.relaxation.steps


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (SearchQuestion(needs=frozenset({"flying"})), "flying"),
        (SearchQuestion(kinds=("castle",)), "castle"),
        (SearchQuestion(methods=("pigeon",)), "pigeon"),
        (SearchQuestion(who="cat"), "cat"),
        (SearchQuestion(stage="9"), "9"),
        (SearchQuestion(municipality="昭島市"), "six|6"),
        (SearchQuestion(prefecture="1"), "2 digits"),
        (SearchQuestion(near=Near(95, 139)), "latitude"),
        (SearchQuestion(near=Near(float("nan"), 139)), "latitude"),
        (SearchQuestion(near=Near(35, 139, -1)), "kilometres"),
        (SearchQuestion(size=100_000), "200"),
        (SearchQuestion(first=-1), "begins"),
    ],
)
def test_a_value_that_does_not_exist_is_named(question: SearchQuestion, said: str) -> None:
    with pytest.raises(QuestionNotUnderstood, match=said):
        plan_of(question, at=datetime(2026, 11, 24, tzinfo=UTC))
