"""The questions: any can be skipped, left or gone back from, and nothing said is lost on the way."""

import re

import pytest
from django.test import Client

from tests.directory.views.pages import main_of, text_of
from tests.guide.views.walk import press, step_of, told_of

pytestmark = pytest.mark.django_db

GUIDE = "/ja/guide/"


def test_the_first_question_opens_without_anything_sent(client: Client):
    answer = client.get(GUIDE)
    assert (answer.status_code, step_of(answer)) == (200, "who")


def walk(client: Client, *, wants: tuple[str, ...] = ()) -> list[str]:
    """Every screen met by somebody who answers nothing but `wants`."""
    answer, seen = client.get(GUIDE), []
    while (step := step_of(answer)) != "result":
        seen.append(step)
        tick = tuple(("wants", want) for want in wants) if step == "wants" else ()
        on = "skip" if told_of(answer).can("go", "skip") else "result"
        answer = press(client, answer, "go", on, tick=tick)
        assert answer.status_code == 200
    return seen


def test_every_question_can_be_skipped(client: Client):
    assert walk(client) == ["who", "signs", "wants", "ways", "place"]


def test_there_are_six_at_most(client: Client):
    assert walk(client, wants=("life_skills",)) == ["who", "signs", "wants", "ways", "place", "papers"]  # fmt: skip


@pytest.mark.parametrize("step", ["signs", "wants", "ways", "place", "papers"])
def test_the_result_can_be_seen_from_every_question_after_the_first(client: Client, step: str):
    answer = client.post(GUIDE, {"step": step, "go": step, "wants": "life_skills"})
    assert step_of(answer) == step
    assert step_of(press(client, answer, "go", "result")) == "result"


@pytest.mark.parametrize("step", ["signs", "wants", "ways"])
def test_that_button_says_so(client: Client, step: str):
    assert "ここまでで見る" in text_of(client.post(GUIDE, {"step": step, "go": step}))


@pytest.mark.parametrize("step", ["who", "signs", "wants", "ways", "place", "result"])
def test_the_calm_line_stands_on_every_screen(client: Client, step: str):
    page = client.post(GUIDE, {"step": step, "go": step}).content.decode()
    assert re.search(r'href="/ja/now/">いま、つらい・あぶないとき', page)


ANSWERS = {
    "who": "family",
    "signs": ["exhausted", "violence"],
    "wants": ["family_relief", "leaflet"],
    "person_wants": ["hobby"],
    "constraints": ["no_phone", "cost_free"],
    "place": "昭島市",
    "age": "26",
    "months": "12",
    "text": "息子のことです。\n「話したくない」と言います。",
}


def kept(answer) -> dict[str, object]:
    """What a page would send again, field by field."""
    told = told_of(answer)
    return {
        name: sorted(told.values(name)) if isinstance(said, list) else told.values(name)[0]
        for name, said in ANSWERS.items()
        if told.values(name)
    }


def test_going_all_the_way_back_keeps_every_answer(client: Client):
    answer = client.post(GUIDE, {**ANSWERS, "step": "place", "go": "result"})
    seen = []
    while step_of(answer) != "who":
        assert kept(answer) == {k: sorted(v) if isinstance(v, list) else v for k, v in ANSWERS.items()}  # fmt: skip
        answer = press(client, answer, "go", "back")
        seen.append(step_of(answer))
    assert seen == ["place", "ways", "wants", "signs", "who"]
    # here `who` is the question itself, so it is asked and not carried
    assert kept(answer) == {k: sorted(v) if isinstance(v, list) else v for k, v in ANSWERS.items() if k != "who"}  # fmt: skip


def test_what_was_ticked_is_ticked_when_one_comes_back(client: Client):
    answer = press(client, client.get(GUIDE), "who", "self")
    answer = press(client, answer, "go", "next", tick=(("signs", "exhausted"),))
    assert step_of(answer) == "wants"
    assert ("signs", "exhausted") in told_of(press(client, answer, "go", "back")).fields


def test_a_tick_taken_back_stays_taken_back(client: Client):
    answer = client.post(GUIDE, {"step": "signs", "go": "back", "who": "self", "signs": ["lonely"]})
    answer = press(client, answer, "who", "self")
    assert told_of(answer).values("signs") == ["lonely"]
    answer = press(client, answer, "go", "next", untick=(("signs", "lonely"),))
    assert told_of(answer).values("signs") == []


def test_a_folded_group_with_a_tick_inside_opens_by_itself(client: Client):
    html = main_of(client.post(GUIDE, {"step": "who", "go": "signs", "signs": "irritability"}))
    assert html.count("<details open>") == 1


def test_the_family_is_asked_for_both_wishes_apart(client: Client):
    family = client.post(GUIDE, {"go": "wants", "who": "family"})
    own = client.post(GUIDE, {"go": "wants", "who": "self"})
    assert "person_wants" in {name for name, _ in told_of(family).offered}
    assert "person_wants" not in {name for name, _ in told_of(own).offered}


def test_nothing_said_stands_in_an_address(client: Client):
    html = client.post(GUIDE, {**ANSWERS, "go": "result"}).content.decode()
    links = re.findall(r'(?:href|action|formaction)="([^"]*)"', html)
    assert [link for link in links if "?" in link] == []


def test_a_question_asks_the_database_nothing(client: Client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.post(GUIDE, {**ANSWERS, "step": "who", "go": "next"})


def test_posting_the_guide_asks_four_questions_of_the_database_at_most(
    client: Client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(4):
        client.post(GUIDE, {**ANSWERS, "step": "place", "go": "result"})


def test_the_display_can_be_changed_without_losing_an_answer(client: Client):
    """The display buttons of an answered screen send the same form to the same page in another display."""
    answer = client.post(GUIDE, {**ANSWERS, "step": "who", "go": "next"})
    english = next(b for b in told_of(answer).buttons if b[2].startswith("/en/"))
    shown = client.post(english[2], {**{n: told_of(answer).values(n) for n, _ in told_of(answer).fields}, english[0]: english[1]})  # fmt: skip
    assert step_of(shown) == step_of(answer)
    assert kept(shown) == kept(answer)


def test_enter_in_the_place_field_goes_on_and_does_not_change_the_language(client: Client):
    """The first button of a form is what Enter presses; the display's buttons stand before the form's own."""
    html = client.post(
        "/en/guide/", {"step": "ways", "go": "next", "who": "family"}
    ).content.decode()
    assert 'id="place"' in html
    first = re.search(r'<button[^>]*form="told"[^>]*>', html)[0]
    assert 'value="result"' in first
    assert "formaction" not in first
