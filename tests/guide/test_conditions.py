"""The little language of the tables: what it says, and everything it refuses."""

import pytest

from madobe.guide.rules.conditions import ConditionError, View, Vocabulary, compile_condition
from madobe.guide.rules.situation import Area, Facts

WORDS = Vocabulary({"tired", "calm"}, {"rest", "work"}, {"no_phone"}, {"window"}, {})


def says(
    condition: str,
    *,
    stage: str = "1",
    founding: dict[str, set[str]] | None = None,
    **facts: object,
) -> bool:
    view = View(Facts(**facts), stage, founding or {})  # type: ignore[arg-type]
    return compile_condition(condition, WORDS)(view)


def test_a_sign_is_seen_when_one_of_them_was_told() -> None:
    assert says("S('tired','calm')", signs=frozenset({"calm"}))
    assert not says("S('tired')", signs=frozenset({"calm"}))


def test_a_wish_of_the_family_is_not_the_persons() -> None:
    told = {"who": "family", "wants": frozenset({"work"})}
    assert says("W('work')", **told)
    assert not says("PW('work')", **told)


def test_a_wish_of_nobody_known_may_be_the_persons_own() -> None:
    assert says("PW('rest')", who="", wants=frozenset({"rest"}))


def test_only_these_wishes_means_at_least_one_and_no_other() -> None:
    assert says("only_W('rest')", wants=frozenset({"rest"}))
    assert not says("only_W('rest')", wants=frozenset({"rest", "work"}))
    assert not says("only_W('rest')")


def test_whose_limit_it_is_can_be_told_apart() -> None:
    limits = {"constraints": frozenset({"no_phone"}), "person_constraints": frozenset({"no_phone"})}
    assert says("C('no_phone') and PC('no_phone') and not WC('no_phone')", **limits)


@pytest.mark.parametrize(("age", "expected"), [(-1, False), (0, True), (14, True), (15, False)])
def test_a_span_of_ages_leaves_the_unknown_out(age: int, expected: bool) -> None:
    assert says("0<=age<15", age=age) is expected


def test_an_unknown_area_may_be_covered() -> None:
    assert says("covered('window')", founding={"window": {"13"}})


def test_a_known_area_is_covered_only_where_a_real_entry_serves_it() -> None:
    founding = {"window": {"13"}}
    assert says("covered('window')", founding=founding, area=Area("13"))
    assert not says("covered('window')", founding=founding, area=Area("12"))
    assert says("covered('window')", founding=founding, area=Area("12"), covered={"window": True})


def test_and_or_not_and_stage_join_as_they_read() -> None:
    condition = (
        "stage in ('1','unknown') and (S('tired') or S('calm')) and not W('work') and who!='worker'"
    )
    assert says(condition, signs=frozenset({"tired"}), who="self")
    assert not says(condition, signs=frozenset({"tired"}), who="self", stage="2")


@pytest.mark.parametrize(
    "source",
    [
        "__import__('os').system('true')",
        "().__class__.__bases__",
        "S.__globals__",
        "open('x')",
        "S('tired').real",
        "[age for age in (1,)]",
        "(lambda: 1)()",
        "age + 1 > 2",
        "age ** 99999999",
        "f'{age}'",
        "S(*('tired',))",
        "S(code='tired')",
        "S()",
        "S('tired'",
        "",
        "True",
        "1",
        "'tired'",
        "age",
        "who",
        "S(age)",
        "eval",
    ],
)
def test_anything_else_is_refused(source: str) -> None:
    with pytest.raises(ConditionError):
        compile_condition(source, WORDS)


@pytest.mark.parametrize(
    "source",
    [
        "S('tiredd')",
        "W('tired')",
        "C('rest')",
        "covered('shop')",
        "stage=='4'",
        "who=='mother'",
        "stage in ('1','9')",
        "who < 'self'",
        "age=='15'",
        "age in (1,2)",
        "unheard_of",
        "age==-2",
    ],
)
def test_a_slip_of_the_pen_is_refused(source: str) -> None:
    with pytest.raises(ConditionError):
        compile_condition(source, WORDS)


def test_a_condition_that_is_no_text_is_refused() -> None:
    with pytest.raises(ConditionError):
        compile_condition(True, WORDS)  # type: ignore[arg-type]
