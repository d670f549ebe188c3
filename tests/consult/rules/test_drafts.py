"""What was set aside comes back as it was, chosen or not."""

from hypothesis import given
from hypothesis import strategies as st

from madobe.consult.rules.drafts import SetAside, dumped, loaded

TYPED = st.text().map(lambda text: text.replace("\x00", ""))


@given(TYPED, st.sampled_from(["", "self", "family"]), st.lists(st.sampled_from(["listen", "where"]), unique=True))  # fmt: skip
def test_it_comes_back_as_it_was(text: str, who: str, wishes: list[str]):
    aside = SetAside(text, who, tuple(wishes))
    assert loaded(dumped(aside)) == aside


def test_a_letter_without_a_choice_is_its_words_alone():
    assert dumped(SetAside('{"who":')) == '{"who":'
    assert loaded('{"who":') == SetAside('{"who":')


def test_what_was_written_is_not_shown_by_its_repr():
    assert "ことば" not in repr(SetAside("ことば", "self"))
