import pytest

from madobe.guide.rules.screens import next_screen, screens_for

NOTHING: frozenset[str] = frozenset()
PAPERS = frozenset({"life_skills"})


def test_there_are_never_more_than_six_questions():
    assert len(screens_for(PAPERS)) == 6


def test_papers_are_asked_for_only_when_an_answer_hangs_on_them():
    assert "papers" not in screens_for(frozenset({"just_listen", "talk"}))


@pytest.mark.parametrize("screen", ["signs", "wants", "ways", "place", "papers"])
def test_the_result_can_be_seen_from_every_screen_after_the_first(screen: str):
    assert next_screen(screen, "result", PAPERS) == "result"


def test_going_back_from_each_screen_ends_at_the_first():
    walked = ["place"]
    while walked[-1] != "who":
        walked.append(next_screen(walked[-1], "back", NOTHING))
    assert walked == ["place", "ways", "wants", "signs", "who"]


def test_skipping_leads_on_like_answering():
    assert next_screen("signs", "skip", NOTHING) == next_screen("signs", "next", NOTHING) == "wants"


def test_the_last_question_leads_to_the_result():
    assert next_screen("place", "next", NOTHING) == "result"
    assert next_screen("papers", "next", PAPERS) == "result"


def test_one_sentence_may_be_followed_by_questions():
    assert next_screen("words", "next", NOTHING) == "who"


def test_a_word_nobody_knows_leads_to_the_result_not_to_a_dead_end():
    assert next_screen("signs", "sideways", NOTHING) == "result"


def test_back_from_the_result_leads_to_what_was_answered_last():
    assert next_screen("result", "back", NOTHING) == "place"
    assert next_screen("result", "back", NOTHING, only_words=True) == "words"
