"""Every row of the tables can be read by anyone, in three languages."""

import re

from madobe.guide.rules.explain import explanation
from madobe.guide.rules.tables import TABLES

CODE = re.compile(r"[a-z]+_[a-z_]+|stage3ok|\b[A-Z]{1,2}\(")


def test_no_code_is_left_in_the_words() -> None:
    shown = explanation()
    rows = (*shown.rules, *shown.exclusions, *shown.warnings, *shown.plans, *shown.terms)
    assert [
        row.id
        for row in rows
        if any(CODE.search(t) for t in (row.when.ja, row.when.easy, row.when.en))
    ] == []


def test_a_condition_reads_as_a_sentence() -> None:
    rules = {rule.id: rule.when for rule in explanation().rules}
    assert rules["R08"].ja == (
        "「かかりつけの先生がいる（通院している）」という様子がある、かつ、ご本人に「生活リズムを整えたい」という望みがある"
    )
    assert rules["R22"].ja == "年齢が15歳より下"
    assert rules["R10"].en.endswith("and age at least 15, at most 49")
    assert rules["R18f"].en == "asked by “a friend”"


def test_every_row_of_the_tables_is_shown() -> None:
    shown = explanation()
    assert [rule.id for rule in shown.rules] == [rule.id for rule in TABLES.rules]
    assert [row.id for row in shown.exclusions] == [row.id for row in TABLES.exclusions]
    assert [row.id for row in shown.warnings] == [row.id for row in TABLES.warnings]
    assert len(shown.services) == 38


def test_every_path_to_a_kind_is_drawn_strongest_first() -> None:
    paths = [rule.id for rule in explanation().paths_to("hello_work")]
    assert paths == ["R11", "R10b", "R11b", "R12"]


def test_a_stage_shows_what_speaks_for_it() -> None:
    first = next(stage for stage in explanation().stages if stage.stage.id == "1")
    assert {code.id for code, points in first.speaks_for_it if points == 3} == {
        "room_withdrawn",
        "no_talk",
        "exhausted",
    }
